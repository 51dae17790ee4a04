"""Search over all articles and annotations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.desk.adopting import Adopting
from tui.desk.events import DeskError
from tui.model.articles import Article
from tui.model.spans import Extent

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.store.index import Answer, Index, Query


class Hit(Struct, frozen=True):
    """Something found. `kind` is `article`, `highlight`, `claim` or `note` (on a whole article).

    `place` is where it stands in today's text of the article: of an article the words that were
    found where most of them lie close together (`places` are all of them), of an annotation its
    passage; None if that is not in the text. `marks` are the words found, in code points of the
    snippet. `score` is bm25: larger is better.
    """

    kind: str
    article: str
    id: str
    place: Extent | None
    snippet: str
    marks: tuple[Extent, ...]
    score: float
    title: str = ""
    outlet: str = ""
    published: str = ""
    path: str = ""
    places: tuple[Extent, ...] = ()


class Searching(Adopting):
    """Questions to the index."""

    def search(self, query: str, kinds: Sequence[str] = (), limit: int = 50) -> list[Hit]:
        """What a query finds, the best first, at most `limit`; of all kinds if none is named.

        It is asked of what was indexed so far: `index` first, for all. Raises DeskError (code 2)
        for a query that makes no sense, and where SQLite cannot search.
        """
        from tui.store.index import KINDS, DamagedError, meaning_of, parse_query

        try:
            asked = parse_query(query)
        except ValueError as error:
            raise DeskError(str(error)) from error
        index = self._opened_index()
        if self._owed:
            self._pay(index)
            index.wait(1.0)
        meaning = meaning_of(asked.filter, self.codebook, self.sources)
        places = self._places()
        chosen = kinds or KINDS
        try:
            found = index.ask(asked, meaning, kinds=chosen, places=places, limit=limit)
        except DamagedError:
            index.renew()
            self._indexing = None
            self.index()
            found = index.ask(asked, meaning, kinds=chosen, places=places, limit=limit)
        finally:
            self._say_of(index)
        return list(self._hits(index, asked, found))

    def _hits(self, index: Index, query: Query, found: Sequence[Answer]) -> Iterator[Hit]:
        texts: dict[str, dict[str, Article]] = {}
        seen: set[tuple[str, str]] = set()
        for answer in found:
            article = self._known.canonical(answer.article)
            name = article if answer.kind == "article" else answer.record
            if (answer.kind, name) in seen:
                continue
            seen.add((answer.kind, name))
            text = self._stored(answer, texts) if answer.kind == "article" else None
            snippet = index.snippet(query, answer, text)
            place = snippet.place if answer.kind == "article" else self._standing(answer)
            yield Hit(
                answer.kind,
                article,
                name,
                place if place is not None and place.start < place.end else None,
                snippet.text,
                snippet.marks,
                answer.score,
                *self._head_of(answer),
                snippet.places if answer.kind == "article" else (),
            )

    def _stored(self, answer: Answer, texts: dict[str, dict[str, Article]]) -> Article | None:
        """An article with its text, as its file has it; `texts` has the files read so far."""
        opened = self._library.texts.get(self._known.canonical(answer.article))
        if opened is not None and opened.article.revision == answer.revision:
            return opened.article
        if answer.path not in texts:
            try:
                gathered = self._library.read_now(self._library.absolute(answer.path))
            except DeskError as error:
                self.troubles.append(str(error))
                texts[answer.path] = {}
            else:
                texts[answer.path] = {article.entry: article for article in gathered.articles}
        return texts[answer.path].get(answer.entry)

    def _standing(self, answer: Answer) -> Extent | None:
        """Where an annotation stands in today's text."""
        if answer.kind == "note":
            return None
        if answer.current:
            return Extent(answer.start, answer.end)
        notes = self.annotations(answer.article)
        claim = notes.claim(answer.record)
        placed = notes.highlight(claim.highlight if claim is not None else answer.record)
        return placed.extents[0] if placed is not None and placed.extents else None

    def _head_of(self, answer: Answer) -> tuple[str, str, str, str]:
        if answer.path:
            return answer.title, answer.outlet, answer.published, answer.path
        head = self._head(self._known.canonical(answer.article))
        return head.title, head.outlet, head.published, head.path
