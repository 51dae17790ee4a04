"""What takes long is done in slices: it says how far it is, Escape stops it, keys are answered."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from msgspec import Struct

from tui.desk.events import DeskError
from tui.model.steps import Far, Steps
from tui.model.wording import bar
from tui.screens.slices import is_left

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen

SLICE = 0.015  # seconds of work between two looks at the keyboard ...
PAUSE = 0.005  # ... and for the keyboard
LONG = 0.5  # seconds of work from which it is said how far it is

Done = TypeVar("Done")
Part = TypeVar("Part")


def gathered(coming: Iterator[Sequence[Part]], things: str) -> Steps[list[Part]]:
    """What comes in parts as one list, in steps."""
    found: list[Part] = []
    for part in coming:
        found += part
        yield Far(f"gathering, {len(found):,} {things} so far")
    return found


class Task(Struct, eq=False):
    """Something under way: its steps, the last with what is done then, and what is said if not."""

    steps: Generator[Far]
    stopped: str
    since: float
    far: Far | None = None

    def at(self, far: Far) -> None:
        """Note how far it is."""
        self.far = far


class Working:
    """Takes the steps of one long thing at a time."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen
        self._task: Task | None = None

    @property
    def under_way(self) -> bool:
        """Whether there is something that is not done yet."""
        return self._task is not None

    def begin(self, steps: Steps[Done], done: Callable[[Done], object], stopped: str) -> None:
        """Take the steps, some at once; then call `done` with what came of them.

        If Escape stops it, `stopped` is said; what has no words for that is not stopped. Raises
        DeskError if something is under way already, or if the first steps do.
        """
        if self._task is not None:
            raise DeskError(f"{self._name(self._task)} is under way: Esc stops it")
        self._task = task = Task(self._through(steps, done), stopped, monotonic())
        self._go_on(task)

    def begin_beside(
        self, steps: Steps[Done], done: Callable[[Done], object], stopped: str
    ) -> None:
        """The same; what is done in a moment is done beside something that is under way."""
        if self._task is None:
            self.begin(steps, done, stopped)
            return

        def through() -> Generator[Far]:
            done((yield from steps))

        with closing(through()) as doing:
            if is_left(doing, SLICE):
                raise DeskError(f"{self._name(self._task)} is under way: Esc stops it")

    def _through(self, steps: Steps[Done], done: Callable[[Done], object]) -> Generator[Far]:
        found = yield from steps
        self._task = None
        done(found)

    def stop(self) -> bool:
        """Leave what is under way, unless it has to be whole; whether there was something."""
        task = self._task
        if task is None:
            return False
        if not task.stopped:
            self.screen.say(f"{self._name(task)}: it is not left half done")
            return True
        self._task = None
        task.steps.close()
        self.screen.say(task.stopped)
        return True

    def words(self) -> str:
        """How far it is, once it takes long, and the key that stops it; empty if nothing does."""
        task = self._task
        if task is None or task.far is None or monotonic() - task.since < LONG:
            return ""
        what, done, of, things = task.far
        stops = " · Esc stops" if task.stopped else ""
        return f"{what} {bar(done, of)} {done:,} of {of:,} {things}{stops}" if of else what + stops

    def _name(self, task: Task) -> str:
        return task.far.what if task.far is not None else "something"

    def _go_on(self, task: Task) -> None:
        """Take some more steps and the rest in a while, unless it was stopped."""
        if task is not self._task:
            return
        try:
            if is_left(task.steps, SLICE, task.at):
                self.screen.set_timer(PAUSE, partial(self._again, task))
        except DeskError:
            self._task = None if self._task is task else self._task
            raise

    def _again(self, task: Task) -> None:
        self.screen.change(partial(self._go_on, task))
        if self._task is task:
            self.screen.showing.show_doing()
        else:
            self.screen.sync()
