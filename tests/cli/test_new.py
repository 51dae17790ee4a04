"""`pressmark new`: what came since the last visit, for a nightly job."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import KOREAN, LOSSES, SEEN, sentence

from tui.desk import Desk

KEYS = ["what", "article", "title", "outlet", "published", "path", "revision"]


def kinds(found: list[dict[str, object]]) -> list[object]:
    return [each["what"] for each in found]


def test_everything_is_new_until_a_visit_and_nothing_after_it(run, workspace: Path) -> None:
    found = run("new", workspace, "--json").json()
    assert kinds(found) == ["article"] * 9 + ["annotation"] * 0
    assert all(list(each) == KEYS for each in found)
    assert run("new", workspace, "--json").json() == found
    assert run("new", workspace, "--mark", "--json").json() == found
    done = run("new", workspace, "--json")
    assert (done.code, done.json()) == (0, [])
    assert "nothing new since" in run("new", workspace).err


def test_what_a_colleague_and_the_wire_bring_is_told_and_told_again(
    run, workspace: Path, tmp_path: Path
) -> None:
    run("new", workspace, "--mark")
    late = workspace / "2025-03-01-late.txt"
    late.write_text("A LATE STORY\n\nWire\n2025-03-01\n\nNobody had heard of it.\n")
    seen = workspace / SEEN
    before = run("list", seen, "--json").json()[0]["revision"]
    seen.write_bytes(seen.read_bytes() + b"\nOne more line.\n")
    with_lee = Desk.open(root=workspace, analyst="lee", locks=tmp_path / "locks")
    korean = with_lee.find(KOREAN)
    with_lee.highlight(korean, [sentence(with_lee, korean, 3)])
    with_lee.close()
    for _ in range(2):
        found = run("new", workspace, "--json").json()
        assert kinds(found) == ["article", "revision", "annotation"]
        assert found[0]["path"] == late.name
        assert (found[1]["path"], found[1]["old"]) == (SEEN, before)
        assert found[1]["revision"] != before
        assert found[2]["by"] == "lee"
        assert found[2]["type"] == "highlight"
        assert found[2]["path"] == KOREAN
        assert found[2]["text"]
    assert kinds(run("new", late, "--json").json()) == ["article"]
    assert run("new", workspace, "--since", "2999", "--json").json() == []
    assert len(run("new", workspace, "--since", "2000", "--json").json()) > 9
    assert "is no time" in run("new", workspace, "--since", "soon").err
    assert len(run("new", workspace, "--mark", "--json").json()) == 3
    assert run("new", workspace, "--json").json() == []


def test_a_claim_of_a_colleague_that_contradicts_one_is_a_conflict(
    run, workspace: Path, tmp_path: Path
) -> None:
    told = ("The spy service said on Friday that {} soldiers had been killed in Kursk by January.",)
    for name, count in (("one", "3,000"), ("other", "5,000")):
        (workspace / f"2025-02-20-{name}.txt").write_text(
            f"{name.upper()} COUNT\n\n{name} wire\n2025-02-20\n\n{told[0].format(count)}\n"
        )

    def claimed(analyst: str, path: str) -> None:
        desk = Desk.open(root=workspace, analyst=analyst, locks=tmp_path / "locks")
        article = desk.find(path)
        place = sentence(desk, article, len(desk.outline(article).sentences) - 1)
        desk.save_claim(desk.draft(article, [place]), [place])
        desk.close()

    claimed("kim", "2025-02-20-one.txt")
    run("new", workspace, "--mark")
    claimed("lee", "2025-02-20-other.txt")
    (conflict,) = (
        each for each in run("new", workspace, "--json").json() if each["what"] == "conflict"
    )
    assert {"3,000", "5,000"} == {
        count
        for end in ("from", "to")
        for count in ("3,000", "5,000")
        if count in conflict[end]["quote"]
    }
    assert conflict["reasons"]


def test_list_and_claims_and_search_take_a_filter_by_its_name(run, workspace: Path) -> None:
    desk = Desk.open(root=workspace, analyst="kim", locks=workspace.parent / "locks")
    desk.save_filter("losses", "claims", "tag:casualties")
    desk.save_filter("either", "search", "drones OR rehearsal")
    desk.close()
    (article,) = run("list", workspace, "--filter", "@losses is:done", "--json").json()
    assert article["path"] == LOSSES
    assert len(run("claims", workspace, "--filter", "@losses", "--json").json()) == 1
    both = run("search", "@either", workspace, "--json", "--kind", "article").json()
    listed = run("list", workspace, "--filter", "@either", "--json").json()
    assert {hit["article"] for hit in both} == {each["id"] for each in listed}
    assert len(both) > 1
    done = run("list", workspace, "--filter", "@losses is:gone")
    assert (done.code, done.out) == (1, "")
    assert "nothing is saved as @other (@either, @losses)" in run("search", "@other", workspace).err
    (workspace / "annotations/kim/saved.toml").write_text("saved = 3")
    assert "saved.toml cannot be read" in run("list", workspace, "--filter", "@losses").err
