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
from tui.keymap import Keymap

SIZE = 120, 36
TYPED, LOOKED, SHOWN = 0.07, 0.8, 1.8  # seconds: between letters, after a step, of a picture
PATIENCE = 60.0
ENTER, TAB, ESCAPE = "\r", "\t", "\x1b"


class Act(NamedTuple):
    """What is pressed, the words below the picture of it, and the action it needs."""

    keys: str
    caption: str
    needs: str = ""


ACTS = (
    Act("jjj", "j: from sentence to sentence"),
    Act("1", "1: tagged, and saved"),
    Act("jj", "on to the next"),
    Act(f"c{ENTER}", "c Enter: a claim, filled in from the text"),
    Act("rb2", "r b 2: graded"),
    Act("J", "J: the next article"),
    Act("]", "]: the next highlight, claim or proposal"),
    Act("L", "L: every claim of the workspace"),
    Act("GPP", "G P P: its end, and pages back"),
    Act("O", "O: sorted another way"),
    Act(f"F{'casualties'}{ENTER}", "F: filtered by a word"),
    Act(ENTER, "Enter: to the claim in its article"),
    Act(f"{ESCAPE}", "Esc: back at the desk"),
    Act("g/quokkaville", "g/: search in everything, as it is typed", "search.open"),
    Act(ENTER, "Enter: to the place", "search.open"),
    Act(f"{TAB}{TAB}F6789{ENTER}", "Tab Tab F: the list of articles, filtered"),
    Act("u", "u: the newest change of this article is taken back"),
)  # fmt: skip


class Session:
    """The program, and what is recorded of it."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.recording = Recording(*SIZE)

    def listen(self, quiet: float, first: float = 0.0) -> float:
        """Take what is written until nothing has come for so long; wait `first` for the first.

        Returns the seconds until the last of it.
        """
        begun = time.perf_counter()
        last, limit = begun, begun + PATIENCE
        data = self.program.read(first or quiet)
        while data and time.perf_counter() < limit:
            self.recording.take(data)
            last = time.perf_counter()
            data = self.program.read(quiet)
        return last - begun

    def act(self, act: Act) -> float:
        """Press the keys of an act; seconds from the last of them until it was quiet."""
        for key in act.keys[:-1]:
            self.program.type(key)
            self.listen(TYPED)
        self.program.type(act.keys[-1])
        taken = self.listen(0.3)
        self.recording.mark(act.caption)
        time.sleep(LOOKED)  # for whoever looks at it
        return taken


def known_actions() -> frozenset[str]:
    """The actions that have a key."""
    keymap = Keymap.default()
    return frozenset(a.id for mode in ("reading", "list") for a in keymap.actions_in(mode))


def record(trial: Trial) -> Recording:
    """The session; raises TimeoutError if the program does not come up."""
    program = Program(trial.line, trial.around, folder=trial.root, synchronized=True, size=SIZE)
    session = Session(program)
    try:
        session.listen(1.0, first=PATIENCE)
        session.recording.mark(f"{trial.size:,} articles, {trial.size * 10:,} annotations")
        known = known_actions()
        for act in ACTS:
            if act.needs and act.needs not in known:
                say("left out", f"{act.caption} (no such action)")
                continue
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
