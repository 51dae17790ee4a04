"""The one exception of the command line."""

from __future__ import annotations


class Failure(Exception):  # noqa: N818 - the plain word
    """What cannot be done, in one sentence, and the exit code."""

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.code = code
