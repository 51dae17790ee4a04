"""The article list: its filter, answered by the index where need be, and its order."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk.asked import DamagedIndexError
from tui.desk.events import DeskError
from tui.desk.sifting import ORDERS, Found, Queue, Sieve, parse_sieve
from tui.screens.handling import Hands, does
from tui.screens.keeping_up import KeepingUp
from tui.screens.slices import is_left
from tui.widgets.article_list import Standing

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.desk import Entry
    from tui.desk.filtering import Question
    from tui.screens.reading import ReadingScreen

SLICE = 0.015  # seconds of work between two looks at the keyboard, ...
PAUSE = 0.002  # ... for so many seconds
LATER = 1.0  # seconds in which changes to annotations are taken in together
REST = 3  # times as long as all entries took, until those that came meanwhile are gone through
_NAMES = {
    "time": "by time",
    "queue": "as to be read: not done first, and of these what is new since your last visit",
}


class Sifting(Hands):
    """What `F` and `O` make of the article list. Nothing here keeps a key waiting.

    Words are looked for in the entries at once. What is asked of the index comes when that is up
    to date; until then the list says that it is at it.
    """

    words: str = ""  # the filter, as typed
    _sieve: Sieve = Sieve()
    _found: Found = Found()
    _asked: object = None  # stands for the question that is under way, ...
    _question: Question | None = None  # ... once it is asked
    _lacking: str = ""  # why the index has no answer
    _coming: Iterator[Sequence[Entry]] | None = None  # entries that are being gone through
    _entries: Sequence[Entry] = ()
    _standing: Standing = Standing()
    _stale: bool = False  # what is gone through is not what there is by now
    _resting: Timer | None = None  # until it is gone through again
    _since: float = 0.0
    _shown: Sequence[Entry] = ()
    _due: bool = False  # the index is to be asked again

    def __init__(self, screen: ReadingScreen) -> None:
        super().__init__(screen)
        self.keeping_up = KeepingUp(screen, lambda: self._asked is not None, self._brought_up)

    @property
    def order(self) -> str:
        """In which order the articles are listed: one of ORDERS."""
        order = self.screen.state.layout.get("order")
        return order if order in ORDERS else ORDERS[0]

    @property
    def stamp(self) -> object:
        """Something that is another one when the list has to be shown anew."""
        news = self.screen.visiting
        return self._sieve, self._found, self._asked, self._lacking, self.order, news.stamp

    @does("list.order")
    def turn_order(self, _argument: str) -> None:
        order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.screen.state.layout["order"] = order
        self._leave_off()
        self.screen.showing.show_list(asked=True)
        self.screen.say(f"listed {_NAMES[order]}")

    def filter_by(self, typed: str) -> None:
        """Show what a filter means; raises ValueError, with a sentence, for a wrong one."""
        sieve = parse_sieve(typed)
        if sieve != self._sieve:
            self._leave_off()
        self._sieve = sieve
        self.words = " ".join(typed.split())
        self._found, self._lacking = Found(), ""
        self._drop_question()
        if self._sieve.asks_index:
            self._ask()
        self._entries = ()
        self.screen.showing.show_list(asked=True)

    def stop(self) -> bool:
        """Leave the question that is under way; whether there was one."""
        under_way = self._asked is not None
        if under_way:
            self._drop_question()
            self.keeping_up.stop()
            self._lacking = "stopped"
            self.screen.say("stopped: the list has what its own lines say; F asks again")
        return under_way

    def doing(self) -> str:
        """What is being done for the filter, how far it is, and the key that stops it."""
        if self._asked is None:
            return ""
        return self.keeping_up.words() or "looking in all articles · Esc stops"

    # what the index says

    def _drop_question(self) -> None:
        """Nobody waits for what was asked."""
        if self._question is not None:
            self._question.stop()
        self._asked = self._question = None

    def _ask(self) -> None:
        self._asked = object()
        self.keeping_up.begin()

    def _brought_up(self, whole: bool) -> None:
        """The index is further than it was; once it is whole, ask it."""
        screen, asked = self.screen, self._asked
        if asked is None:
            return
        if not whole:
            screen.showing.show_doing()
            return
        try:
            question = screen.desk.question(self._sieve)
        except DeskError as error:
            self._settle(Found(), str(error))
        else:
            self._question = question
            screen.run_worker(self._answer(asked, question), exit_on_error=False)

    async def _answer(self, asked: object, question: Question) -> None:
        """Ask in a thread, so that keys are answered meanwhile."""
        try:
            found, lacking = await to_thread(question.answer), ""
        except DamagedIndexError:
            self.screen.desk.renew_index()
            if asked is self._asked:
                self._ask()
            return
        except DeskError as error:
            found, lacking = Found(), str(error)
        if asked is self._asked:
            self._settle(found, lacking)

    def _settle(self, found: Found, lacking: str) -> None:
        self._found, self._lacking = found, lacking
        self._asked = self._question = None
        if lacking:
            self.screen.say(f"{lacking}; the list has what its own lines say")
        self._leave_off()
        self.screen.sync()

    def _ask_again(self) -> None:
        self._due = False
        if self._sieve.asks_index and self._asked is None:
            self._ask()

    # what is shown

    def show(self, entries: Sequence[Entry], standing: Standing) -> None:
        """Show those of the entries that are meant, in order, now or in a moment."""
        changed = entries is not self._entries
        self._standing = replace(
            standing,
            total=len(entries),
            words=self._sieve.typed and self.words,
            order=self.order if self.order != ORDERS[0] else "",
            lacking=_short(self._lacking),
        )
        if changed and self._entries and self._sieve.asks_index and not self._due:
            self._due = True
            self.screen.set_timer(LATER, self._ask_again)
        self._entries = entries
        if not self._sieve and self.order == ORDERS[0]:
            self._leave_off()
            self._put(entries)
        elif self._coming is not None or self._resting is not None:
            self._stale = True
        else:
            self._begin()

    def _leave_off(self) -> None:
        """Something else is meant than what is gone through: begin with that when it is shown."""
        self._coming = None
        if self._resting is not None:
            self._resting.stop()
            self._resting = None

    def _begin(self) -> None:
        self._stale, self._resting = False, None
        self._since = monotonic()
        news = self.screen.visiting
        self._coming = coming = self._sieve.sift(self._entries, self._found, news.news)
        self._go_on(coming, Queue(news.ranks if self.order == "queue" else None))

    def _go_on(self, coming: Iterator[Sequence[Entry]], found: Queue) -> None:
        """Go through some more entries and the rest in a while."""
        if coming is not self._coming:
            return
        if is_left(coming, SLICE, found.take):
            self._list(self._shown or (() if self._sieve else self._entries), busy=True)
            again = partial(self._go_on, coming, found)
            self.screen.set_timer(PAUSE, partial(self.screen.change, again))
            return
        self._coming = None
        self._put(found.all())
        if self._stale:  # while articles are still coming, each time that some came
            pause = max(PAUSE, REST * (monotonic() - self._since))
            self._resting = self.screen.set_timer(pause, partial(self.screen.change, self._begin))

    def _put(self, found: Sequence[Entry]) -> None:
        self._shown = found
        self._list(found, busy=self._asked is not None)

    def _list(self, found: Sequence[Entry], *, busy: bool) -> None:
        self.screen.list.show(
            found,
            replace(self._standing, busy=busy),
            opened=self.screen.place.article.id,
            news=self.screen.visiting.news,
        )


def _short(why: str) -> str:
    """That not all was looked at, in two words, where a sentence says why."""
    return "lines only" if why else ""
