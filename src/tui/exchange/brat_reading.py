"""Read brat standoff, our own and anybody's: a folder, or one `.ann` file beside its text.

The text of `NAME.ann` is `NAME.txt`; where several people annotated one text, that of
`NAME_ANNOTATOR.ann` is `NAME.txt` too, anywhere in the folder. Offsets count for nothing where the
words of a line do not stand there: then the words are looked for when they come in.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from msgspec import Struct, field

from tui.exchange import native
from tui.exchange.brat_types import MODALITY, tags_in
from tui.exchange.files import ExchangeError, read_bytes, read_text
from tui.exchange.folders import files_in
from tui.exchange.foreign import (
    UNTAGGED,
    document_about,
    highlight,
    quoted_span,
    spans_in,
    still_there,
    tag_for,
    tags_of,
)
from tui.exchange.fragments import Fragments, fragments, note_line
from tui.exchange.incoming import Document, Incoming, Refused, joined
from tui.exchange.json_values import object_in
from tui.exchange.offsets import CODE_POINTS, ForeignText
from tui.exchange.remarks import claims_on, note_beside
from tui.model.records import LINK_KINDS, Highlight, Record
from tui.model.spans import Extent, Span

SIDE = ".pressmark.json"  # the ending of what is carried along
_MARK = re.compile(r"(T[^\t]+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*) *(?:\t(.*))?", re.DOTALL)
_OTHER = re.compile(r"([EARNM*#][^\t]*)\t(\S+)(?: ([^\t]*))?(?:\t(.*))?", re.DOTALL)
_BLANK = re.compile(r"\s")
_SHOWN = 80  # code points of a quote that is named in a note
_NOTES = ("#", "A", "M", "N", "E", "R")
_COUNTED = {"*": "equivalence"}


class Line(Struct, frozen=True):
    """A span as one line of a file has it: where it stands here, or only its words."""

    number: int
    tag: str
    pieces: Fragments
    spans: tuple[Span, ...] = ()  # where the words do not stand at the offsets


class Ann(Struct):
    """What one `.ann` file says: spans by their ids, and what is said of each."""

    marks: dict[str, Line] = field(default_factory=dict[str, Line])
    events: dict[str, str] = field(default_factory=dict[str, str])  # their triggers
    said: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    notes: dict[str, list[str]] = field(default_factory=dict[str, "list[str]"])
    ignored: Counter[str] = field(default_factory=Counter[str])
    refused: list[Refused] = field(default_factory=list[Refused])


def read_path(path: Path) -> Incoming:
    """What a folder of brat's, or one `.ann` file, brings; a bad line costs that line.

    Raises ExchangeError, with one sentence, if there is no `.ann` in it, or one has no text.
    """
    folder = path if path.is_dir() else path.parent
    given = files_in(path, ".ann") if path.is_dir() else [path]
    if not given:
        raise ExchangeError(f"{path} holds no .ann file: name a folder as brat has it")
    texts = {p.with_suffix("").name: p for p in reversed(files_in(folder, ".txt"))}
    parts: list[Incoming] = []
    for ann in given:
        try:
            parts.append(_read(ann, texts, folder))
        except ExchangeError as error:
            if not path.is_dir():
                raise
            parts.append(Incoming(ann.name, refused=(Refused(0, str(error)),)))
    return joined(str(path), parts)


def _source(ann: Path, texts: Mapping[str, Path]) -> Path:
    """The text of an `.ann` file: beside it, else of its name, but for that of an annotator."""
    stem = ann.with_suffix("").name
    beside = ann.with_name(f"{stem}.txt")
    source = beside if beside.is_file() else texts.get(stem) or texts.get(stem.rpartition("_")[0])
    if source is None:
        raise ExchangeError(f"{ann}: there is no {stem}.txt beside it; put the text there")
    return source


def _read(ann: Path, texts: Mapping[str, Path], folder: Path) -> Incoming:
    """What one `.ann` file brings. Raises ExchangeError, with one sentence, if it has no text."""
    stem, source = ann.with_suffix("").name, _source(ann, texts)
    try:
        theirs = ForeignText(read_bytes(source).decode(), CODE_POINTS)
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{source}: not UTF-8 at byte {error.start}") from error
    side = _side(ann.with_name(f"{stem}{SIDE}"))
    where = document_about(theirs.text, side, name=source.name)
    types = _labels(ann, folder) | {
        name: tag for name, tag in object_in(side.get("types")).items() if isinstance(tag, str)
    }
    read = _parsed(read_text(ann), theirs, types)
    carried = native.Packed()
    if native.KEY in side:
        try:
            carried = native.unpacked(side[native.KEY])
        except ValueError as error:
            read.refused.append(Refused(0, f"{stem}{SIDE}: {error}"))
    who = stem if stem != source.with_suffix("").name else ""
    records, changed = _reunited(where, read, carried, who)
    return Incoming(
        ann.name,
        tuple(records),
        refused=tuple(Refused(line, f"{ann.name}: {reason}") for line, reason in read.refused),
        ignored=read.ignored,
        changed=changed,
        documents=(where,),
    )


def _side(path: Path) -> dict[str, Any]:
    """What was carried along, empty if it is not there or no more than a broken piece."""
    if not path.is_file():
        return {}
    try:
        data: object = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise ExchangeError(
            f"{path} is broken ({error}): take it away to import what brat itself has"
        ) from error
    return cast("dict[str, Any]", data) if isinstance(data, dict) else {}


def _labels(ann: Path, folder: Path) -> dict[str, str]:
    """The tags of types by the nearest `visual.conf`, as brat looks for it."""
    for above in (ann.parent, *ann.parent.parents):
        conf = above / "visual.conf"
        if conf.is_file():
            return tags_in(read_text(conf))
        if above == folder:
            break
    return {}


def _parsed(text: str, theirs: ForeignText, types: Mapping[str, str]) -> Ann:
    read = Ann()
    others: list[tuple[int, re.Match[str]]] = []
    for number, line in enumerate(text.replace("\r\n", "\n").split("\n"), 1):
        mark, other = _MARK.fullmatch(line), _OTHER.fullmatch(line)
        try:
            if mark is not None:
                tag = types.get(mark[2]) or tag_for(mark[2])
                read.marks[mark[1]] = _line(number, tag, mark[3], mark[4] or "", theirs)
            elif other is not None:
                others.append((number, other))
            elif line.strip():
                raise ValueError(f"“{line[:40]}” is no line of standoff")
        except ValueError as error:
            read.refused.append(Refused(number, str(error)))
    for _, other in others:  # what is said of an event is said of its trigger
        trigger = read.marks.get(other[2].partition(":")[2])
        if other[1][0] == "E" and trigger is not None:
            read.events[other[1]] = other[2].partition(":")[2]
    for number, other in others:
        _take(number, other, read, theirs.text)
    return read


def _line(number: int, tag: str, ranges: str, quote: str, theirs: ForeignText) -> Line:
    """A span where its words stand: counted as brat does, or without carriage returns.

    Raises ValueError, with the end of a sentence, if there is neither a range nor a quote.
    """
    asked = [tuple(map(int, each.split())) for each in ranges.split(";")]
    for count in (theirs.back, int):
        try:
            pieces = tuple(Extent(count(start), count(end)) for start, end in asked)
        except ValueError:
            continue
        words = [piece.of(theirs.text) for piece in pieces]
        whole = all(piece.start < piece.end <= len(theirs.text) for piece in pieces)
        joined = (" ".join(words), "".join(words))  # before 1.3 brat put nothing between
        if whole and (not quote or any(_reads(quote, each) for each in joined)):
            return Line(number, tag, tuple(sorted(pieces)))
    return Line(number, tag, (), tuple(_quoted(asked, quote)))


def _reads(quote: str, words: str) -> bool:
    """Whether a quote is these words: blanks count as one another, a break may have cut it."""
    return _BLANK.sub(" ", quote) == _BLANK.sub(" ", words) or words.startswith(f"{quote}\n")


def _quoted(asked: Sequence[tuple[int, ...]], quote: str) -> Iterator[Span]:
    """The words of a line whose offsets do not fit its text, cut into its pieces."""
    if not quote.strip():
        raise ValueError(f"{asked[0][0]}-{asked[-1][1]} is no range of the text")
    if len(asked) == 1:
        yield quoted_span(asked[0][0], quote)
        return
    if len(quote) != sum(end - start + 1 for start, end in asked) - 1:
        raise ValueError(f"“{quote[:40]}” does not stand at its offsets")
    done = 0
    for start, end in asked:
        yield quoted_span(start, quote[done : done + end - start])
        done += end - start + 1


def _take(number: int, line: re.Match[str], read: Ann, text: str) -> None:
    """What a line says of spans: in words, with the span that it is about."""
    kind, name, rest, tail = line[1][0], line[2], line[3] or "", line[4] or ""
    if kind not in _NOTES:
        read.ignored[_COUNTED.get(kind, "line")] += 1
        return
    if kind == "E":
        name, _, target = name.partition(":")
    elif kind == "R":
        _, _, target = rest.partition(" ")[0].partition(":")
    else:
        target, _, rest = rest.partition(" ")
    target = read.events.get(target, target)
    if target not in read.marks:
        what = f"{line[1]} is about {target or 'nothing'}"
        read.refused.append(Refused(number, f"{what}, which is no span of this file: {tail[:40]}"))
    elif kind == "#":
        read.notes.setdefault(target, []).append(tail.strip())
    elif not _is_ours(kind, name):
        words = _arguments(rest, read, text) if kind in "ER" else f"{rest} {tail}"
        read.said.setdefault(target, []).append(f"{name}: {words.strip()}".rstrip(": "))


def _is_ours(kind: str, name: str) -> bool:
    """Whether a line is one that we write for what is carried along anyway."""
    return (kind == "A" and name == MODALITY) or (kind == "R" and name in LINK_KINDS)


def _arguments(rest: str, read: Ann, text: str) -> str:
    """The arguments of an event or relation with the words that they are."""
    found: list[str] = []
    for argument in rest.split():
        role, _, target = argument.partition(":")
        mark = read.marks.get(read.events.get(target, target))
        words = " ".join(piece.of(text) for piece in mark.pieces) if mark is not None else target
        shown = " ".join(words.split())
        found.append(f"{role} “{shown[:_SHOWN]}{'…' * (len(shown) > _SHOWN)}”")
    return ", ".join(found)


def _reunited(
    where: Document, read: Ann, carried: native.Packed, who: str
) -> tuple[list[Record], int]:
    """Our own records where their lines are there still, and highlights for all other lines.

    Beside them how many notes on ours were changed. `who` tells files of several annotators of one
    text apart.
    """
    text = where.text or ""
    left: dict[tuple[Fragments, str], list[str]] = {}
    for key, mark in read.marks.items():
        if mark.pieces:
            left.setdefault((mark.pieces, mark.tag), []).append(key)

    beside: list[Highlight] = []

    def is_there(record: Highlight) -> bool:
        pieces = fragments(text, carried.today.get(record.id, ()))
        wanted = [(pieces, tag) for tag in tags_of(record.tags) or (UNTAGGED,)] if pieces else []
        if not all(left.get(each) for each in wanted):
            return False
        keys = [left[each].pop(0) for each in wanted]
        known = note_line(record, claims_on(record, carried))
        given = (note for key in keys for note in read.notes.pop(key, ()))
        notes = [note for note in given if note.strip() and note != known]
        beside.extend(note_beside(where, record, note, carried) for note in dict.fromkeys(notes))
        return True

    kept = still_there(carried, is_there)
    fresh = _fresh(where, read, (key for keys in left.values() for key in keys), who)
    return [*kept, *beside, *fresh], len(beside)


def _fresh(where: Document, read: Ann, keys: Iterable[str], who: str) -> Iterator[Highlight]:
    """Highlights for lines, those on one range as one, and for lines of which we have the words."""
    places: dict[str, list[str]] = {}
    lost = (key for key, mark in read.marks.items() if not mark.pieces)
    for key in (*keys, *lost):
        mark = read.marks[key]
        asked = mark.pieces or [(s.start, s.end, s.exact) for s in mark.spans]
        places.setdefault(f"{who}:{asked}", []).append(key)
    for place, group in places.items():
        marks = [read.marks[key] for key in group]
        spans = marks[0].spans or spans_in(where.text or "", marks[0].pieces)
        tags = [mark.tag for mark in marks if mark.tag != UNTAGGED]
        said = [
            each for key in group for each in (*read.notes.get(key, ()), *read.said.get(key, ()))
        ]
        yield highlight(where, place, spans, tags=tags, note="\n".join(dict.fromkeys(said)))
