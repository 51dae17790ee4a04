"""A process that saves annotations while things go wrong; run by test_faults.py.

    saving.py highlights FOLDER COUNT       save until COUNT are there (0: until killed)
    saving.py full FOLDER TRIALS SEED       save while no file may grow beyond a random size
    saving.py full-disk FOLDER TRIALS SEED  save while the (small) disk is full now and then
    saving.py calls FOLDER                  save with each system call failing once

It prints a line for everything that was acknowledged, and JSON about what it found wrong.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import random
import resource
import shutil
import signal
import sys
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.model.ids import new_id
from tui.model.records import Change, Highlight, Record, Step
from tui.model.spans import Span
from tui.store import Store, StoreError, open_store

ARTICLE = "abcdefghij234567"
OTHER = "zyxwvutsrq765432"


def say(**found: Any) -> None:
    os.write(1, json.dumps(found).encode() + b"\n")


def opened(folder: Path) -> Store:
    return open_store(folder / "annotations", "kim", locks=folder / "locks")


def highlight(article: str = ARTICLE) -> Highlight:
    return Highlight(
        id=new_id(),
        article=article,
        rev=1,
        by="kim",
        modified="2025-02-05",
        spans=(Span(0, 5, "x" * random.randrange(1, 400)),),
        note="북한군",
    )


def step_of(*changes: tuple[Record | None, Record]) -> Step:
    return Step(new_id(), "edit", "2025-02-05", tuple(Change(*change) for change in changes))


def steps(store: Store) -> Iterator[Step]:
    """New highlights, and now and then an edit of one."""
    known: list[Highlight] = []
    while True:
        if known and random.random() < 0.3:
            before = known.pop(random.randrange(len(known)))
            after = replace(before, rev=before.rev + 1, note="edited")
            change = (before, after)
        else:
            change = (None, highlight())
        yield step_of(change)
        known.append(change[1])


def acknowledge(step: Step) -> None:
    say(saved={change.after.id: change.after.rev for change in step.changes})


def save_highlights(folder: Path, count: int) -> None:
    store = opened(folder)
    for number, step in enumerate(steps(store), start=1):
        store.put(step)
        acknowledge(step)
        if number == count:
            return


class SizeLimit:
    """No file may grow beyond a size (RLIMIT_FSIZE)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def tighten(self) -> None:
        sizes = [path.stat().st_size for path in self._folder.rglob("*.json")]
        room = random.choice((random.randrange(1, 400), random.randrange(1, 6000)))
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        size = max(1, max(sizes, default=0) + room - 300)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))

    def loosen(self) -> None:
        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


class Filler:
    """A file that takes all but some of the room on a small disk."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "filler"

    def tighten(self) -> None:
        status = os.statvfs(self._path.parent)
        free = status.f_bavail * status.f_frsize
        leave = random.randrange(0, 40_000)
        with self._path.open("wb") as file, contextlib.suppress(OSError):
            file.write(b"\0" * max(0, free - leave))

    def loosen(self) -> None:
        self._path.unlink(missing_ok=True)


def save_until_full(folder: Path, trials: int, limit: SizeLimit | Filler) -> None:
    """Save until it fails, look what is left, make room, save that again; `trials` times."""
    store = opened(folder)
    todo = steps(store)
    saved: dict[str, int] = {}
    for _ in range(trials):
        limit.tighten()
        while True:
            step = next(todo)
            try:
                store.put(step)
            except StoreError as error:
                say(full=str(error))
                break
            remember(saved, step)
        check(folder, saved)
        limit.loosen()
        store.put(step)
        remember(saved, step)
        if sum(path.stat().st_size for path in folder.rglob("*.json")) > 150_000:
            for path in folder.rglob("*.json"):
                path.unlink()
            store, saved = opened(folder), {}
            todo = steps(store)
            say(fresh=True)


def remember(saved: dict[str, int], step: Step) -> None:
    saved |= {change.after.id: change.after.rev for change in step.changes}
    acknowledge(step)


def check(
    folder: Path,
    saved: dict[str, int],
    *,
    leftovers: bool = False,
    also: frozenset[str] | set[str] = frozenset(),
) -> None:
    """Say what is lost, unreadable or left behind, as a process sees it that comes after.

    `also` are endings of files that may be there beside shards.
    """
    found: dict[str, int] = {}
    for shelf in opened(folder).heads():
        if shelf.troubles or shelf.altered:
            say(wrong=f"{shelf.troubles} {shelf.altered}")
        found |= {record.id: record.rev for record in shelf.records}
    lost = [name for name, rev in saved.items() if found.get(name, 0) < rev]
    if lost:
        say(wrong=f"lost {lost}")
    allowed = {".json", *also, *((".tmp",) if leftovers else ())}
    for path in (folder / "annotations").rglob("*"):
        if path.is_file() and path.suffix not in allowed:
            say(wrong=f"left behind {path.name}")


# -- each system call failing once ------------------------------------------------------------

Call = Callable[..., Any]
OS_CALLS = "open write read fsync close fstat stat mkdir replace unlink listdir scandir access"


class Calls:
    """Counts system calls, and lets the one with a given number fail."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self._fail: int | None = None
        self._how: int | None = None
        self._armed = False
        for name in OS_CALLS.split():
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        fcntl.flock = self._wrapped("flock", fcntl.flock)

    def _wrapped(self, name: str, call: Call) -> Call:
        def wrapper(*args: Any, **named: Any) -> Any:
            if not self._armed:
                return call(*args, **named)
            self.names.append(name)
            if len(self.names) != self._fail:
                return call(*args, **named)
            if self._how is None:
                os.kill(os.getpid(), signal.SIGKILL)
            if name == "close":  # a descriptor is gone even if closing it fails
                call(*args, **named)
            raise OSError(self._how, os.strerror(self._how or 0))

        return wrapper

    @contextlib.contextmanager
    def failing(self, number: int | None, how: int | None) -> Iterator[None]:
        self.names, self._fail, self._how, self._armed = [], number, how, True
        try:
            yield
        finally:
            self._armed = False


def workspace(folder: Path) -> tuple[Store, Step, dict[str, int]]:
    """A workspace with two highlights, and a step that edits one and opens a second shard."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    store = opened(folder)
    first, second = highlight(), highlight()
    store.put(step_of((None, first), (None, second)))
    step = step_of(
        (first, replace(first, rev=2)), (None, highlight()), (None, highlight(article=OTHER))
    )
    return store, step, {first.id: 1, second.id: 1}


def fail_each_call(folder: Path) -> None:
    calls = Calls()
    for scenario in (save_with, read_with):
        store, step, saved = workspace(folder)
        with calls.failing(None, None):
            scenario(folder, store, step, saved)
        total = list(calls.names)
        for number, name in enumerate(total, start=1):
            for how in (errno.EIO, errno.ENOSPC, None):
                if how is None and scenario is read_with:
                    continue
                store, step, saved = workspace(folder)
                try:
                    trial(calls, number, how, scenario, folder, (store, step, saved))
                except Exception as error:
                    say(wrong=f"{scenario.__name__}, {name} ({number}), {how}: {error!r}")
                say(trial=f"{scenario.__name__} {name} {how}")


def trial(
    calls: Calls,
    number: int,
    how: int | None,
    scenario: Call,
    folder: Path,
    given: tuple[Store, Step, dict[str, int]],
) -> None:
    store, step, saved = given
    if how is not None:
        with calls.failing(number, how):
            scenario(folder, store, step, saved)
        left = calls.names[number - 1] == "unlink"
    else:
        process = os.fork()
        if process == 0:
            with calls.failing(number, None):
                store.put(step)
            os._exit(1)  # not killed
        if os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) != -signal.SIGKILL:
            say(wrong=f"call {number} was not reached")
        left = True
    check(folder, saved, leftovers=left)
    # Saving the same step again has to bring everything in, from a fresh process or the old one.
    for again in (store, opened(folder)):
        again.put(step)
    wanted = saved | {change.after.id: change.after.rev for change in step.changes}
    check(folder, wanted)
    if len(opened(folder).history(OTHER)) != 1 or len(opened(folder).history(ARTICLE)) != 2:
        say(wrong="the history is not whole")


def save_with(folder: Path, store: Store, step: Step, saved: dict[str, int]) -> None:
    with contextlib.suppress(StoreError):
        store.put(step)
        saved |= {change.after.id: change.after.rev for change in step.changes}


def read_with(folder: Path, store: Store, step: Step, saved: dict[str, int]) -> None:
    try:
        store = opened(folder)
    except StoreError:
        return
    shelf = store.of_article(ARTICLE)
    if len(shelf.records) != 2 and not (shelf.troubles or store.troubles):
        say(wrong="records are missing without a word")


def main(mode: str, folder: Path, number: int = 0, seed: int = 0) -> None:
    random.seed(seed or None)
    if mode == "highlights":
        save_highlights(folder, number)
    elif mode == "full":
        save_until_full(folder, number, SizeLimit(folder / "annotations"))
    elif mode == "full-disk":
        save_until_full(folder, number, Filler(folder))
    else:
        fail_each_call(folder)
    say(done=True)


def printing(into: Connection, mode: str, folder: Path) -> None:
    """As a process that is forked: what is printed goes into a pipe."""
    os.dup2(into.fileno(), 1)
    into.close()
    main(mode, folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *map(int, sys.argv[3:]))
