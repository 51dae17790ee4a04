"""`pressmark learner`: looked at, exported, turned off, reset; and what it does to `suggest`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import SEEN

from tui.desk import Desk


@pytest.fixture
def taught(workspace: Path, tmp_path: Path) -> list[str]:
    """Kim has dropped what is quoted of an article and taken the rest; ids of what was taken."""
    desk = Desk.open(root=workspace, analyst="kim", locks=tmp_path / "locks")
    found = desk.suggest(desk.find(SEEN)).proposals
    decisions = [(p, not any('"' in span.exact for span in p.spans)) for p in found]
    desk.learn(decisions)
    desk.close()
    return [p.id for p, taken in decisions if taken]


def test_without_a_decision_there_is_little_to_say(run, workspace) -> None:
    done = run("learner", cwd=workspace)
    assert (done.code, done.out) == (0, "the learner is on; nothing was decided yet\n")
    assert not (workspace / "annotations" / "kim" / "learner.json").exists()


def test_people_get_the_decisions_and_the_strongest_weights_in_words(
    run, workspace, taught
) -> None:
    out = run("learner", cwd=workspace).out
    assert f"{len(taught)} taken" in out.split("\n")[0]
    speaks_for, against = out.split("SPEAKS AGAINST IT")
    assert "quoted" in against.split("\n")[2], "the strongest comes first"
    assert "quoted" not in speaks_for
    weights = [float(line.split()[0]) for line in speaks_for.split("\n") if line.startswith(" +")]
    assert weights == sorted(weights, reverse=True)


def test_all_of_it_is_exported_as_json(run, workspace, taught) -> None:
    found = run("learner", "--json", cwd=workspace).json()
    assert list(found) == ["on", "decisions", "folded", "weights", "log"]
    assert [each["id"] for each in found["log"] if each["accepted"]] == taught
    assert list(found["log"][0]) == ["id", "accepted", "rank", "features"]
    assert list(found["weights"][0]) == ["feature", "weight", "decisions"]
    (quoted,) = [each for each in found["weights"] if each["feature"] == "quoted"]
    assert quoted["weight"] < 0
    assert quoted["decisions"] == found["decisions"] - len(taught)


def test_suggest_ranks_by_it_until_it_is_off_or_reset(run, workspace, taught) -> None:
    def ranks() -> list[float]:
        (line,) = run("suggest", SEEN, "--json", cwd=workspace).out.split("\n")[:1]
        return [proposal["rank"] for proposal in json.loads(line)["proposals"]]

    learned = ranks()
    assert run("learner", "--off", cwd=workspace).out.startswith("the learner is off")
    rules = ranks()
    assert rules != learned
    assert all(rank * 100 == pytest.approx(round(rank * 100)) for rank in rules)
    assert run("learner", "--on", cwd=workspace).out == "the learner is on\n"
    assert ranks() == learned
    reset = run("learner", "--reset", cwd=workspace)
    assert reset.out.split()[1:3] == ["decisions", "forgotten:"]
    assert ranks() == rules
    assert run("learner", "--json", cwd=workspace).json()["log"] == []


def test_with_json_what_was_done_is_said_aside(run, workspace, taught) -> None:
    done = run("learner", "--off", "--json", cwd=workspace)
    assert done.json()["on"] is False
    assert "the learner is off" in done.err


def test_two_wishes_at_once_are_refused(run, workspace) -> None:
    done = run("learner", "--on", "--reset", cwd=workspace)
    assert (done.code, "one of them at a time" in done.err) == (2, True)


def test_a_damaged_file_is_named_and_only_a_reset_replaces_it(run, workspace) -> None:
    path = workspace / "annotations" / "kim" / "learner.json"
    path.write_bytes(b"{")
    done = run("learner", cwd=workspace)
    assert (done.code, f"{path} is passed over" in done.err) == (0, True)
    assert run("learner", "--off", cwd=workspace).code == 2
    assert path.read_bytes() == b"{"
    problems = run("doctor", "--json", cwd=workspace).json()["problems"]
    assert any(str(path) in problem for problem in problems)
    done = run("learner", "--reset", cwd=workspace)
    assert (done.code, ".damaged" in done.out) == (0, True)
    assert run("learner", cwd=workspace).err == ""
