"""Figures over sizes: how they grow, in a table, in a file of JSON, and as a picture.

The exponent of a figure is the slope of the line through log figure over log size (least squares
over all sizes measured): 0 is no growth, 1 is as the size.
"""

from __future__ import annotations

import json
import math
import statistics
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple, cast

from benchmarks.measuring import percentile

BUSY = 1.5  # load from which other programs are at work

Values = list[float]
Figures = dict[str, Values | str]  # a sentence where there is no figure


class Row(NamedTuple):
    """A line of the table: which figure, which percentile of it, and its unit."""

    label: str
    figure: str
    percent: int = 50
    unit: str = "ms"
    picture: int = 0  # the picture it is drawn in; 0 is none


def value_of(figures: Figures, row: Row) -> float | None:
    """The percentile of a figure in the unit of its row; None if it was not measured."""
    found = figures.get(row.figure)
    if not isinstance(found, list) or not found:
        return None
    return percentile(found, row.percent) * (1000 if row.unit in ("ms", "ms each") else 1)


def exponent(points: Mapping[int, float]) -> float | None:
    """The slope of log value over log size (least squares); None for less than two sizes."""
    known = {size: value for size, value in points.items() if value > 0}
    if len(known) < 2:
        return None
    xs, ys = map(math.log, known), map(math.log, known.values())
    return statistics.linear_regression(list(xs), list(ys)).slope


def points_of(results: Mapping[int, Figures], row: Row) -> dict[int, float]:
    """A row's values by size, where they were measured."""
    found = {size: value_of(figures, row) for size, figures in sorted(results.items())}
    return {size: value for size, value in found.items() if value is not None}


def table(results: Mapping[int, Figures], rows: Sequence[Row]) -> list[str]:
    """Lines of Markdown: a column a size, the largest beside the smallest, and the exponent."""
    sizes = sorted(results)
    head = ["", *(f"{size:,}" for size in sizes), "ratio", "exponent"]
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    for row in rows:
        points = points_of(results, row)
        cells = [_cell(results[size], row) for size in sizes]
        first, last = points.get(sizes[0]), points.get(sizes[-1])
        ratio = f"{last / first:.2f}x" if first and last and len(sizes) > 1 else ""
        slope = exponent(points)
        grows = f"{slope:+.2f}" if slope is not None else ""
        lines.append(f"| {' | '.join([f'{row.label}, {row.unit}', *cells, ratio, grows])} |")
    return lines


def _cell(figures: Figures, row: Row) -> str:
    value = value_of(figures, row)
    if value is not None:
        return f"{value:,.1f}" if value < 100 else f"{value:,.0f}"
    said = figures.get(row.figure)
    return said if isinstance(said, str) and said else "-"


def save(file: Path, about: Mapping[str, Any], results: Mapping[int, Figures]) -> None:
    """Keep results with what they are about (machine, date, commit)."""
    file.parent.mkdir(parents=True, exist_ok=True)
    rounded = {
        str(size): {
            name: [float(f"{v:.5g}") for v in values] if isinstance(values, list) else values
            for name, values in sorted(figures.items())
        }
        for size, figures in sorted(results.items())
    }
    text = json.dumps({"about": about, "sizes": rounded}, ensure_ascii=False, indent=1)
    file.write_text(_flat(text) + "\n", encoding="utf-8")


def put_into(document: Path, name: str, lines: Sequence[str]) -> None:
    """Put lines in place of those between `<!-- NAME -->` and `<!-- end of NAME -->`.

    Raises ValueError if the document does not hold both.
    """
    text = document.read_text(encoding="utf-8")
    begin, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    before, found, rest = text.partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise ValueError(f"{document} has no {begin} with {end} behind it: put both in")
    block = "\n".join(lines)
    document.write_text(f"{before}{begin}\n\n{block}\n\n{end}{after}", encoding="utf-8")


def measured_on(machine: str, load: float, commit: str) -> str:
    """A line that says where figures are from; a machine with other work is *busy*."""
    busy = "**busy**" if load > BUSY else "quiet"
    return f"{machine} ({busy}); commit {commit}." if commit else f"{machine} ({busy})."


def _flat(text: str) -> str:
    """JSON with each list of numbers on one line."""
    pieces = text.split("[")
    for at, piece in enumerate(pieces[1:], start=1):
        inside, bracket, rest = piece.partition("]")
        if '"' not in inside and "{" not in inside:
            pieces[at] = " ".join(inside.split()) + bracket + rest
    return "[".join(pieces)


def load(file: Path) -> tuple[dict[str, Any], dict[int, Figures]]:
    """What `save` kept; nothing if there is no such file."""
    if not file.exists():
        return {}, {}
    found = cast("dict[str, Any]", json.loads(file.read_text(encoding="utf-8")))
    return found["about"], {int(size): figures for size, figures in found["sizes"].items()}
