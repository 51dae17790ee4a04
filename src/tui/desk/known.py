"""Which article a text is: matched by its hash, then guid or URL, then path, then as a story.

What shards tell goes before what was merely read from other files.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

from tui.model.articles import Article, Story, story_of
from tui.model.records import Alias, ArticleRecord, Record


class _Place(Struct, frozen=True):
    article: str
    title: str
    published: str


SameStory = Callable[[str, Article], bool]  # (article id, a text) -> whether it can be of it


class Known:
    """The articles that shards tell of. Two ids of one article are joined; the smaller one wins.

    Deleted article records still tell which text belongs to which id. `saw` adds texts that were
    read from files and that no shard may know yet; `same_story` is asked before one of them is
    taken for another version of a story.
    """

    def __init__(self, same_story: SameStory = lambda _article, _text: False) -> None:
        self._same_story = same_story
        self._parent: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._by_hash: dict[str, str] = {}
        self._by_link: dict[str, str] = {}
        self._by_path: dict[tuple[str, str], dict[str, _Place]] = {}
        self._by_story: dict[Story, dict[str, set[str]]] = {}  # article -> when it was changed
        self._seen: dict[str, str] = {}  # text that was read -> article

    def forget(self) -> None:
        """Know of no text any more; which ids are joined stays."""
        for table in (self._by_hash, self._by_link, self._by_path, self._by_story, self._seen):
            table.clear()

    def canonical(self, article: str) -> str:
        """The id in use for an article id."""
        while article in self._parent:
            article = self._parent[article]
        return article

    def members(self, article: str) -> tuple[str, ...]:
        """All ids of an article, the one in use first."""
        top = self.canonical(article)
        return (top, *self._members.get(top, ()))

    def joined(self) -> tuple[str, ...]:
        """The ids of articles that go by another id."""
        return tuple(self._parent)

    def join(self, one: str, other: str) -> str:
        """Make two ids one article; returns the id in use."""
        first, second = sorted((self.canonical(one), self.canonical(other)))
        if first != second:
            self._parent[second] = first
            mine = self._members.setdefault(first, [])
            mine += [second, *self._members.pop(second, ())]
        return first

    def learn(self, records: Iterable[Record]) -> None:
        """Take article and alias records into account."""
        for record in records:
            if isinstance(record, Alias) and record.other and not record.deleted:
                self.join(record.article, record.other)
            elif isinstance(record, ArticleRecord):
                self._learn(record)

    def _learn(self, record: ArticleRecord) -> None:
        for revision in record.revisions:
            self._claim(self._by_hash, revision.sha256, record.article)
        for link in (record.guid, record.url):
            if link:
                self._claim(self._by_link, link, record.article)
        place = _Place(record.article, record.title, record.published)
        for path in record.paths:
            self._by_path.setdefault((path.path, path.entry), {})[record.article] = place

        story = story_of(record.outlet, record.published, record.title)
        for revision in record.revisions if story is not None else ():
            self._tell(story, record.article, revision.modified)

    def saw(self, article: Article) -> None:
        """Remember, for as long as this lasts, that a text was read as this article."""
        self._seen[article.revision] = article.id
        self._tell(
            story_of(article.outlet, article.published, article.title), article.id, article.modified
        )

    def _tell(self, story: Story | None, article: str, modified: str) -> None:
        if story is not None:
            self._by_story.setdefault(story, {}).setdefault(article, set()).add(modified)

    def _claim(self, table: dict[str, str], key: str, article: str) -> None:
        there = table.setdefault(key, article)
        if there != article:
            self.join(there, article)

    def tells(self, article: Article) -> bool:
        """Whether a shard names this very text."""
        return article.revision in self._by_hash

    def match(self, article: Article) -> str:
        """The id of the article that a text is; the one computed from it if no shard knows it."""
        by_text = self._by_hash.get(article.revision)
        if by_text is not None:
            return self.canonical(by_text)
        for link in (article.guid, article.url):
            if link and link in self._by_link:
                return self.canonical(self._by_link[link])
        for place in self._by_path.get((article.path, article.entry), {}).values():
            same_title = bool(article.title) and article.title == place.title
            same_time = bool(article.published) and article.published == place.published
            if same_title or same_time:
                return self.canonical(place.article)
        return self.canonical(self._seen.get(article.revision) or self._told(article) or article.id)

    def _told(self, article: Article) -> str:
        """The article that a text tells again as it was at another time; empty if there is none.

        A later version has the outlet, title and time of publication of the earlier one, another
        time of its last change, and words of it. Else it is an article of its own.
        """
        story = story_of(article.outlet, article.published, article.title)
        told = self._by_story.get(story, {}) if story is not None and article.text else {}
        for known, changed in told.items():
            if article.modified not in changed and self._same_story(known, article):
                return known
        return ""
