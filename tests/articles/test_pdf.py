"""PDF documents: lines to paragraphs, what stands on every page, what cannot be read."""

from __future__ import annotations

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter
from tests.articles.made import Placed, column, pdf

from tui.articles import Document, Passed, UnreadableError, read_document
from tui.articles.apart import Apart
from tui.articles.formats import FORMATS
from tui.model.articles import Article
from tui.model.settings import Limits

LINES = [
    "The harbour office said on Monday that the ferries would sail again after the",
    "storm, and that nobody had been hurt in the two days of it. The report on trans-",
    "port says so.",
    "",
    "About 1,200 passengers had waited at the terminal for two days, the well-known",
    "office reported. A night-time service is not planned, but a night-",
    "time train may be.",
]
FIRST = (
    "The harbour office said on Monday that the ferries would sail again after the storm, and "
    "that nobody had been hurt in the two days of it. The report on transport says so."
)
SECOND = (
    "About 1,200 passengers had waited at the terminal for two days, the well-known office "
    "reported. A night-time service is not planned, but a night-time train may be."
)
TITLE: Placed = (70, 760, 18, "Ferries sail again")
INFO = {
    "Title": "Ferries sail again",
    "Author": "Jo Berg",
    "CreationDate": "D:20191119100000+01'00'",
    "ModDate": "D:20191120Z",
}


def read(data: bytes) -> Article:
    (article,) = read_document(Document(data, "report.pdf"))
    assert isinstance(article, Article)
    return article


def test_lines_make_paragraphs_and_the_document_names_title_author_and_times() -> None:
    article = read(pdf([[TITLE, *column(LINES)]], INFO))
    assert article.text.split("\n\n") == ["Ferries sail again", FIRST, SECOND]
    assert article.headline is not None
    assert article.headline.of(article.text) == article.title == "Ferries sail again"
    assert (article.reader, article.byline, article.language) == ("pdf", "Jo Berg", "en")
    assert article.published == "2019-11-19T10:00:00+01:00"
    assert article.modified == "2019-11-20"


def test_the_largest_lines_are_the_title_where_the_program_only_wrote_a_file_name() -> None:
    info = {"Title": "Microsoft Word - draft7.docx", "Author": "Administrator"}
    split = [(70, 760, 18, "Ferries sail"), (70, 738, 18, "again")]
    article = read(pdf([[*split, *column(LINES)]], info))
    assert (article.title, article.byline, article.published) == ("Ferries sail again", "", "")


def test_heads_feet_and_page_numbers_are_left_out_and_sentences_run_over_pages() -> None:
    days = ["the first day of the storm", "the second, which was worse", "the third and last one"]
    pages = [
        [
            (70.0, 800.0, 8.0, f"Evening Desk, 19 November 2019, {number}"),
            *column([f"On {day} the office had {word} to say to us, and" for word in "abcd"]),
            (290.0, 40.0, 8.0, f"- {number} -"),
        ]
        for number, day in enumerate(days, 1)
    ]
    text = read(pdf(pages)).text
    assert "Desk" not in text
    assert "- 2 -" not in text
    assert "\n" not in text  # no sentence has ended yet
    assert text.count("On the second") == 4


def test_what_stands_on_every_page_is_kept_where_there_is_nothing_else() -> None:
    article = read(pdf([[(70, 760, 10, f"Slide {n} says the same")] for n in range(1, 5)]))
    assert article.text.count("says the same") == 4


def test_an_author_that_a_program_made_up_is_none() -> None:
    assert read(pdf([column(LINES)], {"Author": "(anonymous)"})).byline == ""


def test_columns_are_read_one_after_the_other() -> None:
    left = column(["The left column begins here and", "runs on for a while, then", "it goes"], 60)
    right = column(["on at the right, where it ends.", "", "And a last word."], 320)
    assert read(pdf([[*left, *right]])).text == (
        "The left column begins here and runs on for a while, then it goes on at the right, "
        "where it ends.\n\nAnd a last word."
    )


def test_bullets_first_lines_set_in_and_other_sizes_begin_a_paragraph() -> None:
    things = ["- one thing of several things that are listed in this place", "- another thing"]
    lines = ["A line that is long enough to be a full line of the page here", "and its second one,"]
    indented = column(["Set in by some points, this one begins a paragraph of its own"], 90, 652)
    heading = [(70.0, 620.0, 14.0, "What next")]
    text = read(pdf([[TITLE, *column([*things, *lines]), *indented, *heading]])).text
    begun = ["- one thing ", "- another th", "A line that ", "Set in by so", "What next"]
    assert [block[:12] for block in text.split("\n\n")][1:] == begun


def test_korean_lines_that_part_a_word_are_joined_where_blanks_tell_them() -> None:
    signs = dict(zip("ABCDEFGHI ", "섬으로가는배를탄다 ", strict=True))
    lines = ["ABC DE FG", "HI ABC DE ", "FG HI ABC ", "DE FG HI A", "BC DE FG ", "HI ABC DE."]
    text = read(pdf([column(lines)], signs=signs | {".": "."})).text
    again = "섬으로 가는 배를 탄다"
    assert text == f"섬으로 가는 배를탄다 {again} {again} {again} 섬으로 가는."


def encrypted(password: str) -> bytes:
    writer = PdfWriter(PdfReader(io.BytesIO(pdf([[TITLE, *column(LINES)]]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def test_what_cannot_be_read_says_why_and_how_to_mend_it() -> None:
    with pytest.raises(UnreadableError, match=r"report\.pdf is encrypted with a password: save"):
        read(encrypted("secret"))
    with pytest.raises(UnreadableError, match=r"report\.pdf has no text layer, .* recognition"):
        read(pdf([[], []]))
    with pytest.raises(UnreadableError, match=r"report\.pdf (is a damaged PDF|has no text)"):
        read(b"%PDF-1.4\nnothing")
    assert read(encrypted("")).title == "Ferries sail again"


def test_a_library_that_is_missing_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(UnreadableError, match=r"needs pypdf, .*: pip install 'pressmark\[pdf\]'"):
        read(pdf([column(LINES)]))


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    data = pdf([column(LINES), column(["The second page has this to say."])])
    data = data.replace(b"BT /F1 10 Tf", b"BT /F1 (( Tf", 1)
    passed, article = read_document(Document(data, "report.pdf"))
    assert passed == Passed("page 1", "is damaged and was left out")
    assert isinstance(article, Article)
    assert article.text == "The second page has this to say."


WHOLE = pdf([[TITLE, *column(LINES)], column(LINES)], INFO)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(9, len(WHOLE)),
    st.lists(st.tuples(st.integers(9, len(WHOLE) - 1), st.integers(0, 255)), max_size=12),
)
def test_no_damage_breaks_the_reader(size: int, flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in flips:
        data[at] = byte
    try:
        found = list(read_document(Document(bytes(data[:size]), "report.pdf")))
    except UnreadableError:
        return
    for article in found:
        if isinstance(article, Article):
            assert not set("\r\0\x1b") & set(article.text + article.title + article.byline)
            assert all(e.end <= len(article.text) for e in article.header)


def test_a_document_of_many_pages_is_read_page_by_page_within_the_limit_of_one() -> None:
    pages = [column([*LINES[:4], f"Report {n} says so.", *LINES[4:]]) for n in range(120)]
    child = Apart(Limits(seconds=1))
    document = Document(pdf(pages), "report.pdf")
    (article,) = child.read(document, FORMATS["pdf"])
    child.stop()
    assert isinstance(article, Article)
    assert "Report 0 says" in article.text
    assert "Report 119 says" in article.text
