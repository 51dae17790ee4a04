"""Key to painted answer of the article view alone, beside a bare line-API text of the same size.

    python -m benchmarks article [--megabytes 1] [--highlights 2000] [--keys 300]

Two applications run side by side, each on a pseudo-terminal of 120 by 40: the article view with
its highlights, and a ScrollView that only hands out wrapped lines from a strip cache. Keys go to
the two in turn; a frame is over when the terminal is told so (synchronized output). Then the time
from `show()` to the first frame of a 10 MB article, in paragraphs and as one line.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.made import environment, sample, trial_folder, wrapped
from benchmarks.measuring import compare, heading, say
from benchmarks.terminal import COLUMNS, ROWS, Program

PROJECT = Path(__file__).resolve().parents[1]
HOLD = 1.5
WORD = "spokesman"  # stands on the first screen


def run_view(megabytes: float, highlights: int) -> None:
    """The article view as an application of its own."""
    from textual.app import App, ComposeResult
    from textual.events import Key

    from tui.articles import outline, read_article
    from tui.model.spans import Extent
    from tui.reading import motions
    from tui.widgets.article_view import ArticleView, Mark

    text = sample(megabytes)
    article = read_article(text.encode(), "sample.txt")
    stops = outline(article)
    chance = random.Random(11)
    colours = ("red", "orange", "yellow", "green", "cyan", "blue", "violet", "magenta", "grey")
    starts = [chance.randrange(len(text) - 200) for _ in range(highlights)]
    marks = [
        Mark(str(n), (Extent(s, s + chance.randint(5, 160)),), colours[n % 9], n % 10)
        for n, s in enumerate(starts)
    ]

    class View(App[None]):
        def compose(self) -> ComposeResult:
            yield ArticleView()

        def on_mount(self) -> None:
            view = self.query_one(ArticleView)
            view.show(article, stops)
            view.set_marks(marks)

        def on_key(self, event: Key) -> None:
            view = self.query_one(ArticleView)
            if event.key == "j":
                view.move_to(motions.next_sentence(stops, view.caret))
            elif event.key == "k":
                view.move_to(motions.previous_sentence(stops, view.caret))
            elif event.key == "w":
                view.move_to(motions.next_word(text, stops, view.caret), caret_shown=True)
            elif event.key == "d":
                view.move_to(view.page_moved(1))

    View().run()


def run_opening(megabytes: float, paragraphs: bool) -> None:
    """Print the milliseconds from `show()` to the end of the first frame."""
    import asyncio

    from textual.app import App, ComposeResult

    from tui.articles import outline, read_article
    from tui.widgets.article_view import ArticleView

    article = read_article(sample(megabytes, paragraphs).encode(), "sample.txt")
    started = time.perf_counter()
    stops = outline(article)
    outlined = time.perf_counter() - started

    class View(App[None]):
        def compose(self) -> ComposeResult:
            yield ArticleView()

    async def measure() -> None:
        app = View()
        async with app.run_test(size=(COLUMNS, ROWS)) as pilot:
            await pilot.pause()
            view = app.query_one(ArticleView)
            for caret in (0, len(article.text)):
                begun = time.perf_counter()
                view.show(article, stops, caret=caret)
                for y in range(ROWS):
                    view.render_line(y)
                shown = time.perf_counter() - begun
                where = "end" if caret else "begin"
                say(f"  first screen at the {where}", f"{shown * 1000:9.1f} ms")

    shape = "paragraphs" if paragraphs else "one line"
    say(f"{megabytes:g} million code points, {shape}: outline", f"{outlined * 1000:9.1f} ms")
    asyncio.run(measure())


def compare_keys(megabytes: float, highlights: int, keys: int) -> None:
    """Sentence, word and page beside a line and a page of the bare text."""
    with trial_folder("article") as folder:
        file = folder / "lines.txt"
        file.write_text("\n".join(wrapped(sample(megabytes))), encoding="utf-8")
        part = ["benchmarks.article_view", f"--megabytes={megabytes}", f"--highlights={highlights}"]
        commands = [
            [sys.executable, "-m", *part, "--show"],
            [sys.executable, "-m", "benchmarks.bare", str(file)],
        ]
        around = environment(folder)
        programs = [Program(c, around, folder=PROJECT, synchronized=True) for c in commands]
        for program in programs:
            program.painted(WORD, timeout=120)
            program.settle(2)
        for key, words in (("j", "sentence"), ("w", "word"), ("d", "page")):
            times: tuple[list[float], list[float]] = ([], [])
            for _ in range(keys):
                for program, found in zip(programs, times, strict=True):
                    found.append(program.press(key)[0])
                    program.settle()
            compare(f"article view alone: {words}", *times, hold=HOLD, percents=(50, 99))
        for program in programs:
            program.end()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=1)
    parser.add_argument("--highlights", type=int, default=2000)
    parser.add_argument("--keys", type=int, default=300)
    parser.add_argument("--show", action="store_true", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if given.show:
        run_view(given.megabytes, given.highlights)
        return
    size = f"{given.megabytes:g} million code points, {given.highlights} highlights"
    heading(f"The article view alone, {size}, {given.keys} keys of each kind")
    compare_keys(given.megabytes, given.highlights, given.keys)
    for paragraphs in (True, False):
        pid = os.fork()
        if pid == 0:
            run_opening(10, paragraphs)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
