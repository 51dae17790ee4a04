"""What the annotation panel says of a proposed link: its kind, both quotes, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.model.records import Link
from tui.model.views import Placed
from tui.widgets.annotation_lines import LINKS
from tui.widgets.annotation_rows import Row
from tui.widgets.article_list import short_date
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece

if TYPE_CHECKING:
    from tui.analysis.proposed_links import ProposedLink, Quoted

PROPOSED_LINK = "proposed link"  # the kind of such a row
_INDENT = "   "
_WHOLE = 8  # lines of a quote that is shown whole


def proposed_link_rows(claim: str, links: Sequence[ProposedLink], placed: Placed) -> Iterator[Row]:
    """The rows of the links that are proposed for a claim; they stand under it."""
    end = placed.extents[-1].end if placed.extents else placed.start
    for link in links:
        record = Link(id=link.id, from_=link.from_.id, to=link.to.id, kind=link.kind)
        far = link.to if link.from_.id == claim else link.from_
        yield Row(
            link.id,
            PROPOSED_LINK,
            placed.start,
            end,
            record,
            placed,
            claim,
            far.id,
            link.reasons,
            link,
        )


def proposed_link_lines(row: Row, width: int, *, whole: bool = False) -> Iterator[Line]:
    """The lines of such a row: the kind and the other quote; `whole`: both quotes and reasons."""
    link = row.link
    assert link is not None
    indent = _INDENT if width > 12 else ""
    room = max(1, width - len(indent) - 2)
    words = LINKS.get(link.kind, (link.kind, link.kind))
    kind = words[0] if link.from_.id == row.claim else words[1]
    far, near = (link.to, link.from_) if link.from_.id == row.claim else (link.from_, link.to)
    if not whole:
        head = f"{kind}? "
        quote = cut(one_line(far.quote), max(1, room + 2 - len(head)))
        yield (Piece(indent), Piece(head, "accent"), Piece(quote, "dim"))
        return
    yield (
        Piece(indent),
        Piece(f"{kind}?", "accent"),
        Piece(cut(_where(far), room - len(kind)), "dim"),
    )
    for each in (far, near):
        sign = "“" if each is far else "here “"
        for line in wrapped(one_line(f"{sign}{each.quote}”"), room, _WHOLE):
            yield (Piece(f"{indent}  "), Piece(line, "" if each is far else "dim"))
    for line in wrapped(one_line(" · ".join(row.reasons)), room, _WHOLE):
        yield (Piece(f"{indent}  "), Piece(line, "dim"))


def _where(end: Quoted) -> str:
    """Outlet and date of the other article."""
    parts = (one_line(end.outlet or end.title), short_date(end.published, ""))
    return "".join(f" · {part}" for part in parts if part)
