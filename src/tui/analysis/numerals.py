"""Numbers as people write them: digits, English number words, Korean numerals."""

from __future__ import annotations

import re

ONES = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000,
    "trillion": 1_000_000_000_000, "mn": 1_000_000, "m": 1_000_000, "bn": 1_000_000_000,
    "tn": 1_000_000_000_000, "k": 1_000,
}  # fmt: skip
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4,
}  # fmt: skip
KOREAN_SCALES = {"십": 10, "백": 100, "천": 1_000}
KOREAN_MYRIADS = {"만": 10_000, "억": 100_000_000, "조": 1_000_000_000_000}
KOREAN_NATIVE = {
    "한": 1, "두": 2, "세": 3, "석": 3, "서": 3, "네": 4, "넉": 4, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스무": 20, "서른": 30, "마흔": 40,
}  # fmt: skip
KOREAN_DAYS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip

_SMALL = "|".join(sorted((*ONES, *TENS), key=len, reverse=True))
_LARGE = "hundred|thousand|million|billion|trillion"
DIGITS = r"\d{1,3}(?:,\d{3}){1,6}(?:\.\d{1,4})?|\d{1,15}(?:\.\d{1,6})?"
# Twenty-five thousand, two hundred and six, a hundred; at most eight words.
WORDS = (
    rf"(?:(?:an?\s(?=hundred|thousand|million|billion|trillion))?"
    rf"(?:{_SMALL}|{_LARGE})(?:(?:-|\s(?:and\s)?)(?:{_SMALL}|{_LARGE})){{0,7}})\b"
)
# 1만1000, 3천, 2만 5천, 1억 2000만; the counting word comes after it.
KOREAN = (
    r"\d{1,3}(?:,\d{3})+|\d{1,12}(?:\.\d{1,4})?"
    r"(?:[십백천만억조]{1,2}(?:\s?\d{1,4}[십백천만억조]{0,2}){0,4})?"
)


def plain_number(number: float) -> int | float:
    """The number without needless decimals, rounded to what the words could mean."""
    rounded = round(number, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


def digits_value(text: str) -> int | float:
    """The value of `11,000`, `2.5` or `20`. Raises ValueError for anything else."""
    bare = text.replace(",", "")
    return int(bare) if bare.isdigit() else plain_number(float(bare))


def words_value(text: str) -> int | None:
    """The value of English number words (`twenty thousand`, `a hundred`), or None."""
    total, group, seen = 0, 0, False
    for word in re.split(r"[\s-]+", text.casefold().strip()):
        if word in ("and", "a", "an"):
            continue
        if word in ONES or word in TENS:
            group += ONES.get(word, 0) or TENS[word]
        elif word == "hundred":
            group = (group or 1) * 100
        elif word in SCALES and len(word) > 2:
            total, group = total + (group or 1) * SCALES[word], 0
        else:
            return None
        seen = True
    return total + group if seen else None


def korean_value(text: str) -> int | float | None:
    """The value of `1만1000`, `3천`, `2만`, `두`, or None."""
    bare = text.replace(",", "").replace(" ", "")
    if bare in KOREAN_NATIVE:
        return KOREAN_NATIVE[bare]
    total, section, number = 0.0, 0.0, None
    for part in re.findall(r"\d+(?:\.\d+)?|[십백천만억조]", bare):
        if part in KOREAN_SCALES:
            section += (1 if number is None else number) * KOREAN_SCALES[part]
            number = None
        elif part in KOREAN_MYRIADS:
            whole = section + (number or 0)
            total += (whole or 1) * KOREAN_MYRIADS[part]
            section, number = 0.0, None
        else:
            number = float(part)
    if not re.fullmatch(r"[\d.십백천만억조]+", bare):
        return None
    return plain_number(total + section + (number or 0))


def count_value(text: str) -> int | float | None:
    """The value of a count before a unit of time: digits, words, `a`, `a couple of`, `half a`."""
    folded = " ".join(text.casefold().split())
    if folded in ("a", "an", "one"):
        return 1
    if folded in ("a couple of", "couple of", "a couple"):
        return 2
    if folded in ("half a", "half an"):
        return 0.5
    if re.fullmatch(DIGITS, folded):
        return digits_value(folded)
    return words_value(folded)
