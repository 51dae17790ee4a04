"""Search over all articles and annotations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.desk.asked import Asked, DamagedIndexError
from tui.desk.events import DeskError
from tui.desk.telling import Telling
from tui.model.articles import Article
from tui.model.records import Claim
from tui.model.spans import Extent
from tui.model.steps import Far, Steps, followed, through

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.store.index import Answer

    _Wording = tuple[tuple[str, str], Sequence[list[Answer] | DamagedIndexError | None]]

# A word at the end that may go on: not a phrase, a filter, an operator, nor a part of a word.
_UNFINISHED = re.compile(r"(?:^|[\s(])(?!(?:AND|OR|NOT)$)[^\W_]{2,}$")

_WORD = re.compile(r"\w{2,}")
_TERMS, _ALIKE = 12, 100  # words that are looked for, claims that are found


def in_words(claim: Claim) -> str:
    """What a claim says, and who."""
    return " ".join((claim.statement, *(hop.source.text for hop in claim.chain)))


def _telling(word: str) -> tuple[bool, int]:
    """How much a word tells: names and figures first, then what is long."""
    return not word.islower(), len(word)


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


class Searching(Telling):
    """Questions to the index."""

    _worded: tuple[str, str, Collection[str]] = ("", "", ())  # article, words of its claims, alike
    _wording: _Wording = (("", ""), ())  # what is being asked for, and the answer when it is there

    def search(self, query: str, kinds: Sequence[str] = (), limit: int = 50) -> list[Hit]:
        """What a query finds, the best first, at most `limit`; of all kinds if none is named.

        It is asked of what was indexed so far: `index` first, for all. Raises DeskError (code 2)
        for a query that makes no sense, and where SQLite cannot search.
        """
        asked = self.asked(query, kinds)
        try:
            found = asked.answers(limit)
        except DamagedIndexError:
            self.renew_index()
            self.index()
            found = asked.answers(limit)
        finally:
            self._say_of(self._opened_index())
        return list(self._hits(asked, found or ()))

    def asked(self, query: str, kinds: Sequence[str] = (), *, typing: bool = False) -> Asked:
        """A query as it is understood now, to be asked in any thread.

        With `typing` its last word may be the beginning of one. Raises DeskError like `search`.
        """
        from tui.store.index import KINDS, meaning_of, parse_query

        try:
            asked = parse_query(query)
        except ValueError as error:
            raise DeskError(str(error)) from error
        loose = None
        if typing and _UNFINISHED.search(query) and query.count('"') % 2 == 0:
            loose = parse_query(f"{query}*")
        index = self._opened_index()
        late = bool(self._owed)
        if late:
            self._pay(index)
        meaning = meaning_of(asked.filter, self.codebook, self.sources)
        return Asked(
            index,
            asked,
            loose,
            meaning,
            tuple(kinds or KINDS),
            self._places(),
            self._read_kept,
            late=late,
        )

    def worded_like(self, words: str) -> Steps[list[str] | None]:
        """The articles with the claims that have most of some words, by the index, best first.

        In steps, since others may be asking as well. None where all annotations are in memory.
        """
        if not self._by_index:
            return None
        from tui.exchange.aside import aside

        found: Sequence[Answer] | None = None
        while found is None:  # a search that is typed stops whatever is asked
            asked = self._asked_alike(words)
            if asked is None:
                return []
            asking = aside(partial(asked.answers, _ALIKE), waited=False)
            found = yield from followed(asking, lambda: Far("looking"))
        return self._articles_found(found)

    def _asked_alike(self, words: str) -> Asked | None:
        """The question for the claims that have most of some words; None without any."""
        telling = sorted(dict.fromkeys(_WORD.findall(words)), key=_telling, reverse=True)[:_TERMS]
        if not telling:
            return None
        return self.asked(" OR ".join(f'"{word}"' for word in telling), ["claim"])

    def _articles_found(self, answers: Iterable[Answer]) -> list[str]:
        return list(dict.fromkeys(self._known.canonical(answer.article) for answer in answers))

    def gather_claims(self, article: str, seconds: float) -> bool:
        """Take in what claims are compared with; see Conflicting.

        Which ones are worded alike is asked in a thread: it takes as long as many keys.
        """
        if self._by_index and self._listened and self._heads_read:
            key = article, self._words_of(article)
            if key != self._worded[:2] and not self._told_alike(key):
                return True
        return super().gather_claims(article, seconds)

    def _told_alike(self, key: tuple[str, str]) -> bool:
        """Whether it is known by now which claims are worded like those of an article."""
        asked, answered = self._wording
        if asked != key:
            if asked[0] and not answered:  # one after the other
                return False
            question = self._asked_alike(key[1])
            if question is not None:
                self._wording = key, question.answered(_ALIKE)
                return False
            self._worded = *key, (key[0],)
        for answers in answered if asked == key else ():
            self._wording = ("", ""), ()
            if isinstance(answers, DamagedIndexError):
                self.renew_index()
            elif answers is not None:  # else it was stopped for something that was typed: again
                self._worded = *key, tuple(dict.fromkeys((key[0], *self._articles_found(answers))))
        return self._worded[:2] == key

    def _words_of(self, article: str) -> str:
        """What the claims of an article say."""
        return " ".join(map(in_words, self.annotations(article).all_claims()))

    def _compared_with(self, article: str) -> Collection[str]:
        if not self._by_index:
            return super()._compared_with(article)
        words = self._words_of(article)
        if (article, words) != self._worded[:2]:
            if self._listened:  # it is asked by the way: `gather_claims`
                return (article,)
            found = through(self.worded_like(words)) if words else None
            self._worded = article, words, tuple(dict.fromkeys((article, *(found or ()))))
        return self._worded[2]

    def renew_index(self) -> None:
        """Begin the index anew: it turned out to be damaged. `index` builds it."""
        self._mend(self._opened_index())

    def found(self, answers: Sequence[Answer]) -> list[Answer]:
        """Answers under the ids that are in use and with the heads of their articles, each once."""
        known: dict[tuple[str, str], Answer] = {}
        for answer in answers:
            article = self._known.canonical(answer.article)
            record = article if answer.kind == "article" else answer.record
            if (answer.kind, record) not in known:
                title, outlet, published, path = self._head_of(answer)
                known[answer.kind, record] = replace(
                    answer,
                    article=article,
                    record=record,
                    title=title,
                    outlet=outlet,
                    published=published,
                    path=path,
                )
        return [*known.values()]

    def bring(self, article: str) -> None:
        """Have the file of an article read that was found and not read yet.

        Raises DeskError if it cannot be read.
        """
        if not self._library.files(self._known.canonical(article)):
            path, _ = self._indexed_place(self._opened_index(), article)
            if path:
                self._place_all(self._library.read_now(self._library.absolute(path)))

    def _hits(self, asked: Asked, found: Sequence[Answer]) -> Iterator[Hit]:
        texts: dict[str, dict[str, Article]] = {}
        for answer in self.found(found):
            of_article = answer.kind == "article"
            snippet = asked.snippet(answer, self._stored(answer, texts) if of_article else None)
            place = snippet.place if of_article else self._standing(answer)
            yield Hit(
                answer.kind,
                answer.article,
                answer.record,
                place if place is not None and place.start < place.end else None,
                snippet.text,
                snippet.marks,
                answer.score,
                answer.title,
                answer.outlet,
                answer.published,
                answer.path,
                snippet.places if of_article else (),
            )

    def _read_kept(self, path: str) -> Sequence[Article]:
        """The articles in a file, none where reading it takes long. For any thread."""
        try:
            gathered = self._library.read_at_once(self._library.absolute(path))
        except DeskError:
            return ()
        return tuple(gathered.articles) if gathered is not None else ()

    def opened_text(self, article: str, revision: str) -> Article | None:
        """The article with the text of this revision, if it is in memory."""
        opened = self._library.texts.get(self._known.canonical(article))
        if opened is not None and opened.article.revision == revision:
            return opened.article
        return None

    def _stored(self, answer: Answer, texts: dict[str, dict[str, Article]]) -> Article | None:
        """An article with its text, as its file has it; `texts` has the files read so far."""
        opened = self.opened_text(answer.article, answer.revision)
        if opened is not None:
            return opened
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
