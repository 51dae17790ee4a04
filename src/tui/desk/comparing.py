"""Texts are compared at once if that is quick, else apart, while keys are answered."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:  # what compares two texts is not imported where there is one
    from tui.anchoring.comparing import Answer, Question
    from tui.apart.worker import Worker

AT_ONCE = 20.0  # milliseconds that a key may wait for a comparison
SECONDS = 60  # that one may take apart
MEMORY_LIMIT = 2 * 1024**3  # bytes of address space of the child


class Outcome(Struct, frozen=True):
    """The answer to a question, or why there is none: the end of a sentence."""

    answer: Answer | None
    why: str = ""


class Comparing:
    """Answers questions about texts. All methods are for the desk's thread.

    `told` is called, from another thread, when an answer is there that was worked out apart.
    Without it nobody waits at a key, and every answer is worked out at once.
    """

    def __init__(self, told: Callable[[], None] | None) -> None:
        self._told = told
        self._waiting: dict[Hashable, Question] = {}
        self._done: dict[Hashable, Outcome] = {}
        self._under_way: Hashable = None
        self._lock = threading.Condition()
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None

    def asked(self, key: Hashable) -> bool:
        """Whether an answer is being worked out."""
        return key in self._waiting or key == self._under_way

    def wait(self, key: Hashable, seconds: float) -> bool:
        """Wait so long for an answer that is worked out apart; whether it is there."""
        with self._lock:
            return self._lock.wait_for(lambda: not self.asked(key), seconds)

    @property
    def pending(self) -> int:
        """How many answers are being worked out, or wait for that."""
        return len(self._waiting) + (self._under_way is not None)

    def ask(self, key: Hashable, question: Question) -> Answer | None:
        """The answer; None if it is worked out apart: `taken` gives it when it is there."""
        from tui.anchoring.comparing import answered

        if self._told is None or question.cost <= AT_ONCE:
            return answered(question)
        with self._lock:
            if not self.asked(key):
                self._waiting[key] = question
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
        return None

    def taken(self) -> dict[Hashable, Outcome]:
        """What was worked out apart since this was asked last."""
        with self._lock:
            done, self._done = self._done, {}
        return done

    def stop(self) -> int:
        """Give up all that is being worked out; returns how many answers that were."""
        with self._lock:
            count, waited = self.pending, bool(self._waiting)
            self._done |= dict.fromkeys(self._waiting, Outcome(None, "it was stopped"))
            self._waiting.clear()
            self._lock.notify_all()
            if self._worker is not None:
                self._worker.stop()
        if waited and self._told is not None:
            self._told()
        return count

    def _work(self) -> None:
        """Answer what waits, the newest first, then end, and the child with it."""
        from tui.apart.worker import Worker

        worker = Worker(SECONDS, MEMORY_LIMIT)
        while True:
            with self._lock:
                self._worker, self._under_way = worker, None
                if not self._waiting:
                    self._thread = self._worker = None
                    break
                key, question = self._waiting.popitem()
                self._under_way = key
            outcome = _outcome(worker, question)
            with self._lock:
                self._done[key] = outcome
                self._under_way = None
                self._lock.notify_all()
            if self._told is not None:
                self._told()
            if outcome.why:
                worker = Worker(SECONDS, MEMORY_LIMIT)
        worker.stop()


def _outcome(worker: Worker, question: Question) -> Outcome:
    from tui.anchoring.comparing import asked_apart
    from tui.apart.worker import BrokenOffError, FailedError

    try:
        return Outcome(asked_apart(worker, question))
    except BrokenOffError as error:
        why = {
            "time": f"it took longer than {SECONDS} s",
            "memory": f"it took more than {MEMORY_LIMIT // 1024**3} GB of memory",
            "stopped": "it was stopped",
        }
        return Outcome(None, why.get(error.why, "the process that did it ended"))
    except FailedError as error:
        return Outcome(None, f"it failed ({error.name})")
