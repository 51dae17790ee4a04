"""Which columns of a claim a width has room for, and a claim in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from rich.cells import cell_len

from tui.model.rows import Row
from tui.model.told import Told
from tui.model.wording import format_quantity
from tui.widgets.annotation_lines import status_words
from tui.widgets.article_list import short_date
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.told_pieces import DOT, facts_of, sources_of, time_of

ROOMY = 100  # cells from which two stand between columns
SELECTED = "●"
UNNAMED = "not named"
_ORDER = (
    "mark", "status", "date", "source", "statement", "time", "figures", "grade", "tags", "article",
)  # fmt: skip
# The first that have room are there, each with so many cells at least.
_LEAST = {
    "mark": 1, "status": 2, "source": 12, "date": 5, "grade": 2, "figures": 13, "time": 14,
    "tags": 12, "article": 18,
}  # fmt: skip
# Cells that a statement has at least: with room, with less, and where hardly anything has any.
_WIDE, _STATEMENT, _NARROW = 38, 30, 12
# What is left makes them wider, one after the other; a status in words needs all its cells.
_MOST = (
    ("statement", 44), ("status", 12), ("source", 22), ("figures", 22), ("time", 22), ("tags", 20),
    ("article", 30),
)  # fmt: skip
_LABELS = {
    "mark": "", "status": "status", "date": "date", "source": "source", "statement": "claim",
    "time": "about", "figures": "figures", "grade": "gr", "tags": "tags", "article": "article",
}  # fmt: skip
_INDENT = "  "
_WHOLE = 12  # lines of the statement of the claim under the cursor
_ASIDE = 3  # lines of each of its facts


class Columns(Struct, frozen=True):
    """Names of columns from left to right and their cells, the cells between them, and the year.

    Dates of that year are written without it.
    """

    cells: tuple[tuple[str, int], ...]
    gap: int
    year: str


class Used(Struct, frozen=True):
    """What columns the claims have something in, how long their dates are, and their year."""

    names: frozenset[str]
    date: int = 5
    year: str = ""

    def __or__(self, other: Used) -> Used:
        """What these and others need together."""
        years = {self.year, other.year} - {""}
        long = len(years) > 1 or 10 in (self.date, other.date)
        return Used(self.names | other.names, 10 if long else 5, years.pop() if years else "")


def used_by(rows: Sequence[Row]) -> Used:
    """What some claims need columns for."""
    needed = {
        "grade": any(row.grade for row in rows),
        "figures": any(row.counts for row in rows),
        "time": any(row.timed for row in rows),
        "tags": any(row.tags for row in rows),
    }
    years = {row.published[:4] for row in rows} - {""}
    names = frozenset(name for name, there in needed.items() if there)
    return Used(names, 10 if len(years) > 1 else 5, years.pop() if years else "")


def columns_of(used: Used, width: int) -> Columns:
    """The columns for a width in cells; the statement is always there."""
    gap = 2 if width >= ROOMY else 1
    least = {**_LEAST, "date": used.date}
    optional = {"grade", "figures", "time", "tags"} - used.names
    statement = _WIDE if width >= ROOMY else _STATEMENT
    statement = statement if width >= statement + 10 else min(_NARROW, width)
    found = {"statement": statement}
    left = width - statement
    for name, cells in least.items():
        if name not in optional and cells + gap <= left:
            found[name] = cells
            left -= cells + gap
    for name, most in _MOST:
        more = min(left, most - found.get(name, most))
        if name == "status" and more < most - found.get(name, most):
            continue
        if more > 0:
            found[name] += more
            left -= more
    found["statement"] = max(1, found["statement"] + left)
    return Columns(tuple((name, found[name]) for name in _ORDER if name in found), gap, used.year)


def label_line(columns: Columns, sort: str) -> Line:
    """What the columns hold; that which the claims are sorted by is marked."""
    by = {"article": "date", "changed": ""}.get(sort, sort)
    found: list[Piece] = []
    for name, cells in columns.cells:
        label = _LABELS[name] if len(_LABELS[name]) <= cells else ""
        found.append(Piece(_padded(label, cells), "accent" if name == by else "dim"))
        found.append(Piece(" " * columns.gap))
    return found


def row_line(row: Told, columns: Columns, selected: bool) -> Line:
    """A claim on one line."""
    found: list[Piece] = []
    for name, cells in columns.cells:
        if name == "mark":
            found.append(Piece(SELECTED if selected else " ", "key"))
        elif name == "status":
            found += _status(row, cells)
        else:
            text, role = _cell(row, name, columns)
            found.append(Piece(_padded(text, cells), role))
        found.append(Piece(" " * columns.gap))
    return found[:-1]


def _cell(row: Told, name: str, columns: Columns) -> tuple[str, str]:
    """What stands in a column, and its style role."""
    match name:
        case "date":
            long = any(n == "date" and cells > 5 for n, cells in columns.cells)
            return short_date(row.published, "" if long else columns.year), "dim"
        case "source":
            nobody = UNNAMED if row.claim.chain else row.outlet
            return one_line(row.source or nobody), "" if row.source else "dim"
        case "time":
            return time_of(row.claim.when), ""
        case "figures":
            return _figures(row), "accent"
        case "grade":
            return row.grade, "strong"
        case "tags":
            return one_line(", ".join(tag.rpartition("/")[2] for tag in row.tags)), "dim"
        case "article":
            return one_line(row.title or row.path), "dim"
        case _:
            return one_line(row.claim.statement), ""


def _status(row: Told, cells: int) -> Sequence[Piece]:
    """A status in words, or as a sign alone, and whether it is flagged."""
    words, role = status_words(row.status)
    if cells < 10:
        words = words.partition(" ")[2] or " "
    flag = "!" if row.status.flagged else ""
    room = max(0, cells - len(flag))
    return (Piece(_padded(words, room), role), Piece(flag, "warn"))


def _figures(row: Told) -> str:
    found = [one_line(text) for text in map(format_quantity, row.claim.quantities) if text]
    return f"{found[0]} +{len(found) - 1}" if len(found) > 1 else "".join(found)


def _padded(text: str, cells: int) -> str:
    text = cut(text, cells)
    return text + " " * (cells - cell_len(text))


def whole_lines(row: Told, columns: Columns, width: int, selected: bool) -> Sequence[Line]:
    """A claim on its line, and below it all that had no room there."""
    cells = dict(columns.cells)
    found = [row_line(row, columns, selected)]
    room = width - len(_INDENT)
    statement = one_line(row.claim.statement)
    if cell_len(statement) > cells["statement"]:
        found += [(Piece(_INDENT), Piece(line)) for line in wrapped(statement, room, _WHOLE)]
    for fact in filter(None, _facts(row, cells)):
        found += [(Piece(_INDENT), Piece(line, "dim")) for line in wrapped(fact, room, _ASIDE)]
    return found


def _facts(row: Told, cells: dict[str, int]) -> Iterator[str]:
    time, sources, standing = time_of(row.claim.when), sources_of(row), status_words(row.status)[0]
    short = cell_len(time) > cells.get("time", 0)
    status = standing if cells.get("status", 0) < 10 else ""
    grade = row.grade if "grade" not in cells else ""
    tags = one_line(", ".join(row.tags))
    yield DOT.join(filter(None, (sources, time if short else "")))
    figures, said = facts_of(row, time)
    yield figures
    yield DOT.join(filter(None, (status, one_line(row.status.reason), grade, tags)))
    yield said
