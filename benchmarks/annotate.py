"""One annotation through the desk until it is on the disk, beside a bare write of the same bytes.

    python -m benchmarks annotate [--news FOLDER] [--rounds 100]

Ours: from the call of `Desk.highlight` to the event `Saved`. Bare: write, fsync, os.replace and
fsync of the folder, of the very bytes that the shard then has, in the same folder. They take turns,
and so do the workspaces: one with a single annotated article, one in which every article of FOLDER
is annotated. The exponent is the slope of log time over log articles; 0 is no growth.
"""

from __future__ import annotations

import argparse
import math
import threading
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from benchmarks.made import ANALYST, copied, trial_folder
from benchmarks.measuring import compare, heading, percentile, say
from benchmarks.store import bare_save
from tui.desk import Desk, Event, Saved, SaveFailed
from tui.model.spans import Extent

HOLD, HOLD_EXPONENT = 2.0, 0.05
LENGTH = 40  # code points of a highlight
BEFORE = 24  # annotations that the article has already: as many as an ordinary one


class Workspace:
    """A desk on annotated articles, with one of them at hand."""

    def __init__(self, folder: Path) -> None:
        self._saved = threading.Event()
        self._failed = ""
        self.desk = Desk.open(
            [folder], root=folder, analyst=ANALYST, locks=folder.parent / "locks", notify=self._hear
        )
        self.desk.scan()
        self.articles = [entry.id for entry in self.desk.entries()]
        self._at = 0
        self.ours: list[float] = []
        self.bare: list[float] = []

    @classmethod
    def annotated(cls, folder: Path) -> Self:
        """A workspace in which each article has a highlight, and the last of them many."""
        made = cls(folder)
        for article in made.articles:
            made.desk.highlight(article, [Extent(0, LENGTH)], ["military/deployment"])
        for _ in range(BEFORE):
            made.highlight()
        made.desk.flush()
        return made

    def _hear(self, event: Event) -> None:
        if isinstance(event, SaveFailed):
            self._failed = event.why
        if isinstance(event, (Saved, SaveFailed)):
            self._saved.set()

    def highlight(self) -> float:
        """Seconds until one more highlight in the article at hand is on the disk."""
        self._at += 1
        self._saved.clear()
        begun = time.perf_counter()
        self.desk.highlight(
            self.articles[-1], [Extent(self._at, self._at + LENGTH)], ["military/deployment"]
        )
        self._saved.wait(30)
        taken = time.perf_counter() - begun
        if self._failed:
            raise OSError(self._failed)
        return taken

    def round(self) -> None:
        """One annotation of ours, and the bare write of what the shard then holds."""
        self.ours.append(self.highlight())
        article = self.articles[-1]
        shard = self.desk.own_folder / article[-2:] / f"{article}.json"
        data = shard.read_bytes()
        begun = time.perf_counter()
        bare_save(shard.with_suffix(".copy"), data)
        self.bare.append(time.perf_counter() - begun)


def compare_saves(news: Path | None, rounds: int) -> None:
    from tui.samples import sample_articles

    with trial_folder("annotate") as folder:
        copied(sample_articles(), folder / "one" / "news", limit=1)
        workspaces = [Workspace.annotated(folder / "one" / "news")]
        if news is not None:
            copied(news, folder / "many" / "news")
            workspaces.append(Workspace.annotated(folder / "many" / "news"))
        for number in range(rounds + 5):
            for workspace in workspaces:
                workspace.round()
                if number < 5:
                    workspace.ours.clear()
                    workspace.bare.clear()
        for workspace in workspaces:
            name = f"annotation, {len(workspace.articles):,} annotated"
            compare(name, workspace.ours, workspace.bare, hold=HOLD, percents=(50, 99))
            workspace.desk.close()
        if len(workspaces) == 2:
            report_growth(*workspaces)


def report_growth(small: Workspace, large: Workspace) -> None:
    """The exponent of time over articles, of the medians beside their bare writes."""
    factor = len(large.articles) / len(small.articles)
    plain = percentile(large.ours, 50) / percentile(small.ours, 50)
    beside = plain / (percentile(large.bare, 50) / percentile(small.bare, 50))
    for name, growth in (("exponent, milliseconds", plain), ("exponent, ratio to bare", beside)):
        exponent = math.log(growth) / math.log(factor)
        kept = "held" if exponent < HOLD_EXPONENT else "BEHIND"
        say(name, f"{exponent:+9.3f}  (hold below {HOLD_EXPONENT:g}: {kept})")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a large folder of articles")
    parser.add_argument("--rounds", type=int, default=100)
    given = parser.parse_args(arguments)
    heading("One annotation, durable (beside a bare durable write of the same bytes)")
    compare_saves(given.news, given.rounds)


if __name__ == "__main__":
    main()
