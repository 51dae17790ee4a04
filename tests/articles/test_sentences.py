from __future__ import annotations

import textwrap
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import outline, read_article, sentences
from tui.model.articles import Outline

PIECES = [
    "Ferries sail again",
    "북한군이 철수했다",
    "the U.S.",
    "Mr. Kim",
    ".",
    "?",
    "!",
    "…",
    "...",
    "”",
    "“",
    '"',
    "'",
    ")",
    "(",
    "[",
    "]",
    " ",
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u3000",
    "3.5",
    "1.",
    "a",
    "Z",
    "/",
    "Kim Han/ Port",
    "[LEAD]",
    "date 2024-11-06",
    "입력 2024-11-06 18:02",
    "# ",
    "- ",
    "By Jane Doe",
    "\u200b",
    "\u0301",
    "😀",
    "\x00",
    "\x1c",
    "\u2028",
    "\x85",
    "다.",
    "요",
    ",",
    ";",
    ":",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=60).map("".join) | st.text(max_size=200)


def split(text: str) -> list[str]:
    return [extent.of(text) for extent in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["Ferries sail again.", "Nobody was hurt!", "Why not?", "It is over."],
        ["The office, led by Mr. Kim, met Gen. Han and Sen. J. R. Park.", "It agreed."],
        ["It began on Feb. 5 at 9 a.m. on the pier.", "It ended at 5 p.m.", "He left."],
        ["He moved to the U.S.", "She stayed in the U.K. for years."],
        ["The U.S. Navy sent ships."],
        ["Prices rose 3.5 percent to $1.13bn.", "Shares fell 2.1%."],
        ["It was no. 10 of 12.", "See No. 4 in Vol. 2."],
        ['"I know," she said.', '"We all know."', "He nodded."],
        ['"Who goes there?" he asked.', '"Stop!" Jane Doe shouted.', "Nobody answered."],
        ["He waited ... and waited.", "Then he left...", "She stayed."],
        ["The island (it has no pier.) is small.", "(Nobody lives there.)", "Birds do."],
        ["Doe & Co. bought Roe Inc. and its ships.", "They work for Doe Ltd.", "The price fell."],
        ["Write to Jane.Doe@example.com.", "Or see www.example.com/a.html for more."],
        ["The first came.", "iPhone sales fell.", "wikiHow grew."],
        ["A pier at dusk.", "Photo: Evening Desk"],
        ["The pier at dusk", "Image: Jane Doe."],
        ["The talks ended.", "The ships left."],
        [
            "북한군이 철수했다.",
            "국정원은 “사실이다.”라고 밝혔다.",
            "왜 그랬을까?",
            "아무도 모른다.",
        ],
        ["회의는 2024. 11. 6. 오후에 열렸다.", "3.5배 늘었다."],
        ["“믿을 수 없다.”", "김 씨는 말했다."],
    ],
)
def test_sentences_end_where_a_reader_would_end_them(parts: list[str]) -> None:
    assert split(" ".join(parts)) == parts


@pytest.mark.parametrize(
    "parts",
    [
        ["북한군이 철수했다.", "국정원은 이렇게 밝혔다.", "아무도 모른다."],
        ["The talks ended.", "The ships left."],
    ],
)
def test_sentences_part_although_the_blank_between_them_was_lost(parts: list[str]) -> None:
    assert split("".join(parts)) == parts


def test_a_sentence_broken_over_a_line_is_one_sentence() -> None:
    text = (
        "The office of the port said on Tuesday that ferries to the islands sail again after the"
        " storm of last week. About 1,200 passengers, among them Mr. Kim, had waited at the"
        " terminal for two days. “Nobody was hurt,” said Jane Doe, who speaks for the office."
    )
    whole = split(text)
    assert len(whole) == 3
    for width in (30, 48, 72, 100):
        wrapped = textwrap.fill(text, width, break_on_hyphens=False)
        assert [" ".join(s.split()) for s in split(wrapped)] == whole


def test_korean_wrapped_by_columns_keeps_its_sentences() -> None:
    sentence = (
        "국정원은 러시아에 파병된 북한군이 더 이상 전투에 참여하지 않는 것으로 보인다고 밝혔다."
    )
    text = " ".join([sentence] * 6)
    wrapped = textwrap.fill(text, 30)
    assert [" ".join(s.split()) for s in split(wrapped)] == [sentence] * 6


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Given the season, storms would not be rare and they could come", "back within weeks."),
        (
            "The office said on Tuesday after talks with the",
            "National Weather Service that it ends.",
        ),
        ("According to people at the port who know of the talks,", "Jane Doe had agreed to it."),
    ],
)
def test_a_sentence_broken_over_a_blank_line_is_one_sentence(before: str, after: str) -> None:
    assert split(f"{before}\n\n{after} Then it was over.") == [
        f"{before}\n\n{after}",
        "Then it was over.",
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Talks at sea", "the office said no more."),  # a heading
        ("What the Port Office Knows About the New Pier", "nothing, it seems."),
        ("It ended.", "nobody was hurt."),
        ("The list of what was lost", "- one boat"),
        ("- one boat that lay at the pier", "- two nets"),
        ("Jane Doe said,", "“We sail again.”"),
        ("Read more at https://example.com/a", "the office said."),
        ("The port has a new pier and two cranes", "The office was not told."),
    ],
)
def test_what_stands_by_itself_does_not_run_on(before: str, after: str) -> None:
    assert split(f"{before}\n\n{after}") == [before, after]


def test_a_paragraph_a_line_stays_a_paragraph_a_line() -> None:
    lines = [
        "The office of the port said on Tuesday that ferries to the islands sail again after all.",
        "Talks",
        "About 1,200 passengers had waited for two days, before the first of the ferries came in",
    ]
    assert split("\n".join(lines)) == lines


def test_only_the_range_asked_for_is_looked_at() -> None:
    text = "One is here. Two is there. Three is gone."
    assert [e.of(text) for e in sentences(text, 13, 26)] == ["Two is there."]
    assert sentences(text, 5, 5) == []


def outlined(text: str, name: str = "a.txt") -> tuple[str, list[tuple[str, str]], Outline]:
    article = read_article(b"\xef\xbb\xbf" + text.encode(), name)
    found = outline(article)
    return article.text, [(s.kind, article.text[s.start : s.end]) for s in found.sentences], found


def test_headline_and_captions_are_stops_of_their_own_kind() -> None:
    _, stops, _ = outlined(
        "date 2024-11-06 [Desk] “FERRIES BACK”\n\n입력 2024-11-06 18:02\n\n[LEAD]\n\n"
        "They sail. All do.\n\nMin Haneul/ Weather Institute\n\n"
        "Storms this season could come\n\nback soon. So prepare.\n"
    )
    assert stops == [
        ("headline", "“FERRIES BACK”"),
        ("sentence", "They sail."),
        ("sentence", "All do."),
        ("caption", "Min Haneul/ Weather Institute"),
        ("sentence", "Storms this season could come\n\nback soon."),
        ("sentence", "So prepare."),
    ]


@given(TEXTS, st.sampled_from(["a.txt", "a.md"]))
def test_stops_cover_all_text_outside_the_header_in_order_without_overlap(
    text: str, name: str
) -> None:
    data = b"\xef\xbb\xbf" + text.encode("utf-8", "ignore")
    article = read_article(data, name)
    found = outline(article)
    for extents in (found.paragraphs, [s.extent for s in found.sentences]):
        at = 0
        for start, end in extents:
            assert at <= start < end <= len(article.text)
            piece = article.text[start:end]
            assert piece == piece.strip()
            at = end
        covered = {i for start, end in extents for i in range(start, end)}
        head = {i for e in article.header for i in range(e.start, e.end)}
        assert not covered & head
        body = {i for i, c in enumerate(article.text) if not c.isspace()} - head
        assert body <= covered


@given(TEXTS)
def test_every_sentence_lies_in_one_paragraph(text: str) -> None:
    article = read_article(b"\xef\xbb\xbf" + text.encode("utf-8", "ignore"), "a.txt")
    found = outline(article)
    for s in found.sentences:
        assert any(p.start <= s.start and s.end <= p.end for p in found.paragraphs)


@given(TEXTS, TEXTS)
def test_a_paragraph_behind_a_full_stop_is_split_as_it_would_be_alone(a: str, b: str) -> None:
    first, second = f"Ferries sail again {a.strip()} end.", b.strip()
    gap = "\n\n\n"
    alone = [(s + len(first) + len(gap), e + len(first) + len(gap)) for s, e in sentences(second)]
    if "\n" in first or "\n" in second:
        return  # how a text is wrapped is told from the whole of it
    assert [tuple(e) for e in sentences(first + gap + second)][-len(alone) or 10**6 :] == alone


@pytest.mark.parametrize(
    "piece",
    [
        ".",
        '"',
        " ",
        "\n",
        ". ",
        '."',
        "a\n",
        "A b/ c\n",
        "1. ",
        "U.S. ",
        "[",
        "[A",
        "/",
        "a, ",
        "'\t.",
        "다.",
        'x?" A ',
        "(",
        "\t\n",
        "http://",
        "Jan 1, ",
        "입력 2024-11-06 ",
    ],
)
def test_reading_takes_time_in_proportion_whatever_the_text(piece: str) -> None:
    def seconds(size: int) -> float:
        data = (piece * (size // len(piece))).encode()
        start = time.process_time()
        outline(read_article(data, "a.md"))
        return time.process_time() - start

    small = max(seconds(20_000), 0.002)
    # A quadratic rule would take 100 times as long, however often it is tried.
    assert any(seconds(200_000) < 60 * small for _ in range(3))
