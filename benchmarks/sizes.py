"""Large files and folders: to the first screen, and the growth of each step of reading.

    python -m benchmarks sizes [--megabytes 50] [--files 20000]

Made by a seed number: a text and a single line of so many megabytes, 100,000 lines, a file of one
gigabyte (sparse), a folder of so many files. Measured from opening the desk until the rows of a
screen are laid out, in a process that has imported everything; then each step of reading on
hostile texts of n and 2n code points: twice the time is linear, four times quadratic.
"""

from __future__ import annotations

import argparse
import contextlib
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.made import ANALYST, sample, trial_folder
from benchmarks.measuring import heading, say

ROWS = 50
HOLDS = {"text": 2.0, "line": 2.0, "lines": 1.0, "refused": 0.1, "folder": 2.0}
PART = 200_000  # code points of a hostile text; twice that beside it


def first_screen(path: Path, root: Path) -> float:
    """Seconds from opening a path to the rows of its first screen; a refusal counts as one."""
    from tui.desk import Desk, DeskError
    from tui.widgets.article_layout import Layout

    begun = time.perf_counter()
    desk = Desk.open([path], root=root, analyst=ANALYST, locks=root.parent / "locks")
    try:
        desk.scan(0.012)
        entries = desk.entries()
        if entries:
            article = desk.article(entries[0].id)
            outline = desk.outline(entries[0].id)
            desk.annotations(entries[0].id)
            layout = Layout(article, outline, 76)
            for line in layout.lines(layout.first, ROWS):
                layout.extent_of(line)
        return time.perf_counter() - begun
    except DeskError:
        return time.perf_counter() - begun
    finally:
        desk.close()


def measure_files(megabytes: float, files: int) -> None:
    with trial_folder("sizes") as folder:
        text = sample(megabytes)
        cases = {
            f"{megabytes:g} MB of text": ("text", text),
            f"{megabytes:g} MB, a single line": ("line", text.replace("\n", " ")),
            f"{megabytes:g} MB, a line without a blank": ("line", "x" * round(megabytes * 1e6)),
            "100,000 lines": ("lines", "A line of an ordinary list of results.\n" * 100_000),
        }
        for name, (kind, content) in cases.items():
            path = folder / "large" / f"{kind}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(content, "utf-8")
            _report(name, kind, first_screen(path, path.parent))
        path = folder / "large" / "gigabyte.txt"
        with path.open("wb") as file:
            file.truncate(1_000_000_000)
        _report("1 GB, refused", "refused", first_screen(path, path.parent))
        many = folder / "many"
        many.mkdir()
        article = sample(0.003)
        for number in range(files):
            (many / f"{number:06}.txt").write_text(f"Number {number}\n\n{article}", "utf-8")
        _report(f"a folder of {files:,} files", "folder", first_screen(many, many))


def _report(name: str, kind: str, seconds: float) -> None:
    hold = HOLDS[kind]
    say(name, f"{seconds:9.2f} s  (hold {hold:g} s: {'held' if seconds <= hold else 'BEHIND'})")


HOSTILE = {
    "one letter": "x",
    "blanks": " ",
    "line feeds": "\n",
    "blanks and line feeds": " \n",
    "tabs": "\t",
    "full stops": ".",
    "initials": "A. ",
    "opening quotes": "“",
    "closing brackets": ")",
    "opening brackets": "[",
    "section marks": "[A]\n",
    "digits": "1",
    "dates": "2025-01-01 ",
    "colons": "a:",
    "slashes": "/",
    "dashes": "--\n",
    "hashes": "#",
    "capitals": "AB ",
    "by lines": "By John Smith\n",
    "captions": "Jane Doe/ Ministry\n",
    "Hangul": "가",
    "combining marks": "e\u0301",
    "joiners": "\U0001f468\u200d",
    "NUL": "a\0" * 1 + "b" * 60,
    "urls": "http://a.b/",
    "front matter": "---\na: b\n",
    "less than": "<",
}


def measure_growth() -> None:
    heading("Hostile texts of n and 2n code points", {"n": f"{PART:,}"})
    worst: list[tuple[float, float, str]] = []
    for name, unit in HOSTILE.items():
        short, long = (unit * (size // len(unit)) for size in (PART, 2 * PART))
        for step, run in _steps().items():
            one = _timed(run, short)
            two = _timed(run, long)
            if two > 0.05:
                worst.append((two / one, two, f"{step}: {name}"))
    worst.sort(reverse=True)
    for ratio, seconds, name in worst[:15]:
        note = "  QUADRATIC" if ratio > 3 and seconds > 0.1 else ""
        say(name, f"{seconds:9.2f} s  {ratio:.1f}x of half{note}")
    say("slower than 50 ms", f"{len(worst):9}")


def _steps() -> dict[str, Callable[[str], object]]:
    from tui.articles import outline, read_article
    from tui.model.articles import Article
    from tui.widgets.article_layout import Layout

    def lay_out(text: str) -> object:
        article = Article("a", text, "r")
        layout = Layout(article, outline(article), 76)
        return list(layout.lines(layout.first, ROWS)), layout.last

    return {
        "read": lambda text: read_article(text.encode(), "a.txt"),
        "markdown": lambda text: read_article(text.encode(), "a.md"),
        "outline": lambda text: outline(Article("a", text, "r")),
        "layout": lay_out,
    }


def _timed(run: Callable[[str], object], text: str) -> float:
    from tui.articles import UnreadableError

    begun = time.perf_counter()
    with contextlib.suppress(UnreadableError):
        run(text)
    return max(1e-6, time.perf_counter() - begun)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=50)
    parser.add_argument("--files", type=int, default=20_000)
    parser.add_argument("--only-growth", action="store_true", help="hostile texts alone")
    given = parser.parse_args(arguments)
    if not given.only_growth:
        heading("Large files and folders, to the first screen")
        measure_files(given.megabytes, given.files)
    measure_growth()


if __name__ == "__main__":
    main()
