"""What goes out: the articles of an export, read one after the other, and what is in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from os import SEEK_END
from typing import IO, TYPE_CHECKING

from msgspec import Raw, Struct, field, msgpack

from tui.desk.entries import Counts
from tui.desk.transfer import in_words
from tui.model.records import RECORD_TYPES, Record
from tui.model.sources import Registry
from tui.model.views import Annotations

if TYPE_CHECKING:
    from tui.exchange import ArticleBundle
    from tui.store.index import Held as IndexedClaim


ALL = "all"  # in place of a format: every one that there is


class Contents(Struct):
    """What annotations hold, in counts and names, taken in an article at a time.

    `counts` has `articles highlights bare claims` and each status; `tags` are paths as they were
    given, of highlights and articles; `names` the words of the sources in chains; `fields` the
    fields of the workspace's own that claims have.
    """

    counts: Counter[str] = field(default_factory=Counter[str])
    tags: set[str] = field(default_factory=set[str])
    names: set[str] = field(default_factory=set[str])
    fields: dict[str, None] = field(default_factory=dict[str, None])

    def take(self, notes: Annotations) -> None:
        """Add those of one article."""
        counts = self.counts
        counts["articles"] += 1
        counts["highlights"] += len(notes.highlights)
        for record in notes.records:
            self.tags.update(record.tags)
        for placed in notes.highlights:
            self.tags.update(placed.record.tags)
            claims = notes.claims.get(placed.record.id, ())
            counts["bare"] += not claims
            counts["claims"] += len(claims)
            counts.update(notes.status(claim).name for claim in claims)
        for claims in notes.claims.values():
            for claim in claims:
                self.names.update(hop.source.text for hop in claim.chain)
                self.fields |= dict.fromkeys(sorted(claim.fields))

    def take_known(self, some: Sequence[Counts], claims: Iterable[IndexedClaim]) -> None:
        """Add those of some articles as they were indexed, but for tags and names."""
        counts = self.counts
        resting: set[str] = set()
        for held in claims:
            resting.add(held.highlight.id)
            counts["claims"] += 1
            counts[held.status.name] += 1
            self.fields |= dict.fromkeys(sorted(held.claim.fields))
        highlights = sum(each.highlights for each in some)
        counts["articles"] += len(some)
        counts["highlights"] += highlights
        counts["bare"] += highlights - len(resting)


class Records:
    """Records of articles in a temporary file, so that their shards need not be read again.

    What cannot be kept there, or read back, is not there.
    """

    def __init__(self) -> None:
        self._file: IO[bytes] | None = None
        self._places: dict[str, tuple[int, int]] = {}  # where those of an article begin; bytes

    def put(self, article: str, records: Iterable[Record]) -> None:
        """Keep the records of an article."""
        from tempfile import TemporaryFile

        with suppress(OSError, ValueError, OverflowError):  # a number may have more than 64 bits
            data = msgpack.encode([(record.type, record) for record in records])
            self._file = self._file or TemporaryFile()  # noqa: SIM115 - it goes with this
            place = self._file.seek(0, SEEK_END)
            self._file.write(data)
            self._places[article] = place, len(data)

    def of(self, article: str) -> tuple[Record, ...] | None:
        """The records of an article, if they are there."""
        with suppress(OSError, ValueError):
            if self._file is not None and article in self._places:
                place, size = self._places[article]
                self._file.seek(place)
                rows = msgpack.decode(self._file.read(size), type=list[tuple[str, Raw]])
                return tuple(msgpack.decode(row, type=RECORD_TYPES[kind]) for kind, row in rows)
        return None


class Held(Struct):
    """What an export is to hold: the articles in order, and what is on them.

    `records` has those of articles that were read for it and are not in memory; `placed` says that
    it is known where the highlights stand today.
    """

    articles: Sequence[str]
    contents: Contents
    records: Records = field(default_factory=Records)
    placed: bool = False

    @property
    def words(self) -> str:
        """It in words: `6 claims, 2 accepted, 4 draft`."""
        return in_words(self.contents.counts)


def cited(names: Iterable[str], sources: Registry) -> Registry:
    """The sources that go by one of these names."""
    found = {source.name for name in names if name and (source := sources.find(name)) is not None}
    return Registry(tuple(source for source in sources.sources if source.name in found))


class Outgoing(Collection["ArticleBundle"]):
    """The articles of an export, each read when it is asked for and let go behind it.

    `done` counts those read in the newest pass, `counts` says what was in them.
    """

    def __init__(
        self, articles: Sequence[str], read: Callable[[str], ArticleBundle | None]
    ) -> None:
        self.done = 0
        self.counts: Mapping[str, int] = {}
        self._articles = articles
        self._read = read

    def __len__(self) -> int:
        return len(self._articles)

    def __contains__(self, part: object) -> bool:
        return any(each == part for each in self)

    def __iter__(self) -> Iterator[ArticleBundle]:
        self.done = 0
        contents = Contents()
        self.counts = contents.counts
        for article in self._articles:
            part = self._read(article)
            if part is not None:  # what it held may be gone by now
                contents.take(part.annotations)
                yield part
                part = None  # before the next one is read
            self.done += 1
