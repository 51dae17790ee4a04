"""What several commands say alike of articles and claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cli.output import note

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import Desk
    from tui.model.views import Status


def outcome(desk: Desk, paths: Sequence[Path], *, found: bool, missed: bool) -> int:
    """The exit code of a command on articles; says where there is none."""
    if missed:
        return 2
    if not found:
        where = ", ".join(map(str, paths)) or str(desk.root)
        note(f"no article in {where}: `pressmark formats` lists what is read")
        return 1
    return 0


def unread(desk: Desk, paths: Iterable[Path]) -> bool:
    """Whether a file that was named could not be read as an article."""
    from tui.desk import DeskError

    for path in paths:
        if path.is_file():
            try:
                desk.find(str(path))
            except DeskError:
                return True
    return False


def short_ids(ids: Iterable[str], least: int = 6) -> dict[str, str]:
    """The beginning of each id that only it has, of at least so many characters."""
    found = sorted(set(ids))
    short: dict[str, str] = {}
    for index, one in enumerate(found):
        beside = [*found[max(0, index - 1) : index], *found[index + 1 : index + 2]]
        length = least
        while length < len(one) and any(other[:length] == one[:length] for other in beside):
            length += 1
        short[one] = one[:length]
    return short


def judged(status: Status, grade: str, tags: Iterable[str]) -> Iterator[str]:
    """What stands in the head of a claim: its status, flag, grade and tags; some may be empty."""
    yield status.name
    yield "flagged" if status.flagged else ""
    yield grade
    yield ", ".join(tags)
