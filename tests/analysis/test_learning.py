"""What the learner makes of decisions, and what is left of one that was taken back: nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.analysis import Suggestion, suggest
from tui.analysis.features import Features, features_of
from tui.analysis.learning import UNDOABLE, Learner, lesson_of, told, untold
from tui.articles import outline, read_article
from tui.model.learned import Learned
from tui.model.sources import Registry
from tui.samples import sample_articles

NAMES = ("quoted", "cue is sure", "cue: say", "a figure", "no date")
FEATURES = st.builds(
    Features,
    st.integers(0, 100).map(lambda points: points / 100),
    st.lists(st.sampled_from(NAMES), unique=True).map(tuple),
)
DECISIONS = st.lists(st.tuples(FEATURES, st.booleans()), max_size=12)


def taught(decisions: list[tuple[Features, bool]]) -> Learner:
    learner = Learner()
    for number, (features, accepted) in enumerate(decisions):
        learner = learner.decided(str(number), features, accepted)
    return learner


def proposals(name: str = "2025-02-05-news-today-troops-not-seen.txt") -> tuple[Suggestion, ...]:
    article = read_article((sample_articles() / name).read_bytes(), name)
    return suggest(article, outline(article), Registry(())).proposals


@given(FEATURES)
def test_before_the_first_decision_the_score_is_the_rank_of_the_rules(features: Features) -> None:
    assert Learner().score(features) == features.rank


@given(DECISIONS, FEATURES)
def test_a_learner_that_is_off_gives_the_rank_of_the_rules_and_forgets_nothing(
    decisions: list[tuple[Features, bool]], features: Features
) -> None:
    learner = taught(decisions)
    off = learner.switched(False)
    assert off.score(features) == features.rank
    assert off.switched(True) == learner


@given(DECISIONS, FEATURES, st.booleans(), DECISIONS)
def test_a_decision_that_is_taken_back_leaves_no_trace(
    before: list[tuple[Features, bool]],
    features: Features,
    accepted: bool,
    after: list[tuple[Features, bool]],
) -> None:
    learner = taught(before).decided("the one", features, accepted)
    never = taught(before)
    for number, (others, taken) in enumerate(after):
        learner = learner.decided(f"later {number}", others, taken)
        never = never.decided(f"later {number}", others, taken)
    assert learner.forgotten("the one") == never
    assert never.forgotten("the one") is never


@given(DECISIONS, st.data())
def test_a_proposal_decided_on_again_counts_once_as_decided_last(
    decisions: list[tuple[Features, bool]], data: st.DataObject
) -> None:
    learner = taught(decisions)
    features, accepted = data.draw(st.tuples(FEATURES, st.booleans()))
    changed = learner.decided("again", features, not accepted).decided("again", features, accepted)
    assert changed == learner.decided("again", features, accepted)


@given(DECISIONS)
def test_many_decisions_at_once_teach_what_they_do_one_by_one(
    decisions: list[tuple[Features, bool]],
) -> None:
    lessons = [lesson_of(str(n), *decision) for n, decision in enumerate(decisions)]
    learner = taught(decisions)
    assert Learner().taught(lessons) == learner
    assert Learner.of(told(Learned(), lessons)) == learner
    assert Learner.of(untold(learner.learned, [lesson.id for lesson in lessons])) == Learner()


@given(st.lists(st.tuples(FEATURES, st.booleans()), min_size=1, max_size=12), FEATURES)
def test_scores_are_chances_and_more_of_the_same_decision_never_turns_them_round(
    decisions: list[tuple[Features, bool]], features: Features
) -> None:
    learner = taught(decisions)
    taken = learner.decided("one more", features, True)
    dropped = learner.decided("one more", features, False)
    assert 0 < dropped.score(features) <= learner.score(features) <= taken.score(features) < 1


def test_what_is_like_what_was_taken_goes_up_and_what_is_like_what_was_dropped_down() -> None:
    quoted, bare = Features(0.35, ("quoted",)), Features(0.35, ("cue: say",))
    learner = taught([(quoted, True), (bare, False)] * 10)
    assert learner.score(quoted) > 0.6
    assert learner.score(bare) < 0.45
    first, *_, last = learner.influences()
    assert (first.feature, first.decisions) == ("quoted", 10)
    assert (last.feature, last.decisions) == ("cue: say", 10)
    assert first.weight > 0 > last.weight


def test_a_rank_of_the_rules_still_counts_among_those_that_are_alike() -> None:
    learner = taught([(Features(0.5, ("quoted",)), True)] * 3)
    scores = [learner.score(Features(rank / 10, ("quoted",))) for rank in range(11)]
    assert scores == sorted(scores)
    assert len(set(scores)) == len(scores)


def test_the_oldest_decisions_stay_learned_when_they_can_no_longer_be_taken_back() -> None:
    lessons = [
        lesson_of(str(n), Features(n % 7 / 10, (NAMES[n % 5], NAMES[(n + 1) % 5])), n % 3 > 0)
        for n in range(UNDOABLE + 30)
    ]
    learner = Learner().taught(lessons)
    assert (learner.decisions, learner.learned.folded) == (UNDOABLE + 30, 30)
    assert learner.weights == Learner.of(Learned(lessons=tuple(lessons))).weights
    assert Learner.of(learner.learned) == learner
    assert learner.forgotten("3") is learner, "it is one of the 30"
    newest = lessons[-1].id
    assert learner.forgotten(newest).weights == Learner().taught(lessons[:-1]).weights


def test_features_say_in_words_what_a_proposal_is_like() -> None:
    found = {" ".join(p.spans[0].exact.split())[:30]: features_of(p) for p in proposals()}
    quoted = next(f for words, f in found.items() if words.startswith('"Nobody has gone home'))
    assert {"cue is sure", "cue: say", "quoted", "no figure"} <= {*quoted.names}
    counted = next(f for words, f in found.items() if words.startswith("the force has taken"))
    assert {"cue: estimate", "a figure", "modality: estimated", "has a verb"} <= {*counted.names}
    assert "quoted" not in counted.names
    for features in found.values():
        assert len(set(features.names)) == len(features.names)


def test_what_a_learner_sees_is_the_same_after_it_has_ranked() -> None:
    for proposal in proposals():
        assert features_of(replace(proposal, rank=0.123)) == features_of(proposal)
        assert features_of(proposal).rank == proposal.rank


@pytest.mark.parametrize("name", ["2025-02-12-naru-ilbo-additional-deployment.txt"], ids=["Korean"])
def test_korean_proposals_have_features_too(name: str) -> None:
    names = {each for proposal in proposals(name) for each in features_of(proposal).names}
    assert any(each.startswith("cue: ") and not each.isascii() for each in names)
    assert not {"has a verb", "has no verb"} & names, "what is known of English verbs only"
