from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from openpyxl import load_workbook
from tests.exchange.telling import bundle_of, records_of, telling_bundle

from tui.exchange import Bundle, write_out
from tui.model.records import Claim, Highlight
from tui.model.spans import Extent

SHOWN = str.maketrans("\x1b\x00\x07\ufffe\uffff\ud800", "␛␀␇\ufffd\ufffd\ufffd")


def sheet_of(bundle: Bundle, path: Path) -> list[dict[str, object]]:
    write_out(bundle, "xlsx", path)
    header, *rows = load_workbook(path)["claims"].values
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_a_workbook_has_a_row_a_claim_and_numbers_that_are_numbers(tmp_path: Path) -> None:
    rows = sheet_of(telling_bundle(), tmp_path / "claims.xlsx")
    claim = next(row for row in rows if row["kind"] == "claim")
    assert claim["statement"] == "more than 3,000 casualties have occurred so far"
    assert (claim["status"], claim["grade"], claim["rev"]) == ("accepted", "B2", 1)
    assert len(rows) == 4
    sheets = load_workbook(tmp_path / "claims.xlsx")
    assert [row[0] for row in sheets["articles"].values][1:] == [
        next(iter(telling_bundle().articles)).article.id
    ]


@pytest.mark.parametrize(
    "evil",
    ["=1+1", "=cmd|' /C calc'!A0", "+1", "@SUM(A1)", "\x1b[31m\x00", "a\ufffe\uffff\x07\ud800"],
)
def test_no_string_is_a_formula_and_none_breaks_the_file(evil: str, tmp_path: Path) -> None:
    article = next(iter(telling_bundle().articles)).article
    _, marked = records_of(article, [((Extent(0, 3),), (), evil)])
    assert isinstance(marked, Highlight)
    claim = Claim(id=marked.id[:-1] + "Z", article=article.id, highlight=marked.id, statement=evil)
    path = tmp_path / "claims.xlsx"
    (row,) = sheet_of(bundle_of(article, [replace(marked, note=evil), claim]), path)
    assert row["statement"] == evil.translate(SHOWN)
    cells = [cell for line in load_workbook(path)["claims"].iter_rows() for cell in line]
    assert {cell.data_type for cell in cells} <= {"inlineStr", "s", "n"}


def test_what_is_too_long_for_a_cell_is_cut_and_said(tmp_path: Path) -> None:
    article = next(iter(telling_bundle().articles)).article
    _, marked = records_of(article, [((Extent(0, 3),), (), "🇰" * 20_000)])
    (said,) = write_out(bundle_of(article, [marked]), "xlsx", tmp_path / "claims.xlsx")
    assert said.startswith("1 cell cut at 32,767 characters")
