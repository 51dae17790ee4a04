from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import tui.anchoring
from tui.anchoring import Alignment, differences


def runs(old: str, new: str) -> list[tuple[str, str]]:
    return [
        (run.kind, run.new.of(new) if run.kind == "added" else run.old.of(old))
        for run in differences(Alignment(old, new))
    ]


def test_a_word_that_was_replaced_is_removed_and_added_in_its_place():
    old = "Seoul said that 3,000 men were lost.\n"
    assert runs(old, old.replace("3,000", "4,000")) == [
        ("same", "Seoul said that "),
        ("removed", "3,000"),
        ("added", "4,000"),
        ("same", " men were lost.\n"),
    ]


def test_a_sentence_that_came_in_is_added_whole():
    old = "The first one stays. The last one stays too."
    new = "The first one stays. A new one is here. The last one stays too."
    assert [kind for kind, _ in runs(old, new)] == ["same", "added", "same"]
    assert "".join(text for kind, text in runs(old, new) if kind == "added").strip() == (
        "A new one is here."
    )


def test_quotation_marks_set_otherwise_are_a_difference():
    assert runs('He said "no" twice.', "He said “no” twice.") == [
        ("same", "He said "),
        ("removed", '"'),
        ("added", "“"),
        ("same", "no"),
        ("removed", '"'),
        ("added", "”"),
        ("same", " twice."),
    ]


def test_texts_without_a_difference_are_one_run_and_empty_ones_none():
    assert runs("the same\n", "the same\n") == [("same", "the same\n")]
    assert runs("", "") == []
    assert runs("", "new") == [("added", "new")]
    assert runs("old", "") == [("removed", "old")]


WORDS = st.sampled_from(
    [
        "Seoul",
        "said",
        "no.",
        "Kyiv",
        "3,000",
        "서울은",
        "e\u0301",
        "é",
        "👩\u200d👧",
        "“a”",
        '"a"',
        "\n\n",
    ]
)
TEXTS = st.lists(WORDS, max_size=40).map(" ".join)


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS)
def test_the_runs_give_both_texts_back(old, new):
    found = differences(Alignment(old, new))
    assert "".join(run.old.of(old) for run in found) == old
    assert "".join(run.new.of(new) for run in found) == new
    a = c = 0
    for run in found:
        assert (run.old.start, run.new.start) == (a, c)
        a, c = run.old.end, run.new.end
        if run.kind == "same":
            assert run.old.of(old) == run.new.of(new) != ""
        elif run.kind == "added":
            assert run.old.start == run.old.end
            assert run.new.start < run.new.end
        else:
            assert run.kind == "removed"
            assert run.new.start == run.new.end
            assert run.old.start < run.old.end


def test_what_is_imported_late_is_there_and_nothing_else():
    assert tui.anchoring.differences is differences
    assert {"Alignment", "Run", "differences"} <= set(tui.anchoring.__all__)
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = tui.anchoring.nothing
