"""A workbook for spreadsheets (Office Open XML): the table of CSV, and sheets of what it refers to.

Every text is a string to the spreadsheet, whatever it begins with: nothing in it is a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.table import columns_of, printable
from tui.model.wording import counted

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

LONGEST = 32_767  # characters of a cell, in UTF-16 units (ECMA-376 as Excel has it)
ROWS = 1_048_576

_ARTICLE = (
    *("id", "title", "outlet", "byline", "published", "modified"),
    *("url", "path", "language", "revision"),
)


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as an .xlsx file; says what was too long for a cell or a sheet."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExchangeError("xlsx needs openpyxl: pip install 'pressmark[xlsx]'") from error
    book = Workbook(write_only=True)
    cut = 0
    for name, header, rows in _sheets(bundle):
        sheet: Any = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        cut += _fill(sheet, header, rows)
    book.save(path)
    if cut:
        yield f"{counted(cut, 'cell')} cut at {LONGEST:,} characters: a cell holds no more"


def _sheets(bundle: Bundle) -> Iterator[tuple[str, Sequence[str], Iterable[Iterable[object]]]]:
    columns = columns_of(bundle)
    claims = ([value(item) for value in columns.values()] for item in bundle.items())
    yield "claims", tuple(columns), claims
    articles = (part.article for part in bundle.articles)
    yield "articles", _ARTICLE, ([getattr(a, name) for name in _ARTICLE] for a in articles)
    tags = (
        (tag.path, tag.slot or None, tag.colour, tag.description) for tag in bundle.codebook.tags
    )
    yield "codebook", ("tag", "slot", "colour", "description"), tags
    sources = (
        (s.name, " | ".join(s.aliases), s.kind, s.role, s.affiliation)
        for s in bundle.sources.sources
    )
    yield "sources", ("name", "aliases", "kind", "role", "affiliation"), sources


def _fill(sheet: Worksheet, header: Sequence[str], rows: Iterable[Iterable[object]]) -> int:
    """Write a sheet; how many cells had to be cut. Raises ExchangeError for too many rows."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cut = 0
    bold = Font(bold=True)

    def cell(value: object, font: Font | None = None) -> Any:
        nonlocal cut
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        text = printable(("yes" if value else "no") if isinstance(value, bool) else str(value))
        if len(text.encode("utf-16-le")) > 2 * LONGEST:
            text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
            cut += 1
        made: Any = WriteOnlyCell(sheet, text)
        made.data_type = "s"  # it took what begins with = for a formula
        if font is not None:
            made.font = font
        return made

    sheet.append([cell(name, bold) for name in header])
    for number, row in enumerate(rows, 2):
        if number > ROWS:
            raise ExchangeError(f"a sheet holds {ROWS:,} rows and no more: export a part, or csv")
        sheet.append([cell(value) for value in row])
    return cut
