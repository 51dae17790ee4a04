"""The one thread that saves, in order, and says so; a failed save stays first in the queue."""

from __future__ import annotations

import contextlib
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import cached_property

from msgspec import Struct, field

from tui.desk.events import DeskError, Event, Saved, SaveFailed
from tui.model.records import Step


class Job(Struct, dict=True):
    """One thing to save: a step, or (without a step) a codebook or the sources.

    `texts` are canonical texts by SHA-256 that must be kept before the step is written.
    """

    save: Callable[[Job], None]
    step: Step | None = None
    texts: dict[str, str] = field(default_factory=dict[str, str])

    @cached_property
    def ids(self) -> frozenset[str]:
        """Ids of the records it writes."""
        return frozenset(c.after.id for c in self.step.changes) if self.step else frozenset()

    @property
    def articles(self) -> tuple[str, ...]:
        """Ids of the articles it touches."""
        return self.step.articles if self.step else ()


class Writer:
    """Saves jobs in the order they came. All events go out from its thread.

    After a failure it waits for the next job, `retry` or `flush` and then begins again with the
    job that failed.
    """

    def __init__(self, notify: Callable[[Event], None] | None) -> None:
        self._notify = notify
        self._jobs: deque[Job] = deque()
        self._events: deque[Event] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._waiting = False  # after a failure, for a reason to try again
        self._stopped = False
        self._held = 0.0  # in monotonic time: before that no save and no event begins
        self._failures = 0
        self._told: SaveFailed | None = None
        self.failed = ""

    @property
    def pending(self) -> int:
        """How many jobs are not on the disk yet."""
        return len(self._jobs)

    def jobs(self) -> tuple[Job, ...]:
        """What is not on the disk yet, in order."""
        with self._changed:
            return tuple(self._jobs)

    def submit(self, job: Job) -> None:
        """Save this after everything before it."""
        with self._changed:
            self._jobs.append(job)
            self._wake()

    def post(self, event: Event) -> None:
        """Send an event from the writer's thread, like all others."""
        if self._notify is None:
            return
        with self._changed:
            self._events.append(event)
            self._wake(again=False)

    def hold(self, seconds: float) -> None:
        """Begin nothing for so long, or until `release`; `flush` and `stop` do not wait for it.

        Two threads that work at once in one process keep each other waiting: what answers a key
        goes first.
        """
        with self._changed:
            self._held = time.monotonic() + seconds

    def release(self, after: float = 0.0) -> None:
        """Begin what was held, so many seconds from now."""
        with self._changed:
            self._held = time.monotonic() + after if after else 0.0
            self._changed.notify_all()

    def retry(self) -> None:
        """Try a failed save again now."""
        with self._changed:
            self._wake()

    def _wake(self, again: bool = True) -> None:
        if again:
            self._waiting = False
        if self._thread is None and not self._stopped:
            self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
            self._thread.start()
        self._changed.notify_all()

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything is on the disk.

        Raises DeskError (code 3) if a save fails, or if `timeout` seconds were not enough.
        """
        deadline = None if timeout is None else time.monotonic() + timeout
        with self._changed:
            if not self._jobs:
                return
            if self._stopped:
                raise DeskError(f"{_changes(len(self._jobs))} not saved: the desk is closed", 3)
            before, self._held = self._failures, 0.0
            self._wake()
            while self._jobs and self._failures == before:
                left = None if deadline is None else deadline - time.monotonic()
                if left is not None and left <= 0:
                    raise DeskError(f"{_changes(len(self._jobs))} not saved yet: wait longer", 3)
                self._changed.wait(left)
            if self._jobs:
                raise DeskError(f"{_changes(len(self._jobs))} not saved: {self.failed}", 3)

    def stop(self) -> None:
        """End the thread once it is idle; what failed to be saved is let go."""
        with self._changed:
            self._stopped, self._held = True, 0.0
            self._changed.notify_all()
        if self._thread is not None and self._thread is not threading.current_thread():
            self._thread.join(2)

    def _run(self) -> None:
        while True:
            with self._changed:
                while not self._ready() and not self._stopped:
                    held = self._held - time.monotonic()
                    self._changed.wait(held if held > 0 else None)
                event = self._events.popleft() if self._events else None
                job = self._jobs[0] if self._jobs and not self._waiting else None
                if event is None and job is None:
                    return
            if event is not None:
                self._tell(event)
            elif job is not None:
                self._save(job)

    def _ready(self) -> bool:
        if self._held > time.monotonic():
            return False
        return bool(self._events) or (bool(self._jobs) and not self._waiting)

    def _save(self, job: Job) -> None:
        try:
            job.save(job)
        except Exception as error:
            with self._changed:
                self.failed = _reason(error)
                self._waiting = True
                self._failures += 1
                failure = SaveFailed(self.failed, len(self._jobs))
                self._changed.notify_all()
            if failure != self._told:  # the same failure, tried again, is no news
                self._told = failure
                self._tell(failure)
            return
        with self._changed:
            self._jobs.popleft()
            self.failed, self._told = "", None
            left = len(self._jobs)
            self._changed.notify_all()
        self._tell(Saved(job.step.id if job.step else "", job.articles, job.ids, left))

    def _tell(self, event: Event) -> None:
        if self._notify is not None:
            # A screen that is gone must not keep the rest from being saved.
            with contextlib.suppress(Exception):
                self._notify(event)


def _changes(count: int) -> str:
    return "1 change is" if count == 1 else f"{count} changes are"


def _reason(error: Exception) -> str:
    if isinstance(error, OSError) and error.strerror:
        where = f"{error.filename}: " if error.filename else ""
        return f"{where}{error.strerror.lower()}"
    return str(error) or type(error).__name__
