"""Help, version and unknown words: quick, complete, and the right exit code."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import click
import pytest

from tui import cli
from tui.cli.loading import load
from tui.cli.page import COMMANDS, PAGE
from tui.cli.running import arranged
from tui.version import VERSION

HELP = Path(cli.__file__).parent / "help"
NAMES = sorted(COMMANDS)


def options(command: click.Command) -> set[str]:
    return {option for param in command.params for option in param.opts if option[:2] == "--"}


@pytest.mark.parametrize("name", NAMES)
def test_the_page_of_a_command_is_the_one_its_options_make(
    name: str, request: pytest.FixtureRequest
) -> None:
    # `--snapshot-update` writes the pages anew.
    command = load(name)
    context = click.Context(
        command, info_name=f"pressmark {name}", terminal_width=80, **command.context_settings
    )
    page = command.get_help(context) + "\n"
    path = HELP / f"{name}.txt"
    if request.config.getoption("update_snapshots", default=False):
        path.write_text(page, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("flag", ["--help", "-h"])
def test_every_command_helps_and_says_each_of_its_options(run, name: str, flag: str) -> None:
    done = run(name, flag)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"Usage: pressmark {name}")
    assert all(option in done.out for option in options(load(name)))
    assert all(len(line) <= 80 for line in done.out.split("\n"))


def test_help_among_other_words_is_the_same_page(run) -> None:
    first, second = run("list", "--json", "--help"), run("list", "--help")
    assert first.code == second.code == 0
    assert " ".join(first.out.split()) == " ".join(second.out.split())
    assert run("seeds", "--help").out == run("--help").out == PAGE


def test_the_first_page_names_every_command_and_every_option_of_the_reader(run) -> None:
    done = run("--help")
    assert done.code == 0
    listed = re.findall(r"^  ([a-z]+) +\S", done.out.partition("Commands:")[2], flags=re.MULTILINE)
    assert sorted(listed) == NAMES
    assert all(option in done.out for option in options(load("")))
    assert all(len(line) <= 80 for line in done.out.split("\n"))


@pytest.mark.parametrize("arguments", [["--version"], ["seeds", "--version"]])
def test_the_version_is_one_line(run, arguments: list[str]) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (0, f"pressmark {VERSION}\n")


def test_both_ways_to_start_say_the_same() -> None:
    script = Path(sys.executable).parent / "pressmark"
    ways = [[str(script)], [sys.executable, "-m", "tui"]]
    said = [subprocess.run([*way, "--help"], capture_output=True, check=True) for way in ways]
    assert said[0].stdout == said[1].stdout == PAGE.encode()


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["export", "--help"]])
def test_version_and_help_take_at_most_five_times_a_bare_python(arguments: list[str]) -> None:
    bare = fastest([sys.executable, "-c", "pass"])
    assert fastest([sys.executable, "-m", "tui", *arguments]) < 5 * bare


def fastest(command: list[str]) -> float:
    def seconds() -> float:
        begun = time.perf_counter()
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        return time.perf_counter() - begun

    return min(seconds() for _ in range(6))


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["list", "--help"]])
def test_help_and_version_read_neither_config_nor_click(arguments: list[str]) -> None:
    loaded = modules_after(arguments)
    assert not loaded & {"click", "platformdirs", "tomllib", "textual"}
    assert {name for name in loaded if name.startswith("tui.")} <= {
        "tui.cli", "tui.cli.page", "tui.version",
    }  # fmt: skip


def modules_after(arguments: list[str]) -> set[str]:
    code = (
        f"import sys; from tui.cli import main; main({arguments!r}); "
        "sys.stderr.write(' '.join(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stderr.split())


# Which command is meant


@pytest.mark.parametrize(
    ("given", "name", "rest"),
    [
        ([], "", []),
        (["seeds"], "", ["seeds"]),
        (["list"], "list", []),
        (["./list"], "", ["./list"]),
        (["--", "list"], "", ["--", "list"]),
        (["seeds", "list"], "", ["seeds", "list"]),
        (["--workspace", "list", "claims"], "claims", ["--workspace", "list"]),
        (["--workspace=news", "list", "--json"], "list", ["--workspace=news", "--json"]),
        (["--tour", "list"], "list", ["--tour"]),
        (["-", "list"], "", ["-", "list"]),
    ],
)
def test_the_first_word_that_is_no_option_says_which_command_is_meant(
    given: list[str], name: str, rest: list[str]
) -> None:
    assert arranged(given) == (name, rest)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["list", "--nope"], "no such option"),
        (["show"], "missing argument 'ARTICLE'"),
        (["show", "a", "b"], "unexpected extra argument"),
        (["import"], "missing argument 'FILE'"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'"),
        (["keys", "--json", "--markdown"], "cannot both be"),
        (["claims", "--status", "done"], "no status 'done'"),
        (["claims", "--after", "yesterday"], "is no time"),
        (["claims", "--field", "urgency"], "write NAME=VALUE"),
        (["claims", "--source", "NIS", "--source", "NYT"], "is given 2 times"),
        (["export", "--tag", "a//b"], "is no tag"),
        (["list", ""], "a path cannot be empty"),
        (["list", "--workspace"], "requires an argument"),
        (["--tour", "list"], "no such option"),
        (["--tour", "seeds"], "no PATH and no --workspace"),
    ],
)
def test_wrong_use_is_said_in_one_sentence_with_code_2(
    run: Callable, arguments: list[str], said: str
) -> None:
    done = run(*arguments)
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("pressmark: ")
    assert said in done.err
    assert done.err.count("\n") == 1
