"""The built wheel by itself: with its newest dependencies, outside the tree (make test-install).

What a machine does not allow is skipped with its reason, which `-rs` lists and counts.
"""

from __future__ import annotations

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tui.version import VERSION

try:
    import pty
    import termios
except ImportError:  # a system without terminals of this kind
    pty = termios = None

pytestmark = pytest.mark.install

ROOT = Path(__file__).resolve().parents[2]
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check"]
ESCAPES = re.compile(rb"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[ -/]*[0-Z\\^-~])")


def environment(home: Path) -> dict[str, str]:
    """The variables of a new user: a home of their own, nothing of the environment we run in."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not re.match(
            r"PYTHON|V(IRTUAL_)?ENV|XDG_|PRESSMARK_|PYTEST_|MAKE|MFLAGS|NO_COLOR|COLUMNS|LINES",
            name,
        )
    }
    return kept | {"HOME": str(home), "TERM": "xterm-256color", "LANG": "C.UTF-8"}


def run(
    *command: str | Path, cwd: Path, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A package index within reach; without one there is nothing to install from."""
    folder = tmp_path_factory.mktemp("index")
    done = run(*PIP, "download", "--no-deps", "--dest", folder, "hatchling", cwd=folder)
    if done.returncode:
        reason = (done.stderr.strip() or "pip says nothing").splitlines()[-1]
        pytest.skip(f"no package index within reach: {reason}")


@pytest.fixture(scope="module")
def wheel(index: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    done = run(*PIP, "wheel", "--no-deps", "--wheel-dir", folder, ROOT, cwd=folder)
    assert done.returncode == 0, done.stderr
    (built,) = folder.glob("*.whl")
    return built


@dataclass
class Installed:
    """The wheel in an environment of its own."""

    folder: Path
    home: Path
    env: dict[str, str] = field(default_factory=dict)

    @property
    def bin(self) -> Path:
        return self.folder / "bin"

    def __call__(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return run(self.bin / "pressmark", *arguments, cwd=self.home, env=self.env)


def install(wheel: Path, extra: str, paths: pytest.TempPathFactory) -> Installed:
    folder = paths.mktemp("installed") / "env"
    home = paths.mktemp("home")
    # Without pip, so that it works where Python came without ensurepip.
    done = run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=home)
    assert done.returncode == 0, done.stderr
    python = folder / "bin" / "python"
    done = run(*PIP, "--python", python, "install", f"{wheel}{extra}", cwd=home)
    assert done.returncode == 0, done.stderr
    return Installed(folder, home, environment(home))


@pytest.fixture(scope="module")
def pressmark(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return install(wheel, "", tmp_path_factory)


@pytest.fixture(scope="module")
def samples(pressmark: Installed, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the sample articles that the wheel brought along."""
    code = "from tui.samples import sample_articles; print(sample_articles())"
    done = run(pressmark.bin / "python", "-c", code, cwd=pressmark.home, env=pressmark.env)
    assert done.returncode == 0, done.stderr
    inside = Path(done.stdout.strip())
    assert inside.is_relative_to(pressmark.folder)
    return shutil.copytree(inside, tmp_path_factory.mktemp("reading") / "samples")


def test_the_wheel_holds_the_package_the_samples_and_the_licence_and_nothing_else(
    wheel: Path,
) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.partition("/")[0] for name in names}
    assert tops == {"tui", f"pressmark-{VERSION}.dist-info"}
    held = {Path(name).name for name in names if name.startswith("tui/seeds/")}
    assert held == {path.name for path in (ROOT / "seeds").iterdir()}
    assert f"pressmark-{VERSION}.dist-info/licenses/LICENSE" in names
    assert "tui/py.typed" in names
    assert not [name for name in names if "__pycache__" in name]


def test_the_newest_dependencies_fit_each_other(pressmark: Installed) -> None:
    done = run(*PIP, "--python", pressmark.bin / "python", "check", cwd=pressmark.home)
    assert done.returncode == 0, done.stdout


def test_it_says_its_version(pressmark: Installed) -> None:
    done = pressmark("--version")
    assert done.returncode == 0, done.stderr
    assert VERSION in done.stdout


def test_it_helps(pressmark: Installed) -> None:
    done = pressmark("--help")
    assert done.returncode == 0, done.stderr
    assert all(word in done.stdout for word in ("Usage", "list", "export", "--workspace", "--tour"))


def test_it_starts_as_a_module_too(pressmark: Installed) -> None:
    python = pressmark.bin / "python"
    done = run(python, "-m", "tui", "--version", cwd=pressmark.home, env=pressmark.env)
    assert done.returncode == 0, done.stderr
    assert VERSION in done.stdout


PAGE = """<!doctype html><html><head><title>Ferries sail again</title></head><body><article>
<h1>Ferries sail again</h1><p>The harbour office said on Monday that the ferries would sail again
after the storm, and that nobody had been hurt in the two days of it.</p></article></body></html>"""
FEED = """<rss version="2.0"><channel><title>Harbour News</title><item><title>Ferries</title>
<description>They sail again, the office said.</description></item></channel></rss>"""


def test_an_extra_brings_all_that_its_format_needs_and_the_others_are_named(
    wheel: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    news = tmp_path_factory.mktemp("news")
    (news / "page.html").write_text(PAGE, encoding="utf-8")
    (news / "news.rss").write_text(FEED, encoding="utf-8")
    for extra, read in (("html", "page.html"), ("feed", "news.rss")):
        done = install(wheel, f"[{extra}]", tmp_path_factory)("list", news, "--json")
        assert done.returncode == 0, done.stderr
        assert [article["path"] for article in json.loads(done.stdout)] == [read]
        assert "which is not installed: pip install 'pressmark[" in done.stderr


def test_it_lists_the_sample_articles(pressmark: Installed, samples: Path) -> None:
    done = pressmark("list", samples, "--json")
    assert done.returncode == 0, done.stderr
    articles = json.loads(done.stdout)
    assert {Path(article["path"]).name for article in articles} == {
        path.name for path in samples.glob("*.txt")
    }
    assert len({article["id"] for article in articles}) == 9
    assert {article["outlet"] for article in articles} == {
        "News Today",
        "Harbor Wire",
        "Northern Desk",
        "The Meridian",
        "나루일보",
    }
    assert all(article["published"].startswith("2025-02-") for article in articles)


@dataclass
class Terminal:
    """A program in a pseudo-terminal of 120 by 40, and what it has drawn so far."""

    process: subprocess.Popen[bytes]
    master: int
    drawn: bytearray = field(default_factory=bytearray)

    def text(self) -> str:
        return ESCAPES.sub(b"", bytes(self.drawn)).decode("utf-8", "replace")

    def wait(self, until: Callable[[], bool], seconds: float) -> bool:
        """Read what is drawn until something holds; False if it does not in time."""
        end = time.monotonic() + seconds
        while not until():
            left = end - time.monotonic()
            if left <= 0:
                return False
            ready, _, _ = select.select([self.master], [], [], min(left, 0.1))
            if ready:
                try:
                    self.drawn += os.read(self.master, 65536)
                except OSError:  # Linux says so when the last writer has gone
                    self.process.wait(timeout=left)
                    return until()
        return True

    def press(self, keys: str) -> None:
        os.write(self.master, keys.encode())

    def ended(self) -> bool:
        return self.process.poll() is not None


@contextmanager
def terminal(pressmark: Installed, *arguments: str | Path) -> Iterator[Terminal]:
    """Start Pressmark in a pseudo-terminal; ends it if it has not ended by itself."""
    if pty is None or termios is None:
        pytest.skip("this system has no pseudo-terminals")
    try:
        master, slave = pty.openpty()
    except OSError as error:
        pytest.skip(f"this machine gives no pseudo-terminal: {error}")
    termios.tcsetwinsize(slave, (40, 120))
    process = subprocess.Popen(
        [str(pressmark.bin / "pressmark"), *map(str, arguments)],
        cwd=pressmark.home,
        env=pressmark.env,
        stdin=slave,
        stdout=slave,
        stderr=slave,
        start_new_session=True,
    )
    os.close(slave)
    try:
        yield Terminal(process, master)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        process.wait()
        os.close(master)


def leaves_on_q(screen: Terminal) -> bool:
    """Press `q`, once a layer, until the program has ended."""
    for _ in range(5):
        screen.press("q")
        if screen.wait(screen.ended, seconds=4):
            return True
    return False


def test_the_reader_opens_a_folder_and_leaves_the_terminal_as_it_was(
    pressmark: Installed, samples: Path
) -> None:
    with terminal(pressmark, samples) as screen:
        assert screen.wait(lambda: "DROP OUT OF SIGHT" in screen.text(), seconds=30), screen.text()
        assert b"\x1b[?1049h" in screen.drawn
        assert leaves_on_q(screen), screen.text()
        assert screen.process.returncode == 0
        assert screen.drawn.rindex(b"\x1b[?1049l") > screen.drawn.rindex(b"\x1b[?1049h")


def test_the_tour_opens_the_samples_from_anywhere(pressmark: Installed) -> None:
    with terminal(pressmark, "--tour") as screen:
        assert screen.wait(lambda: "KURSK" in screen.text(), seconds=30), screen.text()
        assert leaves_on_q(screen), screen.text()
        assert screen.process.returncode == 0


def test_a_fresh_clone_installs_once_and_then_starts_at_once(index: None, tmp_path: Path) -> None:
    if not shutil.which("git") or not (ROOT / ".git").exists():
        pytest.skip("no git, or no repository to clone")
    clone = tmp_path / "clone"
    done = run("git", "clone", "--quiet", ROOT, clone, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    env = environment(tmp_path)

    first = run("make", "environment", cwd=clone, env=env)
    assert first.returncode == 0, first.stderr
    assert "Installing what 'run' needs" in first.stderr
    second = run("make", "environment", cwd=clone, env=env)
    assert second.returncode == 0, second.stderr
    assert second.stdout + second.stderr == ""
    # An environment that no longer works is made anew.
    (clone / ".venv" / "bin" / "python").unlink()
    third = run("make", "environment", cwd=clone, env=env)
    assert third.returncode == 0, third.stderr
    assert "Making .venv" in third.stderr
