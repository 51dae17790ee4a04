"""Which articles a filter of the list means, asked of the index."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from tui.desk.asked import DamagedIndexError
from tui.desk.searching import Searching
from tui.desk.sifting import Found, Sieve

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.store.index import Meaning, Query


class Filtering(Searching):
    """What the index says to a filter of articles."""

    def question(self, sieve: Sieve) -> Callable[[], Found]:
        """What asks the index for the articles that a filter means; for any thread to call.

        What an annotation is filtered by has to be true of one; words are found in all of an
        article. It is asked of what was indexed so far. Raises DeskError (code 2) where SQLite
        cannot search. The call raises DamagedIndexError: `index` then builds it anew.
        """
        from tui.store.index import (
            DamagedError,
            Meaning,
            Query,
            StoppedError,
            expression,
            meaning_of,
        )

        index = self._opened_index()
        if self._owed:
            self._pay(index)
        meaning = meaning_of(sieve.filter, self.codebook, self.sources)
        asked = {leaf: expression(leaf) for leaf in sieve.leaves if _is_word(leaf.words)}

        def ids(query: Query, meant: Meaning) -> frozenset[str]:
            while True:
                try:
                    return frozenset(map(self._known.canonical, index.ask_articles(query, meant)))
                except StoppedError:  # a search that is typed stops whatever is asked
                    continue

        def ask() -> Found:
            index.wait(1.0)
            try:
                return Found(
                    {leaf: ids(Query(words), Meaning()) for leaf, words in asked.items()},
                    ids(Query(filter=sieve.filter), meaning) if sieve.filter else frozenset(),
                )
            except DamagedError as error:
                index.damaged = True
                raise DamagedIndexError(f"the index for search cannot be read: {error}") from error

        return ask


def _is_word(words: str) -> bool:
    return any(letter.isalnum() for letter in words)
