"""Keys `n` and `N` after a search over all articles: on to the next hit, over article borders."""

from __future__ import annotations

from asyncio import to_thread
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.desk.events import DeskError
from tui.model.spans import Extent
from tui.reading import finding, motions
from tui.reading.hits import Hits
from tui.reading.walk import Stop, Walk, next_stop, stops_of

if TYPE_CHECKING:
    from tui.desk.asked import Asked
    from tui.screens.reading import ReadingScreen

LONG = 200_000  # code points of a text in which the words are looked for in another thread


class Walking:
    """Goes through what a search found. The places in an article are found when it is entered."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen
        self._walk: Walk | None = None
        self._asked: Asked | None = None
        self._words = ""
        self.article = 0  # which of the articles was entered last
        self._places: tuple[str, Sequence[Extent]] | None = None  # of the text of this revision

    def begin(self, asked: Asked, words: str, walk: Walk) -> None:
        """Walk through what was found for some words."""
        self._asked, self._words, self._walk = asked, words, walk
        self._places = None

    def enter(self, article: str, record: str, near: Extent | None) -> bool:
        """Open an article of the walk, at an annotation, else where the words are, or begin.

        False if the screen has reasons not to. Raises DeskError if it cannot be read.
        """
        if self._walk is None or not self._open(self._walk.articles.index(article)):
            return False
        if record:
            extents = self._extents(record)
            near = extents[0] if extents else None
        self._land(partial(_nearest, near=near), first=True)
        if record:  # there may be another one on the same words; or none, in today's text
            self.screen.place.focus_on(record)
        return True

    def end(self) -> bool:
        """Walk no more; whether one did."""
        walked, self._walk = self._walk is not None, None
        self._asked = self._places = None
        return walked

    def step(self, step: int) -> bool:
        """Go to the next hit, or (-1) to the one before; False if there is no walk, or none now."""
        if self._walk is None or self.screen.mode != "reading":
            return False
        self._go(self._walk, step)
        return True

    def show(self) -> bool:
        """Show the places in the open article again; whether there is a walk."""
        if self._walk is not None and self._places is not None:
            self._show(None)
        return self._walk is not None

    def _go(self, walk: Walk, step: int) -> None:
        here = self.screen.place.article.id
        target = self.article + step if step > 0 else self.article
        if here in walk.articles:
            stops = self._stops(partial(self._go, walk, step))
            if stops is None:
                return
            index = next_stop(stops, self.screen.place.caret, step)
            if index is not None:
                self._to(stops, index)
                return
            target = walk.articles.index(here) + step
        refused = ""
        while 0 <= target < len(walk.articles):
            try:
                entered = self._open(target)
            except DeskError as error:  # its file is gone: on to the next one
                refused = str(error)
                target += step
                continue
            if entered:
                self._land(_first if step > 0 else _last)
            return
        last = "that was the last hit" if step > 0 else "that was the first hit"
        more = f": {self._key('search.open')} lists more" if walk.more and step > 0 else ""
        self.screen.say(refused or f"{last}{more}")

    def _open(self, target: int) -> bool:
        """Open one of the articles; whether the screen did."""
        if self._walk is None:
            return False
        screen, article = self.screen, self._walk.articles[target]
        screen.desk.bring(article)
        screen.go_to(article, jump=False)
        if screen.place.article.id != screen.desk.entry(article).id:
            return False
        self.article = target
        return True

    def _land(self, choose: Callable[[Sequence[Stop]], int], *, first: bool = False) -> None:
        """Go to one of the hits of the open article."""
        stops = self._stops(partial(self._land, choose, first=first))
        if stops is None:
            return
        if stops:
            self._to(stops, choose(stops), first=first)
            return
        place = self.screen.place
        place.caret, place.by_word, place.focus = motions.first_stop(place.outline), False, ""
        self._say("", first)

    def _to(self, stops: Sequence[Stop], index: int, *, first: bool = False) -> None:
        place, stop = self.screen.place, stops[index]
        place.caret, place.by_word, place.focus = stop.start, True, ""
        if stop.record:
            place.focus_on(stop.record)
        self._show(stop)
        self._say(f"hit {index + 1:,} of {len(stops):,} · ", first)

    def _show(self, stop: Stop | None) -> None:
        places: Sequence[Extent] = self._places[1] if self._places is not None else ()
        current = None
        if stop is not None:
            index = bisect_left(places, stop[:2])
            here = index < len(places) and places[index].start == stop.start
            current = index if here else None
        self.screen.moving.show(Hits(places), current)

    def _say(self, hit: str, first: bool) -> None:
        """Which hit of how many it is, in which article; at the beginning also what leads on."""
        walk, screen = self._walk, self.screen
        where = walk.which(screen.place.article.id) if walk is not None else ""
        keys = ""
        if first:
            on, back, again = map(self._key, ("find.next", "find.previous", "search.open"))
            keys = f" · {on} {back} go on · {again} is the list"
        screen.say(f"“{self._words}” {hit}{where}{keys}")

    def _key(self, action: str) -> str:
        return self.screen.keymap.label_of(action, "reading")

    # the hits of an article

    def _stops(self, then: Callable[[], None]) -> Sequence[Stop] | None:
        """The hits of the open article; None if they are being looked for: `then` follows."""
        place, walk, asked = self.screen.place, self._walk, self._asked
        if walk is None or asked is None:
            return None
        article = place.article
        if self._places is None or self._places[0] != article.revision:
            if len(article.text) > LONG:
                self.screen.say("looking for the words in a long text …")
                look = partial(self._look, asked, then)
                self.screen.run_worker(look, group="walk", exclusive=True)
                return None
            self._places = article.revision, asked.places(article)[: finding.MOST]
        names = walk.records.get(article.id, ())
        place.annotations = notes = self.screen.desk.annotations(article.id)
        claims_last = sorted(names, key=lambda name: notes.claim(name) is not None)
        return stops_of(self._places[1], [(name, self._extents(name)) for name in claims_last])

    def _extents(self, record: str) -> Sequence[Extent]:
        """Where a highlight or a claim stands in the open article."""
        notes = self.screen.desk.annotations(self.screen.place.article.id)
        claim = notes.claim(record)
        placed = notes.highlight(claim.highlight if claim is not None else record)
        return placed.extents if placed is not None else ()

    async def _look(self, asked: Asked, then: Callable[[], None]) -> None:
        article = self.screen.place.article
        places = await to_thread(asked.places, article)
        if asked is self._asked and article.revision == self.screen.place.article.revision:
            self._places = article.revision, places[: finding.MOST]
            self.screen.change(then)
            self.screen.sync()


def _first(_stops: Sequence[Stop]) -> int:
    return 0


def _last(stops: Sequence[Stop]) -> int:
    return len(stops) - 1


def _nearest(stops: Sequence[Stop], near: Extent | None) -> int:
    """The first stop from some place on, else the first of all."""
    at = near.start if near is not None else 0
    return next((index for index, stop in enumerate(stops) if stop.start >= at), 0)
