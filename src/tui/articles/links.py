"""Where links among the articles may lead: into what was opened and the workspace, not out of it.

A folder of news that comes from elsewhere may hold a link to any file of this machine. Read as an
article its text would be kept with the annotations, and so be handed on.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path

_NAMED = 3  # links of one folder that are named beside the first
_MEND = "or write [reading] follow_links = true into pressmark.toml"


class Bounds:
    """The places that links may lead into; anywhere if they are to be followed."""

    def __init__(self, places: Iterable[Path], *, follow: bool = False) -> None:
        self._places = tuple(places)
        self._real: tuple[str, ...] | None = None  # asked for at the first link only
        self.follow = follow

    def hold(self, path: Path | str) -> bool:
        """Whether what a path leads to lies in one of the places, or is one of them."""
        if self.follow:
            return True
        if self._real is None:
            self._real = tuple(map(os.path.realpath, self._places))
        target = os.path.realpath(path)
        return any(target == top or target.startswith(_folder(top)) for top in self._real)

    def without_outside(self, paths: Sequence[Path], troubles: list[str]) -> list[Path]:
        """Those of some links in one folder that lead into the places; a sentence for the rest."""
        held = {path for path in paths if self.hold(path)}
        outside = [path for path in paths if path not in held]
        if outside:
            troubles.append(_words(outside))
        return [path for path in paths if path in held]


def _folder(top: str) -> str:
    return top if top.endswith(os.sep) else f"{top}{os.sep}"


def _words(outside: Sequence[Path]) -> str:
    first, *others = outside
    target = os.path.realpath(first)
    if not others:
        return (
            f"{first} is passed over: it links to {target}, outside what was opened: "
            f"open that as well, {_MEND}"
        )
    named = [path.name for path in others[:_NAMED]]
    left = len(others) - len(named)
    beside = ", ".join(named) if left else " and ".join((", ".join(named[:-1]), named[-1]))
    beside = beside.removeprefix(" and ") + (f" and {left:,} more" if left else "")
    return (
        f"{first}, with {beside} beside it, is passed over: they link to {target} and elsewhere "
        f"outside what was opened: open that as well, {_MEND}"
    )
