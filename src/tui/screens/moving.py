"""Keys that move the caret in the article, and find."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tui.model.articles import Outline
from tui.model.spans import Extent
from tui.reading import finding, motions, ranges
from tui.reading.hits import Hits
from tui.screens.handling import Hands, does
from tui.widgets.prompt import Question


class Moving(Hands):
    """What the motions and `/ n N *` do. Any motion ends the focus."""

    query: str = ""
    hits = Hits()
    _shown: tuple[str, str, Hits] | None = None  # revision, query: what was found last

    def _to(self, offset: int, by_word: bool = False) -> None:
        place = self.screen.place
        place.caret = offset
        place.by_word = by_word
        if self.screen.review is None:
            place.focus = ""

    def _stop(self, motion: Callable[[Outline, int], int]) -> None:
        self._to(motion(self.screen.place.outline, self.screen.place.caret))

    def _word(self, motion: Callable[[str, Outline, int], int]) -> None:
        place = self.screen.place
        self._to(motion(place.article.text, place.outline, place.caret), by_word=True)

    @does("read.next-sentence")
    def next_sentence(self, _argument: str) -> None:
        self._stop(motions.next_sentence)

    @does("read.previous-sentence")
    def previous_sentence(self, _argument: str) -> None:
        self._stop(motions.previous_sentence)

    @does("read.next-paragraph")
    def next_paragraph(self, _argument: str) -> None:
        self._stop(motions.next_paragraph)

    @does("read.previous-paragraph")
    def previous_paragraph(self, _argument: str) -> None:
        self._stop(motions.previous_paragraph)

    @does("read.first")
    def first(self, _argument: str) -> None:
        self.screen.remember_jump()
        self._to(motions.first_stop(self.screen.place.outline))

    @does("read.last")
    def last(self, _argument: str) -> None:
        self.screen.remember_jump()
        self.screen.look_around(len(self.screen.place.article.text))
        self._to(motions.last_stop(self.screen.place.outline))

    @does("read.next-char")
    def next_char(self, _argument: str) -> None:
        self._word(motions.next_character)

    @does("read.previous-char")
    def previous_char(self, _argument: str) -> None:
        self._word(motions.previous_character)

    @does("read.next-word")
    def next_word(self, _argument: str) -> None:
        self._word(motions.next_word)

    @does("read.previous-word")
    def previous_word(self, _argument: str) -> None:
        self._word(motions.previous_word)

    @does("read.word-end")
    def word_end(self, _argument: str) -> None:
        self._word(motions.word_end)

    @does("read.line-start")
    def line_start(self, _argument: str) -> None:
        self._to(self.screen.view.row_extent().start, by_word=True)

    @does("read.line-end")
    def line_end(self, _argument: str) -> None:
        text = self.screen.place.article.text
        row = self.screen.view.row_extent()
        end = row.end
        while end > row.start and text[end - 1].isspace():
            end -= 1
        self._to(max(row.start, motions.previous_grapheme(text, end)), by_word=True)

    @does("read.find-word")
    def find_word(self, argument: str) -> None:
        place = self.screen.place
        found = motions.find_word(place.article.text, place.outline, place.caret, argument)
        if found is None:
            self.screen.say(f"no word begins with {argument} from here on")
        else:
            self._to(found, by_word=True)

    @does("read.page-down")
    def page_down(self, _argument: str) -> None:
        self._page(1)

    @does("read.page-up")
    def page_up(self, _argument: str) -> None:
        self._page(-1)

    @does("read.half-page-down")
    def half_page_down(self, _argument: str) -> None:
        self._page(0.5)

    @does("read.half-page-up")
    def half_page_up(self, _argument: str) -> None:
        self._page(-0.5)

    def _page(self, pages: float) -> None:
        offset = self.screen.view.page_moved(pages)
        self.screen.look_around(offset)
        stop = ranges.sentence(self.screen.place.outline, offset)
        selecting = self.screen.place.anchor is not None
        self._to(offset if selecting or stop is None else max(stop.start, 0), by_word=selecting)

    # finding

    @does("find.open")
    def find(self, _argument: str) -> None:
        place = self.screen.place
        start, by_word, focus, shown = place.caret, place.by_word, place.focus, bool(self.hits)
        top = self.screen.view.top

        def back() -> None:
            if not self.screen.searching.walking.show():
                self._show_hits(self.query if shown else "", start)
            self._to(start, by_word)
            place.focus = focus
            self.screen.view.back_to(start, top)

        self.screen.asking.ask(
            Question(
                "/",
                lambda query: self._found(query, start),
                hint="Enter keeps, n and N go on; /re/ is an expression",
                changed=lambda query: self._look(query, start),
                cancelled=back,
                mode="find",
            )
        )

    def _look(self, query: str, start: int) -> None:
        """Show what is found while the query is typed."""
        refused = self._show_hits(query, start)
        index = finding.next_hit(self.hits, start - 1)
        at = start if index is None else self.hits[index].start
        self.screen.view.set_hits(self.hits, index)
        self._to(at, by_word=bool(self.hits))
        self.screen.asking.hint(refused or (f"{self._count()} found" if query else ""))
        self.screen.sync()

    def _found(self, query: str, start: int) -> None:
        """Keep what was found; an empty line means the words of the last time."""
        self.screen.searching.walking.end()
        if not query:
            self.find_next("")
        elif not self.hits:
            self.screen.say(self._show_hits(query, start) or f"“{query}” is not in this article")
        else:
            self.query = query
        if self.screen.place.caret != start:
            self.screen.remember_jump(start)

    def _show_hits(self, query: str, around: int) -> str:
        """Show where a query stands; returns why it could not be looked for, if so.

        In a long article with very many places those from a little before `around` on.
        """
        refused = ""
        try:
            self.hits = self._hits_of(query, around)
        except finding.QueryError as error:
            self.hits, refused = Hits(), str(error)
        self.screen.view.set_hits(self.hits, None)
        return refused

    def _hits_of(self, query: str, around: int) -> Hits:
        place = self.screen.place
        wanted = place.article.revision, query
        if self._shown is None or self._shown[:2] != wanted or not self._shown[2].complete:
            found = finding.find_all(place.article.text, place.outline, query, around)
            self._shown = *wanted, found
        return self._shown[2]

    def _count(self) -> str:
        """How many places there are; the least there are where they were not all looked for."""
        return f"{len(self.hits)}" if self.hits.complete else f"more than {finding.MOST:,}"

    @does("find.next")
    def find_next(self, _argument: str) -> None:
        if not self.screen.searching.walking.step(1):
            self._go(finding.next_hit, 0)

    @does("find.previous")
    def find_previous(self, _argument: str) -> None:
        if not self.screen.searching.walking.step(-1):
            self._go(finding.previous_hit, len(self.screen.place.article.text))

    def _go(self, choose: Callable[[Sequence[Extent], int], int | None], beyond: int) -> None:
        """Go to the next place, or the last one; behind the end of the text on from `beyond`."""
        place = self.screen.place
        if not self.query:
            self.screen.say("nothing to find yet: / asks, * takes the word under the caret")
            return
        refused = self._show_hits(self.query, place.caret)
        index = choose(self.hits, place.caret)
        if index is None:
            self.screen.say(refused or f"“{self.query}” is not in this article")
            return
        if (self.hits[index].start > place.caret) != (beyond == 0):
            self._show_hits(self.query, beyond)
            index = 0 if beyond == 0 else len(self.hits) - 1
        self.screen.view.set_hits(self.hits, index)
        self._to(self.hits[index].start, by_word=True)
        self.screen.say(f"“{self.query}” {self._which(index)}")

    def _which(self, index: int) -> str:
        """Which of the places it is; not its number where they were not all looked for."""
        return f"{index + 1 if self.hits.complete else 'one'} of {self._count()}"

    @does("find.word")
    def find_word_here(self, _argument: str) -> None:
        place = self.screen.place
        word = ranges.word_at(place.article.text, place.outline, place.caret)
        if word is not None:
            start = place.caret
            self.screen.searching.walking.end()
            self.query = word.of(place.article.text)
            self.find_next("")
            if place.caret != start:
                self.screen.remember_jump(start)

    def show(self, hits: Hits, index: int | None) -> None:
        """Show what was found otherwise, and which of it is in hand."""
        self.hits, self._shown = hits, None
        self.screen.view.set_hits(hits, index)

    def forget(self) -> None:
        """Show no hits any more."""
        self.hits, self._shown = Hits(), None
        self.screen.view.set_hits((), None)
