"""The steps of a codebook on the disk: one a line, the newest ones, settled by the codebook."""

from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from tui.model.codebook import Codebook, Tag
from tui.model.tag_steps import step_between
from tui.store import TagHistory, load_tag_history, save_tag_history
from tui.store.tag_history import FILE as HISTORY

BOOKS = [Codebook(tuple(Tag(f"tag{n}") for n in range(count))) for count in range(4)]
STEPS = [
    step_between(before, after, f"new tag {n}", "2025-02-05T10:00:00Z")
    for n, (before, after) in enumerate(pairwise(BOOKS))
]


def test_changes_of_tags_come_back_one_a_line(annotations):
    history = TagHistory(tuple(STEPS[:2]), tuple(STEPS[2:]))
    save_tag_history(annotations, "kim", history)
    assert load_tag_history(annotations, "kim") == (history, ())
    lines = (annotations / "kim" / HISTORY).read_bytes().split(b"\n")
    assert [sum(b"new tag %d" % n in line for line in lines) for n in range(3)] == [1, 1, 1]
    assert load_tag_history(annotations, "lee") == (TagHistory(), ())


def test_only_the_newest_changes_of_tags_are_kept(annotations):
    many = tuple(replace(STEPS[0], label=str(n)) for n in range(205))
    save_tag_history(annotations, "kim", TagHistory(many, many[:203]))
    found, _ = load_tag_history(annotations, "kim")
    assert [step.label for step in found.done] == [str(n) for n in range(5, 205)]
    assert [step.label for step in found.undone] == [str(n) for n in range(3, 203)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[1]", "it is no JSON object"),
        (b"{", "Expecting property name"),
        (b'{"done":[]}', "undone"),
        (b'{"done":3,"undone":[]}', "not iterable"),
        (b'{"done":[3],"undone":[]}', ""),
        (b"\xff", "utf-8"),
    ],
)
def test_changes_of_tags_that_cannot_be_read_are_named_and_set_aside(annotations, data, why):
    path = annotations / "kim" / HISTORY
    path.parent.mkdir(parents=True)
    path.write_bytes(data)
    found, [trouble] = load_tag_history(annotations, "kim")
    assert found == TagHistory()
    assert trouble.startswith(f"{path} is passed over: ")
    assert why in trouble
    save_tag_history(annotations, "kim", TagHistory((STEPS[0],)))
    [aside] = path.parent.glob("*.damaged")
    assert aside.read_bytes() == data
    assert load_tag_history(annotations, "kim") == (TagHistory((STEPS[0],)), ())


def test_a_change_of_tags_that_json_cannot_hold_costs_that_change_only(annotations):
    odd = step_between(BOOKS[0], Codebook((Tag("a", extra={"x": float("nan")}),)), "odd", "")
    save_tag_history(annotations, "kim", TagHistory((STEPS[0], odd, STEPS[1])))
    found, troubles = load_tag_history(annotations, "kim")
    assert (found.done, troubles) == ((STEPS[0], STEPS[1]), ())


@pytest.mark.parametrize("saved", range(4))
def test_a_history_of_tags_is_settled_by_the_codebook_that_was_saved(saved):
    """The history is written first: an end between the two leaves steps not borne out."""
    for kept in (TagHistory(tuple(STEPS)), TagHistory((), tuple(reversed(STEPS)))):
        settled = kept.settled(BOOKS[saved])
        assert settled.done == tuple(STEPS[:saved])
        assert settled.undone == tuple(reversed(STEPS[saved:]))
