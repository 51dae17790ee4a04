from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import edtf_bounds
from tui.analysis.edtf import is_edtf


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-02-05", "2025-02-05", "2025-02-05"),
        ("2025-02-05T15:53:10+09:00", "2025-02-05T15:53:10+09:00", "2025-02-05T15:53:10+09:00"),
        ("199X", "1990-01-01", "1999-12-31"),
        ("19XX", "1900-01-01", "1999-12-31"),
        ("2004-XX", "2004-01-01", "2004-12-31"),
        ("2004-02-XX", "2004-02-01", "2004-02-29"),
        ("2025-01-11~/..", "2025-01-11", ""),
        ("../2024-06", "", "2024-06-30"),
        ("2019/2021", "2019-01-01", "2021-12-31"),
        ("2024-11?", "2024-11-01", "2024-11-30"),
        ("2004-06~-11", "2004-06-11", "2004-06-11"),
        ("2024-21", "2024-03-01", "2024-05-31"),
        ("2023-24", "2023-12-01", "2024-02-29"),
        ("2024-36", "2024-10-01", "2024-12-31"),
        ("2024-40", "2024-01-01", "2024-06-30"),
        ("[2024-03,2025-03]", "2024-03-01", "2025-03-31"),
        ("{2025-05-03,2025-05-05}", "2025-05-03", "2025-05-05"),
        ("[..1984]", "", "1984-12-31"),
        ("-0044-03-15", "-0044-03-15", "-0044-03-15"),
    ],
)
def test_bounds_are_what_the_value_allows(edtf: str, earliest: str, latest: str) -> None:
    assert edtf_bounds(edtf) == (earliest, latest)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2025-13",
        "2025-02-30",
        "2025-2-5",
        "../..",
        "2024/2019",
        "[2024",
        "2025-02-05T25:00",
    ],
)
def test_what_is_no_edtf_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\.$"):
        edtf_bounds(text)


@given(st.dates())
def test_a_day_is_its_own_bounds(day: object) -> None:
    iso = str(day)
    assert edtf_bounds(iso) == (iso, iso)


@given(st.text(alphabet="0123456789X-/.~?%[]{},T:Z+", max_size=24))
def test_any_text_is_bounds_or_a_value_error(text: str) -> None:
    if is_edtf(text):
        earliest, latest = edtf_bounds(text)
        assert earliest or latest
    else:
        with pytest.raises(ValueError, match=r"\.$"):
            edtf_bounds(text)
