"""The key `D`: how two revisions of an article differ, with the annotations in place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

from tui.desk import Differences, Noted, Version
from tui.model.codebook import Codebook
from tui.model.spans import Extent
from tui.model.wording import counted
from tui.screens.handling import Hands, does
from tui.widgets.differences_list import DifferencesList, Stretch
from tui.widgets.looks import PLAIN_TAG
from tui.widgets.picker import Choice

_AT_REST = ("reading", "list", "panel")  # modes in which the differences may open by themselves
_BREAK = re.compile(r"\s*\n\s*")


class Differing(Hands):
    """What `D`, and among the differences `n N { }`, do."""

    _awaited: tuple[str, Version, Version] | None = None  # of which article, which two texts

    @property
    def list(self) -> DifferencesList:
        """The two texts as one."""
        return self.screen.query_one(DifferencesList)

    @does("differences.open")
    def open(self, _argument: str) -> None:
        screen, article = self.screen, self.screen.place.article.id
        if not article:
            screen.say("no article is open")
            return
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        versions = screen.desk.versions(article)
        kept = [version for version in versions if version.kept]
        if len(versions) == 1:
            screen.say(
                "only this text of the article is known: one is kept when something is marked in it"
            )
        elif len(kept) == 1:
            screen.say("no older text of this article was kept, so there is nothing to compare")
        elif len(versions) == 2:
            self.show(*versions)
        else:
            self._offer(versions)

    def _offer(self, versions: Sequence[Version]) -> None:
        """Ask which two: each of the older ones beside today's first, the newest of them on top."""
        today = versions[-1]
        pairs = [(older, today) for older in reversed(versions[:-1])]
        pairs += combinations(versions[:-1], 2)
        choices = [
            Choice(
                f"{old.sha256} {new.sha256}",
                _title(old, new),
                "" if old.kept and new.kept else "not kept",
            )
            for old, new in pairs
        ]
        named = {version.sha256: version for version in versions}

        def picked(value: str) -> None:
            old, new = value.split()
            self.show(named[old], named[new])

        self.screen.asking.pick("differences", choices, picked)

    def show(self, old: Version, new: Version) -> None:
        """Show how two revisions differ, now or when long ones have been compared."""
        screen = self.screen
        found = screen.desk.differences(screen.place.article.id, old.sha256, new.sha256)
        self._awaited = (screen.place.article.id, old, new) if found is None else None
        if found is None:
            screen.say("these texts are long: the differences open when they have been compared")
            return
        self.list.show(stretches_of(found, screen.desk.codebook), _title(old, new))
        screen.side = "differences"
        if not self.list.changes:
            screen.say("the words are the same: only blanks or line breaks differ")

    def arrived(self) -> None:
        """Open the differences that were waited for, unless the analyst is at something else."""
        screen, awaited = self.screen, self._awaited
        if awaited is None:
            return
        article, old, new = awaited
        self._awaited = None
        if article == screen.place.article.id and screen.mode in _AT_REST and not screen.typing:
            self.show(old, new)
        else:
            screen.say("the differences are there: D opens them")

    @does("differences.next")
    def next_change(self, _argument: str) -> None:
        self._to(1)

    @does("differences.previous")
    def previous_change(self, _argument: str) -> None:
        self._to(-1)

    def _to(self, step: int) -> None:
        if not self.list.next_change(step):
            self.screen.say("that was the last change" if step > 0 else "that was the first change")

    @does("differences.next-paragraph")
    def next_paragraph(self, _argument: str) -> None:
        self.list.next_paragraph(1)

    @does("differences.previous-paragraph")
    def previous_paragraph(self, _argument: str) -> None:
        self.list.next_paragraph(-1)

    def words(self) -> str:
        """Which change the cursor is at, for the status line."""
        if not self.list.change:
            return counted(self.list.changes, "change")
        return f"change {self.list.change} of {self.list.changes}"


def _title(old: Version, new: Version) -> str:
    return f"{_named(old)} → {_named(new)}"


def _named(version: Version) -> str:
    """A revision by the time that it names, else that it was seen at first, else by its hash."""
    when = (version.modified or version.seen)[:16].replace("T", " ") or version.sha256[:8]
    return f"{when} (today's)" if version.today else when


class _Mark(NamedTuple):
    extent: Extent
    colour: str
    slot: int


def stretches_of(found: Differences, book: Codebook) -> list[Stretch]:
    """The runs of two revisions, cut at the ends of lines and of highlights.

    What was removed shows the highlights of the old text, what was added those of the new one,
    and what is in both shows both.
    """
    old = _marks(((noted, noted.old) for noted in found.highlights), book)
    new = _marks(((noted, noted.new) for noted in found.highlights), book)
    stretches: list[Stretch] = []
    change = paragraph = 0
    changing = False
    for run in found.runs:
        added = run.kind == "added"
        text, extent = (found.new.text, run.new) if added else (found.old.text, run.old)
        worded = bool(extent.of(text).strip())
        if worded:
            change += run.kind != "same" and not changing
            changing = run.kind != "same"
        marks = new if added else old
        if run.kind == "same":
            marks = [*old, *_shifted(new, run.old.start - run.new.start)]
        for part, breaks in _parts(extent, text, marks):
            number = change if worded and run.kind != "same" else 0
            stretches.append(_stretch(run.kind, part, text, number, paragraph, marks))
            paragraph += breaks
    return stretches


def _stretch(
    kind: str, part: Extent, text: str, change: int, paragraph: int, marks: Sequence[_Mark]
) -> Stretch:
    mark = next((mark for mark in marks if mark.extent.covers(part.start)), None)
    if mark is None:
        return Stretch(kind, part.of(text), change, paragraph)
    begins = mark.extent.start == part.start
    return Stretch(kind, part.of(text), change, paragraph, mark.colour, mark.slot, begins)


def _parts(extent: Extent, text: str, marks: Iterable[_Mark]) -> Iterator[tuple[Extent, int]]:
    """The parts of a range, each with what comes after it: 0, a new line (1), a blank line (2)."""
    edges = {extent.start, extent.end}
    breaks: dict[int, int] = {}
    for found in _BREAK.finditer(text, extent.start, extent.end):
        edges.add(found.end())
        breaks[found.end()] = min(2, found[0].count("\n"))
    for mark in marks:
        edges |= {edge for edge in mark.extent if extent.start < edge < extent.end}
    for start, end in pairwise(sorted(edges)):
        yield Extent(start, end), breaks.get(end, 0)


def _marks(places: Iterable[tuple[Noted, tuple[Extent, ...]]], book: Codebook) -> list[_Mark]:
    """Where highlights stand in one of the texts, in the colour and with the slot of a tag."""
    found: list[_Mark] = []
    for noted, extents in places:
        tags = book.resolved(noted.record.tags)
        colour = next((c for c in map(book.colour, tags) if c), PLAIN_TAG)
        slot = next((n for n in map(book.slot, tags) if n), 0)
        found += [_Mark(extent, colour, slot) for extent in extents]
    return found


def _shifted(marks: Iterable[_Mark], by: int) -> Iterator[_Mark]:
    for mark in marks:
        yield mark._replace(extent=Extent(mark.extent.start + by, mark.extent.end + by))
