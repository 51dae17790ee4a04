"""What crosses articles: the claims list, candidates for a link, exports and imports."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import NIS, claim, mark

from tui.desk import Desk, DeskError
from tui.model.codec import to_json
from tui.model.filters import Filter
from tui.model.records import Quantity
from tui.store import open_store


def kept(root: Path) -> list[dict[str, Any]]:
    """The live records on the disk, without what may differ between equal ones."""
    store = open_store(root / "annotations", "kim", locks=root.parent / "locks")
    found = [to_json(r) for shelf in store.heads() for r in shelf.records if not r.deleted]
    for data in found:
        for key in ("rev", "modified"):
            data.pop(key, None)
    return sorted(found, key=lambda data: data["id"])


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A desk with three claims, one of them accepted, and a highlight without one."""
    first = claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    second = claim(desk, "losses.txt", "lost 4,000 men", "", "casualties/military")
    third = claim(desk, "nis.txt", "lost more than 3,000 men", "", "casualties")
    quantity = Quantity("3,000 men", lower=3000, unit="men")
    desk.save_claim(replace(third, quantities=(quantity,)))
    desk.save_claim(replace(second, quantities=(replace(quantity, lower=4000),)))
    desk.review(first.id, "accept")
    desk.grade(first.id, "B", "2")
    desk.review(first.id, "accept")
    desk.link(second.id, third.id, "contradicts")
    mark(desk, "plain.txt", "The troops are gone.", "doubtful")
    desk.note_article(desk.find("plain.txt"), "short")
    return desk


def test_claims_come_by_article_and_in_text_order(worked: Desk) -> None:
    rows = worked.claims()
    assert [(r.entry.path, r.claim.statement) for r in rows] == [
        ("nis.txt", "11,000 soldiers"),
        ("nis.txt", "lost more than 3,000 men"),
        ("losses.txt", "lost 4,000 men"),
    ]
    assert [(r.status.name, r.grade) for r in rows] == [
        ("accepted", "B2"),
        ("draft", ""),
        ("draft", ""),
    ]


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (Filter(status="draft"), 2),
        (Filter(tag="casualties"), 2),
        (Filter(tag="casualties/military"), 1),
        (Filter(grade="B2"), 1),
        (Filter(analyst="lee"), 0),
        (Filter(source="nis"), 3),
        (Filter(articles=("losses.txt",)), 1),
        (Filter(text="11,000"), 1),
    ],
)
def test_claims_are_filtered(worked: Desk, wanted: Filter, count: int) -> None:
    assert len(worked.claims(wanted)) == count


@pytest.mark.parametrize(
    "wanted", [Filter(), Filter(status="draft"), Filter(tag="casualties"), Filter(text="nothing")]
)
def test_a_timeline_tells_the_claims_that_are_listed_whatever_the_filter(
    worked: Desk, wanted: Filter
) -> None:
    rows = {r.claim.id: (r.entry.id, r.status, r.grade) for r in worked.claims(wanted)}
    periods = worked.timeline(wanted)
    found = {t.claim.id: (t.article, t.status, t.grade) for p in periods for t in p.rows}
    assert found == rows
    losses = worked.find("losses.txt")
    (told,) = (t for p in worked.timeline(articles=[losses]) for t in p.rows)
    assert (told.path, told.tags, told.published) == (
        "losses.txt",
        ("casualties/military",),
        "2025-02-07T10:00",
    )


def test_a_timeline_needs_no_text(worked: Desk, root: Path, open_desk: Opener) -> None:
    before = worked.timeline()
    worked.close()
    shutil.rmtree(root / "annotations" / "revisions")
    for file in root.glob("*.txt"):
        file.unlink()
    found = open_desk("kim").timeline()
    assert [[t.claim for t in p.rows] for p in found] == [[t.claim for t in p.rows] for p in before]


def test_every_record_has_one_line_in_an_export_a_link_between_articles_too(worked: Desk) -> None:
    for articles in (None, [worked.find("nis.txt")], [worked.find("losses.txt")]):
        text = worked.export("jsonl", articles=articles).text
        lines = [json.loads(line) for line in text.split("\n") if line]
        ids = [line["id"] for line in lines if "id" in line]
        assert len(ids) == len(set(ids))
        assert [line["kind"] for line in lines if line["type"] == "link"] == ["contradicts"]


def test_the_likeliest_candidate_for_a_link_comes_first(worked: Desk) -> None:
    rows = worked.claims()
    found = worked.link_candidates(rows[1].claim.id)
    assert [told.claim.statement for told in found] == ["lost 4,000 men", "11,000 soldiers"]
    with pytest.raises(DeskError):
        worked.link_candidates("nothing")


def test_everything_annotated_is_told_even_outside_the_opened_paths(
    worked: Desk, root: Path, open_desk: Opener
) -> None:
    worked.close()
    narrow = open_desk("kim", root / "nis.txt")
    assert [e.path for e in narrow.entries()] == ["nis.txt"]
    assert [e.path for e, _ in narrow.all_annotations()] == ["nis.txt", "losses.txt", "plain.txt"]
    assert all(p.fit == "exact" for _, notes in narrow.all_annotations() for p in notes.highlights)
    (root / "losses.txt").unlink()
    gone = open_desk("kim", root / "nis.txt")
    assert [r.placed.fit for r in gone.claims()] == ["exact"] * 3, "from the kept revision"
    shutil.rmtree(root / "annotations" / "revisions")
    lost = open_desk("kim", root / "nis.txt")
    assert [r.placed.fit for r in lost.claims()] == ["exact", "exact", "orphan"]


def test_an_export_says_beforehand_what_it_holds(worked: Desk) -> None:
    words = "3 claims, 1 accepted, 2 draft, 1 highlight without a claim"
    assert worked.preview() == words
    assert worked.export("jsonl").words == words
    assert worked.preview(Filter(status="accepted")) == "1 claim, 1 accepted"
    article = (worked.find("losses.txt"),)
    assert worked.preview(articles=article) == "1 claim, 1 draft"
    bundle = worked.bundle(Filter(tag="casualties"), article)
    assert [p.article.path for p in bundle.articles] == ["losses.txt"]
    assert "losses" in bundle.scope.lower() or "Losses" in bundle.scope


@pytest.mark.parametrize("form", ["jsonl", "csv", "md"])
def test_an_export_is_written_where_it_says(worked: Desk, form: str) -> None:
    path = worked.export_path(form)
    done = worked.export(form, output=path)
    assert done.path == path
    assert "11,000 soldiers" in path.read_text(encoding="utf-8")
    assert worked.export_path(form) != path, "the next one does not write over it"
    assert "11,000 soldiers" in worked.export(form).text


def test_an_export_that_cannot_be_is_refused(worked: Desk, tmp_path: Path) -> None:
    with pytest.raises(DeskError) as refusal:
        worked.export("docx")
    assert refusal.value.code == 2
    with pytest.raises(DeskError) as failure:
        worked.export("csv", output=tmp_path / "nowhere" / "claims.csv")
    assert failure.value.code == 3


def test_an_import_into_another_workspace_gives_equal_live_records_and_codebook(
    worked: Desk, root: Path, tmp_path: Path
) -> None:
    worked.new_tag("places/russia")
    worked.change_codebook(worked.codebook.moved("military", "forces"), "rename")
    path = tmp_path / "all.jsonl"
    worked.export("jsonl", output=path)
    worked.flush()
    other = tmp_path / "other"
    other.mkdir()
    for file in root.glob("*.txt"):
        shutil.copy(file, other)
    there = Desk.open((), root=other, analyst="kim", locks=tmp_path / "locks")
    dry = there.import_(path, dry_run=True)
    assert not (other / "annotations").exists()
    done = there.import_(path)
    assert replace(dry, dry_run=False) == done
    assert (done.added, done.equal, done.refused) == (len(kept(root)), 0, ())
    assert kept(other) == kept(root)
    assert there.codebook == worked.codebook
    assert [r.status.name for r in there.claims()] == ["accepted", "draft", "draft"]
    again = there.import_(path)
    assert (again.added, again.updated, again.equal) == (0, 0, done.added)
    assert (there.undo().label, there.claims()) == ("import all.jsonl", [])
    there.flush()
    assert kept(other) == []
    there.redo()
    there.flush()
    assert kept(other) == kept(root)
    there.close()


def test_one_s_own_are_brought_in_as_the_newest_step_however_old_they_are(
    worked: Desk, root: Path, tmp_path: Path, open_desk: Opener
) -> None:
    path = tmp_path / "losses.jsonl"
    worked.export("jsonl", output=path, articles=(worked.find("losses.txt"),))
    worked.close()
    shutil.rmtree(root / "annotations")
    desk = open_desk()
    mark(desk, "plain.txt", "emoji", "doubtful")
    desk.import_(path)
    assert len(desk.claims()) == 1
    assert (desk.undo().label, desk.claims()) == ("import losses.jsonl", [])
    desk.undo()
    assert desk.entry(desk.find("plain.txt")).highlights == 0


def test_anothers_records_are_brought_in_as_theirs(
    worked: Desk, tmp_path: Path, root: Path, open_desk: Opener
) -> None:
    path = tmp_path / "kim.jsonl"
    worked.export("jsonl", output=path)
    worked.close()
    count = len(kept(root))
    shutil.rmtree(root / "annotations")
    lee = open_desk("lee")
    done = lee.import_(path)
    assert done.added == count
    assert {r.claim.by for r in lee.claims()} == {"kim"}
    assert list(root.glob("annotations/kim/??/*.from-lee.json"))
    assert not list(root.glob("annotations/lee/??/*.json"))
    with pytest.raises(DeskError, match="nothing to undo"):
        lee.undo()


def test_records_of_an_unknown_article_are_refused_by_name_unless_their_text_comes_along(
    worked: Desk, tmp_path: Path
) -> None:
    bare, full = tmp_path / "bare.jsonl", tmp_path / "full.jsonl"
    article = (worked.find("nis.txt"),)
    worked.export("jsonl", output=bare, articles=article)
    worked.export("jsonl", output=full, articles=article, with_text=True)
    other = tmp_path / "other"
    other.mkdir()
    there = Desk.open((), root=other, analyst="lee", locks=tmp_path / "locks")
    done = there.import_(bare)
    assert done.added == 0
    assert article[0] in done.refused[0].reason
    assert "7 records" in done.refused[0].reason
    assert "TROOPS NO LONGER SEEN FIGHTING" in done.words
    done = there.import_(full)
    assert done.added > 0
    assert there.article(article[0]).text == NIS
    assert [r.placed.fit for r in there.claims()] == ["exact", "exact"]
    there.close()


def test_an_import_counts_what_moved_and_what_has_no_place_in_todays_text(
    worked: Desk, root: Path, tmp_path: Path, open_desk: Opener
) -> None:
    path = tmp_path / "all.jsonl"
    worked.export("jsonl", output=path)
    worked.close()
    shutil.rmtree(root / "annotations")
    gone = "The troops lost more than 3,000 men, the service said."
    changed = NIS.replace("[LEAD]", "[LEAD]\nOne more sentence.").replace(gone, "")
    (root / "nis.txt").write_text(changed, encoding="utf-8")
    lee = open_desk("lee")
    unmarked = lee.find("nis.txt")
    done = lee.import_(path)
    assert (done.reanchored, done.orphaned, done.refused) == (1, 1, ())
    # The file is known by its path and title now, under the id that the records have.
    assert [r.placed.fit for r in lee.claims()] == ["moved", "orphan", "exact"]
    assert lee.article(unmarked).text == changed
    assert lee.entry(unmarked).claims == 2
    lee.close()
    again = open_desk("lee")
    assert again.entry(again.find("nis.txt")).claims == 2


def test_an_older_version_of_a_record_does_not_win(worked: Desk, tmp_path: Path) -> None:
    path = tmp_path / "old.jsonl"
    worked.export("jsonl", output=path)
    row = worked.claims()[2]
    worked.save_claim(replace(row.claim, statement="newer"))
    done = worked.import_(path)
    assert (done.older, done.added, done.updated) == (1, 0, 0)
    assert worked.claims()[2].claim.statement == "newer"


def test_bad_lines_are_refused_and_the_others_are_taken(worked: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bad.jsonl"
    text = worked.export("jsonl").text
    lines = text.splitlines()
    lines.insert(1, "{no json")
    broken = json.loads(next(line for line in lines if '"type":"claim"' in line))
    lines.append(json.dumps(broken | {"id": "not an id"}))
    path.write_text("\n".join(lines), encoding="utf-8")
    done = worked.import_(path)
    assert [r.line for r in done.refused] == [2, len(lines)]
    assert done.equal > 0


def test_what_is_no_export_is_refused_with_code_2(worked: Desk, tmp_path: Path) -> None:
    (tmp_path / "table.csv").write_text("a,b\n")
    (tmp_path / "odd.jsonl").write_bytes(b"\xff\xfe\x00")
    for name in ("nowhere.jsonl", "table.csv", "odd.jsonl"):
        with pytest.raises(DeskError, match=name) as refusal:
            worked.import_(tmp_path / name)
        assert refusal.value.code == 2


def test_an_altered_record_is_accepted_or_dropped(
    worked: Desk, root: Path, open_desk: Opener
) -> None:
    row = worked.claims()[0]
    worked.close()
    (shard,) = root.glob(f"annotations/kim/??/{row.entry.id}.json")

    def alter(old: str, new: str) -> None:
        text = shard.read_text(encoding="utf-8")
        assert old in text
        shard.write_text(text.replace(old, new, 1), encoding="utf-8")  # not in the history

    alter('"statement":"11,000 soldiers"', '"statement":"12,000 soldiers"')
    desk = open_desk()
    assert row.claim.id in desk.annotations(row.entry.id).altered
    assert desk.claims()[0].claim.statement == "12,000 soldiers"
    assert desk.undo([row.entry.id]).label.startswith("accept")
    with pytest.raises(DeskError, match="changed since"):
        desk.undo([row.entry.id])
    desk.drop_altered(row.claim.id)
    assert desk.claims()[0].claim.statement == "11,000 soldiers"
    assert not desk.annotations(row.entry.id).altered
    desk.close()
    alter('"statement":"lost more than 3,000 men"', '"statement":"lost 3,500 men"')
    desk = open_desk()
    other = desk.claims()[1].claim
    desk.accept_altered(other.id)
    assert desk.claims()[1].claim.statement == "lost 3,500 men"
    assert not desk.annotations(row.entry.id).altered
    with pytest.raises(DeskError):
        desk.accept_altered(other.id)


def test_counts_begin_with_what_was_accepted_and_end_with_what_was_refused(worked: Desk) -> None:
    claim(worked, "plain.txt", "Nothing here has a date.")
    rejected = worked.claims()[2].claim
    worked.review(rejected.id, "reject")
    assert worked.preview().startswith("4 claims, 1 accepted, 2 draft, 1 rejected")


def test_what_was_deleted_here_comes_back_by_an_import_only_if_asked_for_and_as_one_step(
    worked: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "before.jsonl"
    worked.export("jsonl", output=path)
    row = worked.claims()[0]
    worked.remove(row.placed.record.id)  # and the claim on it
    left = worked.import_(path)
    assert (left.deleted, left.restored, left.older) == (2, 0, 0)
    assert "2 deleted here, left so" in left.words
    assert len(worked.claims()) == 2
    dry = worked.import_(path, dry_run=True, restore=True)
    done = worked.import_(path, restore=True)
    assert replace(dry, dry_run=False) == done
    assert "2 brought back" in done.words
    assert worked.claims()[0].claim.statement == row.claim.statement
    assert worked.import_(path).deleted == 0
    worked.undo([row.entry.id])
    assert len(worked.claims()) == 2


def test_part_of_a_workspace_travels_with_the_tags_and_sources_in_use_only(
    worked: Desk, tmp_path: Path, root: Path
) -> None:
    worked.new_tag("drones/naval")
    mark(worked, "losses.txt", "Kyiv denied the figure.", "drones/naval")
    part, whole = tmp_path / "part.jsonl", tmp_path / "whole.jsonl"
    worked.export("jsonl", output=part, articles=[worked.find("losses.txt")])
    worked.export("jsonl", output=whole)
    tags = [json.loads(x) for x in part.read_text().splitlines() if '"type":"tag"' in x]
    assert [t["path"] for t in tags] == ["casualties", "casualties/military", "drones/naval"]
    codebook = worked.codebook
    worked.close()
    shutil.rmtree(root / "annotations")
    there = Desk.open((), root=root, analyst="lee", locks=tmp_path / "locks")
    starter = there.codebook
    assert there.import_(part).tags == 1
    assert there.codebook.tags == (*starter.tags, there.codebook.get("drones/naval"))
    there.close()
    shutil.rmtree(root / "annotations")
    other = Desk.open((), root=root, analyst="lee", locks=tmp_path / "locks")
    other.import_(whole)
    assert other.codebook == codebook
    other.close()
