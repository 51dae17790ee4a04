"""Keys that make claims: the form, its fields, the chain, the grade, links."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from tui.desk.fields import FormField, field_text
from tui.model.records import Claim, Step
from tui.model.sources import Reliability, Source
from tui.model.views import graded_hop
from tui.screens.form import Form
from tui.screens.handling import Hands, does
from tui.widgets.picker import Choice
from tui.widgets.prompt import Question


class Claiming(Hands):
    """What `c`, `;`, `C`, `r` and the link keys do."""

    @does("claim.new")
    def new(self, _argument: str) -> None:
        screen, place = self.screen, self.screen.place
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        claim = place.focused_claim() or screen.reviewed()
        if claim is not None and not place.selection:
            screen.open_form(Form.of_claim(screen.desk, place, claim))
            return
        target = place.target()
        if not target.extents:
            screen.say("nothing to claim: the article has no text")
            return
        screen.open_form(Form.of_extents(screen.desk, place, target.extents))
        place.clear_selection()

    @does("claim.save")
    def save(self, _argument: str) -> None:
        screen, form = self.screen, self.screen.form
        if form is None:
            return
        step = form.save()
        screen.close_form()
        screen.place.focus = claim_of(step) or form.claim.id
        screen.sync()

    @does("form.next-field")
    def next_field(self, _argument: str) -> None:
        self._walk(1)

    @does("form.previous-field")
    def previous_field(self, _argument: str) -> None:
        self._walk(-1)

    def _walk(self, direction: int) -> None:
        form = self.screen.form
        if form is not None:
            self.edit(form.walk(direction))

    # one method for every field: the action's id ends with the field's name

    @does(
        "claim.field-statement",
        "claim.field-source",
        "claim.field-cue",
        "claim.field-said",
        "claim.field-when",
        "claim.field-quantity",
        "claim.field-place",
        "claim.field-about",
        "claim.field-modality",
        "claim.field-verdict",
        "claim.field-translation",
        "claim.field-note",
        "claim.field-hedge",
        "claim.field-rationale",
        "claim.field-evidence",
        "claim.field-likelihood",
        "claim.field-confidence",
        "claim.field-basis",
        "claim.field-own",
    )
    def field(self, argument: str) -> None:
        name = self.screen.action.rpartition("claim.field-")[2]
        form = self._form()
        if form is None:
            return
        found = form.field_at(argument) if name == "own" else form.field_named(name)
        if found is None:
            self.screen.say("no field of the workspace's own there: [fields] in pressmark.toml")
            return
        selection = self.screen.place.selection
        if selection and found.from_text:
            self.screen.place.clear_selection()
            self._set(form, found, selection[0].of(form.article.text), taken=True, at=selection[0])
        else:
            self.edit(found)

    def _form(self) -> Form | None:
        """The open form, or one for the claim in focus or under review."""
        screen, place = self.screen, self.screen.place
        if screen.form is not None:
            return screen.form
        claim = place.only_claim() or screen.reviewed()
        if claim is None:
            screen.say("no claim is focused: c makes one, ] focuses one")
            return None
        return Form.of_claim(screen.desk, place, claim)

    def edit(self, field: FormField, typed: str | None = None) -> None:
        """Ask for a field's words in place; `typed` are those that could not be taken."""
        form = self._form()
        if form is None:
            return
        form.current = field.name
        value = field_text(form.claim, field.name) if typed is None else typed
        if field.values:
            self._choose(form, field)
            return
        self.screen.asking.ask(
            Question(
                field.label,
                lambda text: self._set(form, field, text),
                value,
                hint=form.hint(field),
                complete=lambda text: form.completions(field, text),
                tabbed=lambda text: self._set_and_walk(form, field, text),
            )
        )
        self.screen.sync()

    def _choose(self, form: Form, field: FormField) -> None:
        choices = [Choice(value, value, "", "") for value in field.values]
        unset = Choice("", "not set", "", "")
        self.screen.asking.pick(
            field.label, [*choices, unset], lambda value: self._set(form, field, value)
        )

    def _set(
        self, form: Form, field: FormField, text: str, taken: bool = False, at: object = None
    ) -> None:
        screen = self.screen
        try:
            form.set_field(field.name, text, at if taken else None)
        except ValueError as error:
            screen.say(str(error))
            if not taken:
                screen.call_next(self.edit, field, text)
            return
        if screen.form is not form:
            screen.change(form.save)
        screen.keep_draft()
        screen.sync()

    def _set_and_walk(self, form: Form, field: FormField, text: str) -> None:
        self._set(form, field, text)
        if self.screen.form is form:
            self._walk(1)

    @does("claim.chain")
    def chain(self, _argument: str) -> None:
        form = self._form()
        if form is not None:
            self._ask_chain(form, form.chain_line())

    def _ask_chain(self, form: Form, line: str) -> None:
        self.screen.asking.ask(
            Question(
                "chain",
                lambda text: self._chained(form, text),
                line,
                hint="outlet/reported > source/said",
                complete=form.chain_completions,
            )
        )

    def _chained(self, form: Form, text: str) -> None:
        try:
            form.set_chain(text)
        except ValueError as error:
            self.screen.say(str(error))
            self.screen.call_next(self._ask_chain, form, text)
            return
        if self.screen.form is not form:
            self.screen.change(form.save)
        self.screen.sync()

    # grading

    @does("grade.start")
    def grade(self, _argument: str) -> None:
        screen = self.screen
        headline = screen.place.target().kind == "headline" and screen.form is None
        claim = screen.place.only_claim() or screen.reviewed()
        if claim is None and screen.form is None and not headline:
            screen.say("no claim is focused: c makes one, ] focuses one")
            return
        screen.grading = "article" if headline and claim is None else "claim"

    @does("grade.letter")
    def letter(self, argument: str) -> None:
        self._grade(letter=argument.upper())
        self.screen.grading = f"{self.screen.grading.rstrip('+')}+"
        self._offer_source()

    @does("grade.digit")
    def digit(self, argument: str) -> None:
        self._grade(digit=argument)
        self.screen.grading = ""

    @does("grade.keep")
    def keep(self, _argument: str) -> None:
        self.screen.grading = ""

    def _grade(self, letter: str = "", digit: str = "") -> None:
        screen, place = self.screen, self.screen.place
        if screen.form is not None:
            screen.form.grade(letter, digit)
        elif screen.grading.startswith("article"):
            screen.desk.grade_article(place.article.id, letter, digit)
        else:
            claim = place.only_claim() or screen.reviewed()
            if claim is not None:
                screen.desk.grade(claim.id, letter, digit)
                place.focus = claim.id

    def _offer_source(self) -> None:
        """Say that the letter may be held for the source too."""
        screen, place = self.screen, self.screen.place
        place.annotations = screen.desk.annotations(place.article.id)
        claim = screen.form.claim if screen.form else place.only_claim()
        index = graded_hop(claim.chain) if claim else None
        if claim is None or index is None or screen.grading.startswith("article"):
            return
        hop, key = claim.chain[index], screen.keymap.label_of("grade.source", "grade")
        if hop.reliability and hop.source.text:
            screen.say(f"{hop.reliability} · 1-6 · {key} also for {hop.source.text} from today on")

    @does("grade.source")
    def grade_source(self, _argument: str) -> None:
        """Hold the claim's letter for its source from today on."""
        screen = self.screen
        claim = screen.form.claim if screen.form else screen.place.only_claim()
        index = graded_hop(claim.chain) if claim else None
        screen.grading = ""
        if claim is None or index is None or not claim.chain[index].reliability:
            screen.say("give the claim a letter first: r a-f")
            return
        hop = claim.chain[index]
        known = screen.desk.sources.find(hop.source.text) or Source(hop.source.text, kind=hop.kind)
        entry = Reliability(hop.reliability, datetime.now(UTC).date().isoformat())
        others = tuple(r for r in known.reliability if r.since != entry.since)
        screen.desk.remember_source(replace(known, reliability=(*others, entry)))
        screen.say(f"{known.name} is held {hop.reliability} from {entry.since} on")

    # links

    @does("link.supports", "link.contradicts", "link.updates", "link.repeats")
    def link(self, _argument: str) -> None:
        screen = self.screen
        kind = screen.action.partition(".")[2]
        claim = screen.place.only_claim() or screen.reviewed()
        if claim is None:
            screen.say("no claim is focused: ] focuses one")
            return
        candidates = screen.desk.link_candidates(claim.id)
        if not candidates:
            screen.say("there is no other claim in the workspace yet")
            return
        choices = [
            Choice(
                row.claim.id, row.claim.statement, f"{row.entry.published[:10]} {row.entry.title}"
            )
            for row in candidates
        ]
        screen.asking.pick(kind, choices, lambda other: self._linked(claim, other, kind))

    def _linked(self, claim: Claim, other: str, kind: str) -> None:
        step = self.screen.desk.link(claim.id, other, kind)
        self.screen.say(step.label if step else "they are linked like that already")


def claim_of(step: Step | None) -> str:
    """Id of the first claim that a step made or changed."""
    for change in step.changes if step else ():
        if isinstance(change.after, Claim):
            return change.after.id
    return ""
