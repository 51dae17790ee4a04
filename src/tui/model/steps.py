"""What takes long, as steps: whoever takes them hears how far it is, and may stop between two."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from typing import NamedTuple, TypeVar

Done = TypeVar("Done")
Told = TypeVar("Told")
Made = TypeVar("Made")


class Far(NamedTuple):
    """How far something is that takes long: `exporting` 120 of 2,000 `articles`.

    As long as nobody knows of how many, `of` is 0.
    """

    what: str
    done: int = 0
    of: int = 0
    things: str = "articles"


# Each takes a few milliseconds. Closed before the last, they leave nothing half done.
Steps = Generator[Far, None, Done]


def through(
    steps: Generator[Told, None, Done], tell: Callable[[Told], object] | None = None
) -> Done:
    """Take all steps; `tell` hears what each says. Returns what comes of them."""
    while True:
        try:
            told = next(steps)
        except StopIteration as end:
            return end.value
        if tell is not None:
            tell(told)


def mapped(
    doing: Generator[Told, None, Done], then: Callable[[Told], Made]
) -> Generator[Made, None, Done]:
    """The same steps, each of which says what `then` makes of what it said."""
    with closing(doing):
        while True:
            try:
                told = next(doing)
            except StopIteration as end:
                return end.value
            yield then(told)


def followed(doing: Generator[object, None, Done], far: Callable[[], Far]) -> Steps[Done]:
    """The steps of something that does not say itself how far it is."""
    return mapped(doing, lambda _: far())
