"""Files that are read in an encoding that the analyst named: how they look, and are read anew."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from tui.articles.sights import Sight, sights
from tui.desk import sealing
from tui.desk.events import Changed, DeskError
from tui.desk.gathering import Gathered
from tui.desk.workbench import Workbench
from tui.model.articles import Article
from tui.model.records import ArticleRecord, Change


class Decoding(Workbench):
    """Encodings on top of changes: an article keeps its id, and what is marked on it its words."""

    def encoding_said(self, article: str) -> str:
        """The encoding that was named for an article's file; empty if it was guessed."""
        files = self._library.files(self._known.canonical(article))
        return self._library.encoding_of(files[0].article.path) if files else ""

    def articles_beside(self, article: str) -> int:
        """How many other articles lie in an article's file."""
        return max(0, len(self._library.ids_of(self._file_of(article))) - 1)

    def encodings(self, article: str) -> tuple[Sight, ...]:
        """How the first telling line of an article looks in each encoding, best first.

        Raises DeskError if there is no file, or an encoding makes no sense for its format.
        """
        return sights(self._library.bytes_for(self.article(article), self._file_of(article)))

    def read_in(self, article: str, encoding: str) -> Article | None:
        """Read an article's file in this encoding (empty: guess), now and at each later start.

        So are all articles of the file. They keep their ids, and annotations are placed anew. None
        if the file is read in the background: a Changed event says when that is done, and how it
        went is said by `encoding_said` and `troubles`. Raises DeskError if it cannot be read so.
        """
        gathered = self._library.read_in(self._file_of(article), encoding)
        if gathered is None:
            return None
        self._place_chosen(gathered, encoding)
        return self.article(article)

    def _place_all(self, gathered: Gathered) -> None:
        if gathered.chosen is None:
            super()._place_all(gathered)
            return
        if gathered.error is None:
            self._place_chosen(gathered, gathered.chosen)
        else:
            self.troubles.append(str(gathered.error))
        self._writer.post(Changed("", frozenset(), "encoding"))

    def _place_chosen(self, gathered: Gathered, encoding: str) -> None:
        """Put the articles of a file in their places, each under the id that it had before.

        What names them may have been read otherwise: then those in the same order are the same.
        """
        file, articles = gathered.file, gathered.articles
        before = self._library.files_at(str(file))
        known = {found.article.entry: found.article.id for found in before}
        if len(before) == len(articles) == len({found.article.id for found in before}):
            pairs = zip(articles, before, strict=True)
            known = {read.entry: found.article.id for read, found in pairs} | known
        self._library.choose(file, encoding)
        self._library.forget_others(file, {read.entry for read in articles})
        for read in articles:
            name = known.get(read.entry) or self._identify(read)
            self._library.place(replace(read, id=name), gathered)
            self._library.texts.close(name)
            if self._state(name).records:
                self._note_revision(name)
            self._writer.post(Changed(name, frozenset(), "file"))
        self._listing.reorder()

    def _file_of(self, article: str) -> Path:
        files = self._library.files(self._known.canonical(article))
        if not files:
            raise DeskError("this article lies in no opened file: its text was kept as it was", 1)
        return Path(files[0].file)

    def _note_revision(self, article: str) -> None:
        """Have the article's record name its present text, so that it is known again by it."""
        moment = sealing.now()
        own = self._state(article).own_article(self.analyst)
        fresh = self._described(article, own, moment)
        if not isinstance(own, ArticleRecord) or own.revisions != fresh.revisions:
            head = self._head(article)
            self._do(f"read as {head.encoding}", [Change(own, fresh)])
