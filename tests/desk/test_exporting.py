"""An export reads one article after the other; what is stopped leaves nothing behind."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import mark

from tui.desk import Desk
from tui.exchange import FORMATS, ArticleBundle
from tui.model.steps import Far

MANY = 12
WRITTEN = [about.name for about in FORMATS.values() if about.writes and not about.codebook]


@pytest.fixture
def many(root: Path, open_desk: Opener) -> Desk:
    """A desk with a dozen annotated articles more, each linked with the one before it."""
    for number in range(MANY):
        (root / f"story-{number:02}.txt").write_text(f"Story {number}\n\nThe mayor said so.\n")
    desk = open_desk()
    for number in range(MANY):
        mark(desk, f"story-{number:02}.txt", "The mayor said so.", "war")
    desk.flush()
    return desk


def in_memory() -> int:
    """How many articles of a bundle there are."""
    return sum(isinstance(each, ArticleBundle) for each in gc.get_objects())


def there(*folders: Path) -> set[Path]:
    """Everything below some folders."""
    return {path for folder in folders for path in folder.rglob("*")}


@pytest.mark.parametrize("form", WRITTEN)
def test_an_export_holds_one_article_at_a_time(many: Desk, form: str, tmp_path: Path) -> None:
    steps, before = many.exporting(form, None, tmp_path / "out"), in_memory()
    most, done = 0, set[int]()
    for far in steps:
        if far.what == "exporting" and far.done not in done:
            done.add(far.done)
            most = max(most, in_memory() - before)
    assert len(done) >= MANY // 2, "there is a step between any two articles"
    assert 1 <= most <= 2


@pytest.mark.parametrize("form", WRITTEN)
def test_an_export_that_is_stopped_leaves_nothing(
    many: Desk, form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, beside = tmp_path / "out", tmp_path / "temporary"
    out.mkdir()
    beside.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(beside))
    (out / "claims").write_text("as it was") if FORMATS[form].place != "folder" else None
    before = there(out, beside)
    steps = many.exporting(form, None, out / "claims")
    for far in steps:
        if far.what == "exporting" and far.done > MANY // 2:
            break
    else:
        pytest.fail("it was over before it could be stopped")
    steps.close()
    assert there(out, beside) == before
    assert all(path.read_text() == "as it was" for path in before)


def test_an_import_that_is_stopped_while_it_is_planned_changes_nothing(
    many: Desk, root: Path, tmp_path: Path, open_desk: Opener
) -> None:
    many.export("jsonl", output=tmp_path / "all.jsonl", with_text=True)
    many.close()
    lee = open_desk("lee")
    for path in root.glob("annotations/kim/??/*.json"):
        path.unlink()
    lee.poll()
    before = there(root)
    steps = lee.planning(tmp_path / "all.jsonl")
    seen: list[Far] = []
    for far in steps:
        seen.append(far)
        if far.what == "placing":
            break
    steps.close()
    assert {far.what for far in seen} >= {"comparing", "placing"}
    assert there(root) == before
    assert lee.import_(tmp_path / "all.jsonl").added == 2 * MANY
