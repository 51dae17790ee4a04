"""Which articles a filter of the list means, asked of the index."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from tui.desk.asked import DamagedIndexError
from tui.desk.searching import Searching
from tui.desk.sifting import Found, Sieve
from tui.model.queries import Leaf
from tui.model.steps import Far, Steps, followed

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.store.index import Index, Meaning, Query

_PATIENCE = 1.0  # seconds that what was just changed has to be written


class Question:
    """A filter of articles as it was understood. Its methods may be called from any thread."""

    def __init__(
        self,
        index: Index,
        words: Mapping[Leaf, Query],
        filtered: tuple[Query, Meaning] | None,
        canonical: Callable[[str], str],
        known: Sequence[str],
    ) -> None:
        self._index = index
        self._words = words
        self._filtered = filtered
        self._canonical = canonical
        self._known = known  # ids of articles: an answer is made of these, and not of others alike
        self._stopped = self._under_way = False

    def stop(self) -> None:
        """Nobody waits for the answer any more: it comes soon, and is none."""
        self._stopped = True
        if self._under_way:
            self._index.stop()

    def answer(self) -> Found:
        """The articles that are meant, by what was indexed so far. Raises DamagedIndexError."""
        from tui.store.index import DamagedError, Meaning, StoppedError

        self._index.wait(_PATIENCE)
        self._under_way, same = True, {article: article for article in self._known}
        try:
            return Found(
                {leaf: self._ids(query, Meaning(), same) for leaf, query in self._words.items()},
                self._ids(*self._filtered, same) if self._filtered is not None else frozenset(),
            )
        except StoppedError:
            return Found()
        except DamagedError as error:
            self._index.damaged = True
            raise DamagedIndexError(f"the index for search cannot be read: {error}") from error
        finally:
            self._under_way = False

    def _ids(self, query: Query, meaning: Meaning, same: Mapping[str, str]) -> frozenset[str]:
        found = self._index.ask_articles(query, meaning, lambda: not self._stopped)
        return frozenset(same.get(article, article) for article in map(self._canonical, found))


class Filtering(Searching):
    """What the index says to a filter of articles."""

    def question(self, sieve: Sieve) -> Question:
        """What a filter asks of the index.

        What an annotation is filtered by has to be true of one; words are found in all of an
        article. Raises DeskError (code 2) where SQLite cannot search; after a DamagedIndexError
        `index` builds it anew.
        """
        from tui.store.index import Query, expression, meaning_of

        index = self._opened_index()
        if self._owed:
            self._pay(index)
        meaning = meaning_of(sieve.filter, self.codebook, self.sources)
        return Question(
            index,
            {leaf: Query(expression(leaf)) for leaf in sieve.leaves if _is_word(leaf.words)},
            (Query(filter=sieve.filter), meaning) if sieve.filter else None,
            self._known.canonical,
            self._library.ids(),
        )

    def _having(self, quote: str) -> Steps[Sequence[str]]:
        """The articles read so far that may have these words, by the index where there are many."""
        everywhere, index = tuple(self._library.ids()), self._index
        if not self._by_index or index is None:
            return everywhere
        from tui.exchange.aside import aside

        yield from self._all_indexed(index)
        question = self.question(Sieve(words=Leaf(quote)))
        try:
            asking = aside(question.answer, waited=False)
            found = yield from followed(asking, lambda: Far("looking"))
        except DamagedIndexError:
            return everywhere
        finally:
            question.stop()
        if not found.words:  # there is no word in it
            return everywhere
        told = frozenset[str]().union(*found.words.values())
        return [article for article in everywhere if article in told]


def _is_word(words: str) -> bool:
    return any(letter.isalnum() for letter in words)
