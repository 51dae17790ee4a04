"""The programs that our exports are for, each in an environment of its own (make test-clients).

They are installed under `PRESSMARK_CLIENTS`, `.clients/` in the checkout if it is not set, and used
again. What a machine cannot install is skipped with its reason.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from tests.exchange.conftest import bundle  # noqa: F401  (thirteen claims of four articles)

ROOT = Path(__file__).resolve().parents[2]
CLIENTS = Path(os.environ.get("PRESSMARK_CLIENTS") or ROOT / ".clients").resolve()
ClientEnv = Callable[..., Path]


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.clients)


@pytest.fixture(scope="session")
def client_env() -> ClientEnv:
    """`client_env(name, *requirements)`: the python of an environment with these installed."""

    def made(name: str, *requirements: str) -> Path:
        wanted = hashlib.sha256("\n".join((sys.version, *requirements)).encode()).hexdigest()[:12]
        place = CLIENTS / f"{name}-{wanted}"
        python = place / "bin" / "python"
        if not (place / "complete").exists():
            run_step(name, sys.executable, "-m", "venv", "--clear", place)
            pip = (python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet")
            run_step(name, *pip, *requirements)
            (place / "complete").touch()
        return python

    return made


@pytest.fixture(scope="session")
def schemas() -> Path:
    """The folder with the published schemas, as `make test-clients SCHEMAS=DIR` names it."""
    named = os.environ.get("PRESSMARK_SCHEMAS", "")
    if not named or not Path(named).is_dir():
        pytest.skip("needs the published schemas: make test-clients SCHEMAS=DIR")
    return Path(named)


@pytest.fixture(scope="session")
def checkout() -> Callable[..., Path]:
    """`checkout(name, repository, commit, *paths)`: these paths of a repository at a commit.

    Of the checkout that the variable PRESSMARK_NAME names, else of one made here.
    """

    def made(name: str, repository: str, commit: str, *paths: str) -> Path:
        named = os.environ.get(f"PRESSMARK_{name.upper()}", "")
        place = Path(named) if named else CLIENTS / f"{name}-{commit[:12]}"
        if not all((place / path).exists() for path in paths):
            git = ("git", "-C", place)
            run_step(name, "git", "init", "--quiet", place)
            run_step(name, *git, "fetch", "--quiet", "--depth", "1", repository, commit)
            run_step(name, *git, "checkout", "--quiet", commit, "--", *paths)
        return place

    return made


@pytest.fixture(scope="session")
def npm_packages() -> Callable[..., Path]:
    """`npm_packages(name, *packages)`: the `node_modules` with these installed."""

    def made(name: str, *packages: str) -> Path:
        for program in ("npm", "node"):
            if shutil.which(program) is None:
                pytest.skip(f"{name} needs {program}")
        place = CLIENTS / f"{name}-{hashlib.sha256(' '.join(packages).encode()).hexdigest()[:12]}"
        if not (place / "complete").exists():
            npm = ("npm", "install", "--silent", "--no-audit", "--no-fund", "--ignore-scripts")
            run_step(name, *npm, "--prefix", place, *packages)
            (place / "complete").touch()
        return place / "node_modules"

    return made


@pytest.fixture(scope="session")
def published() -> Callable[[str, str], Path]:
    """`published(name, address)`: a published file: of SCHEMAS, else fetched once."""

    def found(name: str, address: str) -> Path:
        given = Path(os.environ.get("PRESSMARK_SCHEMAS", ""), name)
        if given.is_file():
            return given
        kept = CLIENTS / name
        if not kept.is_file():
            try:
                with urllib.request.urlopen(address, timeout=60) as answer:
                    data = answer.read()
            except OSError as error:
                pytest.skip(f"{address} is not within reach ({error}), nor in SCHEMAS as {name}")
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(data)
        return kept

    return found


def run_step(name: str, *command: str | Path) -> None:
    """Run one step of an installation; what does not work here is skipped with its last line."""
    done = subprocess.run(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["no reason given"]
        pytest.skip(f"{name} does not install here: {said[-1][:200]}")
