"""A learner that ranks proposals by what the analyst took and dropped. Pure; deterministic.

Logistic regression, online: the log odds that a proposal is taken are its rank by the rules plus
the weights of its features. Each weight is a normal distribution of its own, with mean 0 and
variance `_VARIANCE` before the first decision. A decision moves the means of the features it has
along the gradient, each as far as it is still unsure, and makes them surer; so few decisions tell
much and later ones less. It is assumed-density filtering with a diagonal covariance (Spiegelhalter
and Lauritzen 1990, Networks 20, "Sequential updating of conditional probabilities on directed
graphical structures"), with MacKay's moderated prediction (1992, Neural Computation 4, "The
evidence framework applied to classification networks") as what was expected.

The newest `UNDOABLE` decisions are kept as they were made. To unlearn one is to learn the others
again from the beginning, in their order: no trace of it is left.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.analysis.features import Features
from tui.model.learned import Learned, Lesson, Weight

UNDOABLE = 1000  # decisions that can be unlearned; what older ones have taught stays
_VARIANCE = 0.15  # of a weight of which nothing is known
_RANK = 2.0  # log odds between a proposal of rank 0 and one of rank 1
_EVEN = 0.25  # the rank at which a proposal is as likely taken as dropped, before any decision
_FLATTEST = 1e-4  # what the slope of the logistic function is taken for at least

Weights = Mapping[str, Weight]


class Influence(NamedTuple):
    """A feature's weight in log odds, and in how many decisions that can be unlearned it was."""

    feature: str
    weight: float
    decisions: int


class Learner(Struct, frozen=True):
    """What was `learned`, and the `weights` that follow from it. Make one with `Learner.of`."""

    learned: Learned = Learned()
    weights: Weights = {}

    @classmethod
    def of(cls, learned: Learned) -> Learner:
        """The learner that has been told all this."""
        weights = {weight.feature: weight for weight in learned.base}
        for lesson in learned.lessons:
            _learn(weights, lesson)
        return cls(learned, weights)

    @property
    def on(self) -> bool:
        """Whether it ranks and learns."""
        return self.learned.on

    @property
    def decisions(self) -> int:
        """How many decisions it has learned from."""
        return self.learned.folded + len(self.learned.lessons)

    def decided(self, id: str, features: Features, accepted: bool) -> Learner:  # noqa: A002
        """The learner after one more decision; a proposal decided on before is decided anew."""
        return self.taught((lesson_of(id, features, accepted),))

    def taught(self, lessons: Sequence[Lesson]) -> Learner:
        """The learner after these decisions, in their order; the last on a proposal counts."""
        latest = tuple({lesson.id: lesson for lesson in lessons}.values())
        known = self.forgotten(*(lesson.id for lesson in latest))
        weights = dict(known.weights)
        for lesson in latest:
            _learn(weights, lesson)
        return Learner(told(known.learned, latest), weights)

    def forgotten(self, *ids: str) -> Learner:
        """The learner as if it had never heard of these decisions; one it does not know is none."""
        left = untold(self.learned, ids)
        return self if left is self.learned else Learner.of(left)

    def switched(self, on: bool) -> Learner:
        """The same learner, on or off."""
        return Learner(replace(self.learned, on=on), self.weights)

    def score(self, features: Features) -> float:
        """How likely the analyst takes a proposal, 0 to 1, to be ranked by.

        While it is off or nothing was decided yet, it is the rank by the rules itself.
        """
        if not self.on or not self.decisions:
            return features.rank
        return _logistic(_log_odds(self.weights, features.rank, features.names))

    def influences(self) -> tuple[Influence, ...]:
        """All weights, those that speak most for a proposal first."""
        seen = Counter(name for lesson in self.learned.lessons for name in lesson.features)
        found = (Influence(name, w.mean, seen[name]) for name, w in self.weights.items())
        return tuple(sorted(found, key=lambda each: (-each.weight, each.feature)))


def lesson_of(id: str, features: Features, accepted: bool) -> Lesson:  # noqa: A002
    """A decision on the proposal with this id."""
    return Lesson(id, accepted, features.rank, features.names)


def told(learned: Learned, lessons: Sequence[Lesson]) -> Learned:
    """With these decisions as the newest ones, each proposal once; the oldest go into the base."""
    latest = {lesson.id: lesson for lesson in lessons}
    kept = untold(learned, latest).lessons
    every = (*kept, *latest.values())
    old, new = every[: max(0, len(every) - UNDOABLE)], every[-UNDOABLE:]
    if not old:
        return replace(learned, lessons=new)
    weights = {weight.feature: weight for weight in learned.base}
    for lesson in old:
        _learn(weights, lesson)
    base = tuple(weights[name] for name in sorted(weights))
    return replace(learned, folded=learned.folded + len(old), base=base, lessons=new)


def untold(learned: Learned, ids: Iterable[str]) -> Learned:
    """Without these decisions; the very same object if it has none of them."""
    gone = frozenset(ids)
    left = tuple(lesson for lesson in learned.lessons if lesson.id not in gone)
    return learned if len(left) == len(learned.lessons) else replace(learned, lessons=left)


def _learn(weights: dict[str, Weight], lesson: Lesson) -> None:
    """Take one decision in."""
    known = [weights.get(name) or Weight(name, 0.0, _VARIANCE) for name in lesson.features]
    unsure = sum(weight.variance for weight in known)
    odds = _prior(lesson.rank) + sum(weight.mean for weight in known)
    surprise = lesson.accepted - _logistic(odds / math.sqrt(1 + math.pi * unsure / 8))
    likely = _logistic(odds)
    slope = max(likely * (1 - likely), _FLATTEST)
    shrink = 1 + slope * unsure
    for name, mean, variance in ((w.feature, w.mean, w.variance) for w in known):
        weights[name] = Weight(
            name,
            mean + variance * surprise / shrink,
            variance - variance * variance * slope / shrink,
        )


def _log_odds(weights: Weights, rank: float, names: Sequence[str]) -> float:
    return _prior(rank) + sum(weights[name].mean for name in names if name in weights)


def _prior(rank: float) -> float:
    """The log odds by the rank alone."""
    return _RANK * (rank - _EVEN)


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
