"""Codebook, sources and lists across articles on top of single articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from tui.desk import crossing, sealing
from tui.desk.crossing import ClaimRow
from tui.desk.decoding import Decoding
from tui.desk.entries import Entry, order
from tui.desk.events import Changed, DeskError
from tui.desk.tagbook import Tagbook, new_tag
from tui.desk.writer import Job
from tui.model.codebook import Codebook, Tag, tag_path
from tui.model.filters import Filter
from tui.model.ids import folder_of
from tui.model.records import Hop
from tui.model.sources import Source, described, in_words, is_name
from tui.model.views import Annotations
from tui.store import load_sources, own_sources, save_source

if TYPE_CHECKING:
    from tui.model.rows import Row
    from tui.model.timeline import Period
    from tui.model.told import Told

_TOLD_AT_ONCE = 200  # claims of a part of what a timeline holds


class Exchanging(Decoding):
    """What crosses articles."""

    def _begin(self) -> None:
        super()._begin()
        folder = folder_of(self.analyst)
        self._tagbook = Tagbook(self.annotations_dir, folder, self._save_later)
        self.sources, troubles = load_sources(self.annotations_dir, folder)
        self._own_sources = own_sources(self.annotations_dir, folder)
        self.troubles += [*self._tagbook.troubles, *troubles]

    def _save_later(self, save: Callable[[], None]) -> None:
        def alone(_job: Job) -> None:
            with self._store.alone():
                save()

        self._writer.submit(Job(alone))

    # codebook

    @property
    def codebook(self) -> Codebook:
        """The codebook in use: one's own, the shared one and other analysts', as a union."""
        return self._tagbook.book

    def new_tag(self, path: str) -> Tag:
        """The tag of a path as typed; a new one goes into the analyst's own codebook."""
        try:
            path = tag_path(path)
        except ValueError as error:
            raise DeskError(str(error)) from error
        tag = new_tag(self.codebook, path)
        if self.codebook.get(tag.path) is None:
            self.change_codebook(self.codebook.with_tag(tag), f"new tag {tag.path}")
        return tag

    def change_codebook(self, codebook: Codebook, label: str) -> bool:
        """Use another codebook (renamed, merged, other slots); False if nothing changed.

        What changed goes into the analyst's own file; no annotation is rewritten.
        """
        changed = self._tagbook.change(codebook, label)
        if changed:
            self._writer.post(Changed("", frozenset(), "codebook"))
        return changed

    def undo_codebook(self) -> str:
        """Take back the newest change to the codebook, also of a session before; returns which."""
        label = self._tagbook.undo()
        self._writer.post(Changed("", frozenset(), "codebook"))
        return label

    def redo_codebook(self) -> str:
        """Do it again; returns what it was."""
        label = self._tagbook.redo()
        self._writer.post(Changed("", frozenset(), "codebook"))
        return label

    def adopt_codebook(self) -> str:
        """Write the codebook in use as the one for all; returns a sentence that says so."""
        path = self._tagbook.adopt()
        self.flush()
        return f"{path} holds the {len(self.codebook.tags)} tags of this codebook for all now"

    # sources

    def remember_source(self, source: Source) -> None:
        """Put a source into the analyst's registry, in place of the one of that name."""
        self.sources = self.sources.with_source(source)
        self._own_sources = self._own_sources.with_source(source)
        folder = folder_of(self.analyst)
        # Not all that are known here: another process may have added some since.
        self._save_later(lambda: save_source(self.annotations_dir, folder, source))
        self._writer.post(Changed("", frozenset(), "sources"))

    def describe_source(self, name: str, given: Mapping[str, str]) -> str:
        """What is known of a source, in a sentence; with `given`, after it was remembered.

        Keys are `alias` (added), `kind`, `role`, `affiliation` and `reliability` (a letter, from
        today on). Raises DeskError if there is no such source, or a value does not fit.
        """
        known = self.sources.find(name)
        if not name or (known is None and not given):
            raise DeskError(f"no source {name!r} yet: add a word such as kind=named", 1)
        try:
            source = described(known or Source(name), given, sealing.now()[:10])
        except ValueError as error:
            raise DeskError(str(error)) from error
        if source != known:
            self.remember_source(source)
        return in_words(source)

    def meet_source(self, hop: Hop) -> None:
        """Remember the source of a hop, if it has a name that the registry does not know.

        What may be another one in the next article has none: `two officials`, `the agency`.
        """
        name = " ".join(hop.source.text.split())
        nameless = hop.kind in ("anonymous", "collective", "none") or not is_name(name)
        if name and not nameless and self.sources.find(name) is None:
            self.remember_source(
                Source(name, kind=hop.kind or "named", role=hop.role, affiliation=hop.affiliation)
            )

    def poll(self) -> None:
        """Look for changes by other processes and to opened files, and try a failed save again."""
        super().poll()
        if not self.pending and self._tagbook.stale() and self._tagbook.load():
            self._writer.post(Changed("", frozenset(), "codebook"))

    # across articles

    @property
    def passed(self) -> tuple[str, ...]:
        """A sentence for each file, entry and record that was passed over or set aside so far."""
        return tuple(dict.fromkeys((*self.troubles, *self._memory.troubles())))

    def all_annotations(self) -> Iterator[tuple[Entry, Annotations]]:
        """Every article that somebody has annotated, in the order of the list."""
        yield from self._annotated(Filter())

    def _annotated(self, wanted: Filter) -> Iterator[tuple[Entry, Annotations]]:
        self._read_heads()
        self._catch_up()
        found = [self._entry(article) for article in self._live_ones()]
        for entry in sorted(found, key=order):
            if crossing.is_named(entry, wanted):
                with self._memory.borrowing():
                    notes = self.annotations(entry.id)
                yield entry, notes

    def _tag_sets(self) -> Counter[tuple[str, ...]]:
        """How many highlights and articles carry the same tags."""
        found: Counter[tuple[str, ...]] = Counter()
        for article in self._annotated_ids():
            found.update(crossing.tag_sets(self._state(article).live(), self.analyst))
        return found

    def claims(self, filter: Filter | None = None) -> list[ClaimRow]:  # noqa: A002
        """The claims that a filter means (None: all), by article and in text order."""
        wanted = filter or Filter()
        return [
            row
            for entry, notes in self._annotated(wanted)
            for row in crossing.rows(
                entry, notes, self._head(entry.id), wanted, self.codebook, self.sources
            )
        ]

    def told(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Told]]:
        """What a timeline holds: the claims that the filter means, of some articles or (None) all.

        It comes in small parts, in no order, so that whoever asks may answer keys between them.
        No text is read: it does not matter where the words stand today.
        """
        wanted = filter or Filter()
        while not self._heads_read:
            self._read_head()
            yield ()
        self._catch_up()
        only = None if articles is None else {self._known.canonical(a) for a in articles}
        for article in self._live_ones():
            if only is None or article in only:
                with self._memory.borrowing():
                    parts = self._entry(article), self._unplaced(article), self._head(article)
                found = crossing.told(*parts, wanted, self.codebook, self.sources)
                while part := tuple(islice(found, _TOLD_AT_ONCE)):
                    yield part
                if not self._memory.complete:
                    yield ()  # a shard was read

    def gists(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Row]]:
        """The same for a list that keeps all of them: only their gist where there are very many."""
        return self.told(filter, articles)

    def tell(self, row: Row) -> Told:
        """All of a claim of which the gist is known, as it is now."""
        return next(self.telling([row]))[0]

    def telling(self, rows: Iterable[Row]) -> Iterator[Sequence[Told]]:
        """All of some claims, in small parts and in their order."""
        from tui.model.told import Told

        yield [row for row in rows if isinstance(row, Told)]

    def timeline(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> tuple[Period[Told], ...]:
        """The same claims in order, by the time that they are about."""
        from tui.model.timeline import timeline

        return timeline(row for part in self.told(filter, articles) for row in part)
