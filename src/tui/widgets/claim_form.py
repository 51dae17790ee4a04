"""The open claim: a row for each field that is set, and below them the keys of all others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from rich.cells import cell_len

from tui.desk.fields import FormField, field_text
from tui.model.records import Claim
from tui.model.views import grade_of
from tui.model.wording import format_chain, format_when
from tui.widgets.cells import one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList

LETTER = 3  # cells of a field's key
BESIDE = 40  # cells of words from which on each field stands beside its name
WIDE = (
    "statement",
    "source",
    "chain",
)  # always below their names, on the whole width, where the form is narrow
REST = 3  # lines of the fields that are not set, at most
ALWAYS = ("statement", "source", "when", "quantity", "modality", "grade", "tags")
OWN = "field:"  # how the names of the workspace's own fields begin
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
        self._column = LETTER  # cells of a field's key and name

    def show(self, form: OpenClaim, letters: Mapping[str, str]) -> None:
        """Show a form as it is now; `letters` are the keys of its fields as people write them."""
        self._form, self._letters = form, letters
        what = "new claim" if form.new else "claim"
        self.set_heading((Piece(f" {what}", "strong"), Piece(" · Enter saves, q leaves", "dim")))
        named = ["statement", "chain", *(f.name for f in form.fields[1:]), "grade", "tags"]
        shown = [n for n in named if _always(n) or n == form.current or _text(form, n)]
        if len(form.claim.chain) > 1:
            shown = [n for n in shown if n not in ("source", "cue")]
        keys = [(name, "field") for name in shown]
        labels = (cell_len(_label(form, name)) for name in shown if name not in WIDE)
        self._column = LETTER + max(labels, default=0) + 1
        at = form.current if form.current in shown else shown[0]
        self.set_rows([*keys, ("others", "rest")], self._row, at=at)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        form, (key, kind) = self._form, self._keys[index]
        if form is None:
            return ((),)
        if kind == "rest":
            return list(self._rest(form, {name for name, _ in self._keys}, width))
        return list(self._field_lines(form, key, width))

    def _field_lines(self, form: OpenClaim, key: str, width: int) -> Iterator[Line]:
        """A field's key, name and words: beside the name if they fit on its line, else below."""
        letter, label = self._letters.get(key, ""), _label(form, key)
        text = one_line(_text(form, key))
        role = "strong" if key == "statement" else ""
        head = (Piece(f"{letter:<{LETTER}}", "key"), Piece(label, "dim"))
        room = width - self._column
        if room >= BESIDE or (key not in WIDE and cell_len(text) <= room):
            gap = " " * max(1, self._column - LETTER - cell_len(label))
            rows = wrapped(text, room, LINES) or [""]
            yield (*head, Piece(gap), Piece(rows[0] or "·", role if text else "dim"))
            yield from ((Piece(" " * self._column), Piece(row, role)) for row in rows[1:])
            return
        yield head
        indent = " " * min(LETTER, max(0, width - 8))
        rows = wrapped(text, max(4, width - len(indent)), LINES) or ["·"]
        yield from ((Piece(indent), Piece(row, role if text else "dim")) for row in rows)

    def _rest(self, form: OpenClaim, shown: set[str], width: int) -> Iterator[Line]:
        """The keys of the fields that are not set, in few lines: a key that all begin with once."""
        yield ()
        missing = [f for f in form.fields if f.name not in shown and self._letters.get(f.name)]
        found = [(self._letters[f.name], one_line(f.label)) for f in missing]
        starts = {letter[:1] for letter, _ in found if len(letter) > 1}
        once = starts.pop() if len(starts) == 1 and all(len(p[0]) > 1 for p in found) else ""
        line: list[Piece] = [Piece(f"{once}  ", "key")] if once else []
        used, lines = 3 * bool(once), 1
        for number, (key, label) in enumerate(found):
            letter = key.removeprefix(once)
            size = cell_len(letter) + cell_len(label) + 3
            last = number == len(found) - 1
            if line and used + size - 2 + (0 if last or lines < REST else 2) > width:
                if lines == REST:
                    line.append(Piece("…", "dim"))
                    break
                yield line
                line, used, lines = [], 0, lines + 1
            line += [Piece(f"{letter} ", "key"), Piece(f"{label}  ", "dim")]
            used += size
        yield line


def _always(name: str) -> bool:
    """Whether a field has a row before it is set: those most wanted, and the workspace's own."""
    return name in ALWAYS or name.startswith(OWN)


def _text(form: OpenClaim, key: str) -> str:
    """What a row says; empty if nothing is set."""
    if key == "tags":
        return ", ".join(form.tags)
    if key == "chain":
        chain = form.claim.chain
        return format_chain(chain) if len(chain) > 1 else ""
    if key == "grade":
        return grade_of(form.claim)
    hop = form.claim.chain[-1] if len(form.claim.chain) > 1 else None
    when = form.claim.when if key == "when" else hop.said if hop and key == "said" else None
    if when is not None:
        return format_when(when)  # as EDTF only while it is edited
    return field_text(form.claim, key)


def _label(form: OpenClaim, key: str) -> str:
    """The name of a row."""
    field = next((f for f in form.fields if f.name == key), None)
    return one_line(field.label) if field is not None else {"chain": "sources"}.get(key, key)
