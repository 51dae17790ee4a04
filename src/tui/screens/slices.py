"""What takes long is taken a moment at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from time import monotonic
from typing import TypeVar

T = TypeVar("T")


def is_left(coming: Iterable[T], seconds: float, take: Callable[[T], object] | None = None) -> bool:
    """Take what comes for about so long, one at least; whether there may be more of it."""
    end = monotonic() + seconds
    for each in coming:
        if take is not None:
            take(each)
        if monotonic() > end:
            return True
    return False
