"""Where the analyst is: article, caret, selection, focus; and what the next action acts on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tui.model.articles import Article, Outline, Sentence
from tui.model.records import Claim
from tui.model.spans import Extent, joined_quote, merged
from tui.model.views import Annotations, Placed, text_order

if TYPE_CHECKING:
    from tui.analysis import Suggestion
    from tui.analysis.proposed_links import ProposedLink

QUOTED = 24  # characters of a quote on the status line
EMPTY = Article(id="", text="", revision="")


class Target(Struct, frozen=True):
    """What the next action acts on.

    `kind` is `selection`, `highlight`, `claim`, `proposal`, `headline`, `sentence` or `nothing`;
    `extents` are its ranges in the text; `highlight` and `claim` are ids where it is, or stands on,
    one.
    """

    kind: str
    extents: tuple[Extent, ...] = ()
    highlight: str = ""
    claim: str = ""


class Place(Struct):
    """The reader's place in one article. Offsets are code points into its canonical text."""

    article: Article = EMPTY
    outline: Outline = field(default_factory=lambda: Outline((), ()))
    annotations: Annotations = field(default_factory=lambda: Annotations(""))
    proposals: Mapping[str, Suggestion] = field(default_factory=dict[str, "Suggestion"])  # by id
    links: Mapping[str, Sequence[ProposedLink]] = field(
        default_factory=dict[str, "Sequence[ProposedLink]"]
    )  # proposed, by claim
    caret: int = 0
    anchor: int | None = None  # the other edge of what is being selected
    pieces: tuple[Extent, ...] = ()  # pieces selected before
    focus: str = ""  # id of the highlight, claim or (proposed) claim or link that actions mean
    origin: int = 0  # where the caret was when `s` began to select
    by_word: bool = False  # the caret was moved within the sentence and is shown

    @property
    def sentence(self) -> Sentence | None:
        """The stop that the caret is in, else the last one before it, else the first."""
        return self.outline.stop_at(self.caret)

    @property
    def piece(self) -> Extent | None:
        """The piece being selected: both edges are in it."""
        if self.anchor is None:
            return None
        low, high = sorted((self.anchor, self.caret))
        return Extent(low, min(len(self.article.text), self._after(high)))

    def _after(self, offset: int) -> int:
        """The offset behind the grapheme that begins at `offset`."""
        from tui.reading.motions import next_grapheme

        return next_grapheme(self.article.text, offset)

    @property
    def selection(self) -> tuple[Extent, ...]:
        """All selected ranges, white space at their ends left out."""
        piece = self.piece
        pieces = (*self.pieces, piece) if piece else self.pieces
        trimmed = (self._trimmed(p) for p in pieces)
        return merged(p for p in trimmed if p.start < p.end)

    def _trimmed(self, extent: Extent) -> Extent:
        text = self.article.text
        start, end = extent
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Extent(start, end)

    def focused_highlight(self) -> Placed | None:
        """The highlight in focus, or that of the claim or proposed link in focus."""
        link = self.focused_link()
        claim = link[0] if link is not None else self.focused_claim()
        return self.annotations.highlight(claim.highlight if claim else self.focus)

    def focused_claim(self) -> Claim | None:
        """The claim in focus."""
        return self.annotations.claim(self.focus) if self.focus else None

    def focused_proposal(self) -> Suggestion | None:
        """The proposal in focus."""
        return self.proposals.get(self.focus)

    def focused_link(self) -> tuple[Claim, ProposedLink] | None:
        """The proposed link in focus, with the claim of this article that it stands under."""
        notes = self.annotations
        if not self.focus or notes.claim(self.focus) or notes.highlight(self.focus):
            return None
        for name, links in self.links.items():
            for link in links:
                claim = notes.claim(name)
                if link.id == self.focus and claim is not None:
                    return claim, link
        return None

    def target(self) -> Target:
        """The selection, else what is focused, else the sentence (or headline) at the caret."""
        if self.selection:
            return Target("selection", self.selection)
        claim = self.focused_claim()
        placed = self.focused_highlight()
        if placed is not None:
            kind = "claim" if claim else "highlight"
            return Target(kind, placed.extents, placed.record.id, claim.id if claim else "")
        proposal = self.focused_proposal()
        if proposal is not None:
            return Target("proposal", tuple(span.extent for span in proposal.spans))
        stop = self.sentence
        if stop is None:
            return Target("nothing")
        kind = "headline" if stop.kind == "headline" else "sentence"
        return Target(kind, (stop.extent,))

    def only_claim(self) -> Claim | None:
        """The focused claim, or the one claim of the focused highlight if there is just one."""
        claim = self.focused_claim()
        if claim is None and self.focus:
            claims = self.annotations.claims.get(self.focus, ())
            return claims[0] if len(claims) == 1 else None
        return claim

    def stops(self, claims_only: bool = False) -> list[tuple[int, str]]:
        """(offset, id) of what `]` and `[` visit, in text order: marks with claims, and proposals.

        A highlight with claims is visited as its claims, one after the other; before them as itself
        where its words are not in today's text as they were. Orphans come last.
        """
        found = [
            (placed.start, stop)
            for placed in self.annotations.highlights
            for stop in self._stops_on(placed, claims_only)
        ]
        if not claims_only:
            found += [(each.spans[0].start, name) for name, each in self.proposals.items()]
            found.sort(key=lambda stop: stop[0])
        return found

    def _stops_on(self, placed: Placed, claims_only: bool) -> Iterable[str]:
        claims = self.annotations.claims.get(placed.record.id)
        if claims and claims_only:
            return (claim.id for claim in claims)
        if claims and not placed.unsettled:
            return self._with_links(claims)
        if claims:
            return (placed.record.id, *self._with_links(claims))
        return () if claims_only else (placed.record.id,)

    def _with_links(self, claims: Iterable[Claim]) -> Iterator[str]:
        """The ids of claims, each with those of the links that are proposed for it."""
        for claim in claims:
            yield claim.id
            yield from (link.id for link in self.links.get(claim.id, ()))

    def _which_sentence(self) -> str:
        """Which sentence it is; in a text too long to know that, where it stands."""
        if self.outline.rough:
            return f"sentence at {100 * self.caret // len(self.article.text)} %"
        return f"sentence {self.outline.index_at(self.caret) + 1} of {len(self.outline.sentences)}"

    def _number(self, kind: str) -> tuple[int, int] | None:
        """Which of the claims or highlights has the focus (from 1), and how many there are.

        Said after every key: only highlights with claims are looked at, all others are counted.
        """
        notes, here = self.annotations, self.focused_highlight()
        if here is None:
            return None
        if kind != "claim":
            return notes.index_of(here) + 1, len(notes.highlights)
        mine = [claim.id for claim in notes.claims.get(here.record.id, ())]
        if self.focus not in mine:
            return None
        claimed = [p for name in notes.claims if (p := notes.highlight(name)) is not None]
        earlier = [p for p in claimed if text_order(p) < text_order(here)]
        before, total = (
            sum(len(notes.claims[p.record.id]) for p in part) for part in (earlier, claimed)
        )
        return before + mine.index(self.focus) + 1, total

    def focus_on(self, record: str) -> None:
        """Put the focus on a highlight, claim or proposal, and the caret where it begins.

        A proposal that was taken stands for the claim that it has become.
        """
        self.clear_selection()
        become = self.annotations.came_of(record) if record not in self.proposals else None
        self.focus = become.id if become is not None else record
        placed, proposal = self.focused_highlight(), self.focused_proposal()
        if placed is not None and placed.extents:
            self.caret = placed.start
            self.by_word = False
        elif proposal is not None:
            self.caret = proposal.spans[0].start
            self.by_word = False

    def select(self, extent: Extent) -> None:
        """Select an extent of the article."""
        from tui.reading.motions import previous_grapheme

        self.anchor = extent.start
        self.caret = previous_grapheme(self.article.text, extent.end)
        self.by_word = True

    def clear_selection(self) -> None:
        """Forget every selected range."""
        self.anchor = None
        self.pieces = ()

    def words(self, standing: str = "") -> str:
        """What the target is, for the status line.

        Where nothing else on the screen says how what is focused stands, `standing` does, in place
        of its first words.
        """
        target = self.target()
        if target.kind == "selection":
            size = sum(end - start for start, end in target.extents)
            pieces = f"{len(target.extents)} pieces, " if len(target.extents) > 1 else ""
            return f"selection, {pieces}{size} characters"
        if target.kind in ("sentence", "headline"):
            if target.kind == "headline":
                return "headline (1-9 t i r: whole article)"
            return self._which_sentence()
        if target.kind == "nothing":
            return "nothing"
        proposal = self.focused_proposal()
        if proposal is not None:
            number = f"proposal {list(self.proposals).index(self.focus) + 1}"
            return f"{number} of {len(self.proposals)} {quoted(joined_quote(proposal.spans))}"
        link = self.focused_link()
        if link is not None:
            return f"proposed link: {link[1].kind}"
        place = self._number(target.kind)
        if place is None:
            return target.kind
        number = f"{target.kind} {place[0]} of {place[1]}"
        claim, placed = self.focused_claim(), self.focused_highlight()
        words = claim.statement if claim else joined_quote(placed.record.spans) if placed else ""
        fit = _FITS.get(placed.fit, "") if placed is not None and claim is None else ""
        return f"{fit}{number} · {standing}" if standing else f"{fit}{number} {quoted(words)}"


_FITS = {"changed": "changed ", "orphan": "lost ", "sought": "sought ", "unplaced": "unplaced "}


def quoted(text: str) -> str:
    """The first words of a text in quotation marks."""
    words = " ".join(text.split())
    return f"“{words[:QUOTED].rstrip()}…”" if len(words) > QUOTED else f"“{words}”"
