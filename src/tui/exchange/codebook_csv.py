"""Codebooks as a table: a row a tag, in the columns that Taguette reads and three of our own.

Read are the tables of Taguette and any with a column `tag`, `name` or `path`. A cell that a
spreadsheet would take for a formula has an apostrophe before it, which is taken off again.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import tag_for
from tui.exchange.incoming import Incoming, Refused
from tui.exchange.table import FORMULA
from tui.exchange.tag_memos import book_of, described, split_line, tag_of
from tui.model.codebook import Tag

_COLUMNS = ("tag", "description", "slot", "colour", "was")
_BETWEEN = ", "  # no path has a comma in it
_LONGEST = 10_000_000  # characters of a cell


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The codebook of a bundle as CSV with a header row."""
    yield _line(_COLUMNS)
    for tag in bundle.codebook.tags:
        was = _BETWEEN.join(tag.was)
        memo = described(tag, "slot", "colour", "was")
        yield _line((tag.path, memo, str(tag.slot or ""), tag.colour, was))


def read(text: str, name: str) -> Incoming:
    """The codebook in a table; raises ExchangeError, with one sentence, if it is none."""
    before = csv.field_size_limit(_LONGEST)
    try:
        rows = csv.reader(io.StringIO(text, newline=""))
        header = [cell.strip().lower() for cell in next(rows, list[str]())]
        column = next((c for c in ("tag", "path", "name") if c in header), "")
        if not column:
            raise ExchangeError(
                f"{name} is no codebook: its first row names no column `tag`, such as "
                "`tag,description`"
            )
        tags: list[Tag] = []
        refused: list[Refused] = []
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = dict(zip(header, map(_plain, row), strict=False))
                try:
                    tags.append(_tag(cells, column))
                except ValueError as error:
                    refused.append(Refused(rows.line_num, str(error)))
    except csv.Error as error:
        raise ExchangeError(f"{name} is no CSV: {error}; export it again") from error
    finally:
        csv.field_size_limit(before)
    return Incoming(name, codebook=book_of(tags), refused=tuple(refused), whole=True)


def _tag(cells: Mapping[str, str], column: str) -> Tag:
    path = tag_for(cells.get(column, ""))
    if not path:
        raise ValueError(f"{cells.get(column, '')[:60]!r} is no tag")
    memo, more = split_line(cells.get("description", ""))
    given = {
        "description": memo,
        "slot": int(slot) if (slot := cells.get("slot", "").strip()).isdecimal() else 0,
        "colour": cells.get("colour", "").strip().lower(),
        "was": [old for old in cells.get("was", "").split(_BETWEEN) if old],
    }
    return tag_of({**more, **given, "path": path})


def _plain(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and _runs(cell) else cell


def _runs(cell: str) -> bool:
    """Whether a spreadsheet might run it, but for apostrophes before it."""
    return FORMULA.match(cell.lstrip("'")) is not None


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    safe = ["'" + cell if _runs(cell) else cell for cell in cells]
    csv.writer(out, lineterminator="\r\n").writerow(safe)
    return out.getvalue()
