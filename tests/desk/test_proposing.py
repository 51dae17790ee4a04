"""Proposals through the desk: kept for a revision, found anew for another, by many processes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.desk.conftest import Opener

from tui.analysis import Suggestions
from tui.desk import Desk, DeskError
from tui.model.sources import Source
from tui.samples import sample_articles


def kept(cache: Path) -> dict[Path, int]:
    return {p: p.stat().st_mtime_ns for p in (cache / "proposals").rglob("*") if p.is_file()}


def opened(root: Path, tmp_path: Path) -> Desk:
    desk = Desk.open(
        [], root=root, analyst="kim", locks=tmp_path / "locks", cache=tmp_path / "cache"
    )
    desk.scan()
    return desk


def test_what_is_proposed_is_no_annotation(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    assert len(desk.suggest(article).proposals) == 4
    assert desk.annotations(article).all_claims() == ()
    assert not desk.annotations_dir.exists()


def test_the_proposals_of_a_revision_are_kept_and_another_text_has_others(
    root: Path, tmp_path: Path
) -> None:
    desk = opened(root, tmp_path)
    article = desk.find("nis.txt")
    first = desk.suggest(article)
    assert desk.suggest(article) is first
    desk.close()
    (path,) = kept(tmp_path / "cache")

    again = opened(root, tmp_path)
    assert again.suggest(article) == first
    again.close()
    path.write_bytes(path.read_bytes()[:-20])
    damaged = opened(root, tmp_path)
    assert damaged.suggest(article) == first
    text = (root / "nis.txt").read_text(encoding="utf-8")
    (root / "nis.txt").write_text(text + "\nMoscow denied it lost men.\n", encoding="utf-8")
    damaged.poll()
    later = damaged.suggest(article)
    damaged.close()
    assert later.revision != first.revision
    assert len(later.proposals) == len(first.proposals) + 1


def test_a_source_that_the_analyst_names_gives_other_proposals(open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    assert desk.suggest(article).proposals[0].chain[-1].source.text == "The intelligence service"
    desk.remember_source(Source("NIS", ("The intelligence service",)))
    assert desk.suggest(article).proposals[0].chain[-1].source.text == "NIS"


def test_many_processes_find_what_one_does_and_go_on_where_they_were_broken_off(
    tmp_path: Path,
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    for path in sample_articles().glob("*.txt"):
        shutil.copy(path, root)
    desk = opened(root, tmp_path)
    articles = [entry.id for entry in desk.entries()]
    broken_off = desk.suggest_all(articles)
    first: list[Suggestions] = [next(broken_off), next(broken_off)]
    broken_off.close()
    times = kept(tmp_path / "cache")
    assert len(times) == 2

    done: list[int] = []
    found = list(desk.suggest_all(articles, done.append))
    assert found[:2] == first
    assert [each.article for each in found] == articles
    assert done == list(range(1, len(articles) + 1))
    assert times.items() < kept(tmp_path / "cache").items(), "those two were not read again"
    times = kept(tmp_path / "cache")
    assert len(times) == len(articles)
    assert list(desk.suggest_all(articles)) == found
    assert kept(tmp_path / "cache") == times, "nothing was read twice"
    desk.close()

    alone = Desk.open([], root=root, analyst="kim", locks=tmp_path / "locks")
    alone.scan()
    assert [alone.suggest(article) for article in articles] == found
    alone.close()


def test_an_article_that_is_gone_is_left_out(open_desk: Opener, root: Path) -> None:
    desk = open_desk()
    articles = [entry.id for entry in desk.entries()]
    (root / "plain.txt").unlink()
    found = [each.article for each in desk.suggest_all([*articles, "nothing"])]
    assert set(found) < set(articles)
    with pytest.raises(DeskError):
        desk.suggest("nothing")
