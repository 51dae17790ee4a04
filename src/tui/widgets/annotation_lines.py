"""What a row of the annotation panel says: only what is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from rich.cells import cell_len

from tui.model.records import AUTHOR, ArticleRecord, Assessment, Claim, Link, Record
from tui.model.spans import joined_quote
from tui.model.views import (
    SOUGHT,
    UNPLACED,
    Placed,
    Status,
    grade_of,
    grade_warnings,
    status_of,
    wording_warnings,
)
from tui.model.wording import format_quantity, format_sources, format_when
from tui.widgets.annotation_rows import Row, Shelf, Tagging
from tui.widgets.article_list import short_date
from tui.widgets.cells import ELLIPSIS, cut, one_line, wrapped
from tui.widgets.flowing import Word, flowed, pieces_of, words_of
from tui.widgets.pieces import Line, Piece

BAR, HOLLOW, LOST, CHANGED, UNKNOWN = "▌", "▯", "✗", "~", "…"
_CLAIM_INDENT = "   "
_NOTE_LINES = 3
_CHANGED_LINES = 6  # of a comparison of what was marked with what stands there today
_ALL_LINES = 40  # of a text that is shown whole; a screen has hardly more
_LINK_WORDS = 18  # cells of the other claim's words that are worth staying on one line
LINKS: Mapping[str, tuple[str, str]] = {
    "supports": ("+ supports", "+ supported by"),
    "contradicts": ("- contradicts", "- contradicts"),
    "updates": ("> updates", "< updated by"),
    "repeats": ("= repeats", "= repeats"),
}


def lines_of(row: Row, shelf: Shelf, width: int, *, whole: bool = False) -> Sequence[Line]:
    """The lines of a row, each at most `width` cells; `whole`: a claim's or link's whole words."""
    if row.highlight is not None and isinstance(row.record, Claim):
        return list(_claim_lines(row.record, row.highlight, shelf, width, whole))
    if isinstance(row.record, Link):
        return list(_link_lines(row.record, row, shelf, width, whole))
    if row.highlight is not None:
        return list(_highlight_lines(row.highlight, shelf, width))
    if isinstance(row.record, ArticleRecord):
        return list(_article_lines(row.record, shelf, width))
    return ((),)


def _highlight_lines(placed: Placed, shelf: Shelf, width: int) -> Iterator[Line]:
    record = placed.record
    tagging = shelf.tagging(record.tags)
    slot, colour = tagging.slot, tagging.colour
    bar = HOLLOW if record.id in shelf.annotations.unsaved else BAR
    bar = {"orphan": LOST, "changed": CHANGED, SOUGHT: UNKNOWN, UNPLACED: UNKNOWN}.get(
        placed.fit, bar
    )
    quote = one_line(joined_quote(record.spans))
    # An orphan has more lines: nowhere else are its words to be seen.
    quoted = wrapped(quote, width - 2, 1 + _NOTE_LINES * (placed.fit == "orphan"))
    first, *further = quoted or [""]
    yield (
        Piece(str(slot) if slot else " ", f"sign:{colour}"),
        Piece(bar, "warn" if bar in (LOST, CHANGED, UNKNOWN) else f"sign:{colour}"),
        Piece(first),
    )
    if placed.fit == "orphan":
        yield from ((Piece("  "), Piece(line)) for line in further)
        yield (Piece("  "), Piece(cut("not in today's text", width - 2), "warn"))
    elif placed.unknown:
        yield (Piece("  "), Piece(cut(_UNKNOWN_WORDS[placed.fit], width - 2), "warn"))
    elif placed.fit == "changed":
        yield from _changed_lines(placed, shelf, width)
    facts = [_fit_words(placed.fit), _by(record, shelf)]
    yield from _tag_lines(tagging, [fact for fact in facts if fact])
    yield from _altered(record, shelf, "  ", width)
    yield from _prose("", record.note, "  ", width)


_UNKNOWN_WORDS = {
    SOUGHT: "its place today is being sought",
    UNPLACED: "its place today is not known",
}


def _fit_words(fit: str) -> str:
    return {"moved": "moved", "changed": "changed"}.get(fit, "")


def _changed_lines(placed: Placed, shelf: Shelf, width: int) -> Iterator[Line]:
    """The words that were marked beside those that stand there today, around what changed."""
    from tui.anchoring.excerpts import compared, excerpt  # where nothing changed it is not needed

    indent = "  " if width > 12 else ""
    words: list[Word] = []
    for span, extent in zip(placed.record.spans, placed.extents, strict=False):
        today = extent.of(shelf.article.text)
        if words:
            words.append(Word(ELLIPSIS))
        words += words_of(excerpt(compared(span.exact, today)))
    lines = flowed(words, max(4, width - len(indent)))
    for line in islice(lines, _CHANGED_LINES):
        yield (Piece(indent), *pieces_of(line))


def _tag_lines(tagging: Tagging, facts: Sequence[str]) -> Iterator[Line]:
    pieces: list[Piece] = [Piece("  ")]
    for path, colour in zip(tagging.tags, tagging.colours, strict=True):
        separator = [Piece(", ", "dim")] if len(pieces) > 1 else []
        pieces += [*separator, Piece(one_line(path), f"sign:{colour}")]
    for fact in facts:
        separator = [Piece(" · ", "dim")] if len(pieces) > 1 else []
        pieces += [*separator, Piece(one_line(fact), "dim")]
    if len(pieces) > 1:
        yield pieces


def _claim_lines(
    claim: Claim, placed: Placed, shelf: Shelf, width: int, whole: bool
) -> Iterator[Line]:
    indent = _CLAIM_INDENT if width > 12 else ""
    room = width - len(indent)
    for pieces in _flowed(_claim_head(claim, shelf), room):
        yield (Piece(indent), *pieces)
    yield from _altered(claim, shelf, indent, width)
    quote = " ".join(joined_quote(placed.record.spans).split())
    statement = " ".join(claim.statement.split())
    if whole or (statement and statement != quote):
        lines = _ALL_LINES if whole else _NOTE_LINES
        for text in wrapped(one_line(statement or quote), room, lines):
            yield (Piece(indent), Piece(text, "strong" if whole else ""))
    sources = one_line(format_sources(claim.chain, shelf.article.outlet))
    for text in wrapped(sources, room, _ALL_LINES):
        yield (Piece(indent), Piece(text))
    for label, text in (*_facts(claim, whole), *_own_facts(claim, shelf.own)):
        yield from _labelled(label, text, indent, width, _ALL_LINES if whole else 2)
    warnings = (*wording_warnings(claim), *grade_warnings(claim, shelf.links.get(claim.id, ())))
    for sentence in warnings:
        for text in wrapped(one_line(f"! {sentence}"), room, 4):
            yield (Piece(indent), Piece(text, "warn"))
    for label, text in (("translation", claim.translation), ("note", claim.note)):
        if text.strip():
            yield from _labelled(label, text, indent, width, _ALL_LINES if whole else _NOTE_LINES)


def _labelled(label: str, text: str, indent: str, width: int, lines: int) -> Iterator[Line]:
    """A field: its name, dim, and its words; behind the name if there is room for them."""
    room = width - len(indent)
    head = f"{label} " if label else ""
    beside = len(head) * 2 <= room
    rows = wrapped(one_line(text), max(4, room - len(head)) if beside else room, lines)
    if not beside:
        yield (Piece(indent), Piece(head, "dim"))
        head = ""
    for number, row in enumerate(rows):
        yield (Piece(indent), Piece(head if not number else " " * len(head), "dim"), Piece(row))


def _claim_head(claim: Claim, shelf: Shelf) -> list[Piece]:
    """What a claim is, its status, its grade, and what is to be said of them."""
    status = status_of(claim, shelf.reviews.get(claim.id, ()))
    hollow = f"{HOLLOW} " if claim.id in shelf.annotations.unsaved else ""
    facts = [
        Piece(f"{hollow}claim", "dim"),
        Piece(*status_words(status)),
        Piece(grade_of(claim), "strong"),
        Piece("edited after its review" if status.stale else "", "warn"),
        Piece("flagged !" if status.flagged else "", "warn"),
        Piece("self-reviewed" if status.self_reviewed else "", "dim"),
        Piece(f"reviewed by {one_line(status.by)}" if _by_another(status, shelf) else "", "dim"),
        Piece(one_line(status.reason) if status.name == "rejected" else "", "dim"),
        Piece(one_line(_by(claim, shelf)), "dim"),
    ]
    return [fact for fact in facts if fact.text]


def _by_another(status: Status, shelf: Shelf) -> bool:
    """Whether somebody else than the analyst who looks at it decided, and nobody on their own."""
    decided = status.name != "draft" and not status.self_reviewed
    return decided and bool(status.by) and status.by != shelf.analyst


def _flowed(facts: Sequence[Piece], cells: int) -> Iterator[list[Piece]]:
    """The facts with dots between them, on as many lines as they need."""
    line: list[Piece] = []
    used = 0
    for fact in facts:
        size = cell_len(fact.text)
        if line and used + 3 + size > cells:
            yield line
            line, used = [], 0
        if line:
            line.append(Piece(" · ", "dim"))
            used += 3
        line.append(fact)
        used += size
    yield line


def status_words(status: Status) -> tuple[str, str]:
    """A status as the panel says it, with its sign, and the style role."""
    return {
        "accepted": ("accepted ✓", "accent"),
        "rejected": ("rejected ✗", "dim"),
        "disputed": ("disputed ≠", "warn"),
    }.get(status.name, ("draft", ""))


def _facts(claim: Claim, whole: bool) -> Iterator[tuple[str, str]]:
    """Name and words of each field that is set, in the order of the form.

    A time, a quantity and a modality say themselves what they are; `asserted` goes without saying.
    """
    said = claim.chain[-1].said if len(claim.chain) > 1 and whole else None
    if said is not None:
        yield "said on", format_when(said)
    if claim.when is not None:
        yield "", format_when(claim.when)
    quantities = [text for text in map(format_quantity, claim.quantities) if text]
    if quantities:
        yield "", "; ".join(quantities)
    if claim.place is not None and claim.place.text:
        yield "place", claim.place.text
    if claim.about is not None and claim.about.text:
        yield "about", claim.about.text
    hedge = f"(“{claim.hedge.text}”)" if claim.hedge is not None and claim.hedge.text else ""
    if hedge or claim.modality not in ("", "asserted"):
        yield "", f"{claim.modality} {hedge}".strip()
    yield from _judged(claim.assessment)


def _own_facts(claim: Claim, labels: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The workspace's own fields that are set: in its order, then what it does not name."""
    for name in dict.fromkeys((*labels, *claim.fields)):
        if name in claim.fields:
            yield one_line(labels.get(name, name)), _field_words(claim.fields[name])


def _judged(judged: Assessment) -> Iterator[tuple[str, str]]:
    facts = (
        ("assessment", "" if judged.verdict == "unchecked" else judged.verdict),
        ("rationale", judged.rationale),
        ("evidence", " ".join(judged.evidence)),
        ("likelihood", judged.likelihood),
        ("confidence", judged.confidence),
        ("basis", judged.confidence_basis),
    )
    yield from ((name, words) for name, words in facts if words)


def _field_words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(str(item) for item in value)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    return str(value)


def _link_lines(link: Link, row: Row, shelf: Shelf, width: int, whole: bool) -> Iterator[Line]:
    """What a link says of the two claims, and which the other one is: source, words, date."""
    indent = _CLAIM_INDENT if width > 12 else ""
    room = width - len(indent)
    words = LINKS.get(link.kind, (link.kind, link.kind))
    head = one_line(words[0] if link.from_ == row.claim else words[1])
    end = shelf.other(row.other)
    if end is None:
        text, date = "a claim that cannot be shown here", ""
    else:
        source = f"{end.source}: " if end.source.strip() else ""
        text = one_line(source + end.statement)
        away = end.article != shelf.article.id
        date = short_date(end.date, shelf.article.published[:4]) if away and end.date else ""
    hollow = f"{HOLLOW} " if link.id in shelf.annotations.unsaved else ""
    tail = "".join(f" · {part}" for part in (date, one_line(_by(link, shelf))) if part)
    left = room - cell_len(hollow + head + " · " + tail)
    first = (Piece(indent), Piece(hollow + head, "accent"))
    if not whole and (left >= _LINK_WORDS or cell_len(text) <= left):
        yield (*first, Piece(" · ", "dim"), Piece(cut(text, left)), Piece(tail, "dim"))
        return
    yield (*first, Piece(tail, "dim"))
    for line in wrapped(text, room - 2, _ALL_LINES if whole else 2):
        yield (Piece(indent + "  "), Piece(line))


def _article_lines(record: ArticleRecord, shelf: Shelf, width: int) -> Iterator[Line]:
    facts = [grade_of(record), _by(record, shelf)]
    yield (Piece("  "), Piece("the whole article", "dim"))
    yield from _tag_lines(shelf.tagging(record.tags), [fact for fact in facts if fact])
    yield from _prose("", record.note, "  ", width)


def _by(record: Record, shelf: Shelf) -> str:
    who = [f"by {record.by}"] if record.by and record.by != shelf.analyst else []
    made = record.extra.get(AUTHOR)  # in another program
    who += [f"made by {made}"] if isinstance(made, str) and made != record.by else []
    return " · ".join(who)


def _altered(record: Record, shelf: Shelf, indent: str, width: int) -> Iterator[Line]:
    if record.id in shelf.annotations.altered:
        text = cut("! changed outside Pressmark", width - len(indent))
        yield (Piece(indent), Piece(text, "warn"))


def _prose(label: str, text: str, indent: str, width: int) -> Iterator[Line]:
    """A note, dim, in a few lines."""
    for line in wrapped(one_line(f"{label}{text}"), width - len(indent), _NOTE_LINES):
        yield (Piece(indent), Piece(line, "dim"))
