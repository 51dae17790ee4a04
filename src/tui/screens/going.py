"""Keys that go somewhere: panes, articles, marks in focus, lists, undo."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import chain, islice

from tui.model.records import Decision, Review, Step
from tui.model.steps import Steps
from tui.model.visible import is_visible
from tui.screens.form import Form
from tui.screens.handling import Hands, does
from tui.screens.settling import focus_words

_ODD = frozenset(" \t\r\n\"'<>\\^`{|}")  # what no web address holds unless it is written as %20


class Going(Hands):
    """What `] [`, `J K M`, Tab, `z`, `F`, the list keys, `u U`, `q` and `ZZ` do."""

    # marks in focus

    @does("focus.next")
    def next_mark(self, _argument: str) -> None:
        self._focus(1, claims_only=False)

    @does("focus.previous")
    def previous_mark(self, _argument: str) -> None:
        self._focus(-1, claims_only=False)

    @does("focus.next-claim")
    def next_claim(self, _argument: str) -> None:
        self._focus(1, claims_only=True)

    @does("focus.previous-claim")
    def previous_claim(self, _argument: str) -> None:
        self._focus(-1, claims_only=True)

    def _focus(self, direction: int, claims_only: bool) -> None:
        place = self.screen.place
        stops = place.stops(claims_only)
        if not stops:
            what = "claim" if claims_only else "highlight"
            self.screen.say(f"no {what} in this article yet: m marks, c makes a claim")
            return
        ids = [record for _, record in stops]
        if place.focus in ids:
            index = ids.index(place.focus) + direction
        else:
            starts = [start for start, _ in stops]
            sentence = place.sentence
            at = sentence.start if sentence and not place.by_word else place.caret
            index = bisect_left(starts, at) if direction > 0 else bisect_right(starts, at) - 1
        if not 0 <= index < len(stops):
            self.screen.say("that was the last one" if direction > 0 else "that was the first one")
            return
        place.focus_on(ids[index])
        self.screen.proposing.say_why()
        placed = place.annotations.highlight(ids[index])
        if placed is not None and placed.unsettled:
            self.screen.say(focus_words(placed, place.article))

    @does("focus.open")
    def open_focus(self, _argument: str) -> None:
        place, link = self.screen.place, self.screen.link_row()
        claim = place.only_claim()
        proposed = place.focused_link()
        if proposed is not None:
            here, found = proposed
            self._across(found.to.id if found.from_.id == here.id else found.from_.id)
        elif link is not None:
            self._across(link.other)
        elif claim is not None:
            place.focus = claim.id
            self.screen.run("claim.new")
        elif place.focused_proposal() is not None:
            self.screen.run("claim.new")
        elif place.focus or (self.screen.mode == "panel" and place.target().kind == "headline"):
            self.screen.run("mark.note")
        elif self.screen.marking.to_place() is not None:
            self.screen.marking.say_how_to_place()
        else:
            self.screen.say("nothing is focused: ] focuses the next highlight")

    def _across(self, claim: str) -> None:
        """Go to the claim at the other end of a link; the backtick comes back."""
        found = self.screen.desk.claim_of(claim)
        if found is None:
            self.screen.say("the other claim is not in this workspace any more")
            return
        self.screen.remember_jump()
        self.screen.go_to(found[1].id, focus=claim)

    # articles

    @does("article.next")
    def next_article(self, _argument: str) -> None:
        self._article(1)

    @does("article.previous")
    def previous_article(self, _argument: str) -> None:
        self._article(-1)

    def _article(self, direction: int) -> None:
        listed = self.screen.listed()
        current = self.screen.list.index_of(self.screen.place.article.id)
        index = current + direction if current is not None else 0
        if 0 <= index < len(listed):
            self.screen.go_to(listed[index].id)
        else:
            self.screen.say("this is the last article" if direction > 0 else "the first article")

    @does("article.done")
    def done(self, _argument: str) -> None:
        screen = self.screen
        listed = screen.listed()
        row = screen.list.key if screen.mode == "list" else None
        current = row[0] if row else screen.place.article.id
        if not current:
            return
        screen.desk.mark_done(current, True)
        place = screen.list.index_of(current)
        at = -1 if place is None else place
        rest = chain(islice(listed, at + 1, None), islice(listed, max(0, at)))
        following = next((e.id for e in rest if not screen.desk.entry(e.id).done), "")
        if following:
            screen.go_to(following)
            screen.say(f"done: {screen.desk.entry(current).title}")
        else:
            screen.say("every article is done")

    @does("article.open-url")
    def open_url(self, _argument: str) -> None:
        url = self.screen.place.article.url
        if not url.startswith(("http://", "https://")):
            self.screen.say("this article gives no web address")
            return
        if not is_visible(url) or set(url) & _ODD:
            self.screen.say(f"not opened: there are odd characters in {url}")
            return
        self.screen.app.open_url(url)
        self.screen.say(f"opened {url}")

    @does("go.back")
    def back(self, _argument: str) -> None:
        if not self.screen.jumps:
            self.screen.say("no jump to go back from")
            return
        article, caret = self.screen.jumps.pop()
        self.screen.place.focus = ""
        self.screen.go_to(article, caret=caret, jump=False)

    # undo, asking

    @does("go.undo")
    def undo(self, _argument: str) -> None:
        if self.screen.mode == "codebook":
            self.screen.say(f"undone: {self.screen.desk.undo_codebook()}")
            return
        if self._in_form("undone", lambda form: form.undo()):
            return
        self._take(self.screen.desk.undoing(self._scope()), "undone")

    @does("go.redo")
    def redo(self, _argument: str) -> None:
        if self.screen.mode == "codebook":
            self.screen.say(f"done again: {self.screen.desk.redo_codebook()}")
            return
        if self._in_form("done again", lambda form: form.redo()):
            return
        self._take(self.screen.desk.redoing(self._scope(redo=True)), "done again")

    def _in_form(self, what: str, step: Callable[[Form], str]) -> bool:
        """Take back, or set again, what was set last in the open claim; False if there is none."""
        form = self.screen.form
        label = step(form) if form is not None else ""
        if label:
            self.screen.say(f"{what} in the open claim: {label}")
            self.screen.forms.keep()
        return bool(label)

    def _scope(self, redo: bool = False) -> Sequence[str]:
        """The articles whose newest change `u` takes back, or `U` does again.

        What is on the screen, and all that the step before touched.
        """
        if self.screen.mode == "list":
            return [entry.id for entry in self.screen.listed()]
        found = [self.screen.place.article.id]
        if self.screen.review is not None:
            found += [article for article, _ in self.screen.review.queue]
        if self.screen.recent is not None and (self.screen.recent.kind == "undo") == redo:
            found += self.screen.recent.articles
        return list(dict.fromkeys(found))

    def _take(self, steps: Steps[Step], what: str) -> None:
        """Undo or redo; if Escape stops that, nothing of it is done, and it can be done again."""
        self.screen.working.begin_beside(
            steps, lambda step: self._undone(step, what), f"stopped: nothing was {what}"
        )

    def _undone(self, step: Step, what: str) -> None:
        articles = len(step.articles)
        where = f" in {articles:,} articles" if articles > 1 else ""
        self.screen.say(f"{what}: {step.label}{where}")
        self.screen.reviewing.undone(step)
        if self.screen.review is None:
            self._follow(step)

    def _follow(self, step: Step) -> None:
        """Put the focus on what was undone, if it is in this article and still there."""
        place = self.screen.place
        place.annotations = self.screen.desk.annotations(place.article.id)
        notes = place.annotations
        for change in step.changes:
            record = change.after
            wanted = record.claim if isinstance(record, Review) else record.id
            if isinstance(record, Decision):
                self.screen.proposing.sync()
                wanted = record.suggestion
            if (
                wanted in place.proposals
                or notes.claim(wanted) is not None
                or notes.highlight(wanted) is not None
            ):
                self.screen.place.focus_on(wanted)
                return

    @does("confirm.yes")
    def yes(self, _argument: str) -> None:
        confirm = self.screen.confirming
        self.screen.confirming = None
        if confirm is not None:
            confirm.do()

    @does("confirm.widen")
    def widen(self, _argument: str) -> None:
        confirm = self.screen.confirming
        if confirm is not None and confirm.widen is not None:
            self.screen.confirming = None
            confirm.widen()
