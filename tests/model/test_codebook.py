"""The codebook: paths, slots and colours, and tags that keep their records when they move."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.codebook import Codebook, Tag, covers, tag_path, union
from tui.model.tag_steps import step_between

BOOK = Codebook(
    (
        Tag("military", 1, "red", "Forces and fighting"),
        Tag("military/losses", 0, "", "Killed and wounded"),
        Tag("diplomacy", 3, "blue"),
    )
)


@pytest.mark.parametrize(
    ("typed", "path"),
    [
        ("military", "military"),
        (" military / North  Korea ", "military/North Korea"),
        ("/military/losses/", "military/losses"),
        ("군사/사상자", "군사/사상자"),
        ("a", "a"),
    ],
)
def test_a_path_is_taken_as_typed_with_its_blanks_closed_up(typed: str, path: str) -> None:
    assert tag_path(typed) == path


@pytest.mark.parametrize("typed", ["", "  ", "/", "a//b", "a,b", "a/,", "a\x1b[31m", "a\u202eb"])
def test_a_path_that_could_not_be_told_from_others_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="is no tag: write words"):
        tag_path(typed)


@given(st.text(st.sampled_from("ab /,\t\n\u3000"), max_size=8))
def test_a_path_that_was_taken_is_taken_again_as_it_is(typed: str) -> None:
    try:
        path = tag_path(typed)
    except ValueError:
        return
    assert tag_path(path) == path


def test_a_tag_covers_itself_and_its_children_and_nothing_that_only_begins_like_it() -> None:
    found = [p for p in ("military", "military/losses", "militarymen", "mil") if covers("mil", p)]
    assert found == ["mil"]
    assert covers("military", "military/losses")


def test_a_child_has_the_slot_and_the_colour_of_its_parent_until_it_has_its_own() -> None:
    assert (BOOK.slot("military/losses"), BOOK.colour("military/losses")) == (1, "red")
    own = BOOK.with_tag(Tag("military/losses", 2, "orange"))
    assert (own.slot("military/losses"), own.colour("military/losses")) == (2, "orange")
    assert (own.slot("unknown/tag"), own.colour("unknown/tag")) == (0, "")


def test_a_slot_is_one_tags_alone() -> None:
    book = BOOK.with_tag(Tag("casualties", 1))
    assert book.at_slot(1) == Tag("casualties", 1)
    assert [tag.path for tag in book.tags if tag.slot == 1] == ["casualties"]
    assert book.at_slot(0) is None


def test_a_tag_put_in_again_stays_at_its_place() -> None:
    book = BOOK.with_tag(Tag("military", 9))
    assert [tag.path for tag in book.tags] == [tag.path for tag in BOOK.tags]
    assert book.at_slot(9) == Tag("military", 9)


def test_a_tag_taken_out_is_gone_and_its_children_are_not() -> None:
    assert [tag.path for tag in BOOK.without("military").tags] == ["military/losses", "diplomacy"]


# Moves: records keep the path they were given, and reading leads them on.


def test_what_was_tagged_before_a_renaming_is_found_under_the_new_name() -> None:
    book = BOOK.moved("military", "defence")
    assert [tag.path for tag in book.tags] == ["defence", "defence/losses", "diplomacy"]
    assert book.resolve("military") == "defence"
    assert book.resolve("military/losses") == "defence/losses"
    assert book.resolve("military/never listed") == "defence/never listed"
    assert book.slot("military") == 1


def test_a_child_that_moved_away_first_does_not_follow_its_old_parent() -> None:
    book = BOOK.moved("military/losses", "casualties").moved("military", "defence")
    assert book.resolve("military/losses") == "casualties"
    assert book.resolve("military/losses/civilian") == "casualties/civilian"


def test_what_lies_below_a_tag_of_today_stays_there_although_a_parent_moved() -> None:
    book = Codebook((Tag("a"), Tag("a/x"))).moved("a/x", "b").moved("a", "b/old").moved("b", "a")
    assert book.get("a") is not None
    assert book.resolve("a/x/deep") == "a/deep"
    assert book.resolve("a/other") == "a/other"


def test_merging_keeps_all_names_and_gives_what_the_other_lacks() -> None:
    book = Codebook((Tag("dead", was=("killed",)), Tag("losses", 4, "red", "Killed")))
    merged = book.moved("losses", "dead")
    assert merged.tags == (Tag("dead", 4, "", "Killed", was=("killed", "losses")),)
    assert merged.resolved(("losses", "killed", "dead")) == ("dead",)


def test_a_name_taken_back_leads_the_other_one_home_again() -> None:
    book = BOOK.moved("military", "defence").moved("defence", "military")
    assert book.resolve("defence/losses") == "military/losses"
    assert all(tag.path not in tag.was for tag in book.tags)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("military", "military/all", "cannot move below itself"),
        ("unknown", "known", "no tag 'unknown'"),
        ("military", "a,b", "is no tag"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(old: str, new: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        BOOK.moved(old, new)


PATHS = st.sampled_from(["a", "a/x", "a/x/deep", "b", "b/x", "c", "d/x"])
MOVES = st.lists(st.tuples(PATHS, PATHS), max_size=5)


@given(MOVES, PATHS)
def test_after_any_moves_every_path_leads_to_one_that_stays(
    moves: list[tuple[str, str]], path: str
) -> None:
    book = Codebook(tuple(Tag(p) for p in ("a", "a/x", "b", "c")))
    for old, new in moves:
        try:
            book = book.moved(old, new)
        except ValueError:
            continue
    where = book.resolve(path)
    assert book.resolve(where) == where
    paths = [tag.path for tag in book.tags]
    assert len(paths) == len(set(paths))
    # What is a tag today means itself; what was one leads to one.
    assert where in paths or path not in ("a", "a/x", "b", "c")


# Several analysts' codebooks in one.


def test_of_two_codebooks_the_earlier_wins_for_path_and_slot() -> None:
    own = Codebook((Tag("economy", 1),))
    assert union([own, BOOK]).tags == (
        Tag("economy", 1),
        Tag("military", 0, "red", "Forces and fighting"),
        Tag("military/losses", 0, "", "Killed and wounded"),
        Tag("diplomacy", 3, "blue"),
    )


def test_ones_own_renaming_holds_although_others_still_use_the_old_name() -> None:
    own = Codebook((Tag("defence", 1, was=("military",)),))
    both = union([own, BOOK])
    assert [tag.path for tag in both.tags] == ["defence", "defence/losses", "diplomacy"]
    assert both.resolve("military/losses") == "defence/losses"


@given(st.lists(st.lists(st.builds(Tag, PATHS, st.integers(0, 3)), max_size=4), max_size=3))
def test_a_union_has_each_path_and_each_slot_once(books: list[list[Tag]]) -> None:
    both = union(Codebook(tuple(tags)) for tags in books)
    slots = [tag.slot for tag in both.tags if tag.slot]
    assert len(slots) == len(set(slots))
    assert [tag.path for tag in both.tags] == list(
        dict.fromkeys(tag.path for tags in books for tag in tags)
    )


BOOKS = st.lists(
    st.builds(Tag, PATHS, st.integers(0, 2)), max_size=5, unique_by=lambda tag: tag.path
).map(lambda tags: Codebook(tuple(tags)))


@given(BOOKS, BOOKS)
def test_a_step_leads_from_one_codebook_to_the_other_and_back(one: Codebook, two: Codebook) -> None:
    step = step_between(one, two, "change", "")
    assert step.of(one) == two
    assert step.inverse().of(two) == one


@given(BOOKS, BOOKS)
def test_a_step_leaves_alone_what_it_did_not_change(one: Codebook, two: Codebook) -> None:
    step, other = step_between(one, two, "change", ""), Tag("of/another")
    later = step.of(Codebook((*one.tags, other)))
    assert {tag.path: tag for tag in later.tags} == {tag.path: tag for tag in (*two.tags, other)}
    if step.put:
        changed = step.put[0].tag
        with pytest.raises(ValueError, match="changed since"):
            step.inverse().of(two.with_tag(Tag(changed.path, 9)))
