"""brat standoff: a folder with `NAME.txt`, `NAME.ann`, `annotation.conf` and `visual.conf`.

A line is a highlight under one of its tags; its note and statements are an `AnnotatorNotes`, its
modality an attribute, links within an article relations. Offsets are code points. What brat has no
place for lies beside it as `NAME.pressmark.json`, which brat leaves alone and packs into what it
gives for download. (https://brat.nlplab.org/standoff.html)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from tui.exchange import native
from tui.exchange.brat_reading import SIDE, read_path
from tui.exchange.brat_types import MODALITY, Types, annotation_conf, visual_conf
from tui.exchange.bundles import ArticleBundle, Bundle, Item
from tui.exchange.folders import naming
from tui.exchange.foreign import UNTAGGED, about
from tui.exchange.fragments import fragments, note_line
from tui.model.spans import Extent

__all__ = ["read_path", "write"]


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle into a new folder, an article each step; nothing is lost."""
    path.mkdir()
    types = Types()
    types.add(tag.path for tag in bundle.codebook.tags)
    name_of = naming()
    for part, items, objects in native.packed(bundle):
        article = part.article
        used = _used(part)
        types.add(used)
        beside = path / name_of(article)
        side = {
            **about(article),
            "revision": article.revision,
            "types": {types.by_tag[tag]: tag for tag in used},
            native.KEY: objects,
        }
        _text(beside.with_name(f"{beside.name}.txt"), article.text)
        lines = _lines(article.text, items, types.by_tag)
        _text(beside.with_name(f"{beside.name}.ann"), "".join(lines))
        _text(beside.with_name(f"{beside.name}{SIDE}"), json.dumps(side, allow_nan=False))
        yield ""
    _text(path / "annotation.conf", annotation_conf(types.by_tag))
    _text(path / "visual.conf", visual_conf(types.by_tag, bundle.codebook))


def _used(part: ArticleBundle) -> list[str]:
    tags = (tag for placed in part.annotations.highlights for tag in placed.record.tags)
    return list(dict.fromkeys((UNTAGGED, *tags)))


def _text(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(text)


def _lines(text: str, items: Sequence[Item], types: Mapping[str, str]) -> Iterator[str]:
    """The `.ann` file of an article: its highlights, what is on each, and what links them."""
    number = notes = attributes = 0
    first: dict[str, int] = {}  # the line of each claim's highlight
    for _, group in groupby(items, key=lambda item: item.placed.record.id):
        same = list(group)
        placed = same[0].placed
        pieces = fragments(text, placed.extents)
        if not pieces:
            continue
        mark = number + 1
        for tag in placed.record.tags or (UNTAGGED,):
            number += 1
            yield f"T{number}\t{types[tag]} {_ranges(pieces)}\t{_quote(text, pieces)}\n"
        claims = [item.claim for item in same if item.claim is not None]
        first |= {claim.id: mark for claim in claims}
        if note := note_line(placed.record, claims):
            notes += 1
            yield f"#{notes}\tAnnotatorNotes T{mark}\t{note}\n"
        for modality in dict.fromkeys(c.modality for c in claims if c.modality):
            attributes += 1
            yield f"A{attributes}\t{MODALITY} T{mark} {modality}\n"
    links = {link.id: link for item in items for link in item.links}
    between = (link for link in links.values() if link.from_ in first and link.to in first)
    for count, link in enumerate(between, 1):
        yield f"R{count}\t{link.kind} Arg1:T{first[link.from_]} Arg2:T{first[link.to]}\n"


def _ranges(pieces: Iterable[Extent]) -> str:
    return ";".join(f"{start} {end}" for start, end in pieces)


def _quote(text: str, pieces: Iterable[Extent]) -> str:
    return " ".join(piece.of(text) for piece in pieces)
