"""What parent and child say to each other, a line each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

# The words that begin the lines of a child process.
READY, ANSWER, DONE, REFUSED = b"ready", b"answer", b"done", b"refused"
MEMORY, FAILED = b"memory", b"failed"


class Refusal(Exception):  # noqa: N818 - no fault: it is what a task answers
    """A task cannot be done: why, and what can be done about it. It goes from child to parent.

    `lasting`: it would be the same another time.
    """

    def __init__(self, what: str, mend: str, lasting: bool = True) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
        self.lasting = lasting


class Task(Protocol):
    """A module that does one kind of work in a child."""

    def load(self, request: Mapping[str, Any], /) -> None:
        """Import what the work needs, before its time counts. May raise Refusal."""
        ...

    def answers(self, request: Mapping[str, Any], body: bytes, /) -> Iterator[bytes]:
        """The answers, each one line without its end. May raise Refusal."""
        ...
