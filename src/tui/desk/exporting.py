"""What goes out: the annotations of many articles in a format, read as they are written."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk import crossing, sealing, transfer
from tui.desk.entries import Entry, order
from tui.desk.events import DeskError
from tui.desk.exchanging import Exchanging
from tui.desk.outgoing import Contents, Held, Outgoing, Records, cited
from tui.desk.seeking import not_yet
from tui.desk.transfer import Exported
from tui.model.articles import Article
from tui.model.filters import Filter
from tui.model.records import Highlight
from tui.model.steps import Far, Steps, followed, mapped, through
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.store import StoreError, hold_inside

if TYPE_CHECKING:
    from tui.exchange import ArticleBundle, Bundle

EXPORTS = "_exports"  # below annotations/, where no article is looked for
_AT_ONCE = 200  # articles that are looked up between two steps
_SOON = 0.0125  # seconds that are waited at once for the place of a highlight

Put = Callable[[str], object]  # takes the pieces of a text


class Exporting(Exchanging):
    """Export on top of what crosses articles.

    First it is gathered what there is, without texts; then one article after the other is read as
    the format asks for it, so that memory holds one at a time.
    """

    def bundle(self, filter: Filter | None = None, articles: Sequence[str] | None = None) -> Bundle:  # noqa: A002
        """What an export would hold: what the filter means, of some articles or (None) of all.

        All of the codebook and the sources for the whole workspace, else those that are in use.
        """
        wanted = filter or Filter()
        found, parts = self._outgoing(through(self._held_out(wanted, articles)), wanted, articles)
        return replace(found, articles=tuple(parts))

    def _outgoing(
        self, held: Held, wanted: Filter, articles: Sequence[str] | None
    ) -> tuple[Bundle, Outgoing]:
        """The bundle, and its articles, which are read when they are asked for."""
        from tui.exchange import Bundle

        contents = held.contents
        parts = Outgoing(held.articles, lambda article: self._part(article, wanted, held.records))
        whole = not wanted and not articles
        bundle = Bundle(
            workspace=self.settings.name or self.root.name,
            articles=parts,
            codebook=self.codebook if whole else self.codebook.only(contents.tags),
            sources=self.sources if whole else cited(contents.names, self.sources),
            settings=self.settings,
            scope=self._scope(wanted, articles, held.words),
            made=sealing.now(),
            whole=whole,
            fields=tuple(contents.fields),
        )
        return bundle, parts

    def _held_out(self, wanted: Filter, articles: Sequence[str] | None) -> Steps[Held]:
        """The articles on which there is something that is meant, in order, and what that is."""
        ids = yield from self._ids_meant(wanted, articles)
        contents = None if wanted or articles else (yield from self._contents_known(ids))
        if contents is not None:
            return Held(ids, contents)
        if wanted and not articles:
            ids = yield from self._that_may_match(ids, wanted)
        found = list[str]()
        held = Held(found, Contents())
        for count, article in enumerate(ids):
            with self._memory.borrowing():
                state = self._memory.glance(article)
                notes = self._restricted(article, self._unplaced_of(state), wanted)
                if notes is not None and self._memory.peek(article) is None:
                    held.records.put(article, state.records.values())
            if notes is not None:
                found.append(article)
                held.contents.take(notes)
            yield Far("gathering", count + 1, len(ids))
        return held

    def _that_may_match(self, articles: list[str], _wanted: Filter) -> Steps[list[str]]:
        """Those of some articles on which a filter may mean something."""
        return articles
        yield

    def _contents_known(self, _articles: Sequence[str]) -> Steps[Contents | None]:
        """What is on all the articles there are, where that is known without reading them."""
        return None
        yield

    def _ids_meant(self, wanted: Filter, articles: Sequence[str] | None) -> Steps[list[str]]:
        """The annotated articles that are meant, in the order of the list."""
        while not self._heads_read:
            self._read_head()
            yield Far("gathering")
        self._catch_up()
        only = {self._known.canonical(a) for a in articles} if articles else None
        ids = [a for a in self._live_ones() if only is None or a in only]
        found: list[Entry] = []
        for start in range(0, len(ids), _AT_ONCE):
            found += map(self._entry, ids[start : start + _AT_ONCE])
            yield Far("gathering")
        meant = (entry for entry in found if crossing.is_named(entry, wanted))
        return [entry.id for entry in sorted(meant, key=order)]

    def _may_have_changed(self, article: str) -> bool:
        """Whether some highlight was made on another text than today's."""
        revision = self._head(article).revision
        return any(
            isinstance(record, Highlight) and not record.deleted and record.revision != revision
            for record in self._state(article).records.values()
        )

    def _restricted(self, article: str, notes: Annotations, wanted: Filter) -> Annotations | None:
        head = self._head(article)
        return crossing.restricted(notes, head, wanted, self.codebook, self.sources)

    def _part(self, article: str, wanted: Filter, records: Records) -> ArticleBundle | None:
        """An article with what is meant of it, on its text; None if there is nothing any more.

        Raises DeskError if it is not known yet where its highlights stand.
        """
        from tui.exchange import ArticleBundle

        read, notes = self._looked_into(article, records.of(article))
        unknown = _unknown(read, notes)
        if unknown:  # what is not known must not be written as if it were
            raise not_yet(unknown)
        found = self._restricted(article, notes, wanted)
        return ArticleBundle(read, found) if found is not None else None

    def _placing(self, held: Held) -> Steps[None]:
        """Have it found out where the highlights of an export stand, where that takes long.

        The format asks for articles one after the other and cannot wait. Raises DeskError (code 1)
        if that was given up.
        """
        articles = () if held.placed or not self._listened else held.articles
        for count, article in enumerate(articles):
            yield Far("comparing", count, len(articles))
            for _ in self._found_out(article, held.records):
                yield Far("comparing", count, len(articles))
        held.placed = True

    def _found_out(self, article: str, records: Records) -> Iterator[None]:
        state = self._memory.peek(article)
        if state is not None:
            state.try_again()
        while self._may_have_changed(article):
            read, notes = self._looked_into(article, records.of(article))
            unknown = _unknown(read, notes)
            if not unknown:
                return
            while not self._seeking.waited(read, _SOON):
                yield
            self._catch_up()
            why = self._seeking.given_up(read)
            if why:
                raise DeskError(
                    f"{unknown} was not found out ({why}): export again, or without a limit on "
                    "time by `pressmark export` at the command line",
                    1,
                )

    def _scope(self, wanted: Filter, articles: Sequence[str] | None, words: str) -> str:
        if articles and len(articles) == 1:
            where = f"article “{self.entry(articles[0]).title}”"
        else:
            where = f"{len(articles)} articles" if articles else "the whole workspace"
        asked = f"; {wanted.describe()}" if wanted else ""
        return f"{words}; {where}{asked}"

    def preview(self, filter: Filter | None = None, articles: Sequence[str] | None = None) -> str:  # noqa: A002
        """What an export would hold, in words: `6 claims, 2 accepted, 4 draft`."""
        return through(self.previewing(filter, articles)).words

    def previewing(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Steps[Held]:
        """The same in steps; `exporting` need not gather it again."""
        return self._held_out(filter or Filter(), articles)

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
        tell: Callable[[Far], object] | None = None,
        **options: bool,
    ) -> Exported:
        """Export in a format of `tui.exchange.FORMATS` or a plug-in's.

        It goes whole into a file, or a folder for a format that is one, or comes back as text.
        `tell` hears how far it is. Raises DeskError (code 2 for a format that there is not, 3 if it
        cannot be written).
        """
        text: list[str] = []
        place = text.append if output is None else output
        steps = self.exporting(format, filter, place, articles=articles, held=None, **options)
        done = through(steps, tell)
        return replace(done, text="".join(text))

    def exporting(
        self,
        format: str,  # noqa: A002
        filter: Filter | None,  # noqa: A002
        output: Path | Put,
        *,
        articles: Sequence[str] | None = None,
        held: Held | None = None,
        **options: bool,
    ) -> Steps[Exported]:
        """The same in steps, so that whoever takes them may answer keys between two.

        Closed before the last one it leaves nothing behind. What takes text is given it as it
        comes. `held` is what `previewing` has found, if it was just asked.
        """
        from tui.exchange import (
            ExchangeError,
            about_format,
            export_pieces,
            is_text,
            writing_out,
        )

        try:
            about = about_format(format)
            if not isinstance(output, Path) and not is_text(format):
                raise ExchangeError(f"{format} is no text: name a file with --output")
        except ExchangeError as error:
            raise DeskError(str(error)) from error
        path = output if isinstance(output, Path) else None
        wanted = filter or Filter()
        held = held or (yield from self._held_out(wanted, articles))
        if not about.codebook:
            yield from self._placing(held)
        bundle, parts = self._outgoing(held, wanted, articles)
        lost = (f"not kept in {format}: {about.lost}",) if about.lost else ()
        try:
            if isinstance(output, Path):
                self._make_room(output)
                writing = writing_out(bundle, format, output, **options)
            else:
                writing = mapped(export_pieces(bundle, format, **options), output)
            lost += yield from followed(writing, lambda: Far("exporting", parts.done, len(parts)))
        except ExchangeError as error:
            raise DeskError(str(error), 2 if path is None else 3) from error
        words = transfer.in_words(parts.counts)
        if about.codebook:
            words = counted(len(bundle.codebook.tags), "tag")
        return Exported(format, "", path, dict(parts.counts), words, lost)

    def exporting_all(
        self,
        filter: Filter | None,  # noqa: A002
        folder: Path,
        each: Callable[[Exported | DeskError], object],
        *,
        articles: Sequence[str] | None = None,
        held: Held | None = None,
        **options: bool,
    ) -> Steps[None]:
        """Export in every format that there is, each to a file or folder of its own below `folder`.

        In steps, like `exporting`. `each` is given what came of a format when it is done: one that
        fails gives its error and costs only itself. Raises DeskError (code 3) if the folder cannot
        be made.
        """
        from tui.exchange import all_formats

        held = held or (yield from self.previewing(filter, articles))
        stem = self.export_path("", articles).name
        self._make_room(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise DeskError(f"{folder}: {(error.strerror or str(error)).lower()}", 3) from error
        for about in all_formats():
            if about.writes:
                suffix = about.suffixes[0] if about.suffixes else ""
                path = folder / f"{stem}-{about.name}{suffix}"
                try:
                    steps = self.exporting(
                        about.name, filter, path, articles=articles, held=held, **options
                    )
                    each((yield from steps))
                except DeskError as error:
                    each(error)

    def _make_room(self, output: Path) -> None:
        """Have the folder of exports there, if that is where it goes. Raises DeskError."""
        if output.parent == self.annotations_dir / EXPORTS:
            try:
                hold_inside(self.annotations_dir, output.parent)
            except StoreError as error:
                raise DeskError(str(error), 3) from error
            with suppress(OSError):  # writing says it better
                output.parent.mkdir(parents=True, exist_ok=True)


def _unknown(article: Article, notes: Annotations) -> str:
    """What is not known of where highlights stand, as the beginning of a sentence."""
    count = sum(placed.unknown for placed in notes.highlights)
    name = article.title or article.path
    return f"where {counted(count, 'highlight')} of “{name}” stand today" if count else ""
