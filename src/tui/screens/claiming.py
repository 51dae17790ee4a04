"""Keys that make claims: the form, its fields, the chain, links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.desk.fields import FormField, field_text
from tui.model.records import Claim, Step
from tui.model.spans import Extent
from tui.model.views import grade_of
from tui.screens.form import Form
from tui.screens.handling import Hands, does
from tui.screens.working import gathered
from tui.widgets.picker import Choice
from tui.widgets.prompt import Question

if TYPE_CHECKING:
    from tui.model.told import Told


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
            screen.forms.open(self._left(claim.id) or Form.of_claim(screen.desk, place, claim))
            return
        target = place.target()
        proposal = place.focused_proposal() if not place.selection else None
        if not target.extents:
            screen.say("nothing to claim: the article has no text")
            return
        left = self._left("", target.extents)
        if left is None and proposal is not None:
            left = Form.of_proposal(screen.desk, place, proposal)
        screen.forms.open(left or Form.of_extents(screen.desk, place, target.extents))
        place.clear_selection()

    def _left(self, claim: str, extents: Sequence[Extent] = ()) -> Form | None:
        """The form of this claim, or of a new one on these extents, that was left unsaved."""
        left = self.screen.left_form
        if left is None or left.article.id != self.screen.place.article.id:
            return None
        if (left.claim.id, left.extents) != (claim, tuple(extents)):
            return None
        self.screen.left_form = None
        self.screen.say("as you left it: Enter saves it")
        return left

    @does("claim.save")
    def save(self, _argument: str) -> None:
        screen, form = self.screen, self.screen.form
        if form is None:
            return
        step = form.save()
        screen.forms.close()
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
        "claim.field-role",
        "claim.field-affiliation",
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
        """The open form, or one for the claim or proposal in focus or under review."""
        screen, place = self.screen, self.screen.place
        if screen.form is None and place.focused_proposal() is not None:
            self.new("")  # a field of what is proposed is set where all of it is seen
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
                changed=lambda text: self.screen.asking.hint(form.hint(field, text)),
                tabbed=lambda text: self._set_and_walk(form, field, text),
                select=field.name not in ("statement", "translation", "note"),
                cut_short=lambda text: self._cut_short(form, field, text),
            )
        )
        self.screen.sync()

    def _choose(self, form: Form, field: FormField) -> None:
        choices = [*(Choice(value, value) for value in field.values), Choice("", "not set")]
        self.screen.asking.pick(
            field.label,
            choices,
            lambda value: self._set(form, field, value),
            at=field_text(form.claim, field.name),
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
        if taken:
            screen.say(f"{field.label}: {field_text(form.claim, field.name)}")
        else:
            screen.say(form.doubt(field) if text else "")  # what was wrong before is set right
        if screen.form is not form:
            screen.change(form.save)
        screen.forms.keep()
        screen.sync()

    def _cut_short(self, form: Form, field: FormField, text: str) -> None:
        """Take words that were not ended when the program has to."""
        form.set_field(field.name, text)
        if self.screen.form is not form:
            form.save()

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
                cut_short=form.set_chain,
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

    # links

    @does("link.supports", "link.contradicts", "link.updates", "link.repeats")
    def link(self, _argument: str) -> None:
        screen = self.screen
        kind = screen.action.partition(".")[2]
        claim = screen.place.only_claim() or screen.reviewed()
        if claim is None:
            screen.say("no claim is focused: ] focuses one")
            return
        screen.working.begin(
            gathered(screen.desk.may_link(claim.id), "claims"),
            lambda found: self._offer_links(claim, found, kind),
            "stopped: nothing was linked",
        )

    def _offer_links(self, claim: Claim, found: Sequence[Told], kind: str) -> None:
        choices = [
            Choice(
                told.claim.id,
                told.claim.statement,
                " · ".join(filter(None, (_cited(told.claim), told.published[:10]))),
            )
            for told in self.screen.desk.likeliest(claim.id, found)
        ]
        if not choices:
            self.screen.say("there is no other claim in the workspace yet")
            return
        self.screen.asking.pick(kind, choices, lambda other: self._linked(claim, other, kind))

    def _linked(self, claim: Claim, other: str, kind: str) -> None:
        step = self.screen.desk.link(claim.id, other, kind)
        self.screen.say(step.label if step else "they are linked like that already")


def _cited(claim: Claim) -> str:
    """The innermost source of a claim, and its grade."""
    source = (claim.chain[-1].source.text if claim.chain else "") or "no source named"
    return " ".join(filter(None, (source, grade_of(claim))))


def claim_of(step: Step | None) -> str:
    """Id of the first claim that a step made or changed."""
    for change in step.changes if step else ():
        if isinstance(change.after, Claim):
            return change.after.id
    return ""
