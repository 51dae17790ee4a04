"""Bars as inline SVG: claims by status, tag, source and month."""

from __future__ import annotations

from collections import Counter

from tui.exchange.bundles import Bundle, Item
from tui.exchange.page.markup import escaped
from tui.model.views import SAID_IN_ORDER

_MOST = 10  # bars of a chart
_LABEL, _WIDTH, _ROW = 190, 420, 22  # user units of the drawing
_LONGEST = 26  # characters of a label


class Charts:
    """What the charts count, taken in a claim at a time. `status` has how many are of which."""

    def __init__(self) -> None:
        self.status, self._tags = Counter[str](), Counter[str]()
        self._sources, self._months = Counter[str](), Counter[str]()

    def take(self, bundle: Bundle, item: Item) -> None:
        """Count a claim."""
        self.status[item.status.name] += 1
        self._tags.update(bundle.codebook.resolved(item.placed.record.tags))
        if item.claim is not None and item.claim.chain:
            self._sources[item.claim.chain[-1].source.text or "not named"] += 1
        if item.article.published:
            self._months[item.article.published[:7]] += 1

    def drawn(self) -> str:
        """The charts; one that shows no more than one of each is left out."""
        status = [(name, self.status[name]) for name in SAID_IN_ORDER if self.status[name]]
        found = (
            _chart("Status", status),
            _chart("Tags", self._tags.most_common(_MOST)),
            _chart("Original sources", self._sources.most_common(_MOST)),
            _chart("Published", sorted(self._months.items())[-_MOST:]),
        )
        drawn = "".join(found)
        return f'<section class="charts" aria-label="Charts">\n{drawn}</section>\n' if drawn else ""


def _chart(title: str, bars: list[tuple[str, int]]) -> str:
    top = max((count for _, count in bars), default=0)
    if len(bars) < 2 or top < 2:
        return ""
    rows: list[str] = []
    for index, (label, count) in enumerate(bars):
        y = index * _ROW
        words = " ".join(label.split())
        short = words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
        wide = max(2, round(count / top * (_WIDTH - _LABEL - 40)))
        rows.append(
            f'<text x="{_LABEL - 8}" y="{y + 15}" text-anchor="end">{escaped(short)}</text>'
            f'<rect x="{_LABEL}" y="{y + 3}" width="{wide}" height="{_ROW - 6}" rx="2"></rect>'
            f'<text x="{_LABEL + wide + 6}" y="{y + 15}">{count:,}</text>'
        )
    said = "; ".join(f"{' '.join(label.split())} {count}" for label, count in bars)
    return (
        f"<figure><figcaption>{escaped(title)}</figcaption>\n"
        f'<svg viewBox="0 0 {_WIDTH} {len(bars) * _ROW}" role="img" '
        f'aria-label="{escaped(said)}">{"".join(rows)}</svg></figure>\n'
    )
