"""The one door: every verb of the command line and of the screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk import crossing, edits, sealing
from tui.desk.bulk import Done
from tui.desk.crossing import Occurrence
from tui.desk.entries import Entry
from tui.desk.events import DeskError
from tui.desk.searching import in_words
from tui.desk.visiting import Visiting
from tui.model.articles import Outline, instant
from tui.model.codebook import tag_path
from tui.model.records import (
    ArticleRecord,
    Change,
    Claim,
    Highlight,
    Link,
    Record,
    Step,
)
from tui.model.spans import Extent
from tui.model.steps import Far, Steps, mapped, through
from tui.model.views import graded_hop
from tui.model.wording import counted
from tui.store import StoreError

if TYPE_CHECKING:
    from tui.model.told import Told


class Desk(Visiting):
    """Open it with `Desk.open`; see the bases for reading, undo, saving and exchange.

    Every change returns its Step, or None if there was nothing to change, and raises DeskError
    with one sentence if it cannot be made. Extents are half-open ranges of code points.
    """

    # highlights and tags

    def highlight(
        self, article: str, extents: Sequence[Extent], tags: Sequence[str] = (), note: str = ""
    ) -> Step | None:
        """Mark extents of an article; on the same extents it is the same highlight."""
        paths = self._tags(tags)
        annotations, opened = self.annotations(article), self.article(article)
        change = edits.marked(annotations, opened, extents, paths, note, self.codebook)
        verb = "tag" if paths else "note on" if note else "highlight"
        return self._do(f"{verb} {edits.named(change.after)}{_with(paths)}", [change])

    def tag(self, highlight_ids: Sequence[str], path: str, on: bool | None = None) -> Step | None:
        """Put a tag on highlights or take it off; None takes it off if all of them have it."""
        (path,) = self._tags([path])
        records = [self._highlight(record_id) for record_id in dict.fromkeys(highlight_ids)]
        changes = edits.toggled(records, path, on, self.codebook)
        what = edits.named(records[0]) if len(records) == 1 else counted(len(records), "highlight")
        gone = changes and len(_tags_of(changes[0].after)) < len(_tags_of(records[0]))
        return self._do(
            f"{'take' if gone else 'put'} {path} {'off' if gone else 'on'} {what}", changes
        )

    def tag_claims(
        self, claim_ids: Sequence[str], path: str, on: bool | None = None
    ) -> Step | None:
        """Put a tag on all highlights that claims rest on, or take it off, as `tag` does."""
        return through(self.tagging(claim_ids, path, on))

    def tagging(
        self, claim_ids: Sequence[str], path: str, on: bool | None = None
    ) -> Steps[Step | None]:
        """The same in steps; see Bulk."""
        (path,) = self._tags([path])
        return super().tagging(claim_ids, path, on)

    def respan(self, highlight_id: str, extents: Sequence[Extent]) -> Step | None:
        """Move a highlight to other extents; it keeps its id, tags, note and claims.

        Where its words were not in today's text as they were, its claims come along: see `accept`.
        """
        record = self._highlight(highlight_id)
        article = self.article(record.article)
        change = edits.respanned(self.annotations(record.article), article, record, extents)
        changes = [change, *self.carried(record, article)]
        return self._do(f"change the span of {edits.named(record)}", changes)

    def note(self, record_id: str, text: str) -> Step | None:
        """Write the note of a highlight or claim; an empty text takes it away."""
        record = self._record(record_id)
        return self._do(f"note on {edits.named(record)}", [edits.noted(record, text)])

    def remove(self, record_id: str) -> Step | None:
        """Delete a highlight (with one's own claims on it), claim, link or review."""
        record = self._record(record_id)
        others = self._state(record.article).live()
        changes = edits.removed(record, others, self.analyst)
        also = f" and {counted(len(changes) - 1, 'claim')}" if len(changes) > 1 else ""
        what = f"{record.type} " if isinstance(record, Highlight | Claim) else ""
        return self._do(f"delete {what}{edits.named(record)}{also}", changes)

    def occurrences(self, quote: str, article: str = "") -> list[Occurrence]:
        """Where the words of a quote stand in an article, or without one in all read so far."""
        return through(self.occurring(quote, article))

    def occurring(self, quote: str, article: str = "") -> Steps[list[Occurrence]]:
        """The same in steps. Of very many articles those are read in which the index has them."""
        found: list[Occurrence] = []
        places = [self._known.canonical(article)] if article else (yield from self._having(quote))
        for count, name in enumerate(places):
            if count:
                yield Far("looking", count, len(places))
            opened = self._library.texts.get(name)
            text = opened.article if opened is not None else self._read_by_the_way(name)
            found += [
                Occurrence(name, extent, crossing.snippet(text.text, extent))
                for extent in edits.occurrences(text.text, quote, text.header)
            ]
        return found

    def tag_occurrences(
        self, article: str, quote: str, path: str, *, everywhere: bool = False
    ) -> Step | None:
        """Tag each place where the words of a quote stand, in one step.

        In one article, or in all that were read; `occurrences` is the preview.
        """
        found = self.occurrences(quote, "" if everywhere else article)
        articles = list(dict.fromkeys(each.article for each in found))
        return through(self.tagging_occurrences(articles, quote, path))

    def tagging_occurrences(
        self, articles: Sequence[str], quote: str, path: str
    ) -> Steps[Step | None]:
        """The same in steps, in some articles; nothing is done before the last."""
        (path,) = self._tags([path])
        done = Done(sealing.now(), frozenset(articles), len(self._session), 0, off=False)
        for count, name in enumerate(articles):
            if count:
                yield Far("tagging", count, len(articles))
            with self._memory.borrowing():
                annotations, opened = self.annotations(name), self.article(name)
                made = (
                    edits.marked(annotations, opened, [extent], [path], "", self.codebook)
                    for extent in edits.occurrences(opened.text, quote, opened.header)
                )
                done.changes += self._sealed(made, done.time, done.texts)
        words = edits.in_short(" ".join(quote.split()))
        return self._kept_as(f"tag all “{words}” with {path}", done)

    def _highlight(self, record_id: str) -> Highlight:
        record = self._record(record_id)
        if isinstance(record, Claim):
            record = self._record(record.highlight)
        if not isinstance(record, Highlight):
            raise DeskError(f"a {record.type} has no tags or spans: choose a highlight")
        return record

    def _tags(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Today's paths of tags, new ones put into the analyst's codebook."""
        found: list[str] = []
        for path in typed:
            try:
                found.append(self.codebook.resolve(tag_path(path)))
            except ValueError as error:
                raise DeskError(str(error)) from error
        for path in found:
            if self.codebook.get(path) is None:
                self.new_tag(path)
        return tuple(dict.fromkeys(found))

    # claims

    def draft(self, article: str, extents: Sequence[Extent]) -> Claim:
        """A claim filled in from cues, and with the letters its sources are held at; not saved."""
        from tui.analysis import draft_claim

        opened = self.article(article)
        spans = edits.spans_of(opened, extents)
        found = draft_claim(
            opened, self._around(article, extents), [span.extent for span in spans], self.sources
        )
        found = replace(found, article=opened.id, revision=opened.revision)
        there = self.annotations(article).on(extents)
        return self._with_letters(replace(found, highlight=there.record.id if there else ""))

    def _around(self, article: str, extents: Sequence[Extent]) -> Outline:
        """The outline of an article, with all that stands around some extents."""
        start = min((extent.start for extent in extents), default=0)
        end = max((extent.end for extent in extents), default=0)
        return self.outline(article, Extent(start, end))

    def time_anchor(self, article: str, claim: Claim, extents: Sequence[Extent] = ()) -> str:
        """What a relative time of a claim counts from: ISO, or empty if that is not known.

        Outside a quotation the article's publication, inside one the time of its hop's saying.
        """
        from tui.analysis import shifted_anchor
        from tui.analysis.quotations import quotations, within

        opened = self.article(article)
        placed = self.annotations(article).highlight(claim.highlight)
        where = tuple(extents) or (placed.extents if placed is not None else ())
        for extent in where[:1]:
            quoted = [*quotations(opened, self._around(article, [extent]), extent)]
            quoted += [c.block for c in opened.captions if c.block.meets(extent)]
            if within(extent, tuple(quoted), opened.text) is not None:
                return shifted_anchor(claim.chain, opened.outlet)
        return opened.published

    def save_claim(
        self, claim: Claim, extents: Sequence[Extent] = (), *, tags: Sequence[str] | None = None
    ) -> Step | None:
        """Save a new or edited claim. With extents, on the highlight there, made if need be.

        With `tags` these are all the tags of its highlight afterwards, in the same step.
        """
        before = self._record(claim.id) if claim.id else None
        if before is not None and not isinstance(before, Claim):
            raise DeskError(f"{claim.id} is a {before.type}, not a claim")
        paths = self._tags(tags) if tags is not None else None
        article = self._known.canonical(before.article if before else claim.article)
        change = self._resting(article, claim, extents, paths)
        after = replace(
            claim, article=before.article if before else article, highlight=change.after.id
        )
        if extents:
            after = replace(after, revision=self.article(article).revision)
        if before is not None and change.before is not None and not extents:
            after = replace(after, highlight=before.highlight)
        verb = "edit" if before else "claim"
        changes = [change, Change(before, after)]
        if before is None:
            changes += self._decided_by(after, extents)
        return self._do(f"{verb} {edits.named(after)}", changes)

    def _resting(
        self, article: str, claim: Claim, extents: Sequence[Extent], tags: Sequence[str] | None
    ) -> Change:
        """The highlight that a claim rests on, with these tags."""
        annotations = self.annotations(article)
        if extents:
            opened = self.article(article)
            return edits.marked(
                annotations, opened, extents, tags, "", self.codebook, all_tags=True
            )
        placed = annotations.highlight(claim.highlight) or annotations.highlight(
            next(
                (
                    key
                    for key, held in annotations.claims.items()
                    if any(c.id == claim.id for c in held)
                ),
                "",
            )
        )
        if placed is None:
            raise DeskError("a claim rests on a highlight: select the words it is made of")
        record = placed.record
        if tags is None:
            return Change(record, record)
        return Change(record, replace(record, tags=edits.exactly(record.tags, tags, self.codebook)))

    def graded(self, claim: Claim, letter: str = "", digit: str = "") -> Claim:
        """A claim with a grade, not saved; a half that it has already is taken off."""
        outlet = self._head(self._known.canonical(claim.article)).outlet
        return edits.graded(claim, letter, digit, outlet)

    def grade(self, record_id: str, letter: str = "", digit: str = "") -> Step | None:
        """Grade a claim: the letter of its graded hop, the digit of the information."""
        record = self._record(record_id)
        if isinstance(record, Highlight):
            claims = self.annotations(record.article).claims.get(record.id, ())
            if len(claims) != 1:
                raise DeskError("a grade is given to a claim: focus one", 1)
            record = claims[0]
        if not isinstance(record, Claim):
            raise DeskError(f"a {record.type} has no grade: grade a claim or the article")
        after = self.graded(record, letter, digit)
        return self._do(
            f"grade {edits.named(record)} {_grade(after)}".rstrip(), [Change(record, after)]
        )

    def review(
        self, claim_id: str, decision: str, reason: str = "", flag: bool | None = None
    ) -> Step | None:
        """Decide on a claim as it is now: accept, reject or none; `flag` sets its flag or not."""
        claim = self._claim(claim_id)
        reviews = self.annotations(claim.article).reviews
        change = self._reviewed(claim, reviews, decision, reason, flag)
        own = " (one's own)" if claim.by == self.analyst and decision != "none" else ""
        verb = decision if decision != "none" else "unflag" if flag is False else "flag"
        verb = "take back the decision on" if decision == "none" and flag is None else verb
        return self._do(f"{verb} {edits.named(claim)}{own}", [change])

    def link(self, from_id: str, to_id: str, kind: str) -> Step | None:
        """Link two claims. `updates` runs from the newer article to the older one."""
        one, other = self._claim(from_id), self._claim(to_id)
        if kind == "updates":
            when = [self.entry(c.article).published for c in (one, other)]
            if all(when) and instant(when[0]) < instant(when[1]):
                one, other = other, one
        links = [*self.annotations(one.article).links, *self.annotations(other.article).links]
        change = edits.linked(one, other, kind, links)
        if change is None:
            return None
        return self._do(f"link: {edits.named(one)} {kind} {edits.named(other)}", [change])

    def unlink(self, link_id: str) -> Step | None:
        """Delete a link."""
        record = self._record(link_id)
        if not isinstance(record, Link):
            raise DeskError(f"{link_id} is a {record.type}, not a link")
        return self.remove(link_id)

    def _claim(self, record_id: str) -> Claim:
        record = self._record(record_id)
        if not isinstance(record, Claim):
            raise DeskError(f"{record_id} is a {record.type}, not a claim")
        return record

    # the article as a whole

    def mark_done(self, article: str, done: bool) -> Step | None:
        """Say that the analyst is done with an article, or is not."""
        return self._of_article(
            article, "done" if done else "not done", lambda r: replace(r, done=done)
        )

    def tag_article(self, article: str, path: str, on: bool | None = None) -> Step | None:
        """Put a tag on the whole article or take it off; None toggles."""
        (path,) = self._tags([path])
        book = self.codebook

        def change(record: ArticleRecord) -> ArticleRecord:
            put = path not in book.resolved(record.tags) if on is None else on
            if put:
                return replace(record, tags=edits.with_tags(record.tags, (path,), book))
            return replace(record, tags=edits.without_tag(record.tags, path, book))

        return self._of_article(article, f"tag {path}", change)

    def note_article(self, article: str, text: str) -> Step | None:
        """Write the note on the whole article."""
        return self._of_article(article, "note", lambda r: replace(r, note=text.strip()))

    def grade_article(self, article: str, letter: str = "", digit: str = "") -> Step | None:
        """Grade the whole article; a half that is given again is taken off."""
        return self._of_article(article, "grade", lambda r: edits.graded_article(r, letter, digit))

    def _of_article(
        self, article: str, what: str, change: Callable[[ArticleRecord], ArticleRecord]
    ) -> Step | None:
        entry = self.entry(article)
        own = self._state(entry.id).own_article(self.analyst)
        live = own if own is not None and not own.deleted else None
        blank = live or sealing.described(own, self._head(entry.id), (), self.analyst, "")
        after = change(blank)
        if after == blank:
            return None
        title = " ".join(entry.title.split())[: edits.LABEL] or entry.path
        return self._do(f"{what}: article “{title}”", [Change(own, after)])

    # across articles

    def claim_of(self, claim_id: str) -> tuple[Claim, Entry] | None:
        """A live claim anywhere in the workspace, with the entry of its article; None without."""
        try:
            claim = self._claim(claim_id)
            return claim, self.entry(claim.article)
        except DeskError:
            return None

    def may_link(self, claim_id: str) -> Iterator[Sequence[Told]]:
        """Claims that may hang together with one, and this one, in small parts and in no order.

        Where there are very many, those of the articles with claims that are worded like it.
        Raises DeskError (code 1) if there is no such claim.
        """
        return self._told_alike_to(self._claim(claim_id))

    def _told_alike_to(self, claim: Claim) -> Iterator[Sequence[Told]]:
        alike = yield from mapped(self.worded_like(in_words(claim)), lambda _: ())
        yield from self.told(None, None if alike is None else [claim.article, *alike])

    def likeliest(self, claim_id: str, found: Sequence[Told]) -> list[Told]:
        """Those of some claims that hang together with one of them, the likeliest first."""
        mine = next((told for told in found if told.claim.id == claim_id), None)
        return crossing.candidates(mine, found) if mine is not None else []

    def link_candidates(self, claim_id: str) -> list[Told]:
        """All other claims, those first that are the likeliest to hang together with this one."""
        return self.likeliest(claim_id, [*chain.from_iterable(self.may_link(claim_id))])

    def tag_counts(self) -> Mapping[str, int]:
        """How many highlights and articles carry each tag, by today's path; children apart."""
        return crossing.tag_counts(self._tag_sets(), self.codebook)

    # altered records

    def accept_altered(self, record_id: str) -> Step:
        """Keep what something else than Pressmark made of an own record."""
        return self._settle(record_id, self._store.accept_altered)

    def drop_altered(self, record_id: str) -> Step:
        """Put back the newest version of an own record that Pressmark wrote."""
        return self._settle(record_id, self._store.drop_altered)

    def _settle(self, record_id: str, settle: Callable[[str, str], Step]) -> Step:
        record = self._record(record_id)
        self.flush()
        try:
            step = settle(record.article, record_id)
        except StoreError as error:
            raise DeskError(str(error), 1) from error
        self._reread([record.article], "own")
        self.last_step = step
        return step


def _tags_of(record: Record) -> tuple[str, ...]:
    return record.tags if isinstance(record, (Highlight, ArticleRecord)) else ()


def _grade(claim: Claim) -> str:
    index = graded_hop(claim.chain)
    return (claim.chain[index].reliability if index is not None else "") + claim.credibility


def _with(paths: Sequence[str]) -> str:
    return f" with {', '.join(paths)}" if paths else ""
