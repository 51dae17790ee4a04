"""A session on a large workspace, recorded: an asciicast, and an SVG that plays by itself.

    python -m benchmarks record [--articles 100000] [--keep FOLDER] [--into docs/pictures]

The program runs on a pseudo-terminal with a warm index, and gets its keys as a person would type
them. Times are those that it took; what does not come in its time breaks the recording off.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.made import trial_folder
from benchmarks.measuring import heading, say
from benchmarks.recording import Recording, write_cast, write_picture
from benchmarks.scale import Trial, workspace
from benchmarks.terminal import Program

SIZE = 120, 36
TYPED, QUIET = 0.07, 0.3  # seconds: between letters, and until an answer is taken as whole
LOOKED, SHOWN = 0.8, 1.8  # seconds: after a step, and of a picture
PATIENCE = 60.0
ENTER, TAB = "\r", "\t"


class Act(NamedTuple):
    """What is pressed, the words below the picture of it, and those that its answer shows."""

    keys: str
    caption: str
    answer: str = ""


ACTS = (
    Act("jjj", "j: from sentence to sentence"),
    Act("1", "1: tagged, and saved", "saved"),
    Act("jj", "on to the next"),
    Act(f"c{ENTER}", "c Enter: a claim, filled in from the text", "draft"),
    Act("rb2", "r b 2: graded", "B2"),
    Act("J", "J: the next article"),
    Act("]", "]: the next highlight, claim or proposal"),
    Act("L", "L: every claim of the workspace", "claim 1 of"),
    Act("GPP", "G P P: its end, and pages back"),
    Act("O", "O: sorted another way", "by time"),
    Act(f"Fcasualties{ENTER}", "F: filtered by a word", "with the words"),
    Act(ENTER, "Enter: to the claim in its article", "READ"),
    Act("g/quokkaville", "g/: search in everything, as it is typed", "1 of 1 found"),
    Act(ENTER, "Enter: to the place", "READ"),
    Act(f"{TAB}{TAB}F6789{ENTER}", "Tab Tab F: the list of articles, filtered", "6789"),
    Act("u", "u: the newest change of this article is taken back"),
)


class Session:
    """The program, and what is recorded of it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.recording = Recording(*SIZE)

    def listen(self, quiet: float) -> float:
        """Take what is written until nothing has come for so long; seconds until the last of it."""
        begun = last = time.perf_counter()
        while (data := self.program.read(quiet)) and last - begun < PATIENCE:
            self.recording.take(data)
            last = time.perf_counter()
        return last - begun

    def wait(self, answer: str) -> float:
        """Take what is written until the answer is shown; seconds.

        Raises TimeoutError if it does not come.
        """
        begun = time.perf_counter()
        while answer not in self.recording.words():
            if (waited := time.perf_counter() - begun) > PATIENCE:
                raise TimeoutError(f"{answer!r} was not shown in {PATIENCE:g} s")
            self.recording.take(self.program.read(PATIENCE - waited))
        return time.perf_counter() - begun

    def act(self, act: Act) -> float:
        """Press the keys of an act; seconds from the last of them to its answer."""
        for key in act.keys[:-1]:
            self.program.type(key)
            self.settle(TYPED)
        self.program.type(act.keys[-1])
        taken = self.wait(act.answer) if act.answer else self.listen(QUIET)
        self.settle()
        self.recording.mark(act.caption)
        return taken

    def settle(self, seconds: float = LOOKED) -> None:
        """Leave time to look, and take what is still written in it."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self.recording.take(self.program.read(left))


def record(trial: Trial) -> Recording:
    """The session; raises TimeoutError if an answer does not come."""
    program = Program(trial.line, trial.around, folder=trial.root, synchronized=True, size=SIZE)
    session = Session(program)
    try:
        session.wait("articles")
        session.settle()
        session.recording.mark(f"{trial.size:,} articles, {trial.size * 10:,} annotations")
        for act in ACTS:
            say(act.caption, f"{session.act(act) * 1000:9.0f} ms")
            if program.ended():
                raise TimeoutError(f"the program ended at {act.keys!r}")
    finally:
        program.end()
    return session.recording


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks record", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where workspaces are kept")
    parser.add_argument("--into", type=Path, default=Path("docs/pictures"), metavar="FOLDER")
    given = parser.parse_args(arguments)
    heading("A session, recorded", {"articles": f"{given.articles:,}"})
    with trial_folder("record") as folder:
        root = workspace(given.articles, folder, given.keep)
        trial = Trial(root, folder / "user", given.articles)
        trial.build_index()
        trial.warm()
        found = record(trial)
    title = f"Pressmark on {given.articles:,} articles with {given.articles * 10:,} annotations"
    cast, picture = given.into / "session.cast", given.into / "session.svg"
    write_cast(found, cast, title)
    write_picture(found, picture, title, shown=SHOWN)
    for file in (cast, picture):
        say(str(file), f"{file.stat().st_size / 1000:9.1f} kB")


if __name__ == "__main__":
    main()
