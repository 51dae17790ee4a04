"""The user's folders, and the folder of the workspace.

Folders of the user are those of the platform (`platformdirs`); on Linux `$XDG_CONFIG_HOME`,
`$XDG_STATE_HOME` and `$XDG_CACHE_HOME` move them.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tui.desk.events import DeskError

SETTINGS = "pressmark.toml"
ANNOTATIONS = "annotations"


class Places(Struct, frozen=True):
    """The user's folders: settings, what a session leaves, what can be thrown away, locks."""

    config: Path
    state: Path
    cache: Path

    @property
    def locks(self) -> Path:
        """Where locks between processes lie."""
        return self.cache / "locks"


def places() -> Places:
    """The user's folders. None of them is made here."""
    import platformdirs

    dirs = platformdirs.PlatformDirs("pressmark", appauthor=False)
    return Places(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)


def find_workspace(paths: Sequence[Path], explicit: Path | None = None) -> Path:
    """The workspace's folder, absolute: the explicit one, else found from the first path.

    That is the nearest folder upward that has `pressmark.toml`, or `annotations/` with a
    `codebook.toml` or `revisions/` in it; else the path itself, or the folder of a file. The
    search ends at the home folder and at mount points. Without paths it begins at the current
    folder. Raises DeskError (code 2) for a path inside another workspace than the first one, and
    if `explicit` is no folder.
    """
    if explicit is not None:
        if not explicit.is_dir():
            what = "is no folder" if explicit.exists() else "does not exist"
            raise DeskError(f"the workspace {explicit} {what}: name a folder with --workspace")
        return absolute(explicit)
    given = list(paths) or [Path()]
    start = _folder(given[0])
    root = _nearest(start) or start
    for path in given[1:]:
        other = _nearest(_folder(path))
        if other is not None and other != root:
            raise DeskError(
                f"{path} is in the workspace {other}, not in {root}: open it by itself, or say "
                "which one to use with --workspace"
            )
    return root


def absolute(path: Path) -> Path:
    """The path from the root on; links stay."""
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay


def _folder(path: Path) -> Path:
    found = absolute(path)
    return found.parent if found.is_file() else found


def _nearest(start: Path) -> Path | None:
    """The nearest folder upward that is marked as a workspace."""
    return next((folder for folder in _upward(start) if _is_workspace(folder)), None)


def _upward(start: Path) -> Iterator[Path]:
    with contextlib.suppress(RuntimeError):  # no home folder: then only mount points end it
        home = Path.home()
        for folder in (start, *start.parents):
            yield folder
            if folder == home or folder.is_mount():
                return


def _is_workspace(folder: Path) -> bool:
    notes = folder / ANNOTATIONS
    marks = (folder / SETTINGS, notes / "codebook.toml", notes / "revisions")
    return any(mark.exists() for mark in marks)
