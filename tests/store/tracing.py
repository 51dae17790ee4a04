"""Makes each system call of a save fail, by strace; run by test_system_calls.py.

    python -m tests.store.tracing FOLDER [EVERY]

A process that has everything loaded makes a child for each trial. The child stops, strace takes
hold of it, and it saves: so the first call that is counted is the first one of the save. Each call
fails once, and it and all later ones of its kind fail, with EIO and with ENOSPC; and the child is
killed at it. Of all trials one in EVERY is done. Prints what it found as JSON, a line each.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from tests.store.saving import (
    ARTICLE,
    OTHER,
    check,
    highlight,
    opened,
    say,
    step_of,
    workspace,
)

from tui.model.codebook import Codebook, Tag
from tui.model.ids import sha256
from tui.model.records import Step
from tui.model.sources import Source
from tui.store import (
    StoreError,
    TagHistory,
    keep_revision,
    load_codebook,
    load_revision,
    load_sources,
    load_tag_history,
    save_codebook,
    save_source,
    save_tag_history,
)

HOWS = ("error=EIO", "error=ENOSPC", "signal=KILL")
SAVED, REFUSED, SILENT, OTHERWISE, NO_MEMORY = 0, 3, 5, 4, 6
PATIENCE = 60
# Not made to fail: what only ends the process or returns from a signal.
NEVER = {"exit_group", "exit", "rt_sigreturn", "restart_syscall", "kill", "tgkill"}
TEXT = "Kyiv said on Tuesday that 300 troops crossed the river.\n" * 40


class Case(NamedTuple):
    """Something to save: how to do it, and what has to hold afterwards, told by `say(wrong=)`."""

    save: Callable[[], None]
    after: Callable[[bool], None]  # given whether it was acknowledged


# -- what is saved ----------------------------------------------------------------------------


def a_step(folder: Path) -> Case:
    """An edit and a new record in one shard, and a second shard that is not there yet."""
    store, step, saved = workspace(folder)

    def after(acknowledged: bool) -> None:
        check(folder, saved | (revs(step) if acknowledged else {}), leftovers=True)
        for again in (store, opened(folder)):
            again.put(step)
        check(folder, saved | revs(step))
        if len(opened(folder).history(OTHER)) != 1 or len(opened(folder).history(ARTICLE)) != 2:
            say(wrong="the history is not whole")

    return Case(lambda: store.put(step), after)


def the_first(folder: Path) -> Case:
    """The first highlight of a workspace, with the text that it rests on."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    store, step, digest = opened(folder), step_of((None, highlight())), sha256(TEXT)
    annotations = folder / "annotations"

    def save() -> None:
        keep_revision(annotations, digest, TEXT)
        store.put(step)

    def after(acknowledged: bool) -> None:
        found = load_revision(annotations, digest)
        if found != TEXT and (acknowledged or (annotations / f"revisions/{digest}.txt").exists()):
            say(wrong="the text is not whole")
        check(folder, revs(step) if acknowledged else {}, leftovers=True, also={".txt"})
        save()
        check(folder, revs(step), leftovers=True, also={".txt"})

    return Case(save, after)


def the_books(folder: Path) -> Case:
    """A codebook, its history and a source, each over an older one."""
    shutil.rmtree(folder, ignore_errors=True)
    annotations = folder / "annotations"
    old, new = Codebook((Tag("losses", 1, "red"),)), Codebook((Tag("military/losses", 1, "red"),))
    save_codebook(annotations, "kim", old)
    save_tag_history(annotations, "kim", TagHistory())
    save_source(annotations, "kim", Source("Yonhap"))

    def save() -> None:
        save_tag_history(annotations, "kim", TagHistory())
        save_codebook(annotations, "kim", new)
        save_source(annotations, "kim", Source("Kim Ji-won"))

    def after(acknowledged: bool) -> None:
        for _ in range(2):
            book, troubles = load_codebook(annotations, "kim")
            sources, more = load_sources(annotations, "kim")
            troubles += more + load_tag_history(annotations, "kim")[1]
            names = {source.name for source in sources.sources}
            if troubles:
                say(wrong=f"unreadable: {troubles}")
            if book != new and (acknowledged or book != old):
                say(wrong="the codebook is neither the old nor the new one")
            if names != {"Yonhap", "Kim Ji-won"} and (acknowledged or names != {"Yonhap"}):
                say(wrong=f"sources {names}")
            save()
            acknowledged = True

    return Case(save, after)


def a_reading(folder: Path) -> Case:
    """Nothing is saved: all shards are read by a store that has not seen them."""
    _, step, saved = workspace(folder)
    opened(folder).put(step)
    wanted = saved.keys() | revs(step).keys()

    def read() -> None:
        store = opened(folder)
        shelves = list(store.heads())
        found = {record.id for shelf in shelves for record in shelf.records}
        if found != wanted:
            troubles = [*store.troubles, *(t for shelf in shelves for t in shelf.troubles)]
            raise StoreError(" ".join(troubles))

    return Case(read, lambda _: check(folder, saved | revs(step)))


CASES = (a_step, the_first, the_books, a_reading)


def revs(step: Step) -> dict[str, int]:
    return {change.after.id: change.after.rev for change in step.changes}


# -- the child, and strace --------------------------------------------------------------------


def child(case: Case, folder: Path) -> int:
    """Start a process that stops before it saves; its exit code says how that went."""
    process = os.fork()
    if process:
        os.waitpid(process, os.WUNTRACED)
        return process
    code = OTHERWISE
    try:
        os.kill(os.getpid(), signal.SIGSTOP)
        case.save()
        code = SAVED
    except StoreError as error:
        code = REFUSED if str(folder) in str(error) and ": " in str(error) else SILENT
    except MemoryError:
        code = NO_MEMORY
    except BaseException:
        os.write(2, traceback.format_exc().encode())
    finally:
        os._exit(code)


def traced(case: Case, folder: Path, *options: str) -> int:
    """The exit code of a child that saved under strace; minus the signal that killed it."""
    process = child(case, folder)
    line = ["strace", "-p", str(process), *options]
    with subprocess.Popen(line, stderr=subprocess.PIPE) as strace:
        assert strace.stderr is not None
        said = strace.stderr.readline()
        if b"attached" not in said:
            os.kill(process, signal.SIGKILL)
            os.waitpid(process, 0)
            say(refused=said.decode().strip())
            sys.exit()
        signal.signal(signal.SIGALRM, lambda *_: os.kill(process, signal.SIGKILL))
        signal.alarm(PATIENCE)
        os.kill(process, signal.SIGCONT)
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        signal.alarm(0)
        strace.stderr.read()
    return status


def calls_of(case: Case, folder: Path) -> list[str]:
    """The names of all system calls of a save that succeeds, in order."""
    log = folder.with_name("calls.txt")
    if traced(case, folder, "-o", str(log)) != SAVED:
        say(wrong="a save fails without any fault")
    names = re.findall(r"^([a-z0-9_]+)\(", log.read_text("utf-8", "replace"), re.MULTILINE)
    return [name for name in names if name not in NEVER]


def trials_of(names: list[str]) -> Iterator[tuple[str, str]]:
    """System call and strace's option for each fault."""
    for name in dict.fromkeys(names):
        for number in range(1, names.count(name) + 1):
            for how in HOWS:
                yield name, f"inject={name}:{how}:when={number}"
                if "KILL" not in how:
                    yield name, f"inject={name}:{how}:when={number}+"


def one(make: Callable[[Path], Case], folder: Path, name: str, fault: str) -> None:
    case = make(folder)
    code = traced(case, folder, "-o", "/dev/null", "-e", f"trace={name}", "-e", fault)
    killed = "KILL" in fault
    if code not in {SAVED, REFUSED, NO_MEMORY, *([-signal.SIGKILL] if killed else [])}:
        say(wrong=f"{make.__name__}, {fault}: ended with {code}")
    case.after(code == SAVED)
    say(trial=f"{make.__name__} {name} {fault.split(':')[1]}", code=code)


def main(folder: Path, every: int = 1) -> None:
    folder = folder / "workspace"
    for make in CASES:
        names = calls_of(make(folder), folder)
        say(calls=names, case=make.__name__)
        trials = list(trials_of(names))
        for name, fault in trials[random.randrange(min(every, len(trials))) :: every]:
            say(begin=f"{make.__name__} {fault}")
            try:
                one(make, folder, name, fault)
            except Exception as error:
                say(wrong=f"{make.__name__}, {fault}: {error!r}")
    say(done=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
