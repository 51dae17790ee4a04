"""The revisions of an article, how they differ, and annotations whose words changed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.anchoring import comparable
from tui.desk import edits
from tui.desk.carrying import carried
from tui.desk.events import DeskError
from tui.desk.rescuing import Rescuing
from tui.desk.seeking import Noted, not_yet
from tui.model.articles import Article, instant
from tui.model.records import Change, Highlight, RevisionRef, Step
from tui.model.views import SOUGHT
from tui.model.wording import counted

if TYPE_CHECKING:
    from tui.anchoring import Run


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
        if placed is not None and placed.unknown:
            raise not_yet("where its words are")
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
        Raises DeskError (code 1) while it is not known where they are.
        """
        notes = self.annotations(record.article)
        placed = notes.highlight(record.id)
        if placed is not None and placed.fit == SOUGHT:
            raise not_yet("where its words are")
        if placed is None or not placed.unsettled:
            return []
        own = [c for c in notes.claims.get(record.id, ()) if c.by == self.analyst]
        spots = self._seeking.spots(own, article, self._state(record.article))
        return [
            Change(claim, carried(claim, found, article))
            for claim, found in zip(own, spots, strict=True)
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

    def differences(self, article: str, old: str, new: str) -> Differences | None:
        """What sets two texts of an article apart, by their SHA-256, and the highlights in both.

        None while that is worked out: a Changed event says when it is there, to be asked for
        again. Raises DeskError (code 1) if one of them was not kept, if they are too long, or if
        working it out was given up.
        """
        self._catch_up()
        article = self._known.canonical(article)
        one, other = self._revision(article, old), self._revision(article, new)
        if not comparable(one.text, other.text):
            longest = max(len(one.text), len(other.text))
            raise DeskError(
                f"a text of {longest:,} characters is too long to be compared with another", 1
            )
        highlights = [placed.record for placed in self.annotations(article).highlights]
        found = self._seeking.between(one, other, highlights)
        return Differences(one, other, *found) if found is not None else None

    # what is worked out apart

    @property
    def comparing(self) -> int:
        """How many comparisons of long texts are under way: what they tell is not known yet."""
        return self._seeking.comparing.pending

    def stop_comparing(self) -> int:
        """Give up the comparisons that are under way; returns how many there were.

        What was sought stays without a place until its article is opened again.
        """
        return self._seeking.comparing.stop()

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
