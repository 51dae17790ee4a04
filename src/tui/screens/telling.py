"""What lists of claims at the side share: gathered bit by bit, filtered, narrowed, gone from."""

from __future__ import annotations

from abc import ABC, abstractmethod
from array import array
from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from tui.model.filters import Filter, parse_filter
from tui.model.rows import Picked, Row, Rows, numbers
from tui.screens.handling import Hands
from tui.screens.slices import is_left

if TYPE_CHECKING:
    from tui.model.steps import Steps
    from tui.widgets.headed_list import HeadedList

SLICE = 0.02  # seconds that claims are gathered before the keyboard has a chance, ...
PAUSE = 0.002  # ... for so many seconds
SAID = 0.1  # seconds between two times that it is said how many there are so far
LATER = 0.2  # seconds in which changes by others are taken in together
MANY = 10_000  # claims from which on a list is let go of when it is closed, ...
CLOSED = 2.0  # ... after so many seconds


class Telling(Hands, ABC):
    """A list of claims that opens at the side, of the workspace or of the open article.

    `gathering` says that it is under way, or due.
    """

    SIDE: ClassVar[str]  # what it is at the side, and its mode

    words: str = ""  # the filter, as typed
    wanted: Filter = Filter()
    article: str = ""  # id of the article that it is narrowed to; empty: the workspace
    gathering: bool = False
    _whole: bool = False  # all that is wanted, or no more of it, is to be put in order
    stopped: bool = False  # not all were gathered
    _coming: Iterator[object] = iter(())  # what is left to be done
    _held: Rows = Rows()  # all that was gathered, ...
    _found: Picked[Row] = Picked(())  # ... and which of it are wanted, so far
    _said: float = 0.0  # when it was said last how many these are
    _left: str = ""  # the claim under the cursor of a list that was let go of
    _closing: bool = False  # it may be let go of in a moment

    @property
    @abstractmethod
    def list(self) -> HeadedList:
        """The rows."""

    @abstractmethod
    def target(self) -> str:
        """What the next key acts on, for the status line."""

    @abstractmethod
    def cursor(self) -> str:
        """Id of the claim under the cursor; empty if there is none."""

    @abstractmethod
    def arrange(self, found: Picked[Row]) -> Steps[None]:
        """Put what was gathered in order, in steps between which keys are answered."""

    @abstractmethod
    def arrived(self, at: str) -> None:
        """Show what was arranged; the cursor goes to the claim with the id `at`, if it is there."""

    @abstractmethod
    def empty(self) -> None:
        """Hold, and show, no claim any more."""

    @abstractmethod
    def progress(self, count: int) -> None:
        """Say how many were gathered so far."""

    def begin(self) -> None:
        """Open it, the cursor on the claim that is meant, else where it was; once more: anew."""
        screen = self.screen
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        if self.article and self.article != screen.place.article.id:
            self.article = ""
        before, claim = screen.telling, screen.place.only_claim()
        meant = claim.id if claim is not None else self._left
        at = before.cursor() if before is not None else meant
        screen.side = self.SIDE
        self.gather(at)

    def filter_by(self, words: str) -> None:
        """Show what a filter means; raises ValueError, with a sentence, for a wrong one."""
        self.wanted = parse_filter(words)
        self.words = words
        self.gather()

    def turn_scope(self) -> None:
        """From the workspace to the open article, or back."""
        self.article = "" if self.article else self.screen.place.article.id
        self.gather()

    def changed(self) -> None:
        """Somebody else changed claims: they are gathered anew in a moment."""
        if self.screen.side == self.SIDE and not self.gathering:
            self.gathering = True
            self._coming = due = iter(())

            def begin() -> None:
                if self._coming is due and self.gathering:
                    self.gather()

            self.screen.set_timer(LATER, partial(self.screen.change, begin))

    def close(self) -> None:
        """It is not at the side any more: very many claims are let go of, if it stays so."""
        if len(self._found) > MANY and not self._closing:
            self._closing = True
            self.screen.set_timer(CLOSED, self._let_go)

    def _let_go(self) -> None:
        self._closing = False
        if self.screen.side == "panel":
            self._left = self.cursor()
            self.gathering, self._coming = False, iter(())
            self._held, self._found = Rows(), Picked(())
            self.empty()

    def back(self, key: str) -> bool:
        """Escape stops gathering; whether it did. Whatever else leads out of it stops that too."""
        under_way = self.gathering and not self._whole
        self.gathering, self._coming = False, iter(())
        if not (under_way and key == "escape"):
            return False
        self.stopped = self._whole = True
        self.work(self.arrange(self._found))
        return True

    def go_to(self, claim_id: str) -> None:
        """Go to a claim in its article; the backtick goes back to where one read."""
        screen = self.screen
        found = screen.desk.claim_of(claim_id) if claim_id else None
        if found is None:
            screen.say("this claim is not in this workspace any more" if claim_id else _NONE)
            return
        claim, entry = found
        self.back("")
        screen.remember_jump()
        screen.go_to(entry.id, focus=claim.id)
        screen.side, screen.pane = "panel", "article"
        if not screen.message:  # that of the article comes first
            label = screen.keymap.label_of
            keys = label(f"{self.SIDE}.open", "reading"), label("go.back", "reading")
            name = "timeline" if self.SIDE == "timeline" else "list of claims"
            screen.say(f"{keys[0]} is the {name} again, {keys[1]} goes back to where you read")

    # gathering: bit by bit, so that keys are answered meanwhile

    def gather(
        self, at: str = "", articles: Sequence[str] | None = None, kept: array[int] | None = None
    ) -> None:
        """Gather all claims that are wanted, or those of some articles beside others `kept`.

        Those are places in what is held.
        """
        if self.article:
            articles = [a for a in articles or [self.article] if a == self.article]
        if kept is None:
            self._held, kept = Rows(), numbers()
        self._found = Picked(self._held, kept)
        self.stopped = self._whole = False
        self.work(self._gathered(self.screen.desk.gists(self.wanted, articles)), at)

    def _gathered(self, coming: Iterator[Sequence[Row]]) -> Iterator[object]:
        held, found = self._held, self._found
        for part in coming:
            found.add(range(len(held), len(held) + len(part)))
            held.extend(part)
            yield
        self._whole = True
        yield from self.arrange(found)

    def work(self, coming: Iterator[object], at: str = "") -> None:
        """Do something bit by bit in place of what was under way, then show what came of it."""
        self.gathering, self._coming = True, coming
        self._go_on(coming, at)

    def _go_on(self, coming: Iterator[object], at: str) -> None:
        """Go on for a moment and with the rest in a while, unless something else is by now."""
        if coming is not self._coming:
            return
        if is_left(coming, SLICE):
            if monotonic() > self._said + SAID:
                self._said = monotonic()
                self.progress(len(self._found))
                self.screen.showing.show_doing()
            again = partial(self._go_on, coming, at)
            self.screen.set_timer(PAUSE, partial(self.screen.change, again))
            return
        self.gathering = False
        self.arrived(at)
        self.screen.sync()

    def row_words(self, noun: str) -> str:
        """The row under the cursor, among as many as are known by now."""
        here, count = self.list.place
        row = f"{noun} {here:,}" if count else "nothing"
        if self.gathering and not self._whole:  # what is shown is what there was, or the first
            return f"{row} · {len(self._found):,} so far"
        known = len(self._found) if self.gathering else count
        return f"{row} of {known:,}" if count else row

    def standing(self) -> Iterator[str]:
        """What is shown of which, for the line above it: its filter, and where it was stopped."""
        yield "this article" if self.article else "workspace"
        yield self.wanted.describe()
        if self.stopped:
            yield f"stopped: {self.screen.keymap.label_of(f'{self.SIDE}.open', self.SIDE)} goes on"

    def none(self) -> str:
        """What stands there where there is no claim; empty if there may be one all the same."""
        label = self.screen.keymap.label_of
        if self.gathering:
            return "Gathering the claims … Esc stops."
        if self.wanted:
            key = label("pane.filter", self.SIDE)
            return f"No claim is {self.wanted.describe()}. {key} changes the filter."
        if self.article:
            tab = label(f"{self.SIDE}.scope", self.SIDE)
            return f"No claim in this article yet. {tab} shows those of the workspace."
        return "No claim here yet: c makes one in the article. q leads back."


_NONE = "no claim here"
