"""The key `L`: all claims as a table; sorted, under headings, and worked on many at once."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from math import inf

from textual.message import Message

from tui.model.ordering import (
    AT_ONCE,
    GROUPS,
    SORTS,
    Group,
    grouped,
    grouping,
    headings,
    ordering,
    reordered,
    reordering,
)
from tui.model.records import REJECT_REASONS, Claim, Review, Step
from tui.model.rows import Picked, Row, articles_of, ids_of, numbers
from tui.model.steps import Far, Steps, through
from tui.model.wording import counted
from tui.screens.handling import does
from tui.screens.telling import Telling
from tui.widgets.claims_columns import Used, used_by
from tui.widgets.claims_table import ClaimsTable

_NAMES = {
    "article": "article", "time": "time they are about", "source": "source", "grade": "grade",
    "status": "status", "changed": "newest change",
}  # fmt: skip
FIRST = 100  # claims that are shown while others are still gathered
_PLURAL = {"source": "sources", "tag": "tags", "status": "statuses", "grade": "grades"}
_DONE = {"accept": "accepted", "reject": "rejected"}


class ClaimsHands(Telling):
    """What `L`, and in the list of claims its keys do.

    What is selected is meant, else the claim under the cursor. Nothing is selected that is not
    shown.
    """

    SIDE = "claims"

    sort: str = SORTS[0]
    group: str = ""
    _rows: Picked[Row] = Picked(())  # by article, ...
    _ordered: bool = False  # ... all of them by now
    _laid: Sequence[Row] | Sequence[Group[Row]] = ()  # as they are shown
    _used: Used = Used(frozenset())
    _seen: bool = False  # some are shown of what is being gathered
    _asked: tuple[str, str] = ("", "")  # filter and article of what is, or was, gathered
    _painted: float = inf  # when what is shown was painted, in the time of events
    _selected: frozenset[str] = frozenset()

    @property
    def list(self) -> ClaimsTable:
        """The rows."""
        return self.screen.query_one(ClaimsTable)

    @does("claims.open")
    def open(self, _argument: str) -> None:
        self.begin()

    @does("claims.scope")
    def scope(self, _argument: str) -> None:
        self.turn_scope()

    @does("claims.go")
    def go(self, _argument: str) -> None:
        self.go_to(self.cursor())

    @does("claims.next-group")
    def next_group(self, _argument: str) -> None:
        self._to_group(1)

    @does("claims.previous-group")
    def previous_group(self, _argument: str) -> None:
        self._to_group(-1)

    def _to_group(self, step: int) -> None:
        if not self.list.next_heading(step) and not headings(self.sort, self.group):
            self.screen.say(f"no headings: {self._key('claims.group')} puts claims under them")

    def cursor(self) -> str:
        """Id of the claim under the cursor; empty if there is none."""
        name, kind = self.list.key or ("", "")
        return name if kind == "claim" else ""

    # order and headings

    @does("claims.sort")
    def turn_sort(self, _argument: str) -> None:
        self.sort = SORTS[(SORTS.index(self.sort) + 1) % len(SORTS)]
        self._rearrange()
        apart = "; F and 6 are no rank, they cannot be judged" if self.sort == "grade" else ""
        self.screen.say(f"sorted by {_NAMES[self.sort]}{apart}")

    @does("claims.group")
    def turn_group(self, _argument: str) -> None:
        kinds = ("", *GROUPS)
        self.group = kinds[(kinds.index(self.group) + 1) % len(kinds)]
        self._rearrange()
        self.screen.say(f"under {_PLURAL[self.group]}" if self.group else "without headings")

    # selecting

    @does("claims.select")
    def select(self, _argument: str) -> None:
        meant = self.cursor()
        if meant:
            self._select(self._selected ^ {meant})
            self.list.move(1)

    @does("claims.select-more")
    def select_more(self, _argument: str) -> None:
        """The claim, then all under its heading, then all that are shown."""
        wider = next((rung for rung in self._rungs() if not rung <= self._selected), None)
        if wider is None:
            self.screen.say("all that are shown are selected" if self.cursor() else "no claim here")
        else:
            self._select(self._selected | wider)

    @does("claims.select-less")
    def select_less(self, _argument: str) -> None:
        """Back from all to those under the heading, to the claim, to none."""
        rungs = [rung for rung in self._rungs() if rung <= self._selected]
        if len(rungs) > 1:
            self._select(self._selected - rungs[-1] | rungs[-2])
        else:
            self._select(frozenset())

    def _rungs(self) -> list[frozenset[str]]:
        meant, table = self.cursor(), self.list
        wider = (frozenset(table.group), frozenset(table.claims))
        return list(dict.fromkeys((frozenset((meant,)), *wider))) if meant else []

    def _select(self, ids: Iterable[str]) -> None:
        self._selected = frozenset(ids)
        self.list.select(self._selected)

    def meant(self) -> Sequence[str]:
        """Ids of the claims that the next key acts on, as they stand from the first to the last."""
        if self._selected:
            return [name for name in self.list.claims if name in self._selected]
        return [self.cursor()] if self.cursor() else []

    def back(self, key: str) -> bool:
        """One layer back: gathering is stopped, then the selection let go of; whether one was."""
        if super().back(key):
            return True
        selected, self._selected = self._selected, frozenset()
        self.list.select(self._selected)
        return bool(selected)

    # what is done to them

    @does("claims.accept")
    def accept(self, _argument: str) -> None:
        self._decide("accept")

    @does("claims.reject")
    def reject(self, _argument: str) -> None:
        self._decide("reject")

    @does("claims.reject-reason")
    def reject_because(self, argument: str) -> None:
        self._decide("reject", REJECT_REASONS[int(argument) - 1])

    @does("claims.flag")
    def flag(self, _argument: str) -> None:
        meant = self._ready()

        def words(step: Step) -> str:
            return "flag taken off" if step.label.startswith("unflag") else "flagged"

        if meant:
            steps = self.screen.desk.flagging(meant)
            self._do(steps, lambda step: f"{words(step)} {_counted(meant)}")

    def _decide(self, decision: str, reason: str = "") -> None:
        meant = self._ready()
        if meant:
            steps = self.screen.desk.reviewing(meant, decision, reason)
            self._do(steps, lambda _: f"{_DONE[decision]} {_counted(meant)}")

    def _ready(self) -> Sequence[str]:
        """What is meant; a decision counts only for what was painted before the key was pressed."""
        meant = self.meant()
        if not meant:
            self.screen.say("no claim here")
        return meant if self.screen.key_time > self._painted else ()

    @does("claims.tag-slot")
    def slot(self, argument: str) -> None:
        tag = self.screen.desk.codebook.at_slot(int(argument))
        if tag is None:
            self.screen.say(f"no tag on slot {argument}: B opens the codebook")
        else:
            self._tag(tag.path)

    @does("claims.tag")
    def pick_tag(self, _argument: str) -> None:
        if self.meant():
            self.screen.marking.pick_tag(self._tag)
        else:
            self.screen.say("no claim here")

    @does("claims.repeat-tag")
    def repeat_tag(self, _argument: str) -> None:
        last = self.screen.marking.last_tag
        if last:
            self._tag(last, True)
        else:
            self.screen.say("no tag used yet: 1-9 or t")

    def _tag(self, path: str, on: bool | None = None) -> None:
        meant = self.meant()
        self.screen.marking.last_tag = path
        if meant:
            self._do(self.screen.desk.tagging(meant, path, on), lambda step: step.label)

    def grade(self, letter: str, digit: str = "") -> None:
        """Give what is meant a grade."""
        meant = self.meant()
        if meant:
            self._do(self.screen.desk.grading(meant, letter, digit), lambda step: step.label)

    @does("claims.undo")
    def undo(self, _argument: str) -> None:
        self._take(self.screen.desk.undoing(self._scope()), "undone")

    @does("claims.redo")
    def redo(self, _argument: str) -> None:
        self._take(self.screen.desk.redoing(self._scope(redo=True)), "done again")

    def _scope(self, redo: bool = False) -> Sequence[str]:
        """The articles of what is shown, and all that the step before touched."""
        found = dict.fromkeys(articles_of(self._rows))
        recent = self.screen.recent
        if recent is not None and (recent.kind == "undo") == redo:
            found |= dict.fromkeys(recent.articles)
        return tuple(found) or (self.screen.place.article.id,)

    def _take(self, steps: Steps[Step], what: str) -> None:
        """Undo or redo; if Escape stops that, nothing of it is done, and it can be done again."""
        self.screen.working.begin_beside(
            steps, lambda step: self._undone(step, what), f"stopped: nothing was {what}"
        )

    def _undone(self, step: Step, what: str) -> None:
        articles = len(step.articles)
        where = f" in {articles:,} articles" if articles > 1 else ""
        self.screen.say(f"{what}: {step.label}{where}")
        self._follow(step)

    def _do(self, steps: Steps[Step | None], words: Callable[[Step], str]) -> None:
        """Do something to many claims bit by bit; then say what was done, and show it."""

        def done(step: Step | None) -> None:
            if step is None:
                self.screen.say("that is so already")
                return
            self.screen.say(f"{words(step)}: {self._key('claims.undo')} takes it back")
            self._follow(step)

        self.screen.working.begin(steps, done, "stopped: nothing was changed")

    def _follow(self, step: Step) -> None:
        """Show what a step changed. The cursor stays where it is if its claim goes elsewhere."""
        copies = {c.after.re: c.after.id for c in step.changes if c.after.re}
        copies |= {c.after.id: c.after.re for c in step.changes if c.after.re and c.after.deleted}
        self._selected = frozenset(copies.get(name, name) for name in self._selected)
        desk, cursor = self.screen.desk, self.cursor()
        claims = {c.after.id for c in step.changes if isinstance(c.after, Claim)}
        claims |= {c.after.claim for c in step.changes if isinstance(c.after, Review)}
        claims |= copies.keys()
        self._beside = (copies.get(cursor, cursor), self.list.cursor, self.list.after(claims))
        if self.gathering or self._rows.of is not self._held:  # what is shown is not what there is
            self.gather()
            return
        changed = {desk.entry(article).id for article in step.articles}
        kept = zip(self._rows.at, articles_of(self._rows), strict=True)
        self.gather(
            articles=list(changed),
            kept=numbers(place for place, article in kept if article not in changed),
        )

    # showing

    _beside: tuple[str, int, str] = ("", 0, "")  # a claim, its row, and where the cursor goes

    def arrange(self, found: Picked[Row]) -> Steps[None]:
        """Put what was gathered in order and under headings, in steps."""
        self._rows, self._ordered = (yield from ordering(found)), True
        yield from self._lay_out()

    def _lay_out(self) -> Steps[None]:
        rows = yield from reordering(self._rows, self.sort)
        by = headings(self.sort, self.group)
        self._laid = (yield from grouping(rows, by)) if by else rows
        used = Used(frozenset())
        for start in range(0, len(rows), AT_ONCE):
            used |= used_by(list(rows[start : start + AT_ONCE]))
            yield Far("sorting", start, len(rows), "claims")
        self._used = used

    def _rearrange(self) -> None:
        """Show the claims in another order; what is still being gathered comes in it anyway."""
        if self._ordered:
            self.work(self._lay_out(), self.cursor())

    def gather(
        self, at: str = "", articles: Sequence[str] | None = None, kept: array[int] | None = None
    ) -> None:
        """Gather claims, of which the first are shown as soon as they are there."""
        asked = self.words, self.article
        again = bool(self._laid) and asked == self._asked  # what is shown stays until then
        self._ordered, self._seen, self._asked = False, again or articles is not None, asked
        super().gather(at, articles, kept)

    def empty(self) -> None:
        """Hold no claims; what is selected stays so."""
        self._rows, self._laid, self._ordered = Picked(()), (), False
        self.list.show((), self.sort, (), self._used, tell=self.screen.desk.tell)

    def progress(self, count: int) -> None:
        """Say how many claims were gathered so far, and show the first ones."""
        if not (self._seen or self._ordered or count < FIRST):
            self._seen = True
            self._rows = through(ordering(self._found[: 2 * FIRST]))
            rows = reordered(self._rows, self.sort)
            by = headings(self.sort, self.group)
            self._laid, self._used = (grouped(rows, by) if by else rows), used_by(rows)
            self._show()
        self._say(count)

    def arrived(self, at: str) -> None:
        """Show the claims as they were sorted and grouped."""
        if self._selected:
            self._selected &= {*ids_of(self._rows)}
        self._show(at)

    def _show(self, at: str = "") -> None:
        claim, row, beside = self._beside
        table = self.list
        table.show(
            self._laid,
            self.sort,
            self._selected,
            self._used,
            tell=self.screen.desk.tell,
            at=at or claim,
        )
        if claim and not at and (self.cursor() != claim or table.cursor != row):
            table.to(table.index_of(beside) or 0, notify=False)
        if not self.gathering:
            self._beside = ("", 0, "")
        self._say(len(self._found if self.gathering else self._rows))
        self._painted = inf
        self.screen.call_after_refresh(self._was_painted)

    def _was_painted(self) -> None:
        self._painted = Message().time

    def _say(self, count: int) -> None:
        """Say how much there is of what, in which order, and which keys change that."""
        elsewhere = "workspace" if self.article else "this article"
        by = headings(self.sort, self.group)
        facts = [
            "… Esc stops" if self.gathering else "",
            *self.standing(),
            f"{self._key('claims.sort')} by {_NAMES[self.sort]}",
            f"{self._key('claims.group')} {f'under {_PLURAL[by]}' if by else 'no headings'}",
            f"{self._key('claims.scope')} {elsewhere}",
            self._key("app.leave").split(" ")[0],
        ]
        self.list.say(counted(count, "claim"), facts, self.none())

    def target(self) -> str:
        """Which claims the next key acts on, for the status line."""
        if self._selected:
            return f"{counted(len(self._selected), 'claim')} selected"
        alike = self.gathering or self.list.place[1] == len(self._rows)
        return self.row_words("claim" if alike else "row")

    def _key(self, action: str) -> str:
        return self.screen.keymap.label_of(action, "claims")


def _counted(ids: Sequence[str]) -> str:
    return counted(len(ids), "claim")
