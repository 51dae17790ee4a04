"""The gist of each claim that the index holds: what is alike in many is made and kept once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import crossing
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.records import Hop, When
from tui.model.sources import Registry
from tui.model.told import Gist, Position, changed_last, position_of, said_of
from tui.model.views import Status, grade_of

if TYPE_CHECKING:
    from tui.store.index import Held


class Gists:
    """Makes gists by one codebook and one registry of sources."""

    def __init__(self, codebook: Codebook, sources: Registry) -> None:
        self._codebook = codebook
        self._registry = sources
        self._tags: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._sources: dict[tuple[str, str], tuple[str, bool]] = {}
        self._places: dict[tuple[str, str], Position | None] = {}
        self._statuses: dict[tuple[str, bool], Status] = {}
        self._words: dict[str, str] = {}

    def of(self, article: str, head: Article, held: Held) -> Gist:
        """The gist of a claim of an article, of which `head` says where it lies."""
        claim, highlight, status = held.claim, held.highlight, held.status
        tags = self._tags.get(highlight.tags)
        if tags is None:
            tags = self._tags[highlight.tags] = self._codebook.resolved(highlight.tags)
        source, nameless = self._source(claim.chain[-1]) if claim.chain else ("", True)
        same, said, grade = self._words.setdefault, said_of(claim), grade_of(claim)
        return Gist(
            claim.id,
            self._place(claim.when) if claim.when is not None else None,
            head.id if head.id == article else same(article, article),
            head.published,
            head.path,
            self._status(status.name, status.flagged),
            same(grade, grade),
            tags,
            highlight.spans[0].start if highlight.spans else 0,
            source,
            nameless,
            same(said, said),
            changed_last(claim, status),
            claim.when is not None,
            bool(claim.quantities),
        )

    def _place(self, when: When) -> Position | None:
        key = when.earliest, when.latest
        if key not in self._places:
            self._places[key] = position_of(when)
        return self._places[key]

    def _status(self, name: str, flagged: bool) -> Status:
        found = self._statuses.get((name, flagged))
        if found is None:
            found = self._statuses[name, flagged] = Status(name, flagged=flagged)
        return found

    def _source(self, hop: Hop) -> tuple[str, bool]:
        key = hop.kind, hop.source.text
        found = self._sources.get(key)
        if found is None:
            found = self._sources[key] = crossing.original(hop, self._registry)
        return found
