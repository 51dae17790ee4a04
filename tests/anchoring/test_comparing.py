"""What is asked of two texts at once is answered apart as it is here, and costs what it says."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

import pytest

from tui.anchoring import Alignment, Passage, Placer, comparable, comparing, differences
from tui.anchoring.comparing import (
    A_LETTER,
    A_LOOK,
    A_PASSAGE,
    A_SEARCH,
    LONG_ENOUGH,
    Answer,
    Question,
    answered,
    asked_apart,
)
from tui.anchoring.placing import LONGEST
from tui.apart.worker import Worker
from tui.model.articles import Article
from tui.model.spans import select

OLD = "Seoul said that 3,000 men were lost. Kyiv “denied” the figure. The count rose. 😀 \ud83d\n"
NEW = "A word first. Seoul said that 4,000 men were lost. Kyiv “denied” the figure. 😀 \ud83d\n"
TEXTS = {"old": OLD, "new": NEW}


def passage(words: str, text: str = OLD, revision: str = "old") -> Passage:
    start = text.index(words)
    return Passage.of(select(text, start, start + len(words)), revision)


PASSAGES = (passage("3,000 men"), passage("denied"), passage("The count rose."))
LOST = passage("Kyiv “denied” the figure", revision="lost")
UNLIKE = passage("The count rose.", revision="lost")


class InThisProcess:
    """A worker whose child is this process: what goes in and out goes as JSON all the same."""

    def ask(self, task: str, request: Mapping[str, Any], body: bytes) -> Iterator[bytes]:
        assert task == comparing.__name__
        sent: dict[str, Any] = json.loads(json.dumps(request))
        comparing.load(sent)
        yield from comparing.answers(sent, body)


def test_passages_are_placed_and_runs_found_as_by_themselves() -> None:
    answer = answered(Question(TEXTS, ("new", "old"), (*PASSAGES, LOST), ("old", "new")))
    placers = [Placer(Article("", TEXTS[name], name), TEXTS.get) for name in ("new", "old")]
    assert answer.found == tuple(
        {each: placer.span(each.span, each.revision) for each in (*PASSAGES, LOST)}
        for placer in placers
    )
    assert [found.fit for found in answer.found[0].values()] == [
        "changed",
        "moved",
        "orphan",
        "orphan",
    ]
    assert {found.fit for found in answer.found[1].values()} == {"exact"}
    assert answer.runs == tuple(differences(Alignment(OLD, NEW)))
    assert answered(Question(TEXTS, ("new",), PASSAGES)).runs == ()
    assert answered(Question(TEXTS, (), (), ("new", "old"))) == Answer(
        (), tuple(differences(Alignment(NEW, OLD)))
    )


@pytest.mark.parametrize(
    "question",
    [
        Question(TEXTS, ("new", "old"), (*PASSAGES, LOST), ("old", "new")),
        Question(TEXTS, ("new",), (), ("old", "new")),
        Question(TEXTS, ("new",), (*PASSAGES, UNLIKE)),
        Question(TEXTS, (), ()),
    ],
)
def test_a_child_gives_the_very_same_answer(question: Question) -> None:
    assert asked_apart(cast(Worker, InThisProcess()), question) == answered(question)


def test_a_comparison_costs_by_the_letters_of_each_pair_once_and_by_the_passages() -> None:
    both = len(OLD) + len(NEW)
    asked = Question(TEXTS, ("new",), PASSAGES)
    assert asked.cost == pytest.approx(3 * A_PASSAGE + both * A_LETTER)
    assert Question(TEXTS, ("new",), PASSAGES, ("old", "new")).cost == pytest.approx(asked.cost)
    assert Question(TEXTS, (), (), ("old", "new")).cost == pytest.approx(both * A_LETTER)
    assert Question(TEXTS, (), ()).cost == 0


def test_a_passage_whose_text_is_lost_costs_a_search_only_where_its_words_are_not_there() -> None:
    assert Question(TEXTS, ("new",), (LOST,)).cost == pytest.approx(A_LOOK * len(NEW))
    assert Question(TEXTS, ("new",), (UNLIKE,)).cost == pytest.approx(A_SEARCH * len(NEW))
    own = Question(TEXTS, ("old",), (passage("denied"),))
    assert own.cost == pytest.approx(A_LOOK * len(OLD)), "it stands where it was made"
    long = "x " * comparing.LONGEST_SEARCHED
    assert Question({"new": long}, ("new",), (UNLIKE,)).cost == pytest.approx(A_LOOK * len(long))


def test_texts_that_are_too_long_to_be_compared_cost_nothing() -> None:
    assert comparable("x" * LONGEST, "y")
    assert not comparable("x" * (LONGEST + 1), "y")
    long = {"old": OLD, "new": "x" * (LONGEST + 1)}
    assert Question(long, ("new",), PASSAGES).cost == 0


def test_no_more_is_counted_than_is_enough_to_ask_elsewhere() -> None:
    texts = {"new": "word " * 30_000}
    many = tuple(passage(words, revision="lost") for words in ("denied", "Kyiv", "rose") * 400)
    one = Question(texts, ("new",), many[:1]).cost
    cost = Question(texts, ("new",), many).cost
    assert LONG_ENOUGH < cost <= LONG_ENOUGH + one
