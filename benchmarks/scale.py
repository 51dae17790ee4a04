"""What an analyst does, at one article and at a hundred thousand, and how each of it grows.

    python -m benchmarks scale [--sizes 1,1000,10000,100000] [--results FILE] [--keep FOLDER]
                               [--resume] [--picture FILE] [--into DOCUMENT]

At each size a workspace with ten annotations an article is made (benchmarks/corpus.py), its index
built by `pressmark search`, and the program started once and left, so that every start measured is
a warm one. Then, on a pseudo-terminal of 120 by 40: the start, in turn with one of the smallest
workspace, which stays for that; the list, keys, digits,
the filter and the claims list in one more; keys while the list is still read in a third. Search is
asked of a desk in a process of its own (benchmarks/scale_search.py). What does not come in its time
is reported as "over N s", and the rest goes on. Results are kept after each size: with --resume,
sizes that FILE holds are not measured again.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus, corpus_texts, scale_search
from benchmarks.growth import Figures, Row, load, measured_on, put_into, save, table
from benchmarks.made import command, environment, trial_folder, word_in_body
from benchmarks.measuring import heading, machine, percentile, say
from benchmarks.pictures import draw
from benchmarks.terminal import Program

SIZES = "1,1000,10000,100000"
RESULTS = Path("benchmarks/results/scale.json")
PICTURE = Path("docs/pictures/scale.svg")
STARTS, KEYS, DIGITS = 5, 100, 30
INDEX, WARM, START, LIST, ANSWER, CLAIMS, SEARCH = 1800, 180, 60, 120, 20, 120, 180  # seconds, most
BLINK = 0.3  # seconds of quiet while a cursor blinks twice a second
ENTER, TAB, ESCAPE = "\r", "\t", "\x1b"
ROWS = (
    Row("start to the first article", "start", picture=1),
    Row("the same beside the smallest size, in turn (hold: 1.5x)", "start beside", unit="x"),
    Row("processor time of the start", "start at work"),
    Row("until the whole list is there", "listed", picture=1),
    Row("memory at the first article", "memory at start", unit="MB"),
    Row("memory at most", "memory", unit="MB"),
    Row("next sentence, p50", "key", picture=1),
    Row("next sentence, p99", "key", 99),
    Row("next sentence while the list is read, p50", "key, reading"),
    Row("next sentence while the list is read, p99", "key, reading", 99),
    Row("tag with a digit until painted, p50", "digit", picture=1),
    Row("tag with a digit until painted, p99", "digit", 99),
    Row("tag with a digit until saved, p50", "digit, saved"),
    Row("tag with a digit until saved, p99", "digit, saved", 99),
    Row("list filtered by a rare word, first answer", "filter, rare"),
    Row("list filtered by a rare word, whole", "filter, rare, whole", picture=1),
    Row("list filtered by a frequent word, whole", "filter, frequent, whole"),
    Row("claims list, first claims", "claims", picture=1),
    Row("claims list, whole", "claims, whole"),
    Row("search, rare word", "search, rare word", picture=2),
    Row("search, phrase", "search, phrase", picture=2),
    Row("search, two Korean syllables", "search, two Korean syllables", picture=2),
    Row("search, common word, best 50", "search, common word", picture=2),
    Row("search screen, a letter of a rare word, p50", "typed, rare"),
    Row("search screen, a letter of a rare word, most", "typed, rare", 99),
    Row("search screen, a letter of a common word, most", "typed, common", 99),
    Row("`pressmark search`, rare word", "search command"),
    Row("`pressmark search`, one article is new", "search command, new"),
    Row("`pressmark list`", "list command"),
    Row("index built, work an article", "index", unit="ms each"),
    Row("index, MB a MB of texts and shards", "index size", unit="x"),
)


def over(seconds: float) -> str:
    """What stands in the table for something that did not come in its time."""
    return f"over {seconds:g} s"


@contextlib.contextmanager
def bounded(figures: Figures, seconds: float, *names: str) -> Iterator[None]:
    """Have figures say that what is measured inside did not come in its time, if it does not."""
    try:
        yield
    except TimeoutError as error:
        print(f"    {names[0]}: {error}", file=sys.stderr, flush=True)
        for name in names:
            figures.setdefault(name, over(seconds))


# one size


class Trial:
    """A workspace of so many articles, and what was measured of it."""

    def __init__(self, root: Path, user: Path, size: int, smallest: Trial | None = None) -> None:
        self.root, self.size = root, size
        self.line = command(str(root))
        self.around = environment(user)
        self.user = user
        self.smallest = smallest or self
        self.figures: Figures = {}

    def measure(self) -> None:
        """All of it; what fails is said in the figures."""
        parts = (
            self.build_index,
            self.ask_index,
            self.warm,
            self.start,
            self.stay,
            self.press_early,
        )
        for part in parts:
            begun = time.perf_counter()
            try:
                part()
            except (TimeoutError, OSError, subprocess.SubprocessError) as error:
                print(f"    {part.__name__}: {error}", file=sys.stderr, flush=True)
            say(f"  {self.size:,}: {part.__name__}", f"{time.perf_counter() - begun:9.1f} s")

    def build_index(self) -> None:
        """The index from nothing, by the command; then commands with nothing, or little, to build.

        What the second one takes is not counted as work on the articles.
        """
        before = _work_of_children()
        self._run("index, whole", "search", corpus_texts.RARE)
        after = _work_of_children()
        self._run("search command", "search", corpus_texts.RARE)
        self.figures["index"] = [max(0.0, 2 * after - before - _work_of_children()) / self.size]
        self._run("list command", "list")
        fresh = self.root / "new.txt"
        fresh.write_text("A new article\n\nNobody has read it.\n")
        self._run("search command, new", "search", corpus_texts.RARE)
        fresh.unlink()
        index = self.user / "cache" / "pressmark" / "index"
        size = sum(path.stat().st_size for path in index.glob("*.db"))
        texts = sum(p.stat().st_size for p in self.root.glob("[0-9]*/*.txt"))
        shards = sum(p.stat().st_size for p in self.root.glob("annotations/*/??/*.json"))
        self.figures["index size"] = [size / (texts + shards)]
        self.figures["texts, MB"], self.figures["shards, MB"] = [texts / 1e6], [shards / 1e6]

    def _run(self, name: str, *arguments: str) -> None:
        """How long a command takes on the workspace; raises TimeoutExpired if it is too long."""
        line, begun = command(*arguments, str(self.root), "--json"), time.perf_counter()
        self.figures[name] = over(INDEX)
        subprocess.run(line, env=self.around, stdout=subprocess.DEVNULL, check=True, timeout=INDEX)
        self.figures[name] = [time.perf_counter() - begun]

    def ask_index(self) -> None:
        """Search, by a desk in a process of its own."""
        line = [sys.executable, "-m", scale_search.__name__, str(self.root)]
        names = [f"search, {name}" for name in scale_search.QUESTIONS]
        try:
            done = subprocess.run(
                line, env=self.around, capture_output=True, check=True, timeout=SEARCH
            )
        except subprocess.TimeoutExpired:
            self.figures |= dict.fromkeys(names, over(SEARCH))
            return
        self.figures |= json.loads(done.stdout)

    def program(self) -> Program:
        """The reader, started on the workspace."""
        return Program(self.line, self.around, folder=self.root, synchronized=True)

    def warm(self) -> None:
        """Start once and leave, at the head of the article that the next starts open."""
        program = self.program()
        limit = time.perf_counter() + WARM
        with contextlib.suppress(TimeoutError):
            program.painted(f"articles {self.size:,} ", WARM)
        program.settle(2.0, max(2.0, limit - time.perf_counter()))
        program.answer("gg")
        _left(program)

    def words(self) -> str:
        """A word of the article that is open at the start, which stands in no list."""
        states = (self.user / "state" / "pressmark").glob("*.json")
        found: list[dict[str, Any]] = [json.loads(p.read_text("utf-8")) for p in states]
        path = next(state["path"] for state in found if state.get("path"))
        return word_in_body(self.root / path)

    def start(self) -> None:
        """To the first article on the screen, in turn with the smallest workspace."""
        found: dict[str, list[float]] = {"start": [], "start at work": [], "memory at start": []}
        beside = list[float]()
        with bounded(self.figures, START, *found):
            for _ in range(STARTS):
                program = self.program()
                try:
                    found["start"].append(program.painted(self.words(), START))
                    found["start at work"].append(program.work())
                    found["memory at start"].append(program.peak())
                finally:
                    program.end()
                program = self.smallest.program()
                try:
                    beside.append(program.painted(self.smallest.words(), START))
                finally:
                    program.end()
            self.figures |= found
            ratio = percentile(found["start"], 50) / percentile(beside, 50)
            self.figures["start beside"] = [ratio]

    def stay(self) -> None:
        """The list, then keys, digits, the filter and the claims list in a quiet program."""
        program = self.program()
        try:
            with bounded(self.figures, LIST, "listed"):
                self.figures["listed"] = [program.painted(f"articles {self.size:,} ", LIST)]
            program.settle(1.5, LIST)
            for part in (self.press, self.tag, self.search, self.filter, self.list_claims):
                part(program)
            self.figures["memory"] = [program.peak()]
        finally:
            program.end()

    def press(self, program: Program) -> None:
        """One sentence on, and back at the end."""
        times = list[float]()
        with bounded(self.figures, ANSWER, "key"):
            for number in range(KEYS):
                times.append(program.press("jjjjjjkkkkkk"[number % 12], ANSWER)[0])
                program.settle(timeout=ANSWER)
            self.figures["key"] = times

    def tag(self, program: Program) -> None:
        """A digit on a sentence until it is painted, and until it is said to be saved."""
        painted, saved = list[float](), list[float]()
        with bounded(self.figures, ANSWER, "digit", "digit, saved"):
            for number in range(DIGITS):
                program.press("jjjkkk"[number % 6], ANSWER)
                program.settle(0.2, ANSWER)
                answer = program.answer("12"[number // 6 % 2], 0.4, ANSWER, mark="✓ saved")
                painted.append(answer.first)
                if answer.marked:
                    saved.append(answer.marked)
            self.figures["digit"] = painted
            self.figures["digit, saved"] = saved or "never said"

    def search(self, program: Program) -> None:
        """A word letter by letter in the search screen, each until its answer is whole."""
        for name, words in (("rare", corpus_texts.RARE), ("common", "that")):
            with bounded(self.figures, LIST, f"typed, {name}"):
                program.answer("g/", BLINK, LIST)
                answers = [program.answer(letter, BLINK, LIST) for letter in words]
                self.figures[f"typed, {name}"] = [answer.last for answer in answers]
            for _ in range(2):
                with contextlib.suppress(TimeoutError):
                    program.answer(ESCAPE, BLINK, ANSWER)

    def filter(self, program: Program) -> None:
        """The list of articles by a rare and by a frequent word, from Enter."""
        for _ in range(4):
            if "LIST" in program.answer(TAB, timeout=ANSWER).words:
                break
        for name, words in (("rare", f"{self.size // 2}"), ("frequent", "meridian")):
            whole = f"filter, {name}, whole"
            with bounded(self.figures, ANSWER, f"filter, {name}", whole):
                program.answer("F", timeout=ANSWER)
                program.answer(words, timeout=ANSWER)
                answer = program.answer(ENTER, 1.0, ANSWER)
                self.figures[f"filter, {name}"] = [answer.first]
                self.figures[whole] = [answer.last]
            with contextlib.suppress(TimeoutError):
                program.answer(f":filter{ENTER}", 1.0, ANSWER)

    def list_claims(self, program: Program) -> None:
        """From `L` to the first claims, and until all of them are there."""
        with bounded(self.figures, CLAIMS, "claims", "claims, whole"):
            try:
                answer = program.answer("L", 5.0, CLAIMS, mark=r"claim [\d,]+ (of|·) ")
            except TimeoutError:
                program.press(ESCAPE, ANSWER)
                raise
            self.figures["claims"] = [answer.marked] if answer.marked else "none shown"
            self.figures["claims, whole"] = [answer.last]

    def press_early(self) -> None:
        """One sentence on, and back, while the list of articles is still read."""
        program = self.program()
        try:
            times = list[float]()
            with bounded(self.figures, ANSWER, "key, reading"):
                program.painted(self.words(), START)
                for number in range(KEYS // 2):
                    times.append(program.press("jjjjjjkkkkkk"[number % 12], ANSWER)[0])
                    program.settle(0.01, 0.1)
                self.figures["key, reading"] = times
        finally:
            program.end()


def _left(program: Program) -> None:
    """Have a program leave by its keys, so that it keeps its place; end it if it does not."""
    try:
        program.leave("ZZ")
    except TimeoutError:
        program.end()
        raise


def _work_of_children() -> float:
    """Seconds of processor time of all processes that were started from here and are over."""
    taken = os.times()
    return taken.children_user + taken.children_system


# all sizes


def workspace(size: int, folder: Path, keep: Path | None) -> Path:
    """A workspace of so many articles: in `keep`, from an earlier run if it is whole there."""
    root = (keep or folder) / f"{size}"
    whole = root.with_suffix(".whole")
    if not whole.exists():
        shutil.rmtree(root, ignore_errors=True)
        begun = time.perf_counter()
        made = corpus.make(root, size, size * corpus.EACH)
        whole.touch()
        say(f"  {size:,}: made", f"{time.perf_counter() - begun:9.1f} s  {made}")
    return root


def measure(
    sizes: Sequence[int], results: dict[int, Figures], keep: Path | None, kept: Callable[[], None]
) -> None:
    """Measure each size that there are no results of."""
    with trial_folder("scale") as folder:
        smallest: Trial | None = None
        for size in sizes:
            if size in results and size != sizes[0]:
                say(f"  {size:,}", "measured before")
                continue
            root = workspace(size, folder, keep)
            trial = Trial(root, folder / f"user-{size}", size, smallest)
            trial.measure()
            smallest = smallest or trial
            results[size] = trial.figures
            kept()
            if keep is None and trial is not smallest:
                shutil.rmtree(root)


def commit() -> str:
    """The commit that is measured, or nothing where git does not say."""
    try:
        line = ["git", "describe", "--always", "--dirty"]
        return subprocess.run(line, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks scale", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--sizes", default=SIZES, help="numbers of articles, with commas")
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FILE")
    parser.add_argument("--picture", type=Path, metavar="FILE", help=f"such as {PICTURE}")
    parser.add_argument("--into", type=Path, metavar="FILE", help="a document for the table")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where workspaces are kept")
    parser.add_argument("--resume", action="store_true", help="leave out what FILE holds")
    given = parser.parse_args(arguments)
    sizes = [int(size) for size in given.sizes.split(",") if size]
    about, results = load(given.results) if given.resume else ({}, {})
    about |= {"machine": machine(), "commit": commit(), "load": os.getloadavg()[0]}
    heading("Scale: what an analyst does, over the number of articles")
    measure(sizes, results, given.keep, lambda: save(given.results, about, results))
    lines = [measured_on(**about), "", *table(results, ROWS)]
    print("", *lines, sep="\n")
    if given.into:
        put_into(given.into, "scale", lines)
    if given.picture:
        draw(given.picture, results, ROWS)
        say("\npicture", str(given.picture))


if __name__ == "__main__":
    main()
