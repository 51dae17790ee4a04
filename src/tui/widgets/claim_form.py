"""The open claim: a row for each field that is set, and below them the keys of all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from tui.desk.fields import FormField, field_text
from tui.model.records import Claim
from tui.model.views import grade_of
from tui.model.wording import format_chain, format_when
from tui.widgets.cells import one_line, wrapped
from tui.widgets.rows import Line, Piece, RowList

LABEL = 13  # cells of a field's key and name
ALWAYS = ("statement", "source", "when", "quantity", "modality", "grade", "tags")
LINES = 8  # at most so many lines a field


class OpenClaim(Protocol):
    """What the form shows: the screen's open form has it."""

    claim: Claim
    tags: list[str]
    fields: tuple[FormField, ...]
    current: str

    @property
    def new(self) -> bool:
        """Whether the claim is not among the records yet."""
        ...


class ClaimForm(RowList):
    """Rows of the open claim. Row ids are field names, kind `field`; a click edits one."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._form: OpenClaim | None = None
        self._letters: Mapping[str, str] = {}

    def show(self, form: OpenClaim, letters: Mapping[str, str]) -> None:
        """Show a form as it is now; `letters` are the keys of its fields as people write them."""
        self._form, self._letters = form, letters
        what = "new claim" if form.new else "claim"
        self.set_heading((Piece(f" {what}", "strong"), Piece(" · Enter saves, q leaves", "dim")))
        named = ["statement", "chain", *(f.name for f in form.fields[1:]), "grade", "tags"]
        shown = [n for n in named if n in ALWAYS or n == form.current or _text(form, n)]
        if len(form.claim.chain) > 1:
            shown = [n for n in shown if n not in ("source", "cue")]
        keys = [(name, "field") for name in shown]
        self.set_rows([*keys, ("others", "rest")], self._row, at=form.current)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        form, (key, kind) = self._form, self._keys[index]
        if form is None:
            return ((),)
        if kind == "rest":
            return list(self._rest(form, {name for name, _ in self._keys}, width))
        return list(self._field_lines(form, key, width))

    def _field_lines(self, form: OpenClaim, key: str, width: int) -> Iterator[Line]:
        """A field's name and words; under a time how it was understood."""
        letter, label = self._letters.get(key, ""), _label(form, key)
        room = max(4, width - LABEL)
        rows = wrapped(one_line(_text(form, key)), room, LINES) or [""]
        head = (Piece(f"{letter:<3}", "key"), Piece(f"{label[: LABEL - 4]:<{LABEL - 3}}", "dim"))
        role = "strong" if key == "statement" else ""
        yield (*head, Piece(rows[0] or "·", role if rows[0] else "dim"))
        indent = Piece(" " * LABEL)
        yield from ((indent, Piece(row, role)) for row in rows[1:])
        understood = _understood(form.claim, key)
        yield from ((indent, Piece(row, "dim")) for row in wrapped(understood, room, 3) if row)
        if key in ("statement", "chain"):
            yield ()

    def _rest(self, form: OpenClaim, shown: set[str], width: int) -> Iterator[Line]:
        """The keys of the fields that are not set, in few lines."""
        yield ()
        line: list[Piece] = []
        used = 0
        for field in form.fields:
            letter = self._letters.get(field.name, "")
            if field.name in shown or not letter:
                continue
            size = len(letter) + len(field.label) + 3
            if line and used + size > width:
                yield line
                line, used = [], 0
            line += [Piece(f"{letter} ", "key"), Piece(f"{one_line(field.label)}  ", "dim")]
            used += size
        yield line


def _text(form: OpenClaim, key: str) -> str:
    """What a row says; empty if nothing is set."""
    if key == "tags":
        return ", ".join(form.tags)
    if key == "chain":
        chain = form.claim.chain
        return format_chain(chain) if len(chain) > 1 else ""
    if key == "grade":
        return grade_of(form.claim)
    return field_text(form.claim, key)


def _label(form: OpenClaim, key: str) -> str:
    """The name of a row."""
    field = next((f for f in form.fields if f.name == key), None)
    return one_line(field.label) if field is not None else {"chain": "sources"}.get(key, key)


def _understood(claim: Claim, key: str) -> str:
    """How a time was understood, where its words do not say it themselves."""
    hop = claim.chain[-1] if len(claim.chain) > 1 else None
    when = claim.when if key == "when" else hop.said if hop and key == "said" else None
    return one_line(format_when(when)) if when is not None else ""
