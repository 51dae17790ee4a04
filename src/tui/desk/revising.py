"""The revisions of an article, how they differ, and annotations whose words changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.anchoring import Placer, TextOf
from tui.desk import edits
from tui.desk.carrying import carried
from tui.desk.entries import instant
from tui.desk.events import DeskError
from tui.desk.rescuing import Rescuing
from tui.model.articles import Article
from tui.model.records import Change, Highlight, RevisionRef, Step
from tui.model.spans import Extent
from tui.model.wording import counted

if TYPE_CHECKING:
    from tui.anchoring import Run


LARGEST = 2_000_000  # code points of two texts together up to which they are compared


class Version(Struct, frozen=True):
    """A text that an article has or had. Times are ISO 8601, or empty if not known.

    `modified` is what the article says of itself, `seen` when it was annotated first; `kept` says
    that the text is to be had.
    """

    sha256: str
    modified: str = ""
    seen: str = ""
    kept: bool = True
    today: bool = False


class Noted(Struct, frozen=True):
    """A highlight, and where its words stand in two texts; nowhere, if they are not in one."""

    record: Highlight
    old: tuple[Extent, ...]
    new: tuple[Extent, ...]


class Differences(Struct, frozen=True):
    """Two texts of an article and all that sets them apart, in reading order."""

    old: Article
    new: Article
    runs: tuple[Run, ...]
    highlights: tuple[Noted, ...]


class Revising(Rescuing):
    """Revisions on top of rescue."""

    # annotations whose words changed

    def accept(self, highlight_id: str) -> Step | None:
        """Take the words that a highlight stands on today as its own, and those of its claims.

        The analyst's claims on it get today's selectors in the same step, and need a review again.
        Raises DeskError (code 1) for an orphan, or if another highlight stands exactly there.
        """
        record = self._record(highlight_id)
        if not isinstance(record, Highlight):
            raise DeskError(f"a {record.type} does not stand on words: choose a highlight")
        article = self.article(record.article)
        placed = self.annotations(record.article).highlight(highlight_id)
        if placed is None or not placed.extents:
            raise DeskError("its words are not in today's text: place it anew, or drop it", 1)
        notes = self.annotations(record.article)
        change = edits.respanned(notes, article, record, placed.extents)
        claims = self.carried(record, article)
        also = f" and {counted(len(claims), 'claim')}" if claims else ""
        label = f"accept today's words: {edits.named(change.after)}{also}"
        return self._do(label, [change, *claims])

    def carried(self, record: Highlight, article: Article) -> list[Change]:
        """The analyst's claims on a highlight, carried to today's text with it.

        None of them where the words of the highlight are the same today: then nothing changes.
        """
        notes = self.annotations(record.article)
        placed = notes.highlight(record.id)
        if placed is None or not placed.unsettled:
            return []
        placer = Placer(article, self._kept)
        return [
            Change(claim, carried(claim, placer.claim(claim), article))
            for claim in notes.claims.get(record.id, ())
            if claim.by == self.analyst
        ]

    # revisions

    def versions(self, article: str) -> tuple[Version, ...]:
        """The texts that an article has had, the oldest first; the last one is today's.

        Known are those that somebody annotated, and those of the opened files.
        """
        article = self._known.canonical(article)
        now = self._head(article)
        found = {ref.sha256: _version(ref) for ref in self._refs(article)}
        found |= {
            each.article.revision: Version(each.article.revision, each.article.modified)
            for each in self._library.files(article)
            if each.article.revision not in found
        }
        found.pop(now.revision, None)
        older = sorted(
            found.values(), key=lambda version: instant(version.modified or version.seen)
        )
        held = [self._with_text(article, version) for version in older]
        return (*held, Version(now.revision, now.modified, today=True))

    def _refs(self, article: str) -> Iterator[RevisionRef]:
        """The revisions that somebody's records name; of one that several name the first seen."""
        state = self._state(article)
        refs = [ref for head in state.heads.values() for ref in head.revisions]
        yield from sorted(refs, key=lambda ref: ref.seen, reverse=True)

    def _with_text(self, article: str, version: Version) -> Version:
        return replace(version, kept=self._version_text(article, version.sha256) is not None)

    def _version_text(self, article: str, sha256: str) -> str | None:
        kept = self._kept(sha256)
        if kept is not None:
            return kept
        for found in self._library.files(article):
            if found.article.revision == sha256:
                try:
                    return self._library.again(found)[0].text
                except DeskError as error:
                    self.troubles.append(str(error))
        return None

    def differences(self, article: str, old: str, new: str) -> Differences:
        """What sets two texts of an article apart, by their SHA-256, and the highlights in both.

        Raises DeskError (code 1) if one of them was not kept, or they are too long.
        """
        article = self._known.canonical(article)
        one, other = texts = (self._revision(article, old), self._revision(article, new))
        from tui.anchoring import Alignment, differences

        size = len(one.text) + len(other.text)
        if size > LARGEST:
            raise DeskError(
                f"the two texts have {size:,} characters: at most {LARGEST:,} are compared",
                1,
            )
        alignment = Alignment(one.text, other.text)
        placers = [Placer(text, self._any_text(texts)) for text in texts]
        noted: list[Noted] = []
        for placed in self.annotations(article).highlights:
            before, after = (placer.highlight(placed.record).extents for placer in placers)
            noted.append(Noted(placed.record, before, after))
        return Differences(one, other, differences(alignment), tuple(noted))

    def _any_text(self, texts: Sequence[Article]) -> TextOf:
        known = {text.revision: text.text for text in texts}
        return lambda sha256: known[sha256] if sha256 in known else self._kept(sha256)

    def _revision(self, article: str, sha256: str) -> Article:
        now = self.article(article)
        if sha256 == now.revision:
            return now
        text = self._version_text(article, sha256)
        if text is None:
            raise DeskError(
                f"the text {sha256[:8]} was not kept: one is kept when something is marked in it",
                1,
            )
        return Article(article, text, sha256)


def _version(ref: RevisionRef) -> Version:
    return Version(ref.sha256, ref.modified, ref.seen)
