"""The claim that is open: new or being edited, field by field, until it is saved or left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import replace

from tui.desk.fields import Context, FormField, form_fields, with_field
from tui.model.codec import from_json, to_json
from tui.model.records import Claim, Step
from tui.model.spans import Extent, select
from tui.reading.place import Place

if TYPE_CHECKING:
    from tui.analysis import Suggestion
    from tui.desk import Desk


class Edit(NamedTuple):
    """Something set in the form: what it was, and claim and tags before and after."""

    label: str
    before: tuple[Claim, list[str]]
    after: tuple[Claim, list[str]]


class Form:
    """An open claim. `extents` are where a new one stands; empty for one that is edited."""

    def __init__(
        self,
        desk: Desk,
        place: Place,
        claim: Claim,
        extents: Sequence[Extent] = (),
        tags: Sequence[str] = (),
    ) -> None:
        self.desk = desk
        self.article = place.article
        self.claim = claim
        self.before = (claim, tuple(tags))
        self.restored = False  # it was left open, and is edited as far as anybody knows
        self.extents = tuple(extents)
        self.tags = list(tags)
        self.fields = form_fields(desk.settings)
        self.current = ""
        self._past: list[Edit] = []
        self._ahead: list[Edit] = []

    @classmethod
    def of_claim(cls, desk: Desk, place: Place, claim: Claim) -> Form:
        """The form of a claim that is there."""
        placed = place.annotations.highlight(claim.highlight)
        return cls(desk, place, claim, tags=placed.record.tags if placed else ())

    @classmethod
    def of_extents(cls, desk: Desk, place: Place, extents: Sequence[Extent]) -> Form:
        """The form of a new claim, filled in from the cues of the text."""
        same = [p for p in place.annotations.highlights if p.extents == tuple(extents)]
        tags = same[0].record.tags if same else ()
        return cls(desk, place, desk.draft(place.article.id, extents), extents, tags)

    @classmethod
    def of_proposal(cls, desk: Desk, place: Place, proposal: Suggestion) -> Form:
        """The form of a claim as it is proposed."""
        claim = desk.proposed_claim(place.article.id, proposal)
        return cls(desk, place, claim, [span.extent for span in proposal.spans])

    @property
    def new(self) -> bool:
        """Whether the claim is not among the records yet."""
        return bool(self.extents)

    @property
    def edited(self) -> bool:
        """Whether the analyst changed anything since the form was opened."""
        return self.restored or (self.claim, tuple(self.tags)) != self.before

    def field_named(self, name: str) -> FormField | None:
        """The row with this name."""
        return next((field for field in self.fields if field.name == name), None)

    def field_at(self, letter: str) -> FormField | None:
        """The row of the workspace's own field with this digit."""
        own = (field for field in self.fields if field.name.startswith("field:"))
        return next((field for field in own if field.letter == letter), None)

    def walk(self, direction: int) -> FormField:
        """The next or previous row, from the current one."""
        names = [field.name for field in self.fields]
        index = names.index(self.current) + direction if self.current in names else 0
        return self.fields[index % len(self.fields)]

    def context(self) -> Context:
        """What the form's words are understood against."""
        anchor = self.desk.time_anchor(self.article.id, self.claim, self.extents)
        return Context(self.desk.sources, self.desk.settings, self.article.published, anchor)

    def set_field(self, name: str, text: str, at: Any = None) -> None:
        """Set a field from words, typed or taken from the extent `at` of the text."""
        span = select(self.article.text, at.start, at.end) if isinstance(at, Extent) else None
        field = self.field_named(name)
        claim = with_field(self.claim, name, text, self.context(), span)
        self._change(field.label if field else name, claim, self.tags)
        self.current = name

    def _change(self, label: str, claim: Claim, tags: list[str]) -> None:
        """Have the form say something else, so that it can be taken back."""
        before, after = (self.claim, self.tags), (claim, tags)
        if before == after:
            return
        self._past.append(Edit(label, before, after))
        self._ahead.clear()
        self.claim, self.tags = after

    def undo(self) -> str:
        """Take back what was set last; returns what that was, empty if nothing was set."""
        if not self._past:
            return ""
        edit = self._past.pop()
        self._ahead.append(edit)
        self.claim, self.tags = edit.before
        return edit.label

    def redo(self) -> str:
        """Set again what was taken back last; returns what that was, empty if nothing was."""
        if not self._ahead:
            return ""
        edit = self._ahead.pop()
        self._past.append(edit)
        self.claim, self.tags = edit.after
        return edit.label

    def hint(self, field: FormField, typed: str = "") -> str:
        """How the words typed are understood, or how such a field is written."""
        if typed.strip() and field.name in ("when", "said", "quantity"):
            return self._understood(field.name, typed)
        return {
            "source": "Tab completes",
            "when": "words or EDTF: 2025-02, 2025-01-15/.., 2024?",
            "said": "words or EDTF: 2025-02-05",
            "quantity": "3,000 · > 3,000 killed · 10-20 % · several with ;",
        }.get(field.name, "")

    def _understood(self, name: str, typed: str) -> str:
        from tui.model.wording import format_edtf, format_quantity

        try:
            claim = with_field(self.claim, name, typed, self.context())
        except ValueError as error:
            return str(error)
        if name == "quantity":
            return "; ".join(format_quantity(q) for q in claim.quantities)
        when = claim.when if name == "when" else claim.chain[-1].said
        return format_edtf(when.edtf) if when and when.edtf else "not understood: kept as words"

    def doubt(self, field: FormField) -> str:
        """A sentence if the words of a time were kept without being understood."""
        hop = self.claim.chain[-1] if self.claim.chain else None
        said = hop.said if hop else None
        when = {"when": self.claim.when, "said": said}.get(field.name)
        if when is None or when.edtf or not when.text:
            return ""
        return f"“{when.text}” is kept as words: no time was understood (EDTF such as 2025-02 is)"

    def completions(self, field: FormField, typed: str) -> tuple[str, ...]:
        """Whole values that a field's words may become."""
        if field.name in ("source", "about"):
            return self.desk.sources.completions(typed)
        return ()

    def chain_line(self) -> str:
        """The chain as one line."""
        from tui.model.wording import format_chain

        return format_chain(self.claim.chain)

    def chain_completions(self, typed: str) -> tuple[str, ...]:
        """The line with the source being typed completed from the registry."""
        head, mark, last = typed.rpartition("> ")
        return tuple(f"{head}{mark}{name}/" for name in self.desk.sources.completions(last))

    def set_chain(self, line: str) -> None:
        """Set the chain from one line; hops that stay keep their spans and grades.

        Raises ValueError with a sentence if the line is no chain.
        """
        from tui.analysis import parse_chain

        known = {hop.source.text: hop for hop in self.claim.chain}
        chain = []
        for hop in parse_chain(line, self.article.outlet):
            old = known.get(hop.source.text)
            if old is None:
                chain.append(hop)
                continue
            cue = old.cue if old.cue and hop.cue and old.cue.text == hop.cue.text else hop.cue
            chain.append(replace(old, cue=cue))
        self._change("chain", replace(self.claim, chain=tuple(chain)), self.tags)

    def grade(self, letter: str, digit: str) -> None:
        """Grade the claim in the form."""
        self._change("grade", self.desk.graded(self.claim, letter, digit), self.tags)

    def toggle_tag(self, path: str) -> None:
        """Put a tag on the claim's highlight, or take it off, when the form is saved."""
        others = [tag for tag in self.tags if tag != path]
        tags = others if path in self.tags else [*others, path]
        self._change(f"tag {path}", self.claim, tags)

    def save(self) -> Step | None:
        """Save the claim, its highlight and their tags in one step."""
        step = self.desk.save_claim(self.claim, self.extents, tags=tuple(self.tags))
        hop = self.claim.chain[-1] if len(self.claim.chain) > 1 else None
        if hop is not None and hop.kind in ("named", "role", "document") and hop.source.text:
            self.desk.meet_source(hop)
        return step

    # the draft that outlives a crash

    def to_json(self) -> dict[str, Any]:
        """What is kept of a form that was left open."""
        return {
            "article": self.article.id,
            "claim": to_json(self.claim),
            "extents": [list(extent) for extent in self.extents],
            "tags": self.tags,
        }

    @classmethod
    def from_json(cls, desk: Desk, place: Place, data: dict[str, Any]) -> Form | None:
        """The form that was left open, if it belongs to this article and can be read."""
        try:
            claim = from_json(Claim, data["claim"])
            extents = tuple(Extent(int(a), int(b)) for a, b in data["extents"])
            tags = [str(tag) for tag in data["tags"]]
        except (KeyError, TypeError, ValueError):
            return None
        form = cls(desk, place, claim, extents, tags)
        form.restored = True
        return form if data.get("article") == place.article.id else None
