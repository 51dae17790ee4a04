"""`pressmark conflicts`: by kind, with both quotes and reasons, and a code for contradictions."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.desk import Desk

END = ["id", "proposed", "article", "title", "outlet", "published", "revision", "spans", "quote"]
KYIV = """ date 2025-02-05 [Harbor Wire] “FIGHTING AT HARROW BRIDGE”

입력 2025-02-05 10:00:00 수정 2025-02-05 10:00:00 Harbor Wire

Kyiv said that at least 300 soldiers were killed at Harrow bridge on Tuesday.
"""
MOSCOW = """ date 2025-02-05 [Northern Desk] “BATTLE OF HARROW BRIDGE”

입력 2025-02-05 14:00:00 수정 2025-02-05 14:00:00 Northern Desk

Moscow said that only 120 soldiers were killed at Harrow bridge on Tuesday.
"""
ODD = (
    "Kyiv said that the \x1b[31mred\x1b[0m boats \u202eof the Harrow river guard left the harbour."
)


@pytest.fixture
def news(tmp_path: Path, home: Path) -> Path:
    """A workspace of two articles that contradict each other, without a claim."""
    root = tmp_path / "news"
    root.mkdir()
    (root / "kyiv.txt").write_text(KYIV, encoding="utf-8")
    (root / "moscow.txt").write_text(MOSCOW, encoding="utf-8")
    return root


def test_claims_alone_are_compared_unless_proposals_are_asked_for(run, news: Path) -> None:
    done = run("conflicts", cwd=news)
    assert (done.code, done.out) == (0, "")
    assert "no two claims" in done.err
    assert run("conflicts", "--proposals", cwd=news).code == 1
    desk = Desk.open(root=news, analyst="kim", locks=news.parent / "locks")
    desk.scan()
    for entry in desk.entries():
        desk.take({entry.id: [each.id for each in desk.proposals(entry.id)]})
    desk.close()
    done = run("conflicts", "--json", cwd=news)
    (link,) = done.json()
    assert (done.code, link["kind"], link["from"]["proposed"]) == (1, "contradicts", False)


def test_scripts_get_both_ends_with_their_places(run, news: Path) -> None:
    done = run("conflicts", "--proposals", "--json", cwd=news)
    assert (done.code, done.err) == (1, "")
    (link,) = done.json()
    assert list(link) == ["id", "kind", "score", "reasons", "from", "to"]
    assert list(link["from"]) == list(link["to"]) == END
    assert (link["from"]["outlet"], link["to"]["outlet"]) == ("Northern Desk", "Harbor Wire")
    assert "both killed" in link["reasons"]
    for end in (link["from"], link["to"]):
        text = run("show", end["article"], "--json", cwd=news).json()["text"]
        (span,) = end["spans"]
        assert text[span["start"] : span["end"]] == end["quote"]


def test_people_get_them_by_kind_the_quotes_below_the_reasons(run, news: Path) -> None:
    done = run("conflicts", "--proposals", cwd=news)
    lines = done.out.split("\n")
    assert lines[0] == "contradicts: figures that cannot both be true"
    assert "120 soldiers (killed) against ≥ 300 soldiers (killed)" in lines[2]
    assert lines[3].strip() == "“only 120 soldiers were killed at Harrow bridge on Tuesday”"
    assert lines[4].strip().startswith("2025-02-05 · Northern Desk · BATTLE OF HARROW BRIDGE")
    assert done.err == "pressmark: 1 contradicts\n"


def test_kinds_and_paths_choose_and_only_contradictions_are_code_1(run, workspace) -> None:
    done = run("conflicts", "--proposals", "--json", cwd=workspace)
    kinds = [link["kind"] for link in done.json()]
    assert "repeats" in kinds
    assert done.code == (1 if "contradicts" in kinds else 0)
    only = run(
        "conflicts",
        "--proposals",
        "--kind",
        "repeats",
        "--kind",
        "supports",
        "--json",
        cwd=workspace,
    )
    assert only.code == 0
    assert {link["kind"] for link in only.json()} <= {"repeats", "supports"}
    first = only.json()[0]["from"]["article"]
    path = run("show", first, "--json", cwd=workspace).json()["path"]
    done = run("conflicts", path, "--proposals", "--json", cwd=workspace)
    assert all(first in (k["from"]["article"], k["to"]["article"]) for k in done.json())
    done = run("conflicts", "--kind", "agrees", cwd=workspace)
    assert (done.code, "'agrees' is not one of" in done.err) == (2, True)


def test_nothing_to_read_is_code_1_and_what_is_no_article_code_2(run, news: Path) -> None:
    (news / "empty").mkdir()
    done = run("conflicts", "empty", cwd=news)
    assert (done.code, "no article in" in done.err) == (1, True)
    (news / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert run("conflicts", "photo.txt", cwd=news).code == 2


def test_nothing_that_an_article_says_acts_on_the_terminal(run, news: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (news / name).write_text(f"{name} \x07\n\n{ODD}\n", encoding="utf-8")
    done = run("conflicts", "--proposals", "--kind", "repeats", cwd=news)
    assert "boats" in done.out
    assert not set("\x1b\x07\u202e") & set(done.out)
    done = run("conflicts", "--proposals", "--kind", "repeats", "--json", cwd=news)
    assert not set("\x1b\x07\u202e") & set(done.out)
    assert "\x1b" in done.json()[0]["to"]["quote"]
