"""No text makes the rules slow: what an analyst waits for has a limit, whatever was written."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.analysis import draft_claim, find_quantities, find_times, parse_chain, parse_quantity
from tui.analysis import resolve_when as resolve
from tui.articles import outline, read_article
from tui.model.sources import Registry
from tui.model.spans import Extent

WORDS = """
1 | 9 | 1, | 1. | 2025-01-01T | 12:00_ | $1_ | 1_to_ | ten_years_ | more_than_ | one_hundred_
in_20 | Monday_ | 오전_1시_ | 1월_1일_ | 내년_ | 1만_ | 천여_ | 라고_ | 에_따르면_ | 국가정보원은_
said_ | said_that_ | A,_ | A_and_ | of_ | the_ | according_to_A,_ | “a”_said_ | " | “ | ( | may_
who_ | he_ | Mr._ | U.S._ | ,_ | . | !_ | _ | \u0301 | a | A-
"""
ATOMS = [word.strip().replace("_", " ") for word in WORDS.strip().replace("\n", "|").split("|")]
LONG = 60_000


@settings(deadline=None)
@given(st.lists(st.sampled_from(ATOMS), min_size=1, max_size=3), st.sampled_from(["", "x", "\n"]))
def test_a_claim_is_drafted_at_once_from_any_repetition(atoms: list[str], tail: str) -> None:
    body = "".join(atom * (LONG // len(atoms) // len(atom)) for atom in atoms)
    article = read_article(f"Title\n\n{body}{tail}\n".encode(), "story.txt")
    stops = outline(article)
    start = time.process_time()
    draft_claim(article, stops, [Extent(0, len(article.text))], Registry(()))
    assert time.process_time() - start < 1.5


@pytest.mark.parametrize("read", [find_times, find_quantities], ids=["times", "quantities"])
@pytest.mark.parametrize("atom", ["1월 ", "12:00 ", "1 to ", "ten years "])
def test_twice_the_text_takes_twice_the_time(read, atom: str) -> None:
    def seconds(length: int) -> float:
        text = atom * (length // len(atom))
        anchor = ("2025-02-05",) if read is find_times else ()
        return _timed(read, text, Extent(0, len(text)), *anchor)

    seconds(100)
    assert any(seconds(12_000) < 4 * seconds(4_000) + 0.1 for _ in range(3))


def _timed(do, *given) -> float:
    start = time.process_time()
    do(*given)
    return time.process_time() - start


@pytest.mark.parametrize("digits", ["9", "9,", "٣", "1e"])
def test_200_000_digits_are_words_and_cost_little(digits: str) -> None:
    digits *= 200_000 // len(digits)
    start = time.process_time()
    find_times(digits, Extent(0, len(digits)), "2025-02-05")
    find_quantities(digits, Extent(0, len(digits)))
    assert resolve(digits, "2025-02-05").edtf == ""
    parse_quantity(digits)
    parse_quantity(f"{digits} troops")
    assert parse_chain(digits, "KBS")
    assert time.process_time() - start < 2
