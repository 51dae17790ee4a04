"""The way from options to a desk: workspace, analyst, settings, keymap."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from tui.cli.failing import Failure
from tui.cli.output import note
from tui.cli.progress import OFTEN, Progress

if TYPE_CHECKING:
    from tui.cli.options import Place
    from tui.desk import Desk
    from tui.keymap import Keymap
    from tui.model.codebook import Codebook
    from tui.model.saved import Saved

_SAID = 8  # troubles that are said one by one


def workspace_of(paths: Sequence[Path], explicit: Path | None) -> Path:
    """The workspace that the paths, or the current folder, belong to."""
    from tui.config import find_workspace

    return find_workspace(list(paths), explicit)


@contextmanager
def opened(
    paths: Sequence[Path],
    place: Place,
    *,
    read: bool = True,
    quiet: bool = False,
    large: bool = False,
) -> Iterator[Desk]:
    """A desk on the paths, or on the whole workspace without any; all files read unless told not.

    With `large` a large workspace goes by the index, which is made if it is not there and brought
    up to date, `read` or not, so that not all is read each time, and memory does not hold what is
    annotated in it. What had to be passed over is said on standard error when it is done, unless
    `quiet`.
    """
    progress = Progress()
    try:
        desk = _large_desk(paths, place, progress) if large else _desk(paths, place)
        try:
            while read and not desk.keeps_index and desk.scan(OFTEN):
                progress.scanning(desk.stage, *desk.progress)
            progress.clear()
            yield desk
        finally:
            desk.close()
    finally:
        progress.clear()
    if not quiet:
        say(desk.passed)


def _desk(paths: Sequence[Path], place: Place) -> Desk:
    """A desk on the paths, of which nothing is read yet."""
    from tui.config import analyst_name, load_settings, places
    from tui.desk import Desk

    root = workspace_of(paths, place.workspace)
    return Desk.open(
        paths,
        root=root,
        analyst=analyst_name(place.analyst),
        locks=places().locks,
        settings=load_settings(root),
        encoding=place.encoding,
        cache=places().cache,
    )


def _large_desk(paths: Sequence[Path], place: Place, progress: Progress) -> Desk:
    """A desk that goes by the index if the workspace is large and the index to be had."""
    from tui.desk import DeskError

    desk = _desk(paths, place)
    try:
        desk.take_up()
        while desk.beginning and desk.scan(0):
            progress.scanning(desk.stage, *desk.progress)
        with suppress(DeskError):  # it is said below
            while desk.keeps_index and desk.index(OFTEN):
                progress.scanning(desk.stage, *desk.progress)
    except BaseException:
        desk.close()
        raise
    if not desk.index_trouble:
        return desk
    note(f"{desk.index_trouble}: all is read instead")
    desk.close()
    return _desk(paths, place)


def indexed(desk: Desk) -> None:
    """Bring the index up to date, with a bar while that takes long."""
    progress = Progress()
    try:
        while desk.index(OFTEN):
            progress.indexing(*desk.index_progress)
    finally:
        progress.clear()


def chosen(desk: Desk, paths: Sequence[Path], references: Sequence[str]) -> list[str] | None:
    """Ids of the articles that are meant: those of the paths, those referred to; None is all.

    Raises DeskError (code 1) for a reference that means none, Failure if the paths hold none.
    """
    there = [entry.id for entry in desk.entries()] if paths else []
    where = ", ".join(map(str, paths))
    if paths and not there:
        raise Failure(f"no article in {where}: `pressmark formats` lists what is read", 1)
    found = [desk.find(reference) for reference in references]
    for reference, article in zip(references, found, strict=True):
        if paths and article not in there:
            raise Failure(f"article {reference} is not in {where}", 1)
    return found or there or None


def say(troubles: Sequence[str]) -> None:
    """The first few troubles, and how many more there are."""
    found = list(dict.fromkeys(troubles))
    for trouble in found[:_SAID]:
        note(trouble)
    if len(found) > _SAID:
        note(f"and {len(found) - _SAID} more: pressmark doctor lists all")


def keymap(*, default: bool = False) -> tuple[Keymap, tuple[str, ...]]:
    """The user's keymap, and sentences about what in it could not be taken."""
    from tui.keymap import Keymap

    path = None if default else keymap_path()
    return (Keymap.default(), ()) if path is None else Keymap.load(path)


def keymap_path() -> Path | None:
    """The user's own keymap, if there is one."""
    from tui.config import places

    path = places().config / "keymap.toml"
    return path if path.exists() else None


def annotations_of(workspace: Path | None) -> Path:
    """Where annotations lie, without opening a desk."""
    return workspace_of((), workspace) / "annotations"


def codebook_of(workspace: Path | None) -> Codebook:
    """The codebook in use, without opening a desk."""
    from tui.config import analyst_name
    from tui.model.ids import folder_of
    from tui.store import load_codebook

    return load_codebook(annotations_of(workspace), folder_of(analyst_name("")))[0]


def saved_by(workspace: Path | None, analyst: str, paths: Sequence[Path] = ()) -> Sequence[Saved]:
    """What the analyst saved under names, without opening a desk; what is odd of it is said.

    Raises Failure if the file cannot be read.
    """
    from tui.config import analyst_name
    from tui.model.ids import folder_of
    from tui.store import StoreError
    from tui.store.saved import load_saved

    annotations = workspace_of(paths, workspace) / "annotations"
    try:
        found, troubles = load_saved(annotations, folder_of(analyst_name(analyst)))
    except StoreError as error:
        raise Failure(str(error), 2) from error
    say(troubles)
    return found
