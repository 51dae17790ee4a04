"""Bringing in what another Pressmark exported, and articles from outside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk import adding, sealing, transfer
from tui.desk.bringing import Arrival, Plan, as_ours, by_name, data_of, place_for
from tui.desk.events import DeskError
from tui.desk.exporting import Exporting
from tui.desk.known import Known
from tui.desk.tagbook import received
from tui.desk.transfer import Imported, Refusal, Sorting
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.ids import new_id
from tui.model.records import ArticleRecord, Change, Record, Step
from tui.model.steps import Far, Steps, followed, through
from tui.model.wording import counted
from tui.store import StoreError, keep_revision, write_whole

if TYPE_CHECKING:
    from tui.exchange import Incoming


_SLICE = 0.01  # seconds of reading files in a step


class Importing(Exporting):
    """Import on top of export."""

    def import_(
        self,
        path: Path,
        format: str = "",  # noqa: A002
        dry_run: bool = False,
        *,
        restore: bool = False,
        tell: Callable[[Far], object] | None = None,
    ) -> Imported:
        """Bring in what another Pressmark exported; another analyst's records stay theirs.

        Records of an article that is not here are refused, unless the file has its text. One's
        own that were deleted here come back only with `restore`, as one step that can be undone.
        With `dry_run` nothing is written and the counts are what would happen. `tell` hears how far
        it is.
        """
        plan = through(self.planning(path, format, restore=restore), tell)
        if not dry_run:
            through(self.carrying_out(plan), tell)
        return plan.told(path, dry_run)

    def planning(
        self,
        path: Path,
        format: str = "",  # noqa: A002
        *,
        restore: bool = False,
    ) -> Steps[Plan]:
        """What an import is to do, in steps; nothing is changed by it.

        The file is read in a thread: what takes it apart is not cut in steps.
        """
        from tui.exchange import ExchangeError, read_in
        from tui.exchange.aside import aside

        reading = aside(lambda: read_in(path, format), waited=False)
        try:
            incoming = yield from followed(reading, lambda: Far(f"reading {path.name}"))
        except ExchangeError as error:
            raise DeskError(str(error)) from error
        self.flush()
        while self.scan(_SLICE):
            yield Far("reading", *self.progress, "files")
        return (yield from self._planned(incoming, path.name, restore))

    def _planned(self, incoming: Incoming, name: str, restore: bool) -> Steps[Plan]:
        """What a file of this name brings, and what is to become of it; nothing is written."""
        arrival = yield from self._arrival(incoming)
        texts = (yield from self._texts(incoming)) | arrival.fresh
        here = self._here(incoming, texts) | arrival.here
        known = [r for r in incoming.records if r.article in here]
        unknown = [r for r in incoming.records if r.article not in here]
        here |= {article: article for article in here.values()}

        def today(article: str) -> Article | None:
            return texts.get(article) or self._text(here[article])

        ours: Iterable[Record] = known
        if incoming.documents:
            ours = as_ours(known, here, today, self.analyst, f"import:{name}")
        sorting = Sorting()
        for count, record in enumerate(ours, 1):
            shown = self._shown_record(record)
            sorting.sort(record, self._memory.find(record.id) or self._there(record), shown)
            yield Far("comparing", count, len(known), "records")
        moved = lost = 0
        kept, news = arrival.text_of(self._kept), sorting.news
        for count, record in enumerate(news, 1):
            fit = transfer.fit_of(record, today, kept)
            moved += fit in ("moved", "changed")
            lost += fit == "orphan"
            yield Far("placing", count, len(news), "records")
        codebook, new_tags = self._codebook_with(incoming)
        refused = [Refusal(line, reason) for line, reason in incoming.refused]
        return Plan(
            name=name,
            arrival=arrival,
            texts=texts,
            sorting=sorting,
            back=[c for c in sorting.deleted if restore and c.after.by == self.analyst],
            codebook=codebook,
            sources=[s for s in incoming.sources.sources if self.sources.find(s.name) is None],
            new_tags=new_tags,
            moved=moved,
            lost=lost,
            ignored=incoming.ignored,
            changed=incoming.changed,
            refused=(*refused, *_unknown(unknown, incoming)),
        )

    def _codebook_with(self, incoming: Incoming) -> tuple[Codebook, int]:
        """The codebook with the tags that came, and how many of them are new."""
        fresh = incoming.whole and not self._tagbook.written
        tags = incoming.codebook if fresh else received(self.codebook, incoming.codebook)
        return tags, sum(self.codebook.get(tag.path) is None for tag in tags.tags)

    def carrying_out(self, plan: Plan) -> Steps[None]:
        """Bring in what was planned: records of others as they are, one's own in one step.

        It is to be taken to its end: what came of others by then stays.
        """
        from tui.exchange.aside import aside

        yield from self._take_in(plan.arrival)
        mine: list[Change] = []
        theirs: list[Record] = []
        for record in plan.others:
            there = self._memory.find(record.id) or self._there(record)
            known = there is None or (there.by, there.article) == (record.by, record.article)
            if known and record.by == self.analyst:
                mine.append(Change(there, record))
            else:
                theirs.append(record)
        yield from self._receive(theirs, plan)
        self._bring(f"import {plan.name}", mine, plan.ours)
        self._do(f"bring back what {plan.name} holds", plan.back)
        self.change_codebook(plan.codebook, f"tags from {plan.name}")
        for source in plan.sources:
            self.remember_source(source)
        yield from followed(aside(self.flush, waited=True), lambda: Far("saving"))

    def add(
        self,
        data: bytes,
        name: str = "",
        *,
        url: str = "",
        archive_url: str = "",
        retrieved: str = "",
    ) -> list[tuple[str, Path, bool]]:
        """Keep the articles of a document from outside as Markdown files in the workspace.

        `name` is that of the file it was, if it was one; `retrieved` is ISO 8601, now if empty. For
        each: the id, the file, and whether it is new (the very same may be there). Raises DeskError
        if there is no article in it, or several for one URL, or the file cannot be written (code
        3).
        """
        gathered = self._library.understand(data, name or "standard input")
        where, count = name or "standard input", len(gathered.articles)
        if not any(article.text.strip() for article in gathered.articles):
            raise DeskError(next(iter(gathered.troubles), f"{where} holds no article"))
        if count > 1 and (url or archive_url):
            raise DeskError(f"{where} holds {count} articles: a URL is for one, leave it out", 2)
        found: list[tuple[str, Path, bool]] = []
        for read in gathered.articles:
            moment = retrieved or read.retrieved or f"{sealing.now()[:19]}Z"
            article = adding.with_origin(read, url=url, archive_url=archive_url, retrieved=moment)
            text = adding.as_markdown(article)
            path, fresh = adding.free_path(self.root, adding.name_for(article), text)
            if fresh:
                try:
                    write_whole(path, text.encode("utf-8", "surrogatepass"))
                except StoreError as error:
                    raise DeskError(str(error), 3) from error
            known = self._library.read_now(path)
            self._place_all(known)
            found += [(self._known.canonical(a), path, fresh) for a in self._library.ids_of(path)]
        return found

    def _arrival(self, incoming: Incoming) -> Steps[Arrival]:
        """Which articles here the documents of another program are, and which are new."""
        from tui.exchange.addresses import web_uri

        found = Arrival()
        entries = self.entries() if incoming.documents else ()
        paths = {entry.id: entry.path for entry in entries}

        @cache
        def addresses() -> dict[str, str]:
            return {web_uri(entry.url): entry.id for entry in entries if entry.url}

        for count, document in enumerate(incoming.documents):
            yield Far("finding", count, len(incoming.documents))
            text, key = document.text or "", document.key
            read = Article(
                key,
                text,
                document.revision,
                title=document.title,
                outlet=document.outlet,
                url=document.url,
                published=document.published,
                path=document.name,
            )
            there = self._known.canonical(key)
            if not self._library.files(there):
                there = self._identify(read)
            if not self._library.files(there):
                address = web_uri(document.url)
                there = addresses().get(address, "") if address else ""
            if not there:
                there = by_name(paths, document.name)
            if text:
                found.brought[document.revision] = text
            if there:
                found.here[key] = there
            elif text:
                fresh = replace(self._library.parse(data_of(text), ""), path=document.name)
                found.here[key], found.fresh[fresh.id] = fresh.id, fresh
        return found

    def _take_in(self, arrival: Arrival) -> Steps[None]:
        """Put the texts that are new here into the workspace, and keep those that were marked."""
        try:
            for article in arrival.fresh.values():
                path = place_for(self.root, article)
                write_whole(path, data_of(article.text))
                self._place_all(self._library.read_now(path))
                yield Far("taking in")
            for revision, text in arrival.brought.items():
                if self._kept(revision) is None:
                    keep_revision(self.annotations_dir, revision, text)
                    yield Far("taking in")
        except StoreError as error:
            raise DeskError(str(error), 3) from error

    def _texts(self, incoming: Incoming) -> Steps[dict[str, Article]]:
        """Articles that the file brings with their text and that are not here."""
        found: dict[str, Article] = {}
        for count, (article, revision, text) in enumerate(incoming.texts):
            yield Far("finding", count, len(incoming.texts))
            there = self._known.canonical(article)
            if not self._library.files(there):
                read = self._library.parse(text.encode("utf-8", "surrogatepass"), "")
                if read.revision == revision:
                    found[article] = replace(read, id=article)
        return found

    def _here(self, incoming: Incoming, texts: dict[str, Article]) -> dict[str, str]:
        """The ids that the incoming articles have here; those that are not here are left out."""
        heads = transfer.identities(list(incoming.records))
        found: dict[str, str] = {article: article for article in texts}
        for article in {r.article for r in incoming.records} - texts.keys():
            local = self._local(article, heads.get(article))
            if local:
                found[article] = local
        return found

    def _local(self, article: str, head: ArticleRecord | None) -> str:
        """The id here of an incoming article: its own, or that of a file that its record fits."""
        there = self._known.canonical(article)
        if self._library.files(there) or self._state(there).records:
            return there
        trial = Known()
        trial.learn([head] if head is not None else [])
        heads = (self._head(a) for a in self._library.ids())
        return next((f.id for f in heads if trial.match(f) == article != f.id), "")

    def _there(self, record: Record) -> Record | None:
        """What is here under the id of a record that no look-up by id finds."""
        return self._state(record.article).records.get(record.id)

    def _shown_record(self, record: Record) -> Record | None:
        state = self._state(record.article)
        if state.shown is None:
            return None
        held = (*state.shown.reviews, *state.shown.links)
        return next((r for r in held if r.id == record.id), None)

    def _bring(self, label: str, mine: list[Change], fresh: list[Record]) -> None:
        """Keep one's own records as they are, and marks that become one's own, in one step."""
        step = Step(new_id(), label, sealing.now(), tuple(mine))
        self._memory.apply(step)  # so that what is sealed now knows them
        texts = dict[str, str]()
        kept = {change.after.id: change for change in mine}
        for before, after in self._sealed([Change(None, r) for r in fresh], step.time, texts):
            known = kept.get(after.id)
            kept[after.id] = Change(known.before if known is not None else before, after)
        if kept:
            self._commit(replace(step, changes=tuple(kept.values())), texts)

    def _receive(self, records: list[Record], plan: Plan) -> Steps[None]:
        """Keep these records, which are others', and the texts of all that the plan has."""
        texts = plan.texts
        described = {r.article for r in plan.others if r.type == "article"}
        needed = {r.article for r in plan.others}
        try:
            for article, read in texts.items():
                if article in needed:
                    keep_revision(self.annotations_dir, read.revision, read.text)
                    yield Far("taking in")
            for article in sorted(texts.keys() & needed - described):
                if self._remembered(article) is None:
                    head = sealing.described(None, texts[article], (), self.analyst, sealing.now())
                    moment = sealing.now()
                    head = replace(head, rev=1, by=self.analyst, created=moment, modified=moment)
                    records.append(head)
            by_article: dict[str, list[Record]] = {}
            for record in records:
                by_article.setdefault(record.article, []).append(record)
            for count, found in enumerate(by_article.values(), 1):
                self._store.receive(found)
                yield Far("taking in", count, len(by_article))
        except StoreError as error:
            raise DeskError(str(error), 3) from error
        self._reread({r.article for r in records}, "other")


def _unknown(records: list[Record], incoming: Incoming) -> list[Refusal]:
    """A refusal for each article that is not here, by name."""
    heads = transfer.identities(records)
    names = {each.key: each.title or each.name or each.url for each in incoming.documents}
    found: list[Refusal] = []
    for article, count in Counter(r.article for r in records).items():
        head = heads.get(article)
        title = head.title if head is not None else names.get(article, "")
        name = f"{article} “{title}”" if title else article
        lost = counted(count, "record")
        reason = f"article {name} is not in this workspace ({lost}): put its file here, or export"
        found.append(Refusal(0, f"{reason} with its text"))
    return found
