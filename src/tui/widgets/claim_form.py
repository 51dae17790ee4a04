"""The open claim, a row a field: what is set, as it was understood, and the key of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tui.desk.fields import FormField, field_text
from tui.model.records import Claim
from tui.model.views import grade_of
from tui.model.wording import format_chain, format_when
from tui.widgets.cells import one_line, wrapped
from tui.widgets.rows import Line, Piece, RowList

LABEL = 12  # cells of a field's name


class Shown(Protocol):
    """What the form shows: the screen's open form has it."""

    claim: Claim
    tags: list[str]
    fields: tuple[FormField, ...]
    current: str

    @property
    def new(self) -> bool: ...


class ClaimForm(RowList):
    """Rows of the open claim. Row ids are field names, kind `field`; a click edits one."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._form: Shown | None = None

    def show(self, form: Shown) -> None:
        """Show a form as it is now."""
        self._form = form
        what = "new claim" if form.new else "claim"
        self.set_heading((Piece(f" {what}", "strong"), Piece(" · Enter saves · q leaves", "dim")))
        keys = [(name, "field") for name in ("tags", *(f.name for f in form.fields), "chain")]
        keys.append(("grade", "field"))
        self.set_rows(keys, self._row, at=form.current)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        form = self._form
        key = self._keys[index][0]
        if form is None:
            return ((),)
        letter, label, text = self._words(form, key)
        room = max(4, width - LABEL - 3)
        rows = wrapped(one_line(text), room, 6 if key == "statement" else 3) or [""]
        head = f"{label[: LABEL - 1]:<{LABEL}}"
        role = "strong" if key == "statement" else ""
        first = (
            Piece(f"{letter or ' '} ", "key"),
            Piece(head, "dim"),
            Piece(rows[0] or "·", role if rows[0] else "dim"),
        )
        indent = " " * (LABEL + 2)
        lines = [first, *((Piece(indent), Piece(row, role)) for row in rows[1:])]
        if key in ("when", "said"):
            lines += self._understood(form.claim, key, indent, room)
        return lines

    def _words(self, form: Shown, key: str) -> tuple[str, str, str]:
        """(letter, label, text) of a row."""
        if key == "tags":
            return "t", "tags", ", ".join(form.tags)
        if key == "chain":
            return "C", "chain", format_chain(form.claim.chain)
        if key == "grade":
            return "r", "grade", grade_of(form.claim)
        field = next(f for f in form.fields if f.name == key)
        return field.letter, field.label, field_text(form.claim, key)

    def _understood(self, claim: Claim, key: str, indent: str, room: int) -> list[Line]:
        """The line under a time that says how it was understood."""
        hop = claim.chain[-1] if len(claim.chain) > 1 else None
        when = claim.when if key == "when" else hop.said if hop else None
        if when is None:
            return []
        return [
            (Piece(indent), Piece(row, "dim"))
            for row in wrapped(one_line(format_when(when)), room, 2)
        ]
