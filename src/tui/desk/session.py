"""What was done since the desk was opened: the last steps whole; of all, where and when."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Mapping

from tui.store.protocol import PastStep

_WHOLE = 1_000  # changes of saved steps that are held: of those before them the shards tell


class Session:
    """The steps of a session, and when each article was changed last in it."""

    def __init__(self, unsaved: Callable[[], Container[str]]) -> None:
        """`unsaved` tells the ids of the steps that the shards may not have yet."""
        self._unsaved = unsaved
        self._whole: dict[str, PastStep] = {}
        self._last: dict[str, tuple[int, str]] = {}  # article -> number and time of its last step
        self._count = self._held = 0

    def __len__(self) -> int:
        """How many steps there were."""
        return self._count

    def enter(self, step: PastStep) -> None:
        """Take the next step in."""
        self._count += 1
        self._whole[step.id] = step
        for article in step.articles:
            self._last.pop(article, None)
            self._last[article] = self._count, step.time
        self._held += len(step.changes)
        if self._held > 2 * _WHOLE:
            self._let_go()

    def mend(self, step: PastStep) -> None:
        """Put a step in the place of the one that it was before it was saved."""
        if step.id in self._whole:
            self._whole[step.id] = step

    def _let_go(self) -> None:
        """Hold what is not saved, and the last steps: the very last one however long it is."""
        unsaved, held = self._unsaved(), 0
        for step in reversed(tuple(self._whole.values())):
            if held and held + len(step.changes) > _WHOLE and step.id not in unsaved:
                del self._whole[step.id]
            else:
                held += len(step.changes)
        self._held = held

    def whole(self, step_id: str) -> PastStep | None:
        """A step with all that it did, if it is held still."""
        return self._whole.get(step_id)

    def touching(self, article: str) -> Iterator[PastStep]:
        """The steps that touched an article, those that the shards may not have yet among them."""
        return (step for step in self._whole.values() if article in step.articles)

    def times(self) -> Mapping[str, str]:
        """When each article that was changed was changed last."""
        return {article: time for article, (_, time) in self._last.items()}

    def since(self, count: int) -> Iterator[str]:
        """The articles that were changed after so many steps."""
        for article in reversed(self._last):
            if self._last[article][0] <= count:
                return
            yield article
