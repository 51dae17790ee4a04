"""Key to painted answer in a large article, against a bare line-API text of the same size.

    python benchmarks/article_view.py [--megabytes 1] [--highlights 2000] [--keys 300]

Two applications run side by side, each on a pseudo-terminal of 120 by 40: the article view with
its highlights, and a ScrollView that only hands out wrapped lines from a strip cache. Keys go to
the two in turn; a frame is over when the terminal is told so (synchronized output). Then the time
from `show()` to the first frame of a 10 MB article, in paragraphs and as one line.
"""

from __future__ import annotations

import argparse
import fcntl
import os
import pty
import random
import select
import statistics
import struct
import sys
import termios
import time
from collections.abc import Callable

COLUMNS, ROWS = 120, 40
FRAME_END = b"\x1b[?2026l"
MODE_QUERY, MODE_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
WORDS = (
    "the service said that troops were seen near the region and officials reported losses since "
    "mid-January while a spokesman estimated “more than” 3,000 casualties in the east 북한군이 "
    "쿠르스크 지역에 배치됐다고 밝혔다"
)


def sample(megabytes: float, paragraphs: bool = True) -> str:
    """A text of about that many million code points, in paragraphs or as one line."""
    chance = random.Random(7)
    vocabulary = WORDS.split()
    found: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        words = [chance.choice(vocabulary) for _ in range(chance.randint(6, 30))]
        sentence = " ".join(words).capitalize() + "."
        found.append(sentence)
        size += len(sentence) + 1
        if paragraphs and chance.random() < 0.3:
            found.append("\n\n")
    return " ".join(found).replace(" \n\n ", "\n\n")


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
            elif event.key == "q":
                self.exit()

    View().run()


def run_bare(megabytes: float) -> None:
    """Wrapped lines from a strip cache, nothing else."""
    from rich.segment import Segment
    from textual.app import App, ComposeResult
    from textual.events import Key
    from textual.geometry import Size
    from textual.scroll_view import ScrollView
    from textual.strip import Strip

    from tui.widgets.wrapping import Passage

    lines: list[str] = []
    for paragraph in sample(megabytes).split("\n\n"):
        passage = Passage(0, paragraph, 76)
        lines += [paragraph[a:b].rstrip() for a, b in map(passage.row, range(len(passage)))]
        lines.append("")

    class Bare(ScrollView, can_focus=True):
        def on_mount(self) -> None:
            self.virtual_size = Size(76, len(lines))
            self.strips: dict[int, Strip] = {}

        def render_line(self, y: int) -> Strip:
            number = self.scroll_offset.y + y
            strip = self.strips.get(number)
            if strip is None:
                words = lines[number] if number < len(lines) else ""
                strip = Strip([Segment(words, self.rich_style)])
                self.strips[number] = strip
            return strip

    class View(App[None]):
        def compose(self) -> ComposeResult:
            yield Bare()

        def on_key(self, event: Key) -> None:
            view = self.query_one(Bare)
            step = {"j": 1, "w": 1, "k": -1, "d": ROWS - 1}.get(event.key)
            if step:
                view.scroll_to(y=view.scroll_y + step, animate=False)
            elif event.key == "q":
                self.exit()

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
                print(f"  first screen at the {where}: {shown * 1000:.0f} ms")

    shape = "paragraphs" if paragraphs else "one line"
    print(f"{megabytes:g} million code points, {shape} (outline alone: {outlined * 1000:.0f} ms)")
    asyncio.run(measure())


class Terminal:
    """One application on a pseudo-terminal."""

    def __init__(self, run: Callable[[], None]) -> None:
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            os.environ.update(TERM="xterm-256color", COLORTERM="truecolor")
            os.environ.pop("NO_COLOR", None)
            try:
                run()
            finally:
                os._exit(0)
        fcntl.ioctl(self.file, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        self.frame(120)
        while self.frame(2):
            pass

    def frame(self, timeout: float) -> bool:
        """Read until a frame is over; False if none comes in time."""
        seen = b""
        limit = time.monotonic() + timeout
        while (left := limit - time.monotonic()) > 0:
            if not select.select([self.file], [], [], left)[0]:
                return False
            seen += os.read(self.file, 65536)
            if MODE_QUERY in seen:
                os.write(self.file, MODE_ANSWER)
                seen = seen.replace(MODE_QUERY, b"")
            if FRAME_END in seen:
                return True
        return False

    def press(self, key: bytes) -> float | None:
        """Milliseconds from a key to the end of the frame that answers it; None without one."""
        begun = time.perf_counter()
        os.write(self.file, key)
        answered = self.frame(5)
        taken = (time.perf_counter() - begun) * 1000
        while self.frame(0.03):
            pass
        return taken if answered else None

    def close(self) -> None:
        """End the application."""
        os.write(self.file, b"q")
        os.waitpid(self.pid, 0)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--megabytes", type=float, default=1)
    parser.add_argument("--highlights", type=int, default=2000)
    parser.add_argument("--keys", type=int, default=300)
    options = parser.parse_args()

    view = Terminal(lambda: run_view(options.megabytes, options.highlights))
    bare = Terminal(lambda: run_bare(options.megabytes))
    print(f"python {sys.version.split()[0]}, {COLUMNS}x{ROWS}, {options.megabytes:g} million code")
    print(f"points, {options.highlights} highlights, {options.keys} keys of each kind")
    for key, words in ((b"j", "sentence"), (b"w", "word"), (b"d", "page")):
        times: dict[str, list[float]] = {"view": [], "bare": []}
        for number in range(options.keys + 5):
            for name, terminal in (("view", view), ("bare", bare)):
                taken = terminal.press(key)
                if number >= 5 and taken is not None:
                    times[name].append(taken)
        rows = {n: statistics.quantiles(t, n=100, method="inclusive") for n, t in times.items()}
        parts = [f"{words:9}"]
        for at, label in ((49, "p50"), (98, "p99")):
            ours, theirs = rows["view"][at], rows["bare"][at]
            parts.append(f"{label} {ours:6.1f} ms against {theirs:6.1f}: {ours / theirs:.2f}x")
        missing = 2 * options.keys - sum(map(len, times.values()))
        print("   ".join(parts) + (f"   ({missing} keys without an answer)" if missing else ""))
    view.close()
    bare.close()
    sys.stdout.flush()
    for paragraphs in (True, False):
        pid = os.fork()
        if pid == 0:
            run_opening(10, paragraphs)
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(pid, 0)


if __name__ == "__main__":
    main()
