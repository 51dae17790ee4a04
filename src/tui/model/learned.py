"""What the learner has been told: the analyst's decisions on proposals, as its file holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from tui.model.codec import Always


class Lesson(Struct, frozen=True):
    """One decision on a proposal: its id, whether it was taken, and what was seen of it.

    `rank` is that of the rules; `features` are short words such as `quoted` or `cue: say`.
    """

    id: Always[str] = ""
    accepted: Always[bool] = False
    rank: Always[float] = 0.0
    features: Always[tuple[str, ...]] = ()


class Weight(Struct, frozen=True):
    """How far a feature speaks for (above 0) or against a proposal, and how unsure that is.

    `mean` is in log odds; `variance` falls with each decision that has the feature.
    """

    feature: Always[str] = ""
    mean: Always[float] = 0.0
    variance: Always[float] = 0.0


class Learned(Struct, frozen=True):
    """All that a learner is made from.

    `lessons` are the newest decisions, in the order they were made: each can be unlearned. What
    `folded` older ones have taught is in `base` and stays. `extra` are fields of the file that
    this version does not know.
    """

    on: Always[bool] = True
    folded: Always[int] = 0
    base: Always[tuple[Weight, ...]] = ()
    lessons: Always[tuple[Lesson, ...]] = ()
    extra: Mapping[str, Any] = field(default_factory=dict[str, Any])
