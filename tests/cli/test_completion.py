"""What the shell offers after Tab."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

SEEN = "2025-02-05-news-today-troops-not-seen.txt"


@pytest.fixture
def offered(process, workspace):
    """What is offered for a line as it is typed so far, as (kind, value)."""

    def offered(line: str) -> list[tuple[str, str]]:
        env = os.environ | {
            "_PRESSMARK_COMPLETE": "bash_complete",
            "COMP_WORDS": line,
            "COMP_CWORD": str(len(line.split(" ")) - 1),
        }
        done = process(cwd=workspace, env=env)
        assert (done.returncode, done.stderr) == (0, b"")
        lines = done.stdout.decode().rstrip("\n").split("\n")
        return [(kind, value) for kind, _, value in (row.partition(",") for row in lines)]

    return offered


def test_commands_and_files_are_offered_first(offered) -> None:
    assert offered("pressmark ex") == [("plain", "export"), ("file", "ex")]
    assert ("file", "see") in offered("pressmark see")


def test_options_are_those_of_the_command(offered) -> None:
    assert [value for _, value in offered("pressmark export --fi")] == ["--filter", "--field"]
    assert ("plain", "--tour") in offered("pressmark --")
    assert [value for _, value in offered("pressmark seeds --to")] == ["--tour"]


def test_a_tag_is_offered_by_its_path(offered) -> None:
    assert [value for _, value in offered("pressmark claims --tag cas")] == [
        "casualties",
        "casualties/military",
        "casualties/civilian",
    ]


def test_an_article_is_offered_by_id_and_else_as_a_file(offered, workspace) -> None:
    ids = {path.stem for path in (workspace / "annotations" / "kim").glob("??/*.json")}
    first = min(ids)
    assert ("plain", first) in offered(f"pressmark show {first[:3]}")
    assert offered("pressmark show 2025-") == [("file", "2025-")]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_a_shell_asks_pressmark(run, shell: str) -> None:
    done = run("completion", shell)
    assert (done.code, done.err) == (0, "")
    assert f"_PRESSMARK_COMPLETE={shell}_complete" in done.out


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_a_shell_takes_its_script(run, tmp_path: Path, shell: str) -> None:
    program = shutil.which(shell)
    if program is None:
        pytest.skip(f"{shell} is not here")
    script = tmp_path / "script"
    script.write_text(run("completion", shell).out)
    done = subprocess.run([program, "-n", str(script)], capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
