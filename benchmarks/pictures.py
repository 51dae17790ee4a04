"""Figures over sizes as an SVG: both axes logarithmic, a line a figure, its name at its end."""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.growth import Figures, Row, exponent, points_of

WIDTH, HEIGHT = 460, 380  # of one plot
LEFT, RIGHT, TOP, BOTTOM = 56, 176, 34, 40  # room around its lines
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7f7f7f")
LABEL, GAP = 14.0, 3.0  # between two lines of a name, and more between two names
STYLE = """
text { font: 12px system-ui, "DejaVu Sans", sans-serif; fill: #333 }
.title { font-weight: 600 }
.grid { stroke: #8884; stroke-width: 1 }
.line { fill: none; stroke-width: 2 }
.paper { fill: #fff }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .paper { fill: #181818 } }
"""
TITLES = {1: "on the screen, ms", 2: "search, ms"}


def draw(file: Path, results: Mapping[int, Figures], rows: Sequence[Row]) -> None:
    """Write the plots of the rows that name a picture, side by side."""
    numbers = sorted({row.picture for row in rows if row.picture})
    plots = [
        plot(at * WIDTH, TITLES[number], results, [r for r in rows if r.picture == number])
        for at, number in enumerate(numbers)
    ]
    width = WIDTH * len(numbers)
    body = "\n".join(plots)
    file.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {HEIGHT}" width="{width}">\n'
        f"<title>Milliseconds over the number of articles</title>\n<style>{STYLE}</style>\n"
        f'<rect class="paper" width="{width}" height="{HEIGHT}"/>\n{body}\n</svg>\n',
        encoding="utf-8",
    )


def plot(x: float, title: str, results: Mapping[int, Figures], rows: Sequence[Row]) -> str:
    """One plot, its left edge at `x`."""
    series = {row.label.removeprefix("search, "): points_of(results, row) for row in rows}
    series = {label: points for label, points in series.items() if points}
    values = [value for points in series.values() for value in points.values()]
    if not values:
        return f'<text x="{x + LEFT}" y="20">{html.escape(title)}: not measured</text>'
    axes = _Axes(x, sorted(results), min(values), max(values))
    pieces = [
        f'<text class="title" x="{x + LEFT}" y="20">{html.escape(title)}</text>',
        *axes.grid(),
    ]
    ends: list[tuple[float, str, str]] = []
    for colour, (label, points) in zip(COLOURS * 3, series.items(), strict=False):
        places = [(axes.x(size), axes.y(value)) for size, value in points.items()]
        line = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
        pieces.append(f'<polyline class="line" stroke="{colour}" points="{line}"/>')
        pieces += [f'<circle cx="{a:.1f}" cy="{b:.1f}" r="3" fill="{colour}"/>' for a, b in places]
        slope = exponent(points)
        grows = f" ({slope:+.2f})" if slope is not None else ""
        ends.append((places[-1][1], f"{label}{grows}", colour))
    pieces += _names(x + WIDTH - RIGHT + 8, ends)
    return "\n".join(pieces)


def _names(x: float, ends: Sequence[tuple[float, str, str]]) -> list[str]:
    """The names of lines beside their ends, none over another, and none below the plot."""
    found: list[str] = []
    lines = [(y, colour, _broken(label)) for y, label, colour in sorted(ends)]
    below = sum(len(words) * LABEL + GAP for _, _, words in lines)
    least = TOP
    for y, colour, words in lines:
        at = max(least, min(y, HEIGHT - BOTTOM - below + LABEL))
        below -= len(words) * LABEL + GAP
        for word in words:
            found.append(
                f'<text x="{x}" y="{at + 4:.1f}" style="fill:{colour}">{html.escape(word)}</text>'
            )
            at += LABEL
        least = at + GAP
    return found


def _broken(label: str) -> list[str]:
    """A name in lines of some 26 letters."""
    lines = [""]
    for word in label.split():
        if len(lines[-1]) + len(word) > 26:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


class _Axes:
    """Where a size and a value lie in a plot."""

    def __init__(self, x: float, sizes: Sequence[int], low: float, high: float) -> None:
        self._left = x + LEFT
        self._wide, self._tall = WIDTH - LEFT - RIGHT, HEIGHT - TOP - BOTTOM
        self._sizes = sizes
        self._low, self._high = math.floor(math.log10(low)), math.ceil(math.log10(high))
        self._high = max(self._high, self._low + 1)

    def x(self, size: int) -> float:
        """The column of a size."""
        first, last = math.log(self._sizes[0]), math.log(self._sizes[-1])
        return self._left + self._wide * (math.log(size) - first) / ((last - first) or 1)

    def y(self, value: float) -> float:
        """The row of a value."""
        share = (math.log10(value) - self._low) / (self._high - self._low)
        return TOP + self._tall * (1 - share)

    def grid(self) -> list[str]:
        """Lines at powers of ten, and the sizes."""
        found: list[str] = []
        for power in range(self._low, self._high + 1):
            value = 10.0**power
            y = self.y(value)
            found += [
                f'<path class="grid" d="M{self._left} {y:.1f}h{self._wide}"/>',
                f'<text x="{self._left - 6}" y="{y + 4:.1f}" text-anchor="end">{value:g}</text>',
            ]
        found += [
            f'<text x="{self.x(size):.1f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">'
            f"{_short(size)}</text>"
            for size in self._sizes
        ]
        middle = self._left + self._wide / 2
        found.append(
            f'<text x="{middle:.1f}" y="{HEIGHT - 6}" text-anchor="middle">articles, each with 10 '
            "annotations</text>"
        )
        return found


def _short(size: int) -> str:
    """A number with k for thousands, so that it stands beside the next one."""
    return f"{size // 1000} k" if size >= 1000 and size % 1000 == 0 else f"{size:,}"
