"""Which encoding bytes are in that say nothing of it: pieces of news, long texts, damage."""

from __future__ import annotations

import random

import pytest
from benchmarks.encodings import KINDS, ours, pieces
from benchmarks.encodings_texts import TEXTS

from tui.articles import decode
from tui.samples import sample_articles

PIECES = {20: 30, 60: 15, 200: 6}  # of each language and encoding, by their letters
ENGLISH = "The ministry said that talks will go on, and that nobody was hurt in the accident.\n"
FRENCH = "Le président a déclaré que l’été serait très chaud, déjà 40 °C à Séville.\n"
KOREAN = "북한군은 더 이상 전투에 참여하지 않는 것으로 보인다. 국정원은 이렇게 밝혔다.\n"
JAPANESE = "防衛省は、現地の状況について情報の収集と分析に努めていると説明した。\n"
RUSSIAN = "Представитель министерства сообщил, что переговоры возобновятся в среду.\n"


RIGHT = {20: 99, 60: 100, 200: 100}  # per cent of the texts here, which are easier than news is


def texts() -> dict[str, str]:
    """News in each language; English with the quotes of print, Korean of the sample articles."""
    samples = [path.read_text(encoding="utf-8") for path in sorted(sample_articles().glob("*.txt"))]
    lines = "\n".join(samples).split("\n")
    english = [line for line in lines if not any("가" <= c <= "힣" for c in line)]
    korean = "\n".join(text for text in samples if "북한" in text)
    return {**TEXTS, "en": "\n".join(english), "ko": korean}


@pytest.mark.parametrize("length", RIGHT)
def test_pieces_of_news_are_read_as_they_were_written(length: int) -> None:
    there = texts()
    wrong: list[str] = []
    tried = 0
    for kind in KINDS:
        for data in pieces(there[kind.language], kind.encoding, length, PIECES[length]):
            tried += 1
            text = data.decode(kind.encoding)
            if ours(data) != text:
                wrong.append(f"{kind.encoding}: {text}")
    assert 100 * (tried - len(wrong)) >= RIGHT[length] * tried, wrong


ACCENTS = [
    "The café on the corner will stay open.",
    "A fine of £40 is due, the court said.",
    "Señor Muñoz would not say more about it.",
    "“No,” she said — and left the room.",
    "Temperatures rose to 40 °C in the south.",
    "São Paulo’s mayor said the same.",
    "Müller said that Zürich would follow.",
    "It is “only” a draft, the minister’s aide said…",
    "The price is 30 €, and 25 € for members.",
]


@pytest.mark.parametrize("text", ACCENTS)
def test_a_single_accent_is_taken_for_that_of_western_europe(text: str) -> None:
    decoded = decode(text.encode("cp1252"))
    assert (decoded.text, decoded.encoding) == (text, "cp1252")


@pytest.mark.parametrize(("letters", "encoding"), [(KOREAN, "cp949"), (JAPANESE, "cp932")])
@pytest.mark.parametrize("before", [1, 900, 1800, 3000])
def test_letters_are_looked_for_wherever_they_stand_in_a_long_text(
    letters: str, encoding: str, before: int
) -> None:
    text = ENGLISH * before + letters * 60 + ENGLISH * (3000 - before)
    decoded = decode(text.encode(encoding))
    assert decoded.encoding == encoding
    assert decoded.text == text


def test_a_long_text_is_judged_by_all_of_its_parts_and_not_by_one_word_at_its_beginning() -> None:
    text = ENGLISH + "Müller\n" + ENGLISH * 900 + KOREAN * 900
    assert decode(text.encode("cp949", "ignore")).encoding == "cp949"
    one_line = "x" * 70_000 + KOREAN.replace("\n", " ") * 600
    assert decode(one_line.encode("cp949")).text == one_line


def test_a_stretch_begins_and_ends_with_a_line_so_that_no_letter_is_cut() -> None:
    chance = random.Random(5)
    lines = [KOREAN[chance.randrange(20) :] for _ in range(2500)]
    for first in range(6):
        text = "a" * first + "".join(lines)
        decoded = decode(text.encode("cp949"))
        assert (decoded.encoding, decoded.replaced) == ("cp949", 0)


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("가나", "utf-16-le"),
        ("ab", "utf-16-be"),
        ("Hi", "utf-32-le"),
        ("Hi", "utf-32-be"),
        ("Bread, 3 £.", "utf-32-be"),
        (RUSSIAN, "utf-32-le"),
        (ENGLISH * 500, "utf-32-le"),
        (KOREAN * 500, "utf-16-be"),
    ],
)
def test_units_of_two_and_four_bytes_are_told_by_the_letters_they_give(
    text: str, encoding: str
) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.text, decoded.encoding) == (text, encoding)


def test_a_few_odd_signs_do_not_hide_units_of_two_bytes_but_many_do() -> None:
    def read(odd: int) -> str:
        return ours((ENGLISH[:70] * 3 + "\u2e80" * odd).encode("utf-16-le")) or ""

    assert read(3) == ENGLISH[:70] * 3 + "\u2e80" * 3
    assert read(30) != ENGLISH[:70] * 3 + "\u2e80" * 30


@pytest.mark.parametrize("lost", [1, 5, 12])
def test_damaged_utf_8_is_told_from_others_by_how_much_of_it_is_whole(lost: int) -> None:
    whole = RUSSIAN.encode()
    decoded = decode(whole + b"\xff\n" * lost + whole)
    assert (decoded.encoding, decoded.replaced) == ("utf-8", lost)


def test_two_letters_that_are_utf_8_by_chance_do_not_make_a_text_utf_8() -> None:
    # In Windows-1251 this name is two bytes that are one letter of UTF-8.
    text = RUSSIAN.replace("Представитель", "Гђ")
    decoded = decode(text.encode("cp1251"))
    assert (decoded.encoding, decoded.text) == ("cp1251", text)


def test_a_long_word_of_bytes_that_fit_nothing_is_read_in_the_encoding_of_the_rest() -> None:
    data = FRENCH.encode("cp1252")
    decoded = decode(data * 20 + b"\x81\x8d\x8f\n" + data * 20)
    assert (decoded.encoding, decoded.replaced) == ("cp1252", 3)


def test_a_syllable_that_is_spelt_out_stays_cp949_where_the_rest_needs_that() -> None:
    text = KOREAN + "펲시콜라 똠방각하라고 썼다.\n"
    data = text.encode("cp949")
    assert decode(data + b"\xa4\xd4\n").encoding == "cp949"
    assert decode(data).text == text
