"""A workbook for spreadsheets (Office Open XML): the table of CSV, and sheets of what it refers to.

Every text is a string to the spreadsheet, whatever it begins with: nothing in it is a formula.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from tui.exchange.aside import aside
from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.table import columns_of, printable
from tui.model.wording import counted

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.styles import Font

LONGEST = 32_767  # characters of a cell, in UTF-16 units (ECMA-376 as Excel has it)
ROWS = 1_048_576

_ARTICLE = (
    *("id", "title", "outlet", "byline", "published", "modified"),
    *("url", "path", "language", "revision"),
)


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as an .xlsx file, an article each step.

    Says what was too long for a cell. Raises ExchangeError if there are too many rows for a sheet.
    """
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExchangeError("xlsx needs openpyxl: pip install 'pressmark[xlsx]'") from error
    book = Workbook(write_only=True)
    try:
        columns = columns_of(bundle)
        claims = Sheet(book, "claims", tuple(columns))
        articles = Sheet(book, "articles", _ARTICLE)
        for part in bundle.articles:
            for item in bundle.items_of(part):
                claims.add(value(item) for value in columns.values())
            articles.add(getattr(part.article, name) for name in _ARTICLE)
            yield ""
        rest = [Sheet(book, name, header, rows) for name, header, rows in _small(bundle)]
        for _step in aside(lambda: book.save(path), waited=True):  # copies and packs the sheets
            yield ""
    except BaseException as error:
        _discard(book)
        if "ENOSPC" in str(error):  # lxml's word for a full disk is none of Python's
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)) from error
        raise
    cut = sum(sheet.cut for sheet in (claims, articles, *rest))
    if cut:
        yield f"{counted(cut, 'cell')} cut at {LONGEST:,} characters: a cell holds no more"


def _small(bundle: Bundle) -> Iterator[tuple[str, Sequence[str], Iterable[Iterable[object]]]]:
    """The sheets that are the same for any number of articles."""
    tags = (
        (tag.path, tag.slot or None, tag.colour, tag.description) for tag in bundle.codebook.tags
    )
    yield "codebook", ("tag", "slot", "colour", "description"), tags
    sources = (
        (s.name, " | ".join(s.aliases), s.kind, s.role, s.affiliation)
        for s in bundle.sources.sources
    )
    yield "sources", ("name", "aliases", "kind", "role", "affiliation"), sources


class Sheet:
    """One sheet, which goes to a temporary file row by row; `cut` counts cells that were."""

    def __init__(
        self,
        book: Workbook,
        name: str,
        header: Sequence[str],
        rows: Iterable[Iterable[object]] = (),
    ) -> None:
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.styles import Font

        self.cut = 0
        self._made = WriteOnlyCell
        self._rows = 1
        self._sheet: Any = book.create_sheet(name)
        self._sheet.freeze_panes = "A2"
        self._sheet.append([self._cell(each, Font(bold=True)) for each in header])
        for row in rows:
            self.add(row)

    def add(self, values: Iterable[object]) -> None:
        """Write a row. Raises ExchangeError if a sheet holds no more."""
        self._rows += 1
        if self._rows > ROWS:
            raise ExchangeError(f"a sheet holds {ROWS:,} rows and no more: export a part, or csv")
        self._sheet.append([self._cell(value) for value in values])

    def _cell(self, value: object, font: Font | None = None) -> Any:
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        text = printable(("yes" if value else "no") if isinstance(value, bool) else str(value))
        if len(text.encode("utf-16-le")) > 2 * LONGEST:
            text = text.encode("utf-16-le")[: 2 * LONGEST].decode("utf-16-le", "ignore")
            self.cut += 1
        made: Any = self._made(self._sheet, text)
        made.data_type = "s"  # it took what begins with = for a formula
        if font is not None:
            made.font = font
        return made


def _discard(book: Workbook) -> None:
    """Remove the temporary files of sheets that are not to be saved, which openpyxl leaves."""
    for sheet in cast("list[Any]", book.worksheets):
        with suppress(Exception):
            sheet.close()
        with suppress(Exception):
            sheet._writer.cleanup()  # noqa: SLF001 - there is no other way
