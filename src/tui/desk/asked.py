"""A query as it was understood: its answers and the words around them, from any thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from threading import Thread
from typing import TYPE_CHECKING

from tui.desk.events import DeskError

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.model.articles import Article
    from tui.model.spans import Extent
    from tui.store.index import Answer, Index, Meaning, Query, Snippet

_PATIENCE = 1.0  # seconds that what was just changed has to be written


class DamagedIndexError(DeskError):
    """The index cannot be read: see `Desk.renew_index`."""


class Asked:
    """One query to the index. Its methods may be called from any thread, unlike the desk's.

    `loose` is the query with its last word as the beginning of one: it is asked where the query
    itself finds nothing. `begun` says that it was. `late`: something is still to be written.
    """

    def __init__(
        self,
        index: Index,
        query: Query,
        loose: Query | None,
        meaning: Meaning,
        kinds: Sequence[str],
        places: Sequence[str],
        read: Callable[[str], Sequence[Article]],
        *,
        late: bool = False,
    ) -> None:
        self.begun = False
        self._index = index
        self._query, self._loose = query, loose
        self._meaning, self._kinds, self._places = meaning, kinds, places
        self._read = read
        self._file: tuple[str, Sequence[Article]] = ("", ())  # what was read last
        self._late = late

    def answers(self, limit: int) -> list[Answer] | None:
        """At most so many answers, the best first; None if `stop` came before them.

        Raises DamagedIndexError.
        """
        if self._late:
            self._index.wait(_PATIENCE)
            self._late = False
        found = self._answers(self._query, limit)
        if found or found is None or self._loose is None:
            return found
        loose = self._answers(self._loose, limit)
        if loose:
            self._query, self._loose, self.begun = self._loose, None, True
        return loose

    def _answers(self, query: Query, limit: int) -> list[Answer] | None:
        from tui.store.index import DamagedError, StoppedError

        try:
            return self._index.ask(
                query, self._meaning, kinds=self._kinds, places=self._places, limit=limit
            )
        except StoppedError:
            return None
        except DamagedError as error:
            raise DamagedIndexError(f"the index for search cannot be read: {error}") from error

    def answered(self, limit: int) -> Sequence[list[Answer] | DamagedIndexError | None]:
        """What `answers` returns or raises, once a thread that asks has it; nothing until then."""
        found: list[list[Answer] | DamagedIndexError | None] = []

        def ask() -> None:
            try:
                found.append(self.answers(limit))
            except DamagedIndexError as error:
                found.append(error)

        Thread(target=ask, daemon=True).start()
        return found

    def stop(self) -> None:
        """Stop a question that is being answered: another one is wanted."""
        self._index.stop()

    def snippet(self, answer: Answer, article: Article | None = None) -> Snippet:
        """The words around what was found; of an article they are cut from its text."""
        return self._index.snippet(self._query, answer, article)

    def quoted(self, answer: Answer, article: Article | None = None) -> Snippet:
        """The same, the text read from its file if it was not given; a title where that is long."""
        if article is None and answer.kind == "article":
            path, articles = self._file
            if path != answer.path:
                articles = self._read(answer.path)
                self._file = answer.path, articles
            article = next((a for a in articles if a.entry == answer.entry), None)
        return self.snippet(answer, article)

    def places(self, article: Article) -> tuple[Extent, ...]:
        """Where the words stand in a text, in text order, none within another."""
        from tui.model.spans import merged
        from tui.store.index import Answer

        if not self._query.words:
            return ()
        found = self.snippet(Answer("article", article.id, article.id, 0.0), article)
        return merged(found.places)
