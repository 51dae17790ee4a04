"""Codebook, sources, lists across articles, export and import on top of the workbench."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from tui.desk import crossing, sealing, transfer
from tui.desk.crossing import ClaimRow
from tui.desk.entries import Entry, order
from tui.desk.events import Changed, DeskError
from tui.desk.seeking import not_yet
from tui.desk.tagbook import Tagbook, new_tag
from tui.desk.transfer import Exported
from tui.desk.workbench import Workbench
from tui.desk.writer import Job
from tui.model.codebook import Codebook, Tag, tag_path
from tui.model.filters import Filter
from tui.model.ids import folder_of
from tui.model.records import Hop
from tui.model.sources import Source, described, in_words, is_name
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.store import StoreError, hold_inside, load_sources, own_sources, save_source

if TYPE_CHECKING:
    from tui.exchange import Bundle
    from tui.model.timeline import Period
    from tui.model.told import Told

EXPORTS = "_exports"  # below annotations/, where no article is looked for
_TOLD_AT_ONCE = 200  # claims of a part of what a timeline holds


class Exchanging(Workbench):
    """What crosses articles, and what goes out and comes in."""

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
            if not wanted.articles or any(
                entry.id.startswith(a) or entry.path == a for a in wanted.articles if a
            ):
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

    def timeline(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> tuple[Period, ...]:
        """The same claims in order, by the time that they are about."""
        from tui.model.timeline import timeline

        return timeline(row for part in self.told(filter, articles) for row in part)

    def _unplaced(self, article: str) -> Annotations:
        """The annotations of an article, wherever its highlights stand in its text."""
        state = self._state(article)
        fresh = state.shown is not None and state.shown_at[0] == state.version
        return state.shown if fresh and state.shown is not None else self._show(state, None)

    # export

    def bundle(self, filter: Filter | None = None, articles: Sequence[str] | None = None) -> Bundle:  # noqa: A002
        """What an export would hold: what the filter means, of some articles or (None) of all.

        All of the codebook and the sources for the whole workspace, else those that are in use.
        """
        from tui.exchange import ArticleBundle, Bundle

        parts = [
            ArticleBundle(self._text_or_head(entry.id), notes)
            for entry, notes in self._chosen(filter or Filter(), articles)
        ]
        words = transfer.in_words(crossing.tally(part.annotations for part in parts))
        whole = not filter and not articles
        used = crossing.used_tags(part.annotations for part in parts)
        cited = crossing.cited((part.annotations for part in parts), self.sources)
        return Bundle(
            self.settings.name or self.root.name,
            tuple(parts),
            self.codebook if whole else self.codebook.only(used),
            self.sources if whole else cited,
            self.settings,
            self._scope(filter or Filter(), articles, words),
            sealing.now(),
            whole,
        )

    def _chosen(
        self, wanted: Filter, articles: Sequence[str] | None
    ) -> Iterator[tuple[Entry, Annotations]]:
        only = {self._known.canonical(a) for a in articles} if articles else None
        for entry, notes in self._annotated(wanted):
            if only is None or entry.id in only:
                unknown = sum(placed.unknown for placed in notes.highlights)
                if unknown:  # what is not known must not be written as if it were
                    marked = counted(unknown, "highlight")
                    raise not_yet(f"where {marked} of “{entry.title or entry.path}” stand today")
                head = self._head(entry.id)
                found = crossing.restricted(notes, head, wanted, self.codebook, self.sources)
                if found is not None:
                    yield entry, found

    def _scope(self, wanted: Filter, articles: Sequence[str] | None, words: str) -> str:
        if articles and len(articles) == 1:
            where = f"article “{self.entry(articles[0]).title}”"
        else:
            where = f"{len(articles)} articles" if articles else "the whole workspace"
        asked = f"; {wanted.describe()}" if wanted else ""
        return f"{words}; {where}{asked}"

    def preview(self, filter: Filter | None = None, articles: Sequence[str] | None = None) -> str:  # noqa: A002
        """What an export would hold, in words: `6 claims, 2 accepted, 4 draft`."""
        chosen = self._chosen(filter or Filter(), articles)
        return transfer.in_words(crossing.tally(notes for _, notes in chosen))

    @property
    def export_formats(self) -> tuple[str, ...]:
        """The names of the formats that can be written, plug-ins of the user's last."""
        from tui.exchange import all_formats

        return tuple(about.name for about in all_formats() if about.writes)

    @property
    def import_formats(self) -> tuple[str, ...]:
        """The names of the formats that can be read, plug-ins of the user's last."""
        from tui.exchange import all_formats

        return tuple(about.name for about in all_formats() if about.reads)

    def export_path(self, format: str, articles: Sequence[str] | None = None) -> Path:  # noqa: A002
        """A file or folder to export to that is not there yet, below the annotations."""
        from tui.exchange import ExchangeError, about_format

        name = self.settings.name or self.root.name or "claims"
        if articles and len(articles) == 1:
            entry = self.entry(articles[0])
            name = Path(entry.path).stem or entry.id
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-")[:60]
        stem = f"{name or 'claims'}-{sealing.now()[:10]}"
        suffix = f".{format}" if format else ""
        with suppress(ExchangeError):  # exporting says it
            about = about_format(format)
            if about is not None:
                plain = f"-{format}" if about.place == "folder" else suffix
                suffix = next(iter(about.suffixes), plain)
        folder = self.annotations_dir / EXPORTS
        path, number = folder / f"{stem}{suffix}", 1
        while os.path.lexists(path):  # a link to what is not there yet would be written through
            number += 1
            path = folder / f"{stem}-{number}{suffix}"
        return path

    def export(
        self,
        format: str,  # noqa: A002
        filter: Filter | None = None,  # noqa: A002
        output: Path | None = None,
        *,
        articles: Sequence[str] | None = None,
        **options: bool,
    ) -> Exported:
        """Export in a format of `tui.exchange.FORMATS` or a plug-in's.

        It goes whole into a file, or a folder for a format that is one, or comes back as text.
        Raises DeskError (code 2 for a format that there is not, 3 if it cannot be written).
        """
        from tui.exchange import ExchangeError, about_format, export_text, get_format, left_out

        try:
            get_format(format)
            about = about_format(format)
        except ExchangeError as error:
            raise DeskError(str(error)) from error
        bundle = self.bundle(filter, articles)
        counts = crossing.tally(part.annotations for part in bundle.articles)
        lost = (f"not kept in {format}: {about.lost}",) if about is not None and about.lost else ()
        text = ""
        try:
            if output is None:
                text = export_text(bundle, format, **options)
                lost += left_out(bundle, format)
            else:
                lost += self._write_out(bundle, format, output, options)
        except ExchangeError as error:
            raise DeskError(str(error), 2 if output is None else 3) from error
        words = transfer.in_words(counts)
        if about is not None and about.codebook:
            words = counted(len(bundle.codebook.tags), "tag")
        return Exported(format, text, output, counts, words, lost)

    def export_all(
        self,
        filter: Filter | None,  # noqa: A002
        folder: Path,
        *,
        articles: Sequence[str] | None = None,
        **options: bool,
    ) -> Iterator[Exported | DeskError]:
        """Export in every format that there is, each to a file or folder of its own below `folder`.

        A format that fails gives its error and costs only itself. Raises DeskError (code 3) if the
        folder cannot be made.
        """
        from tui.exchange import all_formats

        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeskError(f"{folder}: {(error.strerror or str(error)).lower()}", 3) from error
        stem = self.export_path("", articles).name.rstrip(".")
        for about in all_formats():
            if about.writes:
                suffix = about.suffixes[0] if about.suffixes else ""
                path = folder / f"{stem}-{about.name}{suffix}"
                try:
                    yield self.export(about.name, filter, path, articles=articles, **options)
                except DeskError as error:
                    yield error

    def _write_out(
        self,
        bundle: Bundle,
        format: str,  # noqa: A002
        output: Path,
        options: Mapping[str, bool],
    ) -> tuple[str, ...]:
        """Write an export; what could not be kept, in sentences. Raises ExchangeError."""
        from tui.exchange import write_out

        if output.parent == self.annotations_dir / EXPORTS:
            try:
                hold_inside(self.annotations_dir, output.parent)
            except StoreError as error:
                raise DeskError(str(error), 3) from error
            with suppress(OSError):  # writing says it better
                output.parent.mkdir(parents=True, exist_ok=True)
        return write_out(bundle, format, output, **options)
