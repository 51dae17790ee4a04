"""What the annotation panel says of a proposal: its words, and why it is proposed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import TYPE_CHECKING, NamedTuple

from tui.model.records import Highlight
from tui.model.spans import joined_quote
from tui.model.views import Placed, text_order
from tui.widgets.annotation_rows import Row
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece

if TYPE_CHECKING:
    from tui.analysis import Suggestion
    from tui.analysis.proposed_links import ProposedLink

PROPOSAL = "proposal"  # the kind of such a row
_INDENT = "  "
_LABELS = ("source", "cue", "when", "quantity")
_WHOLE = 12  # lines of a proposal that is shown whole


class Proposed(NamedTuple):
    """What is proposed for an article: claims by id, and links by the claim they are for.

    The same mapping is the same proposals.
    """

    claims: Mapping[str, Suggestion] = {}
    links: Mapping[str, Sequence[ProposedLink]] = {}


class ProposalRows:
    """A row for each proposal, in text order; it stands where a highlight on its words would.

    The row of a proposal stays the same as long as the proposal does.
    """

    def __init__(self) -> None:
        self._proposals: Mapping[str, Suggestion] = {}
        self.rows: Mapping[str, Row] = {}

    def take(self, proposals: Mapping[str, Suggestion]) -> frozenset[str]:
        """Have rows for these; returns the ids of those that came, went or are others now."""
        before, rows = self._proposals, self.rows
        if proposals is before:
            return frozenset()
        changed = {name for name, each in proposals.items() if before.get(name) is not each}
        self._proposals = proposals
        self.rows = {
            name: _row(each) if name in changed else rows[name] for name, each in proposals.items()
        }
        return frozenset(changed | (before.keys() - proposals.keys()))


def _row(proposal: Suggestion) -> Row:
    record = Highlight(id=proposal.id, spans=proposal.spans)
    placed = Placed(record, tuple(span.extent for span in proposal.spans))
    end = proposal.spans[-1].end
    return Row(proposal.id, PROPOSAL, placed.start, end, record, placed, reasons=proposal.reasons)


def interleaved(rows: Iterable[Row], proposals: Collection[Row]) -> list[Row]:
    """Both in text order; those of the article itself first."""
    return list(merge(rows, proposals, key=row_order)) if proposals else list(rows)


def row_order(row: Row) -> tuple[int, int, str]:
    """The place of a row among others; the rows of one highlight have the same."""
    return text_order(row.highlight) if row.highlight is not None else (-1, 0, "")


HEIGHT = 2  # lines of a row that is not whole


def proposal_lines(row: Row, width: int, *, whole: bool = False) -> Iterator[Line]:
    """The lines of a proposal's row: a line of words, one of reasons; `whole`: all of both."""
    record = row.record
    assert isinstance(record, Highlight)
    quote = one_line(joined_quote(record.spans))
    reasons = one_line(" · ".join(row.reasons))
    room = max(1, width - len(_INDENT))
    words = wrapped(quote, room, _WHOLE) if whole else [cut(quote, room)]
    for number, line in enumerate(words):
        sign = "? " if not number else _INDENT
        yield (Piece(sign, "accent"), Piece(line, "" if whole else "dim"))
    for line in (
        wrapped(reasons, room, _WHOLE) if whole else [cut(one_line(brief(row.reasons)), room)]
    ):
        yield (Piece(_INDENT), Piece(line, "dim"))


def brief(reasons: Iterable[str]) -> str:
    """Reasons without their labels, in a line, who said it first: `NIS › estimated · > 3,000`."""
    found: dict[str, list[str]] = {}
    for reason in reasons:
        label, colon, words = reason.partition(": ")
        kind = label if colon and label in _LABELS else ""
        found.setdefault(kind, []).append(words if kind else reason)
    said = " › ".join((*found.pop("source", ()), *found.pop("cue", ())))
    return " · ".join((said, *(each for some in found.values() for each in some)))
