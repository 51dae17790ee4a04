"""Workspaces and texts made from a seed number, and the folders and environment of a trial."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

WORDS = (
    "the service said that troops were seen near the region and officials reported losses since "
    "mid-January while a spokesman estimated “more than” 3,000 casualties in the east 북한군이 "
    "쿠르스크 지역에 배치됐다고 밝혔다"
)
KOREAN = (
    "북한군이 쿠르스크 지역에 배치됐다고 밝혔다 국가정보원은 우크라이나 정부가 사상자 약 "
    "3,000명을 추산했으며 이는 지난달 보다 늘어난 것이라고 말했다 “전투에서 빠진 것으로 "
    "보인다”고 설명했다"
)
ANALYST = "kim"


def sample(megabytes: float, paragraphs: bool = True, words: str = WORDS) -> str:
    """A text of about that many million code points, in paragraphs or as one line."""
    chance = random.Random(7)
    vocabulary = words.split()
    found: list[str] = []
    size = 0
    while size < megabytes * 1_000_000:
        chosen = [chance.choice(vocabulary) for _ in range(chance.randint(6, 30))]
        sentence = " ".join(chosen).capitalize() + "."
        found.append(sentence)
        size += len(sentence) + 1
        if paragraphs and chance.random() < 0.3:
            found.append("\n\n")
    return " ".join(found).replace(" \n\n ", "\n\n")


def wrapped(text: str, columns: int = 76) -> list[str]:
    """The visual lines of a text, as the article view breaks them."""
    from tui.widgets.wrapping import Passage

    lines: list[str] = []
    for paragraph in text.split("\n\n"):
        passage = Passage(0, paragraph, columns)
        lines += [paragraph[a:b].rstrip() for a, b in map(passage.row, range(len(passage)))]
        lines.append("")
    return lines


@contextmanager
def trial_folder(name: str) -> Iterator[Path]:
    """A temporary folder, on the disk that TMPDIR names."""
    with TemporaryDirectory(prefix=f"pressmark-{name}-") as made:
        yield Path(made)


def environment(folder: Path) -> dict[str, str]:
    """This process's environment, with the user's own folders below `folder`, and a terminal.

    Python is as an analyst has it: it keeps its compiled files, as an installed package does.
    """
    others = ("TEXTUAL", "PRESSMARK", "PYTHON", "NO_COLOR")
    kept = ("PYTHONPATH",)  # another checkout may be measured
    found = {k: v for k, v in os.environ.items() if k in kept or not k.startswith(others)}
    for name in ("STATE", "CACHE", "CONFIG", "DATA"):
        found[f"XDG_{name}_HOME"] = str(folder / name.lower())
    found |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "PRESSMARK_ANALYST": ANALYST}
    return found


def command(*arguments: str) -> list[str]:
    """The installed command with these arguments; by its module where it is not installed."""
    installed = Path(sys.executable).with_name("pressmark")
    start = (
        [sys.executable, str(installed)] if installed.exists() else [sys.executable, "-m", "tui"]
    )
    return [*start, *arguments]


def copied(source: Path, target: Path, limit: int | None = None) -> list[Path]:
    """Text files of a folder and those below it, copied in order; where the copies are."""
    found: list[Path] = []
    for path in sorted(source.rglob("*.txt"))[:limit]:
        place = target / path.relative_to(source)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        found.append(place)
    return found


def word_in_body(path: Path) -> str:
    """A long word near the begin of an article's text that its head does not have.

    On the screen only the text of the open article shows it.
    """
    from tui.articles import read_article

    article = read_article(path.read_bytes(), path.name)
    head, _, body = article.text.partition("\n")
    known = set(f"{head} {article.title}".casefold().split())
    words = [w.strip(".,;:“”\"'()") for w in body[:600].split()]
    fresh = [w for w in words if w.isascii() and w.isalpha() and w.casefold() not in known]
    return max(fresh, key=len)
