"""Random keys on a large workspace for as long as is asked, and what is left of it afterwards.

    python -m benchmarks soak [--minutes 60] [--articles 100000] [--seed N]
    python -m benchmarks soak [--minutes 60] [--seed N] --on FOLDER --user FOLDER

The program runs on a pseudo-terminal of 120 by 40 that says it is done with each frame. Keys are
chosen by a seed number (benchmarks/soak_keys.py); from time to time `?` has to be answered. Memory
is looked at every ten seconds: what it has grown to at the end is set beside what it was after five
minutes (a fifth of the time, if that is less). Afterwards the program is left by its keys; then
`pressmark doctor` has to find nothing wrong, every shard that was written has to be read whole by
stock TinyDB and by the store, and undo and redo in the articles that were changed have to come back
to the same records. Exit code 1, with the seed and the last keys, if any of it fails.

A workspace is made and thrown away, or one that is kept is named with `--on` (`benchmarks corpus`
makes one), and with `--user` the folder of its settings, state and cache: the second run on both
begins with a warm index. The keys annotate in it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace
from tinydb import TinyDB

from benchmarks import corpus
from benchmarks.emulator import Screen
from benchmarks.made import ANALYST, command, environment, trial_folder
from benchmarks.measuring import heading, machine, say
from benchmarks.soak_keys import ESCAPE, Hand
from benchmarks.terminal import COLUMNS, ROWS, Program
from tui.desk import Desk, DeskError
from tui.model.records import ArticleRecord, Record
from tui.store import Encodings, open_store

EVERY, AFTER, HOLD = 10.0, 300.0, 10.0  # seconds between two looks, seconds, per cent
AHEAD = 50  # keys after which it is let catch up, else it would answer ever older ones
ASKED = 400  # keys between two that have to be answered
PATIENCE = 60.0
TRIES = 3  # to leave
KEPT = 400_000  # bytes of what was written last, for a look at the screen if something fails
UNDONE = 50  # articles in which undo and redo are tried


class Sample(NamedTuple):
    """Megabytes of memory at a moment, in seconds from the begin."""

    at: float
    memory: float


class Session:
    """The program under the hand, and what was seen of it."""

    def __init__(self, root: Path, user: Path, seed: int) -> None:
        self.root, self.user = root, user
        self.around = {**environment(user), "BROWSER": "true", "EDITOR": "true", "VISUAL": "true"}
        self.hand = Hand(seed)
        self.samples: list[Sample] = []
        self.slowest = 0.0, ""  # answer to a key, and the keys before it
        self.begun = 0.0
        self.program = self._started()

    def _started(self) -> Program:
        program = Program(command(str(self.root)), self.around, folder=self.root, synchronized=True)
        program.kept = KEPT
        program.painted("articles ", PATIENCE)
        return program

    def run(self, seconds: float) -> str:
        """Press keys for so long; a sentence about what went wrong, or nothing."""
        self.begun = time.perf_counter()
        looked = asked = waited = 0.0
        while (now := time.perf_counter() - self.begun) < seconds:
            self.program.type(self.hand.next())
            self.program.settle(0.01, 0.3)
            if self.program.ended():
                return f"the program ended by itself; on its terminal: {self.shown()}"
            if self.hand.pressed - waited >= AHEAD:
                waited = self.hand.pressed
                self.program.settle(0.25, PATIENCE)
            if now - looked >= EVERY or not looked:
                looked = now
                self.samples.append(Sample(now, self.program.memory()))
            if self.hand.pressed - asked >= ASKED:
                asked = self.hand.pressed
                if wrong := self._ask():
                    return wrong
        self.samples.append(Sample(seconds, self.program.memory()))
        return ""

    def _ask(self) -> str:
        """Back to the desk, where a key has to be answered."""
        self.program.settle(0.5, PATIENCE)
        for _ in range(6):
            self.program.type(ESCAPE)
            self.program.settle(0.2, PATIENCE)
        try:
            taken = self.program.press("?", PATIENCE)[0]
        except TimeoutError:
            return f"`?` was not answered in {PATIENCE:g} s; on its terminal: {self.shown()}"
        self.slowest = max(self.slowest, (taken, " ".join(map(repr, self.hand.last[-20:]))))
        self.program.type(ESCAPE)
        return ""

    def shown(self) -> str:
        """The screen, as far as what was written last tells."""
        screen = Screen(COLUMNS, ROWS)
        screen.feed(self.program.seen.decode(errors="replace"))
        return f"\n{screen.words()}\n"

    def leave(self) -> str:
        """Leave by the keys; a sentence if it does not end well."""
        wrong = ""
        for _ in range(TRIES):
            if self.program.ended() or (wrong := self._ask()):
                return wrong
            self.program.settle(2.0, PATIENCE)  # else Escape and the keys behind it are one key
            try:
                code = self.program.leave("ZZ", PATIENCE / TRIES)
            except TimeoutError as error:
                wrong = f"{error}; on its terminal: {self.shown()}"
                continue
            return f"left with exit code {code}" if code else ""
        return wrong

    def growth(self) -> float | None:
        """Per cent that memory has grown by, the last minute beside the one after the begin."""
        if len(self.samples) < 4:
            return None
        whole = self.samples[-1].at
        settled = min(AFTER, whole / 5)
        span = min(60.0, whole / 10)
        early = [s.memory for s in self.samples if settled <= s.at <= settled + span]
        late = [s.memory for s in self.samples if s.at >= whole - span]
        if not early or not late:
            return None
        return (statistics.median(late) / statistics.median(early) - 1) * 100


# afterwards


def doctor(session: Session) -> list[str]:
    """What `pressmark doctor` finds wrong, but with texts that keys chose an encoding for."""
    line = command("doctor", str(session.root), "--json")
    done = subprocess.run(line, env=session.around, capture_output=True, check=False)
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return [f"doctor ended with {done.returncode}: {done.stderr.decode()[-500:]}"]
    problems: list[Any] = found.get("problems", [])
    chosen = Encodings(session.root / "annotations", ANALYST)
    return [f"doctor: {p}" for p in problems if not chosen.of(str(p).partition(": ")[0])]


def written_shards(root: Path) -> list[Path]:
    """The analyst's shards that are not as they were made."""
    folder = root / "annotations" / ANALYST
    return [path for path in folder.glob("??/*.json") if path.stat().st_mtime > corpus.PAST]


def read_shards(root: Path, user: Path) -> list[str]:
    """Shards that stock TinyDB or the store does not read whole."""
    wrong: list[str] = []
    store = open_store(root / "annotations", ANALYST, locks=user / "locks")
    for path in written_shards(root):
        with TinyDB(path) as stock:
            documents = stock.all()
        shelf = store.of_article(path.stem)
        if shelf.troubles or shelf.altered:
            wrong.append(f"{path.name}: {[*shelf.troubles, *shelf.altered][:3]}")
        known = {record.id for record in shelf.records}
        lost = [d["id"] for d in documents if d["id"] not in known]
        if lost:
            wrong.append(f"{path.name}: the store does not read {lost[:3]}")
    store.close()
    return wrong


def undo_and_redo(root: Path, user: Path, seed: int) -> tuple[int, list[str]]:
    """In how many articles it was done, and where the records came back otherwise."""
    wrong: list[str] = []
    done = 0
    paths = written_shards(root)
    chosen = random.Random(seed).sample(paths, min(UNDONE, len(paths)))
    desk = Desk.open(root=root, analyst=ANALYST, locks=user / "locks")
    for path in chosen:
        before = _live(root, user, path.stem)
        try:
            step = desk.undo([path.stem])
            desk.redo(step.articles)
        except DeskError as error:
            if error.code != 1:
                wrong.append(f"{path.name}: {error}")
            continue
        desk.flush()
        done += 1
        if (after := _live(root, user, path.stem)) != before:
            changed = [name for name in before | after if before.get(name) != after.get(name)]
            wrong.append(f"{path.name}: undo and redo of {step.label!r} changed {changed[:3]}")
    desk.close()
    return done, wrong


def _live(root: Path, user: Path, article: str) -> dict[str, Record]:
    """The live records of an article as a fresh store reads them, without what each save moves."""
    store = open_store(root / "annotations", ANALYST, locks=user / "locks")
    records = store.of_article(article).records
    store.close()
    return {
        record.id: replace(record, rev=0, modified="")
        for record in records
        if not record.deleted and not isinstance(record, ArticleRecord)
    }


def faults(user: Path) -> list[str]:
    """Reports of faults that the program left."""
    return [path.read_text("utf-8") for path in (user / "state").rglob("crash.txt")]


def memory_held(session: Session, minutes: float) -> list[str]:
    """Say what memory there was, and how it grew; a sentence if that was too much."""
    memory = [sample.memory for sample in session.samples]
    figures = (memory[0], max(memory), memory[-1])
    say("memory, begin, most, end", " ".join(f"{m:9.1f}" for m in figures))
    say("samples, s:MB", " ".join(f"{s.at:.0f}:{s.memory:.0f}" for s in session.samples[::6]))
    growth = session.growth()
    if growth is None:
        return []
    judged = minutes * 60 >= 2 * AFTER
    hold = f"hold {HOLD:g} %" if judged else "too short a time to judge"
    say("growth past the begin", f"{growth:+9.1f} %  ({hold})")
    return [f"memory grew by {growth:.1f} %"] if growth > HOLD and judged else []


def afterwards(session: Session, seed: int) -> list[str]:
    """What is wrong with what the session left on the disk."""
    root, user = session.root, session.user
    wrong = [*doctor(session), *read_shards(root, user)]
    say("shards written and read again", f"{len(written_shards(root)):9,}")
    done, odd = undo_and_redo(root, user, seed)
    say("articles with undo and redo", f"{done:9,}")
    return wrong + odd


def soak(root: Path, user: Path, seed: int, minutes: float) -> list[str]:
    """Everything; the sentences about what went wrong."""
    before = faults(user)  # of runs before this one
    session = Session(root, user, seed)
    try:
        wrong = [session.run(minutes * 60), session.leave()]
    finally:
        with contextlib.suppress(OSError):  # left already
            session.program.end()
    wrong += [report for report in faults(user) if report not in before]
    say("keys pressed", f"{session.hand.pressed:9,}")
    say("slowest answer to `?`", f"{session.slowest[0] * 1000:9.0f} ms, after {session.slowest[1]}")
    wrong += memory_held(session, minutes)
    wrong += afterwards(session, seed)
    found = [sentence for sentence in wrong if sentence]
    if found:
        last = " ".join(map(repr, session.hand.last))
        found.append(f"seed {seed}; the last keys: {last}")
    return found


def soak_made(articles: int, seed: int, minutes: float) -> list[str]:
    """The same on a workspace that is made for it."""
    with trial_folder("soak") as folder:
        say("made", str(corpus.make(folder / "news", articles, articles * corpus.EACH)))
        return soak(folder / "news", folder / "user", seed, minutes)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks soak", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=0, help="0: another one each time")
    parser.add_argument("--on", type=Path, metavar="FOLDER", help="a workspace that is kept")
    parser.add_argument("--user", type=Path, metavar="FOLDER", help="its user's own folders, kept")
    given = parser.parse_args(arguments)
    if (given.on is None) != (given.user is None):
        parser.error("--on and --user go together")
    if given.on is not None and not given.on.is_dir():
        parser.error(f"--on {given.on}: there is no such folder")
    seed = given.seed or random.SystemRandom().randrange(1, 1_000_000)
    heading("Random keys", {"seed": seed, "minutes": given.minutes})
    if given.on is not None:
        say("on", str(given.on))
        wrong = soak(given.on.absolute(), given.user.absolute(), seed, given.minutes)
    else:
        wrong = soak_made(given.articles, seed, given.minutes)
    print(f"\n{machine()}")
    for sentence in wrong:
        print(f"WRONG: {sentence}")
    if wrong:
        sys.exit(1)
    say("wrong", "nothing")


if __name__ == "__main__":
    main()
