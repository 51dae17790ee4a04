"""Attributions as brat keeps them (`.ann` beside `.txt`): PolNeAR's gold annotation.

A line `T7<TAB>Content 292 543;560 580<TAB>words` is a span, in one or more pieces, by code points
of the text; a line `E2<TAB>Attribution:T8 Content:T7 Cue:T6 Source:T5` joins spans to one
attribution, in which a role may stand more than once (`Content2:T9`) or be missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from tui.model.spans import Extent

ROLES = ("cue", "source", "content")
_SPAN = re.compile(r"(T\d+)\t(\w+) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_EVENT = re.compile(r"E\d+\t(.+)")


class Gold(NamedTuple):
    """One attribution: the pieces of each role in text order; a role without any is empty."""

    cue: tuple[Extent, ...]
    source: tuple[Extent, ...]
    content: tuple[Extent, ...]


class Annotated(NamedTuple):
    """A text and the attributions that one annotator found in it."""

    name: str
    text: str
    gold: tuple[Gold, ...]


def read_folder(folder: Path) -> Iterator[Annotated]:
    """The annotated texts of a folder with `text/NAME.txt` and `attributions/NAME_ANNOTATOR.ann`.

    A text that several people annotated comes once for each of them.
    """
    for path in sorted((folder / "attributions").glob("*.ann")):
        name = path.stem.rpartition("_")[0]
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8-sig")
        text = text.replace("\r\n", "\n")
        yield Annotated(path.stem, text, read_gold(path.read_text(encoding="utf-8")))


def read_gold(annotations: str) -> tuple[Gold, ...]:
    """The attributions of an `.ann` file, in text order of their cues."""
    spans: dict[str, tuple[Extent, ...]] = {}
    found: list[Gold] = []
    for line in annotations.split("\n"):
        span, event = _SPAN.match(line), _EVENT.match(line)
        if span is not None:
            pieces = (piece.split() for piece in span[3].split(";"))
            spans[span[1]] = tuple(Extent(int(start), int(end)) for start, end in pieces)
        elif event is not None:
            found.append(_gold(event[1], spans))
    return tuple(sorted(found))


def _gold(event: str, spans: dict[str, tuple[Extent, ...]]) -> Gold:
    pieces: dict[str, list[Extent]] = {role: [] for role in ROLES}
    for argument in event.split():
        role, _, span = argument.partition(":")
        name = role.rstrip("0123456789").casefold()
        if name in pieces:
            pieces[name] += spans.get(span, ())
    return Gold(*(tuple(sorted(pieces[role])) for role in ROLES))
