"""`pressmark doctor`: where everything lies, which versions run, what is damaged or altered."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import on_terminal, put, put_json
from tui.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import Desk, Entry

_VARIABLES = ("TERM", "COLORTERM", "NO_COLOR", "TMUX", "SSH_TTY", "LANG", "LC_ALL", "PYTHONUTF8")
_VARIABLES += ("PRESSMARK_ANALYST", "TEXTUAL_DRIVER")


@click.command(context_settings=SETTINGS)
@paths_argument
@json_option("Print JSON: versions, places, workspace, terminal, problems.")
@place_options()
def command(paths: tuple[Path, ...], as_json: bool, place: Place) -> int:
    """Say where everything lies, which versions run, and what is damaged or altered.

    The exit code is 1 if there is a problem.
    """
    problems: list[str] = []
    found: dict[str, Any] = {
        "versions": _versions(),
        "places": _tried(_places, {}, problems),
        "workspace": _tried(lambda: _workspace(paths, place, problems), {}, problems),
        "terminal": _terminal(),
    }
    found["problems"] = list(dict.fromkeys(problems))
    if as_json:
        put_json(found)
    else:
        put("".join(f"{line}\n" for line in _drawn(found)))
    return 1 if found["problems"] else 0


def _tried(look: Callable[[], dict[str, Any]], without: Any, problems: list[str]) -> dict[str, Any]:
    """What a look gives; what stands in its way becomes a problem, and the rest goes on."""
    from tui.desk import DeskError

    try:
        return look()
    except DeskError as error:
        problems.append(str(error))
    except OSError as error:
        problems.append(f"{error.filename or ''}: {(error.strerror or str(error)).lower()}")
    return without


def _versions() -> dict[str, str]:
    import platform
    import re
    from importlib.metadata import PackageNotFoundError, version

    found = {"pressmark": VERSION, "python": platform.python_version()}
    found["system"] = platform.platform()
    names = (re.match(r"[\w.-]+", wanted) for wanted in _wanted())
    for name in dict.fromkeys(name[0] for name in names if name and name[0] != "pressmark"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "missing"
    return found


def _wanted() -> list[str]:
    """The libraries as the package asks for them, those of optional formats too."""
    from importlib.metadata import PackageNotFoundError, requires

    try:
        return requires("pressmark") or []
    except PackageNotFoundError:  # run from a copy that was not installed
        return []


def _places() -> dict[str, Any]:
    from pathlib import Path

    from tui.cli.opening import keymap_path
    from tui.config import places
    from tui.samples import sample_articles

    where = places()
    mine = keymap_path()
    try:
        samples = str(sample_articles())
    except FileNotFoundError:
        samples = ""
    return {
        "program": str(Path(__file__).resolve().parents[1]),
        "config": str(where.config),
        "keymap": str(mine) if mine else "",
        "state": str(where.state),
        "cache": str(where.cache),
        "samples": samples,
    }


def _workspace(paths: tuple[Path, ...], place: Place, problems: list[str]) -> dict[str, Any]:
    from tui.cli.opening import keymap, opened
    from tui.config import rescue_files

    problems += keymap()[1]
    with opened(paths, place, quiet=True) as desk:
        found = _counted(desk, problems)
        problems += desk.passed
        problems += [
            f"{path} holds changes that were not saved: open the reader here to bring them in"
            for path in rescue_files(desk.root, desk.analyst)
        ]
    return found


def _lost_bytes(entry: Entry) -> bool:
    return entry.replaced > 0


def _unread_bytes(entry: Entry) -> str:
    from tui.model.articles import decoding_words

    lost = decoding_words(entry.encoding, entry.replaced)
    return f"{entry.path}: {lost}: --encoding names another"


def _counted(desk: Desk, problems: list[str]) -> dict[str, Any]:
    """What is in the workspace; what is wrong with it goes to `problems`."""
    from tui.model.ids import folder_of

    altered: dict[str, list[str]] = {}
    fits: dict[str, int] = {}
    for entry, notes in desk.all_annotations():
        if notes.altered:
            altered[entry.id] = sorted(notes.altered)
        for placed in notes.highlights:
            fits[placed.fit] = fits.get(placed.fit, 0) + 1
    annotations = desk.annotations_dir
    damaged = [str(path) for path in sorted(annotations.rglob("*.damaged"))]
    existing = annotations if annotations.exists() else desk.root
    writable = os.access(existing, os.W_OK | os.X_OK)
    problems += map(_unread_bytes, filter(_lost_bytes, desk.entries()))
    problems += [_altered_words(article, ids) for article, ids in altered.items()]
    problems += [f"{path} holds what could not be read: mend it by hand" for path in damaged]
    if not writable:
        problems.append(f"{existing} cannot be written to: nothing can be marked here")
    return {
        "root": str(desk.root),
        "annotations": str(annotations),
        "exists": annotations.is_dir(),
        "writable": writable,
        "analyst": desk.analyst,
        "folder": folder_of(desk.analyst),
        "analysts": _analysts(annotations),
        "articles": len(desk.entries()),
        "highlights": sum(fits.values()),
        "fits": fits,
        "tags": len(desk.codebook.tags),
        "sources": len(desk.sources.sources),
        "decisions learned": desk.learner.decisions,
        "fields": [spec.name for spec in desk.settings.fields],
        "altered": altered,
        "damaged": damaged,
    }


def _altered_words(article: str, ids: Sequence[str]) -> str:
    what = "an annotation was" if len(ids) == 1 else f"{len(ids)} annotations were"
    return f"{article}: {what} altered outside Pressmark: open it to accept or drop"


def _analysts(annotations: Path) -> dict[str, int]:
    """Each analyst's folder with the number of its shards."""
    found: dict[str, int] = {}
    for folder in sorted(annotations.glob("*/")):
        if folder.name != "revisions" and folder.name[0] not in "._":
            found[folder.name] = sum(1 for _ in folder.glob("??/*.json"))
    return found


def _terminal() -> dict[str, Any]:
    import locale
    import shutil

    size = shutil.get_terminal_size()
    streams = {"input": sys.stdin, "output": sys.stdout, "error": sys.stderr}
    return {
        **{name: on_terminal(stream) if stream else False for name, stream in streams.items()},
        "columns": size.columns,
        "lines": size.lines,
        "encoding": getattr(sys.stdout, "encoding", "") or "",
        "locale": locale.setlocale(locale.LC_CTYPE),
        **{name: os.environ[name] for name in _VARIABLES if name in os.environ},
    }


def _drawn(found: dict[str, Any]) -> list[str]:
    from tui.cli.typography import one_line, styled, terminal_width, wrapped

    lines: list[str] = []
    for name in ("versions", "places", "workspace", "terminal"):
        lines += [styled(name.upper(), "bold")]
        for key, value in found[name].items():
            lines.append(f"  {one_line(key):<19}{one_line(_said(value))}".rstrip())
        lines.append("")
    lines.append(styled("PROBLEMS", "bold"))
    for problem in found["problems"]:
        lines += wrapped(problem, terminal_width(), "  ")
    return lines if found["problems"] else [*lines, "  none"]


def _said(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_said(item)}" for key, item in value.items()) or "none"
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return str(value) or "none"
