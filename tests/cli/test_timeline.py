"""`pressmark timeline`: for scripts and for people, over the claims of two analysts' workspace."""

from __future__ import annotations

import pytest
from tests.cli.conftest import LOSSES, SEEN, sentence

from tui.desk import Desk

CLAIM = [
    "id", "article", "path", "title", "outlet", "published", "period", "when", "statement",
    "chain", "said", "quantities", "about", "modality", "status", "stale", "flagged", "grade",
    "tags", "by",
]  # fmt: skip
POINT = [
    "claim", "edtf", "earliest", "latest", "text", "lower", "upper", "lower_inclusive",
    "upper_inclusive", "hedge", "source", "status", "grade",
]  # fmt: skip


@pytest.fixture
def workspace(workspace, tmp_path):
    """The workspace with all sentences of one more article as claims."""
    desk = Desk.open(root=workspace, analyst="kim", locks=tmp_path / "locks")
    article = desk.find(LOSSES)
    for index in range(2, len(desk.outline(article).sentences)):
        extents = [sentence(desk, article, index)]
        desk.save_claim(desk.draft(article, extents), extents)
    desk.close()
    return workspace


def test_the_promised_keys_in_the_order_of_time(run, workspace) -> None:
    done = run("timeline", "--json", cwd=workspace)
    assert (done.code, done.err) == (0, "")
    found = done.json()
    assert list(found) == ["claims", "figures"]
    assert all(list(claim) == CLAIM for claim in found["claims"])
    dated = [claim for claim in found["claims"] if claim["period"]]
    assert found["claims"][: len(dated)] == dated
    assert 0 < len(dated) < len(found["claims"])
    begins = [claim["when"]["earliest"] or claim["when"]["latest"] for claim in dated]
    assert begins == sorted(begins)
    for claim, begin in zip(dated, begins, strict=True):
        assert begin.startswith(claim["period"])


def test_its_claims_are_those_of_claims_and_its_figures_those_of_the_claims(run, workspace) -> None:
    found = run("timeline", "--json", cwd=workspace).json()
    claims = {claim["id"]: claim for claim in run("claims", "--json", cwd=workspace).json()}
    assert {claim["id"] for claim in found["claims"]} == set(claims)
    for claim in found["claims"]:
        same = claims[claim["id"]]
        shared = (claim.keys() & same.keys()) - {"article"}
        assert {key: claim[key] for key in shared} == {key: same[key] for key in shared}
    points = [point for series in found["figures"] for point in series["points"]]
    assert all(list(point) == POINT for point in points)
    counted = [q["text"] for claim in claims.values() for q in claim["quantities"]]
    assert sorted(point["text"] for point in points) == sorted(counted)
    assert counted
    for series in found["figures"]:
        assert list(series) == ["unit", "measure", "basis", "about", "points"]
        for point in series["points"]:
            units = {q["unit"] for q in claims[point["claim"]]["quantities"]}
            assert series["unit"] in units


@pytest.mark.parametrize(
    "options",
    [
        ["--status", "accepted"],
        ["--filter", "status:accepted"],
        ["--filter", "status:accepted", "--filter", "spy"],
        ["--filter", "spy", "--status", "accepted,rejected"],
        ["--article", SEEN],
        [SEEN],
    ],
)
def test_it_is_narrowed_by_options_or_by_a_line_as_in_the_reader(run, workspace, options) -> None:
    (claim,) = run("timeline", "--json", *options, cwd=workspace).json()["claims"]
    assert (claim["path"], claim["status"], claim["grade"]) == (SEEN, "accepted", "B2")


def test_the_line_of_a_filter_works_for_claims_and_exports_too(run, workspace) -> None:
    claims = run("claims", "--json", "--filter", "status:accepted spy", cwd=workspace).json()
    assert [claim["path"] for claim in claims] == [SEEN]
    exported = run("export", "--filter", "status:accepted spy", cwd=workspace).out
    assert exported.count('"type":"claim"') == 1
    done = run("claims", "--filter", "status:true", cwd=workspace)
    assert (done.code, done.out) == (2, "")
    assert "--filter: no status 'true'" in done.err


def test_for_people_claims_stand_under_periods_and_figures_as_bars(run, workspace) -> None:
    done = run("timeline", cwd=workspace)
    assert (done.code, done.err) == (0, "")
    found = run("timeline", "--json", cwd=workspace).json()
    lines = done.out.split("\n")
    assert "time not resolved" in lines
    assert lines.index("time not resolved") > 0
    for claim in found["claims"]:
        assert f"    {' '.join(claim['statement'].split())}" in lines
    assert any("accepted · B2" in line for line in lines)
    bars = [line for line in lines if set(line) & set("┣◆┫")]
    assert len(bars) == sum(len(series["points"]) for series in found["figures"])


def test_without_a_claim_it_says_so(run, workspace) -> None:
    done = run("timeline", "--filter", "nowhere", cwd=workspace)
    assert (done.code, done.out) == (0, "")
    assert "no claims in the whole workspace; with the words nowhere" in done.err
    assert run("timeline", "--article", "nosuch", cwd=workspace).code == 1
