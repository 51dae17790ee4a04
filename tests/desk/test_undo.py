"""Undo and redo: whole, in order, across restarts, or refused with a sentence."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, claim, mark, spot

from tui.desk import Desk, DeskError
from tui.model.codec import to_json
from tui.model.steps import through
from tui.store import open_store
from tui.store.places import shard_path

STEPS = 200


def live(desk: Desk) -> list[dict[str, Any]]:
    """The live records on the disk, without what grows with every change."""
    desk.flush()
    store = open_store(desk.annotations_dir, desk.analyst, locks=desk.root.parent / "locks")
    found = [to_json(r) for shelf in store.heads() for r in shelf.records if not r.deleted]
    for data in found:
        for key in ("rev", "modified", "sum"):
            data.pop(key, None)
    return sorted(found, key=lambda data: data["id"])


def any_step(desk: Desk, dice: random.Random) -> None:
    """One random change; it may turn out to be none."""
    name = dice.choice(list(FILES))
    article = desk.find(name)
    notes = desk.annotations(article)
    highlights = [p.record.id for p in notes.highlights]
    claims = [c.id for c in notes.all_claims()]
    sentence = dice.choice(desk.outline(article).sentences).extent
    path = dice.choice(["military", "casualties", "forecast"])
    verbs = [
        lambda: desk.highlight(article, [sentence], [path]),
        lambda: desk.save_claim(desk.draft(article, [sentence]), [sentence], tags=[path]),
        lambda: desk.mark_done(article, dice.random() < 0.5),
        lambda: desk.tag_article(article, path),
        lambda: desk.tag_occurrences("", "troops", path, everywhere=True),
    ]
    if highlights:
        one = dice.choice(highlights)
        verbs += [
            lambda: desk.tag([one], path),
            lambda: desk.note(one, dice.choice(["", "look", "see"])),
            lambda: desk.respan(one, [sentence]),
            lambda: desk.remove(one),
        ]
    if claims:
        one, other = dice.choice(claims), dice.choice(claims)
        verbs += [
            lambda: desk.grade(one, dice.choice("ABF"), dice.choice("26")),
            lambda: desk.review(one, dice.choice(["accept", "reject", "none"])),
            lambda: desk.note(one, dice.choice(["", "doubtful"])),
            lambda: desk.link(one, other, dice.choice(["supports", "repeats"])),
            lambda: desk.remove(one),
        ]
    with suppress(DeskError):  # such as another highlight that stands there already
        dice.choice(verbs)()


def test_two_hundred_random_steps_all_undone_leave_the_live_records_equal(
    open_desk: Opener,
) -> None:
    dice = random.Random(1)
    desk = open_desk()
    claim(desk, "nis.txt", "About 11,000 soldiers", "", "military")
    mark(desk, "losses.txt", "Kyiv denied the figure.", "diplomacy")
    desk.tag_article(desk.find("losses.txt"), "casualties")
    start, done = live(desk), 0
    while done < STEPS:
        before = desk.last_step
        any_step(desk, dice)
        done += desk.last_step is not before
    assert live(desk) != start
    for undone in range(STEPS):
        if undone == STEPS // 2:  # the other half after a restart
            desk.close()
            desk = open_desk()
        desk.undo()
    assert live(desk) == start
    desk.close()
    assert live(open_desk()) == start


def test_undo_goes_further_back_each_time_and_redo_forward(desk: Desk) -> None:
    article = desk.find("nis.txt")
    first = mark(desk, "nis.txt", "Kursk")
    desk.tag([first], "military")
    desk.note(first, "where")
    assert desk.undo([article]).label == "note on “Kursk”"
    assert desk.undo([article]).label == "put military on “Kursk”"
    assert desk.annotations(article).highlights[0].record.tags == ()
    assert desk.redo([article]).label == "put military on “Kursk”"
    assert desk.redo([article]).label == "note on “Kursk”"
    shown = desk.annotations(article).highlights[0].record
    assert (shown.tags, shown.note) == (("military",), "where")
    with pytest.raises(DeskError, match="nothing to redo"):
        desk.redo([article])


def test_a_new_step_ends_what_can_be_redone(desk: Desk) -> None:
    article = desk.find("nis.txt")
    first = mark(desk, "nis.txt", "Kursk")
    desk.note(first, "where")
    desk.undo([article])
    desk.note(first, "there")
    with pytest.raises(DeskError, match="nothing to redo"):
        desk.redo([article])
    assert desk.annotations(article).highlights[0].record.note == "there"


def test_undo_takes_only_what_touched_the_given_articles(desk: Desk) -> None:
    nis, losses = desk.find("nis.txt"), desk.find("losses.txt")
    mark(desk, "nis.txt", "Kursk")
    mark(desk, "losses.txt", "January")
    desk.undo([nis])
    assert not desk.annotations(nis).highlights
    assert desk.annotations(losses).highlights
    with pytest.raises(DeskError, match="nothing to undo"):
        desk.undo([nis])


def test_a_step_in_several_articles_is_taken_back_whole(desk: Desk) -> None:
    step = desk.tag_occurrences("", "The troops", "military", everywhere=True)
    assert step is not None
    assert len(step.articles) == 3
    undone = desk.undo([desk.find("plain.txt")])
    assert sorted(undone.articles) == sorted(step.articles)
    assert all(not desk.annotations(a).highlights for a in step.articles)


def test_a_step_whose_record_changed_since_is_not_taken_back(desk: Desk) -> None:
    desk.tag_occurrences("", "The troops", "military", everywhere=True)
    nis = desk.find("nis.txt")
    changed = desk.annotations(nis).highlights[0].record.id
    desk.note(changed, "mine")
    with pytest.raises(DeskError, match="changed since") as refusal:
        desk.undo([desk.find("plain.txt")])
    assert refusal.value.code == 1
    assert desk.annotations(desk.find("plain.txt")).highlights
    assert desk.undo([nis]).label.startswith("note on")
    desk.undo([desk.find("plain.txt")])
    assert not desk.annotations(nis).highlights


def test_undo_works_after_a_restart_and_so_does_redo(open_desk: Opener) -> None:
    desk = open_desk()
    made = claim(desk, "nis.txt", "About 11,000 soldiers", "", "military")
    desk.grade(made.id, "B", "2")
    desk.close()
    desk = open_desk()
    article = desk.find("nis.txt")
    desk.undo([article])
    assert desk.annotations(article).all_claims()[0].credibility == ""
    desk.close()
    desk = open_desk()
    desk.undo([article])
    assert not desk.annotations(article).all_claims()
    desk.redo([article])
    desk.redo([article])
    assert desk.annotations(article).all_claims()[0].credibility == "2"


def test_undoing_an_edit_gives_the_claim_its_review_back(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "About 11,000 soldiers")
    desk.review(made.id, "accept")
    desk.note(made.id, "edited")
    article = made.article
    edited = desk.annotations(article).claim(made.id)
    assert edited is not None
    status = desk.annotations(article).status(edited)
    assert (status.name, status.stale) == ("draft", True)
    desk.undo([article])
    again = desk.annotations(article).claim(made.id)
    assert again is not None
    assert desk.annotations(article).status(again).name == "accepted"
    assert desk.entry(article).drafts == 0


def test_undoing_a_delete_brings_the_claims_back(desk: Desk) -> None:
    made = claim(desk, "nis.txt", "About 11,000 soldiers")
    claim(desk, "nis.txt", "About 11,000 soldiers", "another reading")
    step = desk.remove(made.highlight)
    assert step is not None
    assert step.label == "delete highlight “About 11,000 soldiers” and 2 claims"
    assert not desk.annotations(made.article).highlights
    desk.undo([made.article])
    assert len(desk.annotations(made.article).all_claims()) == 2


@pytest.mark.parametrize("kind", ["do", "undo", "redo"])
def test_what_was_killed_half_way_is_whole_in_each_article_and_is_undone_and_done_again(
    open_desk: Opener, kind: str
) -> None:
    desk = open_desk()
    step = desk.tag_occurrences("", "The troops", "military", everywhere=True)
    assert step is not None
    shards = [shard_path(desk.annotations_dir, "kim", article) for article in step.articles]

    def marked(desk: Desk) -> list[bool]:
        return [bool(desk.annotations(article).highlights) for article in step.articles]

    steps = {"do": [], "undo": [desk.undo], "redo": [desk.undo, desk.redo]}[kind]
    for one in steps[:-1]:
        one()
    desk.flush()
    before = shards[-1].read_bytes()
    for one in steps[-1:]:
        one()
    desk.close()
    if kind == "do":
        shards[-1].unlink()
    else:
        shards[-1].write_bytes(before)  # so far the writer never came
    desk = open_desk()
    assert marked(desk) == ([False, False, True] if kind == "undo" else [True, True, False])
    rest = desk.undo()
    assert len(rest.articles) == (1 if kind == "undo" else 2)
    assert not any(marked(desk))
    desk.redo()
    if kind != "do":
        desk.redo()
        assert all(marked(desk))
        assert len(desk.undo().articles) + len(desk.undo().articles) == 3
        assert not any(marked(desk))
    with pytest.raises(DeskError, match="nothing to undo"):
        desk.undo(step.articles) if kind != "do" else desk.undo(step.articles[-1:])
    assert not desk.troubles


def test_undoing_left_before_its_end_or_crossed_by_another_change_does_nothing(
    desk: Desk,
) -> None:
    step = desk.tag_occurrences("", "The troops", "military", everywhere=True)
    assert step is not None
    left = desk.undoing()
    next(left)
    left.close()
    crossed = desk.undoing()
    next(crossed)
    mark(desk, "plain.txt", "emoji")
    with pytest.raises(DeskError, match="changed meanwhile"):
        through(crossed)
    assert all(desk.annotations(article).highlights for article in step.articles)
    assert desk.undo([desk.find("plain.txt")]).label == "highlight “emoji”"
    assert desk.undo([desk.find("plain.txt")]).articles == step.articles


def test_what_is_undone_before_it_is_saved_is_undone_on_the_disk(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    desk.highlight(article, [spot(desk, article, "Kursk")], ["military"])
    desk.undo([article])
    desk.close()
    assert not open_desk().annotations(article).highlights
