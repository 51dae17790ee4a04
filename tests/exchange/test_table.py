from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.exchange import ArticleBundle, Bundle, export_text
from tui.model.articles import Article
from tui.model.ids import id_of_number
from tui.model.records import Claim, Highlight, Hop, Phrase
from tui.model.spans import Span
from tui.model.views import Placed, gathered


def rows_of(bundle: Bundle, **options: bool) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(export_text(bundle, "csv", **options), newline="")))


def one_claim(**values: object) -> Bundle:
    quote = str(values.pop("quote", "x"))
    highlight = Highlight(
        id=id_of_number(1), article="a", spans=(Span(0, len(quote), quote),), by="Kim"
    )
    claim = replace(
        Claim(id=id_of_number(2), article="a", highlight=highlight.id, by="Kim"), **values
    )
    article = Article(id="a", text=quote, revision="r")
    notes = gathered("a", [highlight, claim], [Placed(highlight, (), "orphan")])
    return Bundle("w", (ArticleBundle(article, notes),))


def test_there_is_a_row_a_claim_and_a_row_a_highlight_that_has_none(bundle):
    kinds = [row["kind"] for row in rows_of(bundle)]
    assert (kinds.count("claim"), kinds.count("highlight")) == (12, 1)


def test_a_claim_has_all_of_its_evidence_in_its_row(bundle):
    (row,) = (r for r in rows_of(bundle) if r["statement"].startswith("the force of about"))
    article = bundle.articles[0].article
    start, end = int(row["start"]), int(row["end"])
    assert article.text[start:end] == row["quote"]
    assert article.text[start - 32 : start] == row["prefix"]
    assert article.text[end : end + 32] == row["suffix"]
    expected = {
        "revision": article.revision,
        "title": article.title,
        "outlet": "News Today",
        "published": "2025-02-05T18:12:40+09:00",
        "url": article.url,
        "path": article.path,
        "by": "Kim",
        "reviewer": "Kim",
        "self_reviewed": "yes",
        "status": "accepted",
        "stale": "no",
        "tags": "military/casualties",
        "chain": "News Today/reported > The agency/estimates",
        "source": "The agency",
        "cue": "estimates",
        "modality": "estimated",
        "grade": "B3",
        "reliability": "B",
        "credibility": "3",
        "assessment": "contested",
        "likelihood": "likely",
        "confidence": "moderate",
        "quantity": "≈ 11,000 soldiers (deployed) | > 3,000 casualties (total)",
        "quantity_lower": "11000 | 3000",
        "quantity_upper": "11000 | ",
        "quantity_upper_inclusive": "yes | ",
        "quantity_unit": "soldiers | casualties",
        "article_tags": "military",
        "article_grade": "E-",
        "article_note": "Read *twice*.",
    }
    assert {name: row[name] for name in expected} == expected
    assert "contradicts " in row["links"]
    assert "repeats " in row["links"]


def test_pieces_of_one_highlight_stand_in_one_cell_in_the_same_order(bundle):
    (row,) = (r for r in rows_of(bundle) if "two weeks." in r["statement"])
    quotes, starts, ends = (row[name].split(" | ") for name in ("quote", "start", "end"))
    text = bundle.articles[0].article.text
    pieces = [text[int(a) : int(b)] for a, b in zip(starts, ends, strict=True)]
    assert pieces == quotes == ["the soldiers had not been seen", "for about two weeks"]


def test_the_fields_of_the_workspace_are_columns_even_if_nobody_filled_them(bundle):
    rows = rows_of(bundle)
    assert {"field:desk", "field:lead"} <= set(rows[0])
    assert {row["field:desk"] for row in rows} == {"", "Asia"}
    assert {row["field:lead"] for row in rows} == {"", "yes"}


@pytest.mark.parametrize("first", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
@pytest.mark.parametrize("column", ["statement", "note", "source", "quote"])
def test_a_cell_that_a_spreadsheet_might_run_begins_with_an_apostrophe(first, column):
    text = first + "HYPERLINK(1)"
    values = {"chain": (Hop(Phrase(text)),)} if column == "source" else {column: text}
    (row,) = rows_of(one_claim(**values))
    assert row[column] == "'" + text


@given(st.text(st.characters(), max_size=20), st.text(st.characters(), max_size=20))
def test_whatever_stands_in_a_cell_no_cell_is_run_and_none_spills_over(statement, name):
    bundle = one_claim(statement=statement, fields={name: statement})
    text = export_text(bundle, "csv")
    text.encode("utf-8")
    header, *rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 1
    assert len(rows[0]) == len(header) == len(set(header))
    for cell in (*header, *rows[0]):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_lines_end_in_crlf_and_the_byte_order_mark_is_there_only_if_wanted(bundle):
    text = export_text(bundle, "csv")
    assert text.endswith("\r\n")
    assert text.startswith("kind,")
    assert export_text(bundle, "csv", bom=True) == "\ufeff" + text
