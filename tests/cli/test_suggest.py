"""`pressmark suggest`: lines for scripts, a listing for people, a bar for the impatient."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from tests.cli.conftest import LOSSES, SEEN

WHEN = ["start", "end", "text", "kind", "edtf", "earliest", "latest", "qualifier", "anchor", "rule"]
QUANTITY = ["start", "end", "text", "lower", "upper", "lower_inclusive", "upper_inclusive", "unit",
            "measure", "basis", "hedge"]  # fmt: skip
PROPOSAL = ["id", "spans", "chain", "when", "quantities", "modality", "hedge", "rank", "reasons"]


def lines(out: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in out.split("\n") if line]


def test_a_line_an_article_with_the_documented_fields(run, workspace) -> None:
    done = run("suggest", SEEN, LOSSES, "--json", cwd=workspace)
    assert (done.code, done.err) == (0, "")
    found = lines(done.out)
    listed = run("list", SEEN, LOSSES, "--json", cwd=workspace).json()
    assert [each["article"] for each in found] == [article["id"] for article in listed]
    for each in found:
        assert list(each) == ["article", "proposals", "dates", "quantities"]
        text = run("show", each["article"], "--json", cwd=workspace).json()["text"]
        for proposal in each["proposals"]:
            assert list(proposal) == PROPOSAL
            for hop in proposal["chain"]:
                assert list(hop) == ["source", "kind", "cue", "said"]
                assert list(hop["source"]) == ["text", "spans", "resolved"]
                for span in (*hop["source"]["spans"], *(hop["cue"] or {"spans": ()})["spans"]):
                    assert text[span["start"] : span["end"]] == span["exact"]
        assert all(list(date) == WHEN for date in each["dates"])
        assert all(list(quantity) == QUANTITY for quantity in each["quantities"])


def test_a_proposal_says_who_what_when_how_many_and_why(run, workspace) -> None:
    (found,) = lines(run("suggest", SEEN, "--json", cwd=workspace).out)
    estimated = next(p for p in found["proposals"] if p["modality"] == "estimated")
    outlet, agency = estimated["chain"]
    assert outlet["source"] == {"text": "News Today", "spans": [], "resolved": False}
    assert outlet["said"]["edtf"].startswith("2025-02-05T")
    assert (agency["source"]["text"], agency["cue"]["text"]) == ("The agency", "estimates")
    (quantity,) = estimated["quantities"]
    assert (quantity["lower"], quantity["lower_inclusive"], quantity["upper"]) == (
        3000,
        False,
        None,
    )
    assert "cue: estimates" in estimated["reasons"]
    (weeks,) = [d for d in found["dates"] if d["kind"] == "duration"]
    assert (weeks["edtf"], weeks["earliest"]) == ("P2W", "")


def test_people_get_the_statements_by_rank_with_their_reasons(run, workspace) -> None:
    done = run("suggest", SEEN, cwd=workspace)
    ranks = [line.split()[0] for line in done.out.split("\n") if line.startswith("  0.")]
    assert ranks == sorted(ranks, reverse=True)
    assert "the force has taken more than 3,000 casualties so far" in done.out
    assert "cue: estimates; source: The agency; quantity: > 3,000 casualties (total)" in done.out
    assert done.err == ""


def test_nothing_to_read_is_code_1_and_what_is_no_article_code_2(run, workspace) -> None:
    empty = workspace / "empty"
    empty.mkdir()
    done = run("suggest", empty, cwd=workspace)
    assert (done.code, "no article in" in done.err) == (1, True)
    (workspace / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert run("suggest", "photo.txt", cwd=workspace).code == 2


def test_ctrl_c_ends_all_processes_quietly_and_the_next_run_goes_on(
    workspace, home: Path, tmp_path: Path
) -> None:
    for number in range(400):
        text = (workspace / SEEN).read_text(encoding="utf-8")
        (workspace / f"more-{number}.txt").write_text(
            f"{text}\nNumber {number}.\n", encoding="utf-8"
        )
    command = [sys.executable, "-m", "tui", "suggest", "--json"]
    with (tmp_path / "out").open("wb") as out:
        process = subprocess.Popen(
            command, cwd=workspace, stdout=out, stderr=subprocess.PIPE, start_new_session=True
        )
        proposals = home / ".cache" / "pressmark" / "proposals"
        until = time.monotonic() + 50
        while not any(p.is_file() for p in proposals.rglob("*")) and time.monotonic() < until:
            time.sleep(0.02)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to the workers too
        _, err = process.communicate(timeout=30)
    assert (process.returncode, err) == (130, b"")
    done = sum(p.is_file() for p in proposals.rglob("*"))
    assert 0 < done < 409
    until = time.monotonic() + 20
    while alive(process.pid) and time.monotonic() < until:
        time.sleep(0.02)
    assert not alive(process.pid), "a worker outlived the command"


def alive(group: int) -> bool:
    """Whether a process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
