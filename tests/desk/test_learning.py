"""Learning through the desk: at once, kept, unlearned, and never in the way of annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, mark

from tui.analysis import Suggestion
from tui.analysis.learning import Learner
from tui.desk import Changed, Desk, DeskError, Event, Saved
from tui.store.learners import FILE


def proposals(desk: Desk) -> tuple[Suggestion, ...]:
    """All that is proposed in the workspace, by article and in text order."""
    return tuple(p for entry in desk.entries() for p in desk.suggest(entry.id).proposals)


def file_of(desk: Desk) -> Path:
    return desk.own_folder / FILE


def test_before_the_first_decision_proposals_are_as_the_rules_rank_them(
    open_desk: Opener,
) -> None:
    desk = open_desk()
    assert desk.ranked(proposals(desk)) == proposals(desk)
    desk.flush()
    assert not desk.annotations_dir.exists()


def test_a_decision_ranks_at_once_and_is_there_after_a_restart(open_desk: Opener) -> None:
    desk = open_desk()
    found = proposals(desk)
    desk.learn([(found[0], False), (found[1], True)])
    ranked = desk.ranked(found)
    assert [p.id for p in ranked] == [p.id for p in found], "in text order, as before"
    assert ranked[0].rank < ranked[1].rank
    assert all(0 < p.rank < 1 for p in ranked)
    desk.close()

    again = open_desk()
    assert again.learner == desk.learner
    assert again.ranked(found) == ranked
    assert open_desk("lee").ranked(found) == found, "each analyst has their own"


def test_it_makes_no_difference_whether_what_is_learned_from_was_ranked_before(
    open_desk: Opener,
) -> None:
    desk, other = open_desk(), open_desk("lee")
    for _ in range(2):
        desk.learn([(p, bool(n % 2)) for n, p in enumerate(desk.ranked(proposals(desk)))])
        other.learn([(p, bool(n % 2)) for n, p in enumerate(proposals(other))])
    assert desk.learner.weights == other.learner.weights


def test_what_was_undone_is_unlearned_to_the_last_digit_on_the_disk_too(
    open_desk: Opener,
) -> None:
    desk = open_desk()
    first, second, third, *_ = proposals(desk)
    desk.learn([(first, True)])
    desk.learn([(third, False)])
    desk.flush()
    kept, before = file_of(desk).read_bytes(), desk.ranked(proposals(desk))
    desk.learn([(second, True), (third, True)])
    assert desk.ranked(proposals(desk)) != before
    desk.unlearn([second.id, third.id])
    desk.learn([(third, False)])
    desk.flush()
    assert file_of(desk).read_bytes() == kept
    assert desk.ranked(proposals(desk)) == before
    desk.unlearn([first.id, third.id, "nothing"])
    assert desk.learner == Learner()


@settings(max_examples=8, deadline=None)
@given(
    verbs=st.lists(
        st.tuples(st.sampled_from(("learn", "unlearn", "off", "on", "open")), st.integers(0, 6)),
        max_size=12,
    )
)
def test_what_is_in_memory_is_what_the_next_start_finds(
    tmp_path_factory: pytest.TempPathFactory, verbs: list[tuple[str, int]]
) -> None:
    root = tmp_path_factory.mktemp("news")
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")

    def opened() -> Desk:
        desk = Desk.open(root=root, analyst="kim", locks=root.parent / "locks")
        desk.scan()
        return desk

    desk = opened()
    found = proposals(desk)
    for verb, number in verbs:
        proposal = found[number % len(found)]
        if verb == "learn":
            desk.learn([(proposal, number % 2 == 0)])
        elif verb == "unlearn":
            desk.unlearn([proposal.id])
        elif verb == "open":
            desk.close()
            desk = opened()
        else:
            desk.set_learning(verb == "on")
    desk.close()
    again = opened()
    assert again.learner == desk.learner
    again.close()


def test_two_processes_of_one_analyst_learn_from_each_other(open_desk: Opener) -> None:
    events: list[Event] = []
    one, two = open_desk(events=events), open_desk()
    first, second, third, *_ = proposals(one)
    assert one.learner == two.learner == Learner()
    for desk, proposal in ((one, first), (two, second), (one, third)):
        desk.learn([(proposal, True)])
        desk.flush()
    assert [lesson.id for lesson in two.learner.learned.lessons] == [second.id]
    for desk in (one, two):
        desk.poll()
        desk.flush()
        ids = [lesson.id for lesson in desk.learner.learned.lessons]
        assert ids == [first.id, second.id, third.id]
        assert desk.learner == Learner.of(desk.learner.learned)
    one.close()
    assert events.count(Changed("", frozenset(), "learner")) == 1
    two.unlearn([first.id])
    two.close()
    assert [x.id for x in open_desk().learner.learned.lessons] == [second.id, third.id]


def test_a_learner_that_is_off_neither_ranks_nor_learns_but_still_forgets(
    open_desk: Opener,
) -> None:
    desk = open_desk()
    found = proposals(desk)
    desk.learn([(found[0], False), (found[1], True)])
    ranked = desk.ranked(found)
    desk.set_learning(False)
    assert desk.ranked(found) == found
    desk.learn([(found[2], True)])
    desk.close()

    again = open_desk()
    assert not again.learner.on
    again.set_learning(True)
    assert again.ranked(found) == ranked
    again.set_learning(False)
    again.unlearn([found[0].id])
    assert [lesson.id for lesson in again.learner.learned.lessons] == [found[1].id]


def test_a_reset_forgets_everything_and_is_on_the_disk_at_once(open_desk: Opener) -> None:
    desk = open_desk()
    found = proposals(desk)
    desk.learn([(found[0], False)])
    desk.set_learning(False)
    assert desk.reset_learner() == ""
    other = open_desk()
    assert (other.learner.decisions, other.learner.on) == (0, False)
    assert desk.learner == other.learner


@pytest.mark.parametrize("data", [b"{", b'{"v":9}'], ids=["damaged", "newer"])
def test_a_file_that_cannot_be_used_is_named_and_keeps_nothing_from_being_saved(
    open_desk: Opener, data: bytes
) -> None:
    events: list[Event] = []
    desk = open_desk(events=events)
    file_of(desk).parent.mkdir(parents=True)
    file_of(desk).write_bytes(data)
    found = proposals(desk)
    desk.learn([(found[0], False), (found[1], True)])
    mark(desk, "nis.txt", "The troops lost more than 3,000 men")
    desk.flush()
    desk.poll()
    assert file_of(desk).read_bytes() == data
    assert [str(file_of(desk)) in trouble for trouble in desk.passed] == [True]
    assert all(isinstance(event, Saved | Changed) for event in events)
    assert desk.ranked(found) != found, "it learns for this session"
    with pytest.raises(DeskError, match=FILE):
        desk.set_learning(False)


def test_a_reset_sets_a_damaged_file_aside_and_leaves_a_newer_one(open_desk: Opener) -> None:
    desk = open_desk()
    file_of(desk).parent.mkdir(parents=True)
    file_of(desk).write_bytes(b"{")
    kept = desk.reset_learner()
    [aside] = file_of(desk).parent.glob("*.damaged")
    assert aside.name in kept
    desk.learn([(proposals(desk)[0], True)])
    desk.close()
    again = open_desk()
    assert again.learner.decisions == 1
    file_of(desk).write_bytes(b'{"v":9}')
    with pytest.raises(DeskError, match="newer Pressmark") as caught:
        again.reset_learner()
    assert caught.value.code == 3
    assert file_of(desk).read_bytes() == b'{"v":9}'


def test_decisions_wait_for_a_disk_that_is_full_and_are_not_lost(
    open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    import errno
    import os

    desk = open_desk()
    found = proposals(desk)
    real = os.fsync

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    desk.learn([(found[0], True)])
    with pytest.raises(DeskError, match="the disk is full"):
        desk.flush()
    desk.learn([(found[1], False)])
    monkeypatch.setattr(os, "fsync", real)
    desk.flush()
    assert open_desk().learner == desk.learner


def test_taking_and_dropping_teach_and_undo_takes_the_learner_back(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    before = desk.proposals(article)
    desk.take({article: [before[0].id]})
    desk.drop({article: [before[1].id]})
    taught = desk.learner
    assert [(x.id, x.accepted) for x in taught.learned.lessons] == [
        (before[0].id, True),
        (before[1].id, False),
    ]
    left = desk.proposals(article)
    assert [p.id for p in left] == [p.id for p in before[2:]]
    assert [p.rank for p in left] != [p.rank for p in before[2:]], "ranked anew at once"
    desk.undo()
    desk.undo()
    assert desk.learner == Learner()
    assert desk.proposals(article) == before
    desk.redo()
    desk.redo()
    assert desk.learner == taught
    desk.close()
    again = open_desk()
    assert again.learner == taught
    again.undo()
    assert [lesson.id for lesson in again.learner.learned.lessons] == [before[0].id]


def test_a_proposal_saved_as_another_claim_is_taken_and_what_others_decide_teaches_nothing(
    open_desk: Opener,
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    proposal = desk.proposals(article)[0]
    draft = replace(desk.proposed_claim(article, proposal), statement="changed")
    desk.save_claim(draft, [span.extent for span in proposal.spans])
    assert [(x.id, x.accepted) for x in desk.learner.learned.lessons] == [(proposal.id, True)]
    desk.close()
    assert open_desk("lee").learner == Learner()


def test_many_taken_at_once_teach_at_once_and_are_unlearned_by_one_undo(
    open_desk: Opener,
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    everything = desk.proposals(article)
    desk.accept_all(desk.waiting(article, ["proposal"]))
    assert {lesson.id for lesson in desk.learner.learned.lessons} == {p.id for p in everything}
    desk.undo()
    assert desk.learner == Learner()
    assert desk.proposals(article) == everything


def test_the_queue_begins_with_what_is_like_what_was_taken(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    queue = [each.id for each in desk.waiting(article, ["proposal"])]
    named = {p.id: p for p in desk.suggest(article).proposals}
    for _ in range(3):
        desk.learn([(replace(p, id=f"{p.id} again"), p.id == queue[-1]) for p in named.values()])
    assert next(each.id for each in desk.waiting(article, ["proposal"])) == queue[-1]
    desk.set_learning(False)
    assert [each.id for each in desk.waiting(article, ["proposal"])] == queue
