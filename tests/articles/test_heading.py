"""What readers find in the head of a text, and what they must not."""

from __future__ import annotations

import hashlib
import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import read_article
from tui.model.articles import Article

WIRE = """\
 date 2024-11-06 [Evening Desk] “FERRY SERVICE BACK AFTER STORM”

입력 2024-11-06 18:02:11 수정 2024-11-06 18:40:05 Evening Desk


[LEAD]

Ferries to the islands sail again, the port office reports.

[REPORT]

About 1,200 passengers waited for two days. Nobody was hurt.

Min Haneul/ Coastal Weather Institute

Given the season, storms of this kind would not be rare, and they could come

back within weeks. So the port should prepare.

There is also talk of a new pier.
"""
BODY = """

Ferries to the islands sail again, the port office reported after a night of talks.

About 1,200 passengers had waited for two days at the terminal, it said.
"""


def read(text: str, name: str = "some-file.txt", **options: str) -> Article:
    return read_article(text.encode(), name, **options)


def test_wire_copy_is_read_whole() -> None:
    article = read(WIRE)
    text = article.text
    assert article.reader == "wire"
    assert article.title == "FERRY SERVICE BACK AFTER STORM"
    assert article.headline is not None
    assert article.headline.of(text) == "“FERRY SERVICE BACK AFTER STORM”"
    assert article.outlet == "Evening Desk"
    assert article.published == "2024-11-06T18:02:11+09:00"
    assert article.modified == "2024-11-06T18:40:05+09:00"
    assert article.language == "en"
    assert [e.of(text) for e in article.header] == [
        "date 2024-11-06 [Evening Desk]",
        "입력 2024-11-06 18:02:11 수정 2024-11-06 18:40:05 Evening Desk",
        "[LEAD]",
        "[REPORT]",
    ]
    assert [s.label for s in article.sections] == ["LEAD", "REPORT"]
    lead, report = (text[s.start : s.end] for s in article.sections)
    assert lead == "Ferries to the islands sail again, the port office reports."
    assert report.startswith("About 1,200")
    assert report.endswith("a new pier.")


def test_a_caption_names_the_source_of_the_block_below_it_and_of_no_more() -> None:
    article = read(WIRE)
    (caption,) = article.captions
    assert (caption.name, caption.affiliation) == ("Min Haneul", "Coastal Weather Institute")
    block = caption.block.of(article.text)
    assert block.startswith("Given the season")
    assert block.endswith("should prepare.")


@pytest.mark.parametrize(
    "line",
    ["Either/or", "Hampton/Notts Co v Town", "Image: Twitter / NASA", "He said and/or she did."],
)
def test_a_slash_alone_makes_no_caption(line: str) -> None:
    assert read(f"A title\n\nA paragraph.\n\n{line}\n\nAnother paragraph.\n").captions == ()


def test_the_fingerprints_are_of_the_bytes_and_of_the_canonical_text() -> None:
    data = b"\xef\xbb\xbfTitle\r\n\r\nText.\r\n"
    article = read_article(data, "a.txt")
    assert article.bytes_sha256 == hashlib.sha256(data).hexdigest()
    assert article.revision == hashlib.sha256(b"Title\n\nText.\n").hexdigest()
    assert re.fullmatch("[a-z2-7]{16}", article.id)


def test_the_url_is_the_identity_where_there_is_one() -> None:
    one = read("A title\nURL: https://example.com/a\n\nText of one.\n")
    other = read("A title\nURL: https://example.com/a\n\nText, corrected.\n")
    assert one.id == other.id
    assert one.id != read("A title\n\nText of one.\n").id
    assert one.revision != other.revision


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("2024-11-06", "2024-11-06", ""),
        ("2024-11-06T18:02:11Z", "2024-11-06T18:02:11+00:00", ""),
        ("2024-11-06 18:02 +0100", "2024-11-06T18:02+01:00", ""),
        ("Wednesday, November 6, 2024", "2024-11-06", ""),
        ("Nov. 6, 2024, 6:02 p.m. KST", "2024-11-06T18:02+09:00", ""),
        ("November 6, 2024 12:05 AM ET", "2024-11-06T00:05-05:00", ""),
        ("6 November 2024", "2024-11-06", ""),
        ("18:02 GMT, 6 November 2024", "2024-11-06T18:02+00:00", ""),
        ("Wed, 06 Nov 2024 18:02:11 +0900", "2024-11-06T18:02:11+09:00", ""),
        ("2024년 11월 6일 오후 6시 2분", "2024-11-06T18:02", ""),
        ("2024년 11월 6일(수)", "2024-11-06", ""),
        ("2024.11.06. 18:02", "2024-11-06T18:02", ""),
        ("입력 2024.11.06. 오후 6:02", "2024-11-06T18:02+09:00", ""),
        ("등록 : 2024-11-06 18:02", "2024-11-06T18:02+09:00", ""),
        (
            "기사입력 2024-11-06 18:02 | 수정 2024-11-07 09:00",
            "2024-11-06T18:02+09:00",
            "2024-11-07T09:00+09:00",
        ),
        ("Published: 6 November 2024", "2024-11-06", ""),
        ("Published Nov. 6, 2024 | Updated Nov. 7, 2024, 9 a.m.", "2024-11-06", "2024-11-07T09:00"),
        ("Last updated on 7 November 2024", "", "2024-11-07"),
    ],
)
def test_times_are_read_in_the_forms_that_heads_have(
    line: str, published: str, modified: str
) -> None:
    article = read(f"Ferries back\n\n{line}{BODY}")
    assert (article.published, article.modified) == (published, modified)
    assert article.title == "Ferries back"


@pytest.mark.parametrize(
    "line",
    [
        "05/06/2024",  # May or June
        "31 February 2024",
        "2024-13-01",
        "November 2024",
        "Nov. 6",
        "Wednesday",
        "18:02",
        "20241106",
        "1,200 passengers in 2024",
        "He said on November 6, 2024 that it was over.",
        "Version 2024.1",
    ],
)
def test_a_date_is_never_made_up(line: str) -> None:
    article = read(f"Ferries back\n\n{line}{BODY}")
    assert (article.published, article.modified, article.retrieved) == ("", "", "")


def test_a_date_in_the_middle_of_the_text_is_not_its_date() -> None:
    filler = "The port office reported on the night of talks and on what came of it.\n\n" * 8
    article = read(f"Ferries back\n\n{filler}6 November 2024\n\n{filler}")
    assert article.published == ""


def test_the_zone_of_the_workspace_is_for_times_that_name_none() -> None:
    head = "Ferries back\n\n{}" + BODY
    summer = read(head.format("6 July 2024, 18:02"), timezone="Europe/Kyiv")
    assert summer.published == "2024-07-06T18:02+03:00"
    winter = read(head.format("6 November 2024, 18:02"), timezone="Europe/Kyiv")
    assert winter.published == "2024-11-06T18:02+02:00"
    korean = read(head.format("입력 2024-11-06 18:02"), timezone="Europe/Kyiv")
    assert korean.published == "2024-11-06T18:02+09:00"
    unknown = read(head.format("6 July 2024, 18:02"), timezone="Nowhere/Atall")
    assert unknown.published == "2024-07-06T18:02"


def test_a_dateline_gives_the_date_and_the_agency_and_stays_text() -> None:
    article = read("Ferries back\n\nBUSAN, Nov. 6, 2024 (Yonhap) -- Ferries sail again.\n\nMore.\n")
    assert (article.published, article.outlet) == ("2024-11-06", "Yonhap")
    assert article.header == ()


def test_a_korean_article_has_its_byline_agency_and_language() -> None:
    article = read(
        "여객선 운항 재개\n입력 2024-11-06 18:02\n\n"
        "(부산=가나통신) 홍길동 기자 = 여객선이 다시 운항한다.\n"
    )
    assert (article.language, article.outlet, article.byline) == ("ko", "가나통신", "홍길동 기자")
    assert article.title == "여객선 운항 재개"


def test_korean_whose_letters_are_taken_apart_is_korean() -> None:
    text = unicodedata.normalize("NFD", "여객선 운항 재개\n\n여객선이 다시 운항한다고 밝혔다.\n")
    article = read(text)
    assert (article.language, article.text) == ("ko", text)


def test_labelled_lines_fill_in_the_fields_and_are_no_text() -> None:
    article = read(
        'Title: "Ferries back"\nAuthor: Jane Doe\nSource: Evening Desk\n'
        "URL: https://example.com/ferries\nArchived: https://web.archive.org/web/x\n"
        f"Retrieved: 2024-11-08{BODY}"
    )
    assert article.title == "Ferries back"
    assert (article.byline, article.outlet) == ("Jane Doe", "Evening Desk")
    assert article.url == "https://example.com/ferries"
    assert article.archive_url == "https://web.archive.org/web/x"
    assert article.retrieved == "2024-11-08"
    assert article.published == ""
    covered = "".join(e.of(article.text) for e in article.header)
    assert "Jane Doe" in covered
    assert "Ferries back" not in covered


def test_labelled_lines_at_the_end_count_as_well() -> None:
    article = read(f"Ferries back{BODY}\nSource: https://example.com/f\nPublished: 2024-11-06\n")
    assert (article.url, article.published) == ("https://example.com/f", "2024-11-06")


@pytest.mark.parametrize(
    "line", ["By Friday the talks had failed.", "By contrast, the islands were calm"]
)
def test_a_sentence_that_begins_with_by_is_no_byline(line: str) -> None:
    assert read(f"Ferries back\n\n{line}{BODY}").byline == ""


@pytest.mark.parametrize(
    ("line", "byline"),
    [
        ("By Jane Doe", "Jane Doe"),
        ("By Jane van Doe and John Roe, Evening Desk", "Jane van Doe and John Roe"),
        ("홍길동 기자 hong@example.com", "홍길동 기자"),
        ("Jane Doe was here", ""),
    ],
)
def test_bylines(line: str, byline: str) -> None:
    assert read(f"Ferries back\n{line}{BODY}").byline == byline


def test_the_first_short_line_is_the_title_of_an_ordinary_text() -> None:
    assert read(f"  Ferries   back? Not yet{BODY}").title == "Ferries back? Not yet"
    assert read("One line only").title == "One line only"


def test_a_text_that_begins_with_a_long_paragraph_is_called_after_its_file() -> None:
    wrapped = "\n".join(["The port office reported after a night of talks that ferries"] * 6)
    for text in (" ".join(BODY.split()), wrapped, "", " \n\n "):
        article = read(text, "news/ferries_back.txt")
        assert article.title == "ferries_back"
        assert article.headline is None


def test_markdown_front_matter_and_heading() -> None:
    article = read(
        '---\ntitle: "Ferries back"\ndate: 2024-11-06 18:02:11 +0900\nauthors:\n  - Jane Doe\n'
        "  - John Roe\nsource: Evening Desk\nurl: https://example.com/f\n---\n\n# Ferries are back"
        f"\n{BODY}",
        "a.md",
    )
    assert article.reader == "markdown"
    assert article.title == "Ferries back"
    assert article.headline is not None
    assert article.headline.of(article.text) == "Ferries are back"
    assert article.published == "2024-11-06T18:02:11+09:00"
    assert article.byline == "Jane Doe, John Roe"
    assert (article.outlet, article.url) == ("Evening Desk", "https://example.com/f")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (r'"\"Back\" \u00e9 \\ 국"', '"Back" é \\ 국'),
        ("'It''s \"back\"'", 'It\'s "back"'),
        ('""Back" again"', '"Back" again'),
        (r'"C:\dir"', r"C:\dir"),
        (r'"\ud800"', r"\ud800"),
    ],
)
def test_quotes_in_front_matter_are_as_yaml_has_them(written: str, title: str) -> None:
    assert read(f"---\ntitle: {written}\n---\n{BODY}", "a.md").title == title


@pytest.mark.parametrize("head", ["# Ferries back", "# Ferries back ##", "Ferries back\n====="])
def test_a_markdown_heading_is_the_title_without_its_marks(head: str) -> None:
    article = read(f"{head}\n{BODY}", "a.md")
    assert article.title == "Ferries back"
    assert article.headline is not None
    assert article.headline.of(article.text) == "Ferries back"


@given(
    st.lists(
        st.sampled_from(
            [*WIRE.split("\n"), "By Jane Doe", "6 November 2024", "Source: X", "---", "# T", "a: b"]
        ),
        max_size=12,
    ),
    st.sampled_from(["a.txt", "a.md"]),
)
def test_header_headline_and_captions_never_overlap(lines: list[str], name: str) -> None:
    article = read("\n".join(lines), name)
    extents = [*article.header, *((c.start, c.end) for c in article.captions)]
    extents += [article.headline] if article.headline else []
    at = 0
    for start, end in sorted(extents):
        assert at <= start < end <= len(article.text)
        assert article.text[start:end].strip() == article.text[start:end]
        at = end
