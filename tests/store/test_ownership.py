"""Whose an annotation is, where the files of several analysts bear its id; whose file is whose."""

from __future__ import annotations

import shutil

import pytest
from msgspec.structs import replace

from tui.store import Conflict


def record_with(shelf, name):
    (found,) = (record for record in shelf.records if record.id == name)
    return found


def test_of_two_files_with_one_id_each_analyst_sees_his_own_and_others_the_older(open_as, make):
    mine = make.put(open_as("kim"), make.highlight(note="of kim"))
    theirs = replace(mine, by="lee", note="of lee", created="2025-02-04T10:00:00Z")
    make.put(open_as("lee"), theirs)
    for viewer, note, owner in (("kim", "of kim", "kim"), ("lee", "of lee", "lee")):
        shelf = open_as(viewer).of_article(make.article)
        assert record_with(shelf, mine.id).note == note
        (said,) = shelf.troubles
        assert f"1 annotation under an id that belongs to {owner}, not shown" in said
    shelf = open_as("ann").of_article(make.article)
    assert record_with(shelf, mine.id) == theirs, "it is the older one"
    assert "an id that belongs to lee" in shelf.troubles[0]


def test_a_newer_record_under_another_one_s_name_is_not_that_one_s(annotations, open_as, make):
    first = make.put(open_as("kim"), make.highlight(note="first"), make.highlight(note="other"))
    own = make.shard(annotations)
    before = own.read_bytes()
    open_as("kim").put(make.step((first, make.edited(first, note="forged"))))
    forged = make.shard(annotations, "lee")
    forged.parent.mkdir(parents=True)
    shutil.copy(own, forged)
    own.write_bytes(before)
    for viewer in ("kim", "lee", "ann"):
        shelf = open_as(viewer).of_article(make.article)
        assert record_with(shelf, first.id).note == "first"
        (said,) = shelf.troubles
        assert said.startswith(f"{forged}: 2 annotations under an id that belongs to kim")


def test_three_analysts_with_one_id_are_told_apart_like_two(open_as, make):
    mine = make.put(open_as("kim"), make.highlight())
    for by in ("lee", "pak"):
        make.put(open_as(by), replace(mine, by=by, note=by))
    shelf = open_as("pak").of_article(make.article)
    assert record_with(shelf, mine.id).note == "pak"
    assert sum("belongs to pak" in said for said in shelf.troubles) == 2


@pytest.mark.parametrize(
    ("rev", "modified"), [(2, "2025-02-05T11:00:00Z"), (1, "2025-02-05T11:30:00Z")]
)
def test_a_change_made_from_another_version_of_as_many_edits_is_a_conflict(
    open_as, make, rev, modified
):
    store = open_as()
    first = make.put(store, make.highlight())
    store.put(make.step((first, make.edited(first, note="here"))))  # rev 2, 11:30
    from_elsewhere = replace(first, rev=rev, modified=modified, note="there")
    after = make.edited(from_elsewhere, rev=3, note="there, edited")
    with pytest.raises(Conflict):
        open_as().put(make.step((from_elsewhere, after)))
    assert record_with(open_as().of_article(make.article), first.id).note == "here"


def test_what_was_set_aside_of_one_article_is_not_said_of_another_in_its_folder(
    annotations, open_as, make
):
    neighbour = "zzzzzzzzzz234567"
    make.put(open_as(), make.highlight(), make.highlight(neighbour))
    path = make.shard(annotations, article=neighbour)
    assert path.parent == make.shard(annotations).parent
    path.write_bytes(path.read_bytes().replace(b'"rev"', b"rev", 1))
    make.put(open_as(), make.highlight(neighbour))
    assert list(path.parent.glob("*.damaged"))
    assert open_as().of_article(make.article).troubles == ()
    assert any("set aside" in said for said in open_as().of_article(neighbour).troubles)
