"""`pressmark claims` in other orders and under headings; its plain list is in `test_commands`."""

from __future__ import annotations

import pytest
from tests.cli.test_timeline import workspace as told_workspace

from tui.model.ordering import GROUPS, SORTS

workspace = told_workspace


def ids(found: list[dict[str, object]]) -> list[object]:
    return [claim["id"] for claim in found]


@pytest.mark.parametrize("sort", SORTS)
def test_every_order_has_the_same_claims(run, workspace, sort: str) -> None:
    plain = run("claims", "--json", cwd=workspace).json()
    found = run("claims", "--json", "--sort", sort, cwd=workspace).json()
    assert sorted(map(str, ids(found))) == sorted(map(str, ids(plain)))
    assert all(("group" in claim) == (sort == "grade") for claim in found)
    if sort == "article":
        assert found == plain
    if sort == "changed":
        assert found[-1]["modified"] == min(claim["modified"] for claim in plain)


@pytest.mark.parametrize("group", GROUPS)
def test_under_headings_none_is_lost(run, workspace, group: str) -> None:
    plain = run("claims", "--json", cwd=workspace).json()
    found = run("claims", "--json", "--group", group, cwd=workspace).json()
    assert set(ids(found)) == set(ids(plain))
    headings = list(dict.fromkeys(claim["group"] for claim in found))
    text = run("claims", "--group", group, cwd=workspace)
    assert (text.code, text.err) == (0, "")
    for heading in headings:
        count = sum(claim["group"] == heading for claim in found)
        assert f"{heading} · {count}" in text.out.splitlines()


@pytest.mark.parametrize(
    ("option", "says"),
    [("--sort", "no order 'size': there are article"), ("--group", "no headings 'size'")],
)
def test_another_order_is_refused(run, workspace, option: str, says: str) -> None:
    done = run("claims", option, "size", cwd=workspace)
    assert done.code == 2
    assert f"{option}: {says}" in " ".join(done.err.split())
