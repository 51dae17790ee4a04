"""A workspace with the sample articles, marked up by two analysts, and ways to run commands."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main
from tui.desk import Desk
from tui.model.spans import Extent
from tui.samples import sample_articles

SEEN = "2025-02-05-news-today-troops-not-seen.txt"
LOSSES = "2025-02-07-northern-desk-higher-losses.txt"
KOREAN = "2025-02-12-naru-ilbo-additional-deployment.txt"


@dataclass
class Done:
    """What a command answered."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, so that nothing of the user's is read or written."""
    home = tmp_path / "home"
    home.mkdir()
    for name in [*os.environ]:
        if name.startswith(("XDG_", "PRESSMARK_")) or name in ("NO_COLOR", "COLUMNS", "LINES"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PRESSMARK_ANALYST", "kim")
    monkeypatch.setenv("TERM", "xterm-256color")
    return home


@pytest.fixture(scope="session")
def marked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as two analysts left it; to be copied, not changed."""
    root = tmp_path_factory.mktemp("marked") / "news"
    root.mkdir()
    for path in sample_articles().glob("*.txt"):
        shutil.copy(path, root)
    locks = tmp_path_factory.mktemp("locks")

    kim = Desk.open(root=root, analyst="kim", locks=locks)
    seen, losses, korean = (kim.find(name) for name in (SEEN, LOSSES, KOREAN))
    first = sentence(kim, seen, 1)
    kim.highlight(seen, [first], ["military"], "who counted?")
    kim.save_claim(kim.draft(seen, [first]), [first])
    second = sentence(kim, losses, 1)
    kim.save_claim(kim.draft(losses, [second]), [second], tags=["casualties/military"])
    kim.highlight(korean, [sentence(kim, korean, 2)], ["military/deployment"])
    kim.mark_done(losses, done=True)
    kim.note_article(seen, "the first of a series")
    (claim,) = kim.annotations(seen).all_claims()
    kim.grade(claim.id, "B", "2")
    kim.close()

    lee = Desk.open(root=root, analyst="lee", locks=locks)
    lee.find(SEEN)
    lee.review(lee.annotations(seen).all_claims()[0].id, "accept")
    lee.close()
    return root


def sentence(desk: Desk, article: str, index: int) -> Extent:
    return desk.outline(article).sentences[index].extent


@pytest.fixture
def workspace(marked: Path, tmp_path: Path, home: Path) -> Path:
    """The marked workspace, as one's own and with a home of its own."""
    return shutil.copytree(marked, tmp_path / "news")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], home: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in this process, in a folder if one is given."""

    def run(*arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"") -> Done:
        if cwd is not None:
            monkeypatch.chdir(cwd)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        capsys.readouterr()
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Done(code, out, err)

    return run


@pytest.fixture
def process(home: Path) -> Callable[..., subprocess.CompletedProcess[bytes]]:
    """Run a command as a process of its own, with pipes at all three ends."""

    def process(
        *arguments: str | bytes | Path, **options: Any
    ) -> subprocess.CompletedProcess[bytes]:
        given: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True} | options
        return subprocess.run(
            [sys.executable, "-m", "tui", *arguments], check=False, timeout=60, **given
        )

    return process
