"""Keys that grade: `r`, then a letter for the source, a digit for the information, or both."""

from __future__ import annotations

from datetime import UTC, datetime

from msgspec.structs import replace

from tui.model.records import Claim, Hop, Step
from tui.model.sources import Reliability, Source
from tui.model.views import graded_hop
from tui.model.wording import counted
from tui.screens.handling import Hands, does

UNNAMED = ("anonymous", "collective", "none")  # kinds of sources that cannot be held to a letter


class Grading(Hands):
    """What `r` and the keys behind it do. One grade, letter and digit, is one step to undo.

    The screen's `grading` is what is graded: `claim`, `article`, `claims` (those of the list that
    are meant), or `nothing`, which takes the keys behind a refused `r` so that they do not run as
    something else; a `+` behind it says that the letter is given. Of many claims it is given with
    the digit, or when the grade is left, so that they are written once.
    """

    step: Step | None = None  # the letter's, while a digit may still come
    given: str = ""  # that letter

    @does("grade.start")
    def start(self, _argument: str) -> None:
        screen = self.screen
        if screen.side == "claims":
            screen.grading = "claims" if screen.claims.meant() else "nothing"
            screen.say("" if screen.grading == "claims" else "no claim here")
            return
        headline = screen.place.target().kind == "headline" and screen.form is None
        self.step = None
        if self.claim() is not None:
            screen.grading = "claim"
        elif headline:
            screen.grading = "article"
        else:
            screen.grading = "nothing"
            screen.say("no claim is focused: c makes one, ] focuses one")

    def claim(self) -> Claim | None:
        """The claim that is graded: in the form, in focus, or under review."""
        screen = self.screen
        if screen.form is not None:
            return screen.form.claim
        return screen.place.only_claim() or screen.reviewed()

    def hop(self) -> Hop | None:
        """The hop that the letter is for."""
        claim = self.claim()
        index = graded_hop(claim.chain) if claim is not None else None
        return claim.chain[index] if claim is not None and index is not None else None

    def words(self) -> str:
        """What is graded, for the status line."""
        if self.screen.grading == "nothing":
            return "nothing to grade"
        if self.screen.grading.startswith("article"):
            return "grade of the article"
        if self.screen.grading.startswith("claims"):
            return f"grade of {counted(len(self.screen.claims.meant()), 'claim')}"
        hop = self.hop()
        name = hop.source.text if hop is not None else ""
        claim = self.claim()
        alone = claim is not None and len(claim.chain) < 2
        return f"grade of {name}{' (no other source)' if alone else ''}" if name else "grade"

    @does("grade.letter")
    def letter(self, argument: str) -> None:
        if self.screen.grading == "nothing":
            self.screen.grading = ""
            if argument == "c":  # what was just said to make a claim does
                self.screen.run("claim.new")
            return
        self.given = argument.upper()
        if self.screen.grading.startswith("claims"):
            self.screen.grading = "claims+"
            self.screen.say(f"{self.given} · 1-6, or Enter for the letter alone")
            return
        self.step = self._grade(letter=self.given)
        self.screen.grading = f"{self.screen.grading.rstrip('+')}+"
        self._offer_source()

    @does("grade.digit")
    def digit(self, argument: str) -> None:
        screen = self.screen
        if screen.grading == "nothing":
            screen.grading = ""
            return
        if screen.grading.startswith("claims"):
            letter = self.given if screen.grading == "claims+" else ""
            screen.grading = ""
            screen.claims.grade(letter, argument)
            return
        letter = ""
        if self.step is not None and screen.desk.last_step is self.step:
            screen.desk.undo([screen.place.article.id])
            screen.sync()
            letter = self.given
        has_letter, has_digit = self._has()
        if letter and (letter == has_letter) != (argument == has_digit):
            # A half that is there stays there: only the whole grade once more takes it off.
            letter, argument = (letter, "") if letter != has_letter else ("", argument)
        self._grade(letter=letter, digit=argument)
        self.step = None
        screen.grading = ""

    def _has(self) -> tuple[str, str]:
        """The letter and the digit that there are."""
        if self.screen.grading.startswith("article"):
            own = self.screen.place.annotations.records[:1]
            return (own[0].reliability, own[0].credibility) if own else ("", "")
        hop, claim = self.hop(), self.claim()
        return (hop.reliability if hop else "", claim.credibility if claim else "")

    @does("grade.keep")
    def keep(self, _argument: str) -> None:
        self.end()

    def end(self) -> None:
        """Leave the grade as it is; a letter that waits for its digit is given alone."""
        waits = self.screen.grading == "claims+"
        self.screen.grading = ""
        if waits:
            self.screen.claims.grade(self.given)

    def _grade(self, letter: str = "", digit: str = "") -> Step | None:
        screen, place = self.screen, self.screen.place
        if screen.form is not None:
            screen.form.grade(letter, digit)
            return None
        if screen.grading.startswith("article"):
            return screen.desk.grade_article(place.article.id, letter, digit)
        claim = self.claim()
        if claim is None:
            return None
        place.focus = claim.id
        return screen.desk.grade(claim.id, letter, digit)

    def _offer_source(self) -> None:
        """Say that the letter may be held for the source too, if it is one that has a name."""
        screen, place = self.screen, self.screen.place
        place.annotations = screen.desk.annotations(place.article.id)
        hop, key = self.hop(), screen.keymap.label_of("grade.source", "grade")
        if hop is None or screen.grading.startswith("article") or hop.kind in UNNAMED:
            return
        if hop.reliability and hop.source.text:
            screen.say(f"{hop.reliability} · 1-6 · {key} also for {hop.source.text} from today on")

    @does("grade.source")
    def hold(self, _argument: str) -> None:
        """Hold the claim's letter for its source from today on; a digit may still follow."""
        screen, hop = self.screen, self.hop()
        if screen.grading.startswith("claims"):
            screen.say("a source is held to the letter of one claim: Enter goes to it")
            return
        if screen.grading.startswith(("article", "nothing")) or hop is None:
            screen.grading = ""
            return
        if not hop.reliability:
            screen.say("give the claim a letter first: a-f")
            return
        if hop.kind in UNNAMED:
            screen.say("a source without a name cannot be held to a letter")
            return
        known = screen.desk.sources.find(hop.source.text) or Source(hop.source.text, kind=hop.kind)
        entry = Reliability(hop.reliability, datetime.now(UTC).date().isoformat())
        others = tuple(r for r in known.reliability if r.since != entry.since)
        screen.desk.remember_source(replace(known, reliability=(*others, entry)))
        screen.say(f"{known.name} is held {hop.reliability} from {entry.since} on · 1-6")
