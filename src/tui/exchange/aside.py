"""A call in a thread, for what reads or writes one file in one go, waited for step by step."""

from __future__ import annotations

from collections.abc import Callable, Generator
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

_STEP = 0.01  # seconds

Done = TypeVar("Done")


def aside(call: Callable[[], Done], *, waited: bool) -> Generator[None, None, Done]:
    """Have it done in a thread; a step is a hundredth of a second, and its result is returned.

    If that is not wanted any more, its end is `waited` for, or it is left to itself.
    """
    future = Future[Done]()

    def run() -> None:
        try:
            future.set_result(call())
        except BaseException as error:
            future.set_exception(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    try:
        while thread.is_alive():
            thread.join(_STEP)
            yield
    finally:
        if waited:
            thread.join()
    return future.result()
