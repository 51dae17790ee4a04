"""Codebook, sources, lists across articles, export and import on top of the workbench."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.desk import crossing, sealing, transfer
from tui.desk.crossing import ClaimRow
from tui.desk.entries import Entry, order
from tui.desk.events import Changed, DeskError
from tui.desk.tagbook import Tagbook, new_tag, received
from tui.desk.transfer import Exported, Imported, Refusal, Sorting
from tui.desk.workbench import Workbench
from tui.desk.writer import Job
from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag, tag_path
from tui.model.filters import Filter
from tui.model.ids import folder_of
from tui.model.records import Hop, Record
from tui.model.sources import Source, described, in_words
from tui.model.views import Annotations
from tui.store import StoreError, keep_revision, load_sources, own_sources, save_sources

if TYPE_CHECKING:
    from tui.exchange import Bundle, Incoming

EXPORTS = "_exports"  # below annotations/, where no article is looked for


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
        self._writer.submit(Job(lambda _job: save()))

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
        """Take back the newest change to the codebook of this session; returns what it was."""
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
        own = self._own_sources
        folder = folder_of(self.analyst)
        self._save_later(lambda: save_sources(self.annotations_dir, folder, own))
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
        """Remember the source of a hop, if it has a name that the registry does not know."""
        name = " ".join(hop.source.text.split())
        if name and hop.kind not in ("anonymous", "none") and self.sources.find(name) is None:
            self.remember_source(Source(name, kind=hop.kind or "named"))

    def poll(self) -> None:
        """Look for changes by other processes and to opened files, and try a failed save again."""
        super().poll()
        if not self.pending and self._tagbook.stale() and self._tagbook.load():
            self._writer.post(Changed("", frozenset(), "codebook"))

    # across articles

    def all_annotations(self) -> Iterator[tuple[Entry, Annotations]]:
        """Every article that somebody has annotated, in the order of the list."""
        yield from self._annotated(Filter())

    def _annotated(self, wanted: Filter) -> Iterator[tuple[Entry, Annotations]]:
        self._read_heads()
        self._catch_up()
        found = [self._entry(a) for a in self._memory.loaded() if self._state(a).live()]
        for entry in sorted(found, key=order):
            if not wanted.articles or any(
                entry.id.startswith(a) or entry.path == a for a in wanted.articles if a
            ):
                yield entry, self.annotations(entry.id)

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

    # export

    def bundle(self, filter: Filter | None = None, articles: Sequence[str] | None = None) -> Bundle:  # noqa: A002
        """What an export would hold: what the filter means, of some articles or (None) of all."""
        from tui.exchange import ArticleBundle, Bundle

        parts = [
            ArticleBundle(self._text_or_head(entry.id), notes)
            for entry, notes in self._chosen(filter or Filter(), articles)
        ]
        words = transfer.in_words(crossing.tally(part.annotations for part in parts))
        return Bundle(
            self.settings.name or self.root.name,
            tuple(parts),
            self.codebook,
            self.sources,
            self.settings,
            self._scope(filter or Filter(), articles, words),
            sealing.now(),
        )

    def _chosen(
        self, wanted: Filter, articles: Sequence[str] | None
    ) -> Iterator[tuple[Entry, Annotations]]:
        only = {self._known.canonical(a) for a in articles} if articles else None
        for entry, notes in self._annotated(wanted):
            if only is None or entry.id in only:
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

    def export_path(self, format: str, articles: Sequence[str] | None = None) -> Path:  # noqa: A002
        """A file to export to that is not there yet, below the annotations."""
        name = self.settings.name or self.root.name or "claims"
        if articles and len(articles) == 1:
            entry = self.entry(articles[0])
            name = Path(entry.path).stem or entry.id
        name = "".join(c if c.isalnum() or c in "-_" else "-" for c in name).strip("-")[:60]
        stem = f"{name or 'claims'}-{sealing.now()[:10]}"
        folder = self.annotations_dir / EXPORTS
        path, number = folder / f"{stem}.{format}", 1
        while path.exists():
            number += 1
            path = folder / f"{stem}-{number}.{format}"
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
        """Export as jsonl, csv, md or in a plug-in's format; whole into a file, or as text."""
        from tui.exchange import ExportError, export_text, write_whole

        bundle = self.bundle(filter, articles)
        counts = crossing.tally(part.annotations for part in bundle.articles)
        try:
            text = export_text(bundle, format, **options)
        except ExportError as error:
            raise DeskError(str(error)) from error
        if output is not None:
            if output.parent == self.annotations_dir / EXPORTS:
                with suppress(OSError):  # writing says it better
                    output.parent.mkdir(parents=True, exist_ok=True)
            try:
                write_whole(output, text)
            except ExportError as error:
                raise DeskError(str(error), 3) from error
        return Exported(format, text, output, counts, transfer.in_words(counts))

    # import

    def import_(self, path: Path, format: str = "", dry_run: bool = False) -> Imported:  # noqa: A002
        """Bring in what another Pressmark exported; another analyst's records stay theirs.

        Records of an article that is not here are refused, unless the file has its text. With
        `dry_run` nothing is written and the counts are what would happen.
        """
        incoming = self._incoming(path, format)
        self.flush()
        self.scan()
        refused = [Refusal(line, reason) for line, reason in incoming.refused]
        texts = self._texts(incoming)
        records = self._known_records(incoming, texts, refused)
        sorting = Sorting()
        for record in records:
            shown = self._shown_record(record)
            sorting.sort(record, self._memory.find(record.id) or self._there(record), shown)
        moved, lost = transfer.fits(sorting.news, lambda a: texts.get(a) or self._text(a))
        tags = received(self.codebook, incoming.codebook)
        sources = [s for s in incoming.sources.sources if self.sources.find(s.name) is None]
        new_tags = sum(self.codebook.get(t.path) is None for t in tags.tags)
        if not self._tagbook.written and incoming.codebook.tags:
            tags, new_tags = incoming.codebook, len(incoming.codebook.tags)
        if not dry_run:
            self._receive(sorting.news, texts)
            self.change_codebook(tags, f"tags from {path.name}")
            for source in sources:
                self.remember_source(source)
            self.flush()
        return Imported(
            path,
            dry_run,
            sorting.added,
            sorting.updated,
            sorting.equal,
            sorting.older,
            moved,
            lost,
            new_tags,
            len(sources),
            sum(incoming.ignored.values()),
            tuple(refused),
        )

    def _incoming(self, path: Path, format: str) -> Incoming:  # noqa: A002
        from tui.exchange import ExportError, format_of, get_format

        name = format or format_of(path) or "jsonl"
        try:
            text = path.read_text(encoding="utf-8-sig")
            read: Any = getattr(get_format(name), "read", None)
        except UnicodeDecodeError as error:
            raise DeskError(f"{path}: not UTF-8 at byte {error.start}; export it again") from error
        except OSError as error:
            raise DeskError(f"{path}: {(error.strerror or str(error)).lower()}") from error
        except ExportError as error:
            raise DeskError(str(error)) from error
        if read is None:
            raise DeskError(f"{path}: {name} can only be written; import reads jsonl")
        return read(text, str(path))

    def _texts(self, incoming: Incoming) -> dict[str, Article]:
        """Articles that the file brings with their text and that are not here."""
        found: dict[str, Article] = {}
        for article, revision, text in incoming.texts:
            there = self._known.canonical(article)
            if not self._library.files(there):
                read = self._library.parse(text.encode("utf-8", "surrogatepass"), "")
                if read.revision == revision:
                    found[article] = replace(read, id=article)
        return found

    def _known_records(
        self, incoming: Incoming, texts: dict[str, Article], refused: list[Refusal]
    ) -> list[Record]:
        """The records of articles that are here or come along; the others are refused by name."""
        records = list(incoming.records)
        heads = transfer.identities(records)
        missing: dict[str, int] = {}
        found: list[Record] = []
        for record in records:
            if record.article in texts or self._has(record.article, heads.get(record.article)):
                found.append(record)
            else:
                missing[record.article] = missing.get(record.article, 0) + 1
        for article, count in missing.items():
            head = heads.get(article)
            title = f" “{head.title}”" if head is not None and head.title else ""
            refused.append(
                Refusal(
                    0,
                    f"article {article}{title} is not in this workspace ({count} records): put "
                    "its file here, or export with its text",
                )
            )
        return found

    def _has(self, article: str, head: Any) -> bool:
        there = self._known.canonical(article)
        if self._library.files(there) or self._state(there).records:
            return True
        if head is None:
            return False
        # Known here under another id: the same text, or the same URL.
        for revision in head.revisions:
            stand_in = Article(article, "", revision.sha256, url=head.url, guid=head.guid)
            match = self._known.match(stand_in)
            if match != article or self._library.has_revision(revision.sha256):
                return True
        return False

    def _there(self, record: Record) -> Record | None:
        """What is here under the id of a record that no look-up by id finds."""
        return self._state(record.article).records.get(record.id)

    def _shown_record(self, record: Record) -> Record | None:
        state = self._state(record.article)
        if state.shown is None:
            return None
        held = (*state.shown.reviews, *state.shown.links)
        return next((r for r in held if r.id == record.id), None)

    def _receive(self, records: list[Record], texts: dict[str, Article]) -> None:
        described = {r.article for r in records if r.type == "article"}
        needed = {r.article for r in records}
        try:
            for article, read in texts.items():
                if article in needed:
                    keep_revision(self.annotations_dir, read.revision, read.text)
            for article in sorted(texts.keys() & needed - described):
                if self._remembered(article) is None:
                    head = sealing.described(None, texts[article], (), self.analyst, sealing.now())
                    moment = sealing.now()
                    head = replace(head, rev=1, by=self.analyst, created=moment, modified=moment)
                    records.append(head)
            self._store.receive(records)
        except StoreError as error:
            raise DeskError(str(error), 3) from error
        self._reread({r.article for r in records}, "other")
