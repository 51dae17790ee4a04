"""The key `g/`: search over all articles and annotations, results as one types."""

from __future__ import annotations

from asyncio import to_thread
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from tui.desk.asked import DamagedIndexError
from tui.desk.events import DeskError
from tui.model.filters import FLAGS, STATUSES
from tui.model.wording import counted
from tui.reading.walk import walk_of
from tui.screens.handling import Hands, does
from tui.screens.keeping_up import KeepingUp
from tui.screens.walking import Walking
from tui.widgets.prompt import Question
from tui.widgets.search_results import SearchResults

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.desk.asked import Asked
    from tui.screens.reading import ReadingScreen
    from tui.store.index import Answer

PAUSE = 0.04  # seconds without a key after which it is asked
BEST = 50  # answers at first, ...
MORE = 4  # ... and so many times as many when the last one is reached
AGAIN = 1.5  # seconds after which it is asked anew while the index grows
FILTERS = ("tag:", "source:", "status:", "by:", "after:", "before:")
HELP = (
    'Words, "a phrase", beg* for how words begin, AND OR NOT, parentheses; '
    "tag: source: status: by: after: before: narrow it, Tab completes them. "
    "Of Korean any part of a word is found."
)


class SearchHands(Hands):
    """What `g/`, and in the search its keys do.

    Questions and snippets are worked out in threads; a newer question overtakes an older one.
    """

    def __init__(self, screen: ReadingScreen) -> None:
        super().__init__(screen)
        self.words = ""  # what is searched for, as typed
        self.asking = False  # an answer to these words is still to come
        self.walking = Walking(screen)
        self.keeping_up = KeepingUp(screen, lambda: screen.side == "search", self._grown)
        self._asked: Asked | None = None  # the question that is shown
        self._answers: Sequence[Answer] = ()
        self._shown_words = ""  # those that they answer
        self._limit = BEST
        self._more = False  # there may be others behind those that are shown
        self._refused = ""  # why the words make no query
        self._entered = False  # Enter was pressed before the answer was there
        self._timer: Timer | None = None
        self._quoting = False

    @property
    def list(self) -> SearchResults:
        """The rows."""
        return self.screen.query_one(SearchResults)

    @does("search.open")
    def open(self, _argument: str) -> None:
        screen = self.screen
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        if screen.telling is not None:
            screen.telling.back("")
        screen.side = "search"
        self.list.lacking, self.list.ended = self._quote, self._reach_on
        self.keeping_up.begin()
        self._ask(self._limit)
        self._type(select=True)

    @property
    def _gone(self) -> bool:
        """Whether the program is being left, and the list with it."""
        return not self.screen.query(SearchResults)

    def search_for(self, words: str) -> None:
        """Open the search with these words."""
        self.words = words
        self.open("")

    @does("search.query")
    def query(self, _argument: str) -> None:
        self._type()

    @does("search.go")
    def go(self, _argument: str) -> None:
        if self.asking:
            self._entered = True
        else:
            self._go()

    def target(self) -> str:
        """Which row the next key acts on, for the status line."""
        count = len(self._answers)
        return f"{self.list.cursor + 1:,} of {count:,} found" if count else "nothing"

    def back(self, key: str) -> bool:
        """Escape stops what is under way; whether it did. Closing the list stops it as well."""
        if key == "escape" and self._stop():
            return True
        self._overtake()
        return False

    # the line that is searched for

    def _type(self, *, select: bool = False) -> None:
        self.screen.asking.ask(
            Question(
                "search",
                self._keep,
                self.words,
                hint="Up Down · Enter goes there",
                changed=self._typed,
                cancelled=self._leave,
                complete=self._completions,
                tabbed=lambda _words: self.screen.sync(),
                mode="query",
                select=select,
                rows=self.list,
                stop=self._stop,
            )
        )

    def _typed(self, words: str) -> None:
        if words == self.words:
            return
        self.words = words
        self._entered = False
        self._overtake()
        self.asking = True
        self._timer = self.screen.set_timer(PAUSE, partial(self._ask, BEST))

    def _overtake(self) -> None:
        """Ask no more what was to be asked, or is being answered."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
        if self.asking and self._asked is not None:
            self._asked.stop()
        self.asking = False

    def _keep(self, words: str) -> None:
        """Enter: to the row under the cursor, as soon as there is one."""
        self._typed(words)
        if self.asking:
            self._entered = True
        elif self._answers:
            self.screen.change(self._go)
        else:
            self._type()

    def _leave(self) -> None:
        """Escape: from the line to the list, if it has rows or will have some."""
        if not (self._answers or self.asking):
            self.back("")
            self.screen.side = "panel"

    def _stop(self) -> bool:
        stopped = self.keeping_up.stop()
        if stopped:
            self._say()
        return stopped

    def _completions(self, typed: str) -> Sequence[str]:
        """The last word completed: a filter, a tag, a source, a status, the analyst."""
        head, blank, last = typed.rpartition(" ")
        desk = self.screen.desk
        names = [*FILTERS]
        names += [f"tag:{_quoted(tag.path)}" for tag in desk.codebook.tags]
        names += [f"status:{name}" for name in (*STATUSES, *FLAGS)]
        names.append(f"by:{_quoted(desk.analyst)}")
        names += [f"@{each.name}" for each in desk.saved]
        if last.startswith("source:"):
            wanted = last.removeprefix("source:").strip('"')
            names = [f"source:{_quoted(name)}" for name in desk.sources.completions(wanted)]
            return tuple(f"{head}{blank}{name}" for name in names)
        return tuple(f"{head}{blank}{name}" for name in names if name.startswith(last))

    # asking

    def _ask(self, limit: int) -> None:
        self._timer = None
        self.asking = False
        refused = ""
        if self.words.strip():
            try:
                desk = self.screen.desk
                asked = desk.asked(desk.expanded(self.words), typing=True)
            except DeskError as error:
                refused = str(error)
            else:
                self.asking = True
                answer = partial(self._answer, asked, self.words, limit)
                self.screen.run_worker(answer, group="search", exclusive=True)
                return
        self._refused = refused
        self._show(None, ())

    async def _answer(self, asked: Asked, words: str, limit: int) -> None:
        """Wait for the answers in another thread, and show them if nothing else is wanted by now.

        As each worker ends the one before, there is never more than one answer to be shown.
        """
        asked.stop()  # what an older worker asked
        try:
            found = await to_thread(asked.answers, limit)
        except DamagedIndexError:
            self.screen.desk.renew_index()
            self.asking = False
            self.keeping_up.begin()
            return
        if words != self.words or not self.asking or self._gone:
            return
        if found is None:  # what stopped it was meant for an older question
            self._ask(limit)
            return
        self.asking, self._refused = False, ""
        self._limit, self._more = limit, len(found) >= limit
        self._show(asked, self.screen.desk.found(found))
        if self._entered:
            self._entered = False
            if self._answers:
                self.screen.change(self._go)
            else:
                self._type()
            self.screen.sync()

    def _show(self, asked: Asked | None, answers: Sequence[Answer]) -> None:
        """Show answers; a cursor that was moved stays on its row where the words are the same."""
        top = not self.list.cursor
        anew = asked is None or self._shown_words != self.words
        self._shown_words = self.words if asked is not None else ""
        self._asked, self._answers = asked, answers
        if not answers:
            self._more = False
        self.list.show(answers, anew=anew)
        if top:  # the best one, which may be another than before
            self.list.to(0, notify=False)
        self._say()
        self.screen.showing.show_status()  # nothing else has changed

    def _reach_on(self) -> None:
        """The cursor is at the last row: have others found behind it."""
        if self._more and not self.asking:
            self._ask(self._limit * MORE)

    def _grown(self, whole: bool) -> None:
        """The index has more than it had; what is shown is asked for anew now and then."""
        if self.screen.side != "search":
            return
        if not self.asking and self._timer is None and self.words.strip():
            if whole:
                self._ask(self._limit)
            else:
                self._timer = self.screen.set_timer(AGAIN, partial(self._ask, self._limit))
        self._say()

    def _say(self) -> None:
        """How much was found of what, and how far the index is."""
        count = len(self._answers)
        title = f"{count:,} best" if self._more else counted(count, "hit")
        if not count and (self._refused or self.asking or not self.words.strip()):
            title = "search"
        begun = self._asked is not None and self._asked.begun
        facts = ["words that begin so" if begun else "", self.keeping_up.words()]
        self.list.say(title, facts, self._none())

    def _none(self) -> str:
        """What stands there where nothing was found."""
        if self._refused or not self.words.strip():
            return self._refused or HELP
        if self.asking:
            return "searching …"
        if self.keeping_up.under_way:
            return "Nothing found in what is indexed so far."
        return f"Nothing found for {self.words}"

    # snippets, for the rows on the screen

    def _quote(self) -> None:
        """Have the rows on the screen get their snippets, one after the other."""
        if not self._quoting and self._asked is not None:
            self._quoting = True
            self.screen.run_worker(self._quote_all, group="snippets", exclusive=True)

    async def _quote_all(self) -> None:
        try:
            while (
                self._asked is not None
                and not self._gone
                and (answer := self.list.bare()) is not None
            ):
                asked = self._asked
                article = None
                if answer.kind == "article":
                    article = self.screen.desk.opened_text(answer.article, answer.revision)
                snippet = await to_thread(asked.quoted, answer, article)
                same = asked is self._asked or self._shown_words == self.words
                if same and not self._gone:
                    self.list.quote(answer, snippet)
        finally:
            self._quoting = False

    # going there

    def _go(self) -> None:
        """To the place of the row under the cursor; the backtick goes back to where one read."""
        screen, answer, asked = self.screen, self.list.answer, self._asked
        if answer is None or asked is None:
            screen.say("nothing found to go to")
            return
        self._overtake()
        screen.remember_jump()
        rows = [(each.kind, each.article, each.record) for each in self._answers]
        self.walking.begin(asked, self.words.strip(), walk_of(rows, more=self._more))
        snippet = self.list.snippet_of(answer)
        record = answer.record if answer.kind in ("highlight", "claim") else ""
        near = snippet.place if snippet is not None and not record else None
        if self.walking.enter(answer.article, record, near):
            screen.side, screen.pane = "panel", "article"


def _quoted(name: str) -> str:
    """A value as a query has it."""
    return f'"{name}"' if " " in name else name
