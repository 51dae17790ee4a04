"""What holds for the project as a whole: layers, dependencies, sample articles, the bootstrap."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tomllib
from datetime import datetime
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tui.samples import sample_articles

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SAMPLES = sorted(sample_articles().glob("*.txt"))


# Layers


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = "from importlinter.cli import lint_imports_command as run; run()"
    return subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_imports_run_down_only() -> None:
    done = lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_see_every_kind_of_wrong_import(tmp_path: Path) -> None:
    modules = {
        "__init__": "",
        "model": "import tui.desk",
        "articles": "import tui.store",
        "store": "import tui.articles",
        "desk": "import tui.exchange\nimport tui.screens",
        "exchange": "def late():\n    import textual.app",
        "keymap": "import rich",
        "screens": "",
        "misc": "",
    }
    (tmp_path / "tui").mkdir()
    for name, source in modules.items():
        (tmp_path / "tui" / f"{name}.py").write_text(source, encoding="utf-8")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)

    done = lint_imports(tmp_path)

    assert done.returncode == 1, done.stdout + done.stderr
    for wrong in (
        "tui.model is not allowed to import tui.desk",
        "tui.articles is not allowed to import tui.store",
        "tui.desk is not allowed to import tui.screens",
        "tui.exchange is not allowed to import textual",
        "tui.keymap is not allowed to import rich",
        "- tui.misc",
        "No cycles are allowed in tui",
    ):
        assert wrong in done.stdout


# Dependencies


def locked(name: str) -> dict[str, str]:
    pins = re.findall(
        r"^([\w.-]+)==([^\s;]+)", (ROOT / name).read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    return {canonicalize_name(package): version for package, version in pins}


RUNTIME = [Requirement(text) for text in PROJECT["project"]["dependencies"]]
DEVELOPMENT = [Requirement(text) for text in PROJECT["dependency-groups"]["dev"]]


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        pytest.param("requirements.lock", RUNTIME, id="runtime"),
        pytest.param("requirements-dev.lock", RUNTIME + DEVELOPMENT, id="development"),
    ],
)
def test_a_lock_pins_all_that_the_project_asks_for(lock: str, wanted: list[Requirement]) -> None:
    pins = locked(lock)
    unfit = [
        str(requirement)
        for requirement in wanted
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]
    assert unfit == []


def test_the_tools_never_change_a_version_the_program_runs_with() -> None:
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize("requirement", RUNTIME, ids=lambda requirement: requirement.name)
def test_every_runtime_dependency_has_its_decision(requirement: Requirement) -> None:
    pages = list((ROOT / "docs" / "decisions").glob(f"[0-9]*-{requirement.name}.md"))
    assert len(pages) == 1
    text = pages[0].read_text(encoding="utf-8")
    assert all(f"**{word}**" in text for word in ("Decision", "Why", "Price", "Instead of"))


@pytest.mark.parametrize("package", sorted(locked("requirements.lock")))
def test_every_package_we_ship_with_has_a_permissive_licence(package: str) -> None:
    about = metadata.metadata(package)
    said = [
        *(about.get_all("License-Expression") or []),
        *(text.partition("\n")[0] for text in about.get_all("License") or []),
        *(line for line in about.get_all("Classifier") or [] if line.startswith("License ::")),
    ]
    # Of a choice of licences one that serves is enough.
    choices = " ".join(said).split(" OR ")
    assert any(
        re.search(r"\b(MIT|0?BSD|Apache|PSF|MPL|ISC|LGPL)", choice)
        and not re.search(r"\b(A?GPL|GNU (Affero )?General)", choice)
        for choice in choices
    ), said


# Sample articles

DATE_LINE = re.compile(r" date (\d{4}-\d\d-\d\d) \[(.+)\] “(.+)”")
TIMES = r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)"
TIME_LINE = re.compile(rf"입력 {TIMES} 수정 {TIMES} (.+)")
CAPTION = re.compile(r"^[^\W\d_][\w .-]+/ \S.*[^.]$", flags=re.MULTILINE)
HANGUL = re.compile("[가-힣]")


def times(path: Path) -> tuple[datetime, datetime]:
    """When a sample says it was published and modified."""
    found = TIME_LINE.search(path.read_text(encoding="utf-8"))
    assert found
    published, modified = found.group(1, 2)
    return datetime.fromisoformat(published), datetime.fromisoformat(modified)


def test_there_are_nine_sample_articles_of_four_english_outlets_and_a_korean_one() -> None:
    outlets = {
        path.read_text(encoding="utf-8").partition("[")[2].partition("]")[0] for path in SAMPLES
    }
    assert len(SAMPLES) == 9
    assert outlets == {"News Today", "Harbor Wire", "Northern Desk", "The Meridian", "나루일보"}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_article_has_the_layout_of_the_wire(path: Path) -> None:
    text = path.read_bytes().decode("utf-8")
    assert "\r" not in text
    lines = text.split("\n")
    heading = DATE_LINE.fullmatch(lines[0])
    assert heading
    day, outlet, headline = heading.groups()
    assert headline == headline.upper()
    assert path.name.startswith(day)

    second = TIME_LINE.fullmatch(lines[2])
    assert second
    assert second.group(3) == outlet
    published, modified = times(path)
    assert str(published.date()) == day
    assert "2025-02-05" <= day <= "2025-02-18"
    assert published <= modified

    assert [line for line in lines if re.fullmatch(r"\[.+\]", line)] == ["[LEAD]", "[REPORT]"]
    assert 150 <= len(text.split()) <= 400


def test_most_samples_have_a_speaker_whose_statement_breaks_off_at_a_blank_line() -> None:
    broken = 0
    for path in SAMPLES:
        text = path.read_text(encoding="utf-8")
        for caption in CAPTION.finditer(text):
            first, second, *_ = (part for part in text[caption.end() :].split("\n") if part)
            broken += first[-1] not in ".!?" and second[-1] in ".!?"
    assert broken >= 7


def test_one_sample_was_revised_on_a_later_day_and_says_what_was_corrected() -> None:
    revised = [p for p in SAMPLES if times(p)[1].date() > times(p)[0].date()]
    assert [p.name for p in revised] == ["2025-02-13-news-today-dead-and-wounded.txt"]
    assert "\nCorrection, 14 February: " in revised[0].read_text(encoding="utf-8")


def test_one_sample_is_in_korean() -> None:
    share = {
        path.name: len(HANGUL.findall(text)) / len(text)
        for path in SAMPLES
        for text in [path.read_text(encoding="utf-8")]
    }
    assert [name for name, part in share.items() if part > 0.4] == [
        "2025-02-12-naru-ilbo-additional-deployment.txt"
    ]


def test_the_samples_say_that_they_are_samples_in_a_file_that_is_no_article() -> None:
    notice = sample_articles() / "SOURCES"
    assert "No news outlet published them" in notice.read_text(encoding="utf-8")
    assert notice.suffix == ""


# The bootstrap

TOOLS = ("sh", "dirname", "cat", "rm", "rmdir", "mkdir", "cmp")


@pytest.fixture
def bare(tmp_path: Path) -> Path:
    """A checkout with `.ci/venv`, and a folder `bin` with a few tools and no Python."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci" / "venv", tmp_path / ".ci")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is missing"
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def add_python(checkout: Path, script: str, name: str = "python3") -> None:
    python = checkout / "bin" / name
    python.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    python.chmod(0o755)


def bootstrap(checkout: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(checkout / "bin" / "sh"), ".ci/venv", "run"],
        cwd=checkout,
        env={"PATH": str(checkout / "bin"), **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_machine_without_a_new_enough_python_is_told_so(bare: Path) -> None:
    add_python(bare, "exit 1")
    done = bootstrap(bare)
    assert done.returncode == 1
    assert done.stderr.startswith("Pressmark needs Python 3.11 or newer and found none")
    assert done.stderr.count("\n") == 1


def test_a_python_that_was_named_and_does_not_work_is_named_again(bare: Path) -> None:
    done = bootstrap(bare, PYTHON="/nowhere/python3")
    assert done.returncode == 1
    assert done.stderr.startswith("PYTHON=/nowhere/python3 is not a working Python 3.11")


def test_a_python_without_its_venv_module_gets_the_package_to_install(bare: Path) -> None:
    # As Debian parts it: the interpreter is new enough and has neither ensurepip nor pip.
    add_python(
        bare,
        f"""case "$2" in
            *ensurepip* | *virtualenv* | *pip*) exit 1 ;;
            *) exec {sys.executable} "$@" ;;
        esac""",
    )
    done = bootstrap(bare)
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    assert done.returncode == 1
    assert f"sudo apt install python{version}-venv" in done.stderr
    assert not (bare / ".venv").exists()


def test_a_shim_that_leads_nowhere_does_not_hide_a_python_behind_it(bare: Path) -> None:
    add_python(bare, "exit 127")
    made = f'exec {sys.executable} "$@"'  # without pip, which takes seconds to come
    script = f'case "$1 $2" in "-m venv") set -- "$@" --without-pip ;; esac; {made}'
    add_python(bare, script, name="python3.11")
    done = bootstrap(bare)
    assert "Making .venv" in done.stderr
    assert (bare / ".venv" / "pyvenv.cfg").exists()


def test_a_folder_that_is_no_environment_is_left_alone(bare: Path) -> None:
    add_python(bare, f'exec {sys.executable} "$@"')
    (bare / "papers").mkdir()
    (bare / "papers" / "thesis.txt").write_text("years of work", encoding="utf-8")
    done = bootstrap(bare, VENV="papers")
    assert done.returncode == 1
    assert "is no virtual environment" in done.stderr
    assert (bare / "papers" / "thesis.txt").read_text(encoding="utf-8") == "years of work"
