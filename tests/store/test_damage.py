"""What damage, other tools and other machines do to shards."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tui.store import StoreError
from tui.store.lines import Row


def lines_of(path: Path) -> list[bytes]:
    return path.read_bytes().split(b"\n")


def line_with(path: Path, text: str) -> int:
    return next(n for n, line in enumerate(lines_of(path)) if text.encode() in line)


def rewrite(path: Path, number: int, line: bytes) -> None:
    lines = lines_of(path)
    lines[number] = line
    path.write_bytes(b"\n".join(lines))


def shard_with(make, annotations, open_as, count=3):
    store = open_as()
    marks = [make.put(store, make.highlight(note=f"note{n}")) for n in range(count)]
    return make.shard(annotations), marks


def test_a_damaged_line_is_reported_then_set_aside_before_the_file_is_written(
    annotations, open_as, make
):
    path, marks = shard_with(make, annotations, open_as)
    bad = b"\x00\xff broken " + lines_of(path)[2][80:]
    rewrite(path, 2, bad)
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.records == (marks[0], marks[2])
    assert any(str(path) in trouble and "1 damaged line" in trouble for trouble in shelf.troubles)
    assert bad in path.read_bytes()  # reading changes nothing

    added = make.put(store, make.highlight())
    [aside] = path.parent.glob("*.damaged")
    assert aside.read_bytes() == bad + b"\n"
    shelf = open_as().of_article(make.article)
    assert shelf.records == (marks[0], marks[2], added)
    assert any(str(aside) in trouble for trouble in shelf.troubles)


def test_bytes_set_aside_are_never_overwritten(annotations, open_as, make):
    path, _ = shard_with(make, annotations, open_as)
    for bad in (b"first damage", b"second damage", b"first damage"):
        with path.open("ab") as file:
            file.write(bad)
        make.put(open_as(), make.highlight())
    kept = {place.read_bytes() for place in path.parent.glob("*.damaged")}
    assert kept == {b"first damage\n", b"second damage\n"}


def test_a_file_cut_short_keeps_every_whole_line(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    data = path.read_bytes()
    end = data.index(b"note1") + 3
    path.write_bytes(data[:end])
    assert open_as().of_article(make.article).records == (marks[0],)
    make.put(open_as(), make.highlight())
    [aside] = path.parent.glob("*.damaged")
    assert aside.read_bytes().endswith(b"not\n")


def test_a_record_taken_out_or_put_back_older_is_noticed_until_the_next_save(
    annotations, open_as, make
):
    path, marks = shard_with(make, annotations, open_as)
    old = lines_of(path)[1]
    open_as().put(make.step((marks[0], make.edited(marks[0]))))
    whole = path.read_bytes()
    assert open_as().of_article(make.article).troubles == ()
    for line in (old, b""):
        path.write_bytes(whole)
        rewrite(path, 1, line)
        [trouble] = open_as().of_article(make.article).troubles
        assert "lines were taken out" in trouble
    make.put(open_as(), make.highlight())
    assert open_as().of_article(make.article).troubles == ()


def test_a_file_cut_at_the_end_of_a_line_is_noticed(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(b"\n".join(lines_of(path)[:3]) + b"\n")
    shelf = open_as().of_article(make.article)
    assert shelf.records == tuple(marks[:2])
    assert "its end is missing" in shelf.troubles[0]


def test_a_changed_step_of_the_history_is_named(annotations, open_as, make):
    path, _ = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b'"label":"edit"', b'"label":"odit"', 1))
    [trouble] = open_as().of_article(make.article).troubles
    assert "1 step of the history" in trouble


@pytest.mark.parametrize("data", [b"", b"\n", b"\xef\xbb\xbf", b"{\n"])
def test_a_shard_that_another_tool_emptied_is_said_until_the_next_save(
    annotations, open_as, make, data
):
    path, _ = shard_with(make, annotations, open_as)
    path.write_bytes(data)
    [trouble] = open_as().of_article(make.article).troubles
    assert trouble.startswith(f"{path}: nothing is left in it; restore it from a copy")
    assert path.read_bytes() == data, "reading changes nothing"
    added = make.put(open_as(), make.highlight())
    shelf = open_as().of_article(make.article)
    assert (shelf.records, shelf.troubles) == ((added,), ())


def test_merge_conflict_markers_cost_nothing_and_the_next_save_drops_them(
    annotations, open_as, make
):
    path, marks = shard_with(make, annotations, open_as)
    newer = make.edited(marks[1], note="later")
    open_as().put(make.step((marks[1], newer)))
    new_line = lines_of(path)[2]
    rewrite(path, 2, b"")
    # The line that was there at first, from the history of the two machines.
    path_text = path.read_bytes()
    conflict = b"<<<<<<< HEAD\n" + new_line + b"\n=======\n" + b">>>>>>> laptop"
    path.write_bytes(path_text.replace(b"\n\n", b"\n" + conflict + b"\n", 1))
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.records == (marks[0], newer, marks[2])
    assert any("merge-conflict" in trouble for trouble in shelf.troubles)
    added = make.put(store, make.highlight())
    assert b"<<<<<<<" not in path.read_bytes()
    shelf = open_as().of_article(make.article)
    assert (shelf.records, shelf.troubles) == ((marks[0], newer, marks[2], added), ())


@pytest.mark.parametrize(
    "name",
    [
        "{} (conflicted copy 2025-02-05).json",
        "{}.sync-conflict-20250205-101010-ABCDEFG.json",
        "{} (1).json",
        "{}-LAPTOP.json",
        "{}.from-lee.json",
    ],
)
def test_second_copies_are_read_and_taken_in(annotations, open_as, make, name):
    path, marks = shard_with(make, annotations, open_as)
    copy = path.with_name(name.format(path.stem))
    copy.write_bytes(path.read_bytes())
    # This machine goes on with one record, the other one goes on with another.
    here = make.edited(marks[0], note="here")
    open_as().put(make.step((marks[0], here)))
    before = path.read_bytes()
    path.write_bytes(copy.read_bytes())
    there = make.edited(marks[1], note="there")
    open_as().put(make.step((marks[1], there), label="on the other machine"))
    copy.write_bytes(path.read_bytes())
    path.write_bytes(before)

    assert open_as().of_article(make.article).records == (here, there, marks[2])
    added = make.put(open_as(), make.highlight())
    copy.unlink()
    assert open_as().of_article(make.article).records == (here, there, marks[2], added)
    labels = [step.label for step in open_as().history(make.article)]
    assert "on the other machine" in labels


def test_a_second_copy_with_nothing_new_may_be_deleted_and_says_so(annotations, open_as, make):
    path, _ = shard_with(make, annotations, open_as)
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(path.read_bytes())
    [trouble] = open_as().of_article(make.article).troubles
    assert str(copy) in trouble
    assert "delete it" in trouble


def test_a_change_to_what_only_a_second_copy_knows_is_made_from_there(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    copy = path.with_name(f"{path.stem} (1).json")
    newer = make.edited(marks[0], note="copy")
    open_as().put(make.step((marks[0], newer)))
    copy.write_bytes(path.read_bytes())
    path.unlink()
    last = make.edited(newer, note="last")
    open_as().put(make.step((newer, last)))
    assert open_as().of_article(make.article).records == (last, marks[1], marks[2])


def test_what_something_else_changed_is_altered_but_in_use(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b"note1", b"by sed"))
    for analyst in ("kim", "lee"):
        shelf = open_as(analyst).of_article(make.article)
        assert shelf.altered == {marks[1].id}
        assert shelf.records[1].note == "by sed"
    # Other saves leave it so.
    make.put(open_as(), make.highlight())
    assert open_as().of_article(make.article).altered == {marks[1].id}


def test_accepting_an_altered_record_makes_it_the_next_revision(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b"note1", b"by sed"))
    store = open_as()
    step = store.accept_altered(make.article, marks[1].id)
    shelf = open_as().of_article(make.article)
    assert shelf.altered == frozenset()
    assert shelf.records[1] == step.changes[0].after
    assert (shelf.records[1].note, shelf.records[1].rev) == ("by sed", 2)
    assert shelf.records[1].by == "kim"
    assert (step.label, step.articles) == ("accept changed highlight", (make.article,))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", step.time)
    assert shelf.records[1].modified == step.time > marks[1].modified
    assert open_as().history(make.article)[-1].changes[0].before.note == "by sed"


def test_dropping_an_altered_record_brings_the_last_known_version_back(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    edited = make.edited(marks[1], note="edited")
    open_as().put(make.step((marks[1], edited)))
    lines = lines_of(path)
    number = line_with(path, '"note":"edited"')
    rewrite(path, number, lines[number].replace(b"edited", b"by sed"))
    step = open_as().drop_altered(make.article, marks[1].id)
    [_, found, _] = open_as().of_article(make.article).records
    assert (found.note, found.rev, found.deleted) == ("note1", 3, False)
    assert step.label == "drop changed highlight, back to revision 1"
    assert (found.modified, found.by) == (step.time, "kim")
    assert open_as().history(make.article)[-1].changes[0].before.note == "by sed"


def test_dropping_an_altered_record_finds_a_good_version_in_a_second_copy(
    annotations, open_as, make
):
    path, marks = shard_with(make, annotations, open_as)
    copy = path.with_name(f"{path.stem} (1).json")
    copy.write_bytes(path.read_bytes())
    rows = path.read_bytes().replace(b'"note":"note1"', b'"note":"by sed"')
    path.write_bytes(rows.replace(b'"rev":1', b'"rev":7', 2))
    assert marks[1].id in open_as().of_article(make.article).altered
    step = open_as().drop_altered(make.article, marks[1].id)
    assert step.changes[0].after.note == "note1"
    found = {r.id: r for r in open_as().of_article(make.article).records}[marks[1].id]
    assert (found.note, found.deleted) == ("note1", False)


def test_dropping_an_altered_record_without_a_known_version_deletes_it(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b"note1", b"by sed"))
    step = open_as().drop_altered(make.article, marks[1].id)
    found = open_as().of_article(make.article).records[1]
    assert (found.deleted, found.rev, found.by, found.modified) == (True, 2, "kim", step.time)
    assert step.label == "drop changed highlight, no earlier version is known: deleted"


def test_only_its_author_decides_about_an_altered_record(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b"note1", b"by sed"))
    for decide in (open_as("lee").accept_altered, open_as("lee").drop_altered):
        with pytest.raises(StoreError, match="only whoever made it"):
            decide(make.article, marks[1].id)
    with pytest.raises(StoreError):
        open_as().accept_altered(make.article, marks[0].id)


def test_a_record_of_the_wrong_shape_is_named_and_kept(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b'"note1"', b"17"))
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.records == (marks[0], marks[2])
    assert any(marks[1].id in t and "note" in t for t in shelf.troubles)
    make.put(store, make.highlight())
    assert b'"note":17' in path.read_bytes()


def test_a_past_step_that_something_else_changed_is_not_offered(annotations, open_as, make):
    path, _ = shard_with(make, annotations, open_as)
    number = line_with(path, '"changes"')
    line = lines_of(path)[number]
    rewrite(path, number, line.replace(b'"label":"edit"', b'"label":"other"'))
    assert len(open_as().history(make.article)) == 2


def test_a_shard_that_cannot_be_read_is_named_and_never_overwritten(annotations, open_as, make):
    mine = make.put(open_as(), make.highlight())
    blocked = make.shard(annotations, "lee")
    blocked.mkdir(parents=True)
    shelf = open_as().of_article(make.article)
    assert shelf.records == (mine,)
    assert any(str(blocked) in trouble for trouble in shelf.troubles)
    with pytest.raises(StoreError, match="folder has its name"):
        make.put(open_as("lee"), make.highlight(by="lee"))


def test_an_indented_file_with_odd_tables_keeps_what_is_sound(annotations, open_as, make):
    """As an editor or another program leaves it: in a layout of its own."""
    path, marks = shard_with(make, annotations, open_as)
    tables = json.loads(path.read_bytes())
    tables["notes"] = "no table"
    tables["_default"] |= {"12": "no object", "x7": {"id": "no number"}}
    path.write_text(json.dumps(tables, indent=2))
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.records == tuple(marks)
    assert any("3 damaged lines" in trouble for trouble in shelf.troubles)
    make.put(store, make.highlight())
    [aside] = path.parent.glob("*.damaged")
    kept = sorted(aside.read_bytes().split(b"\n"))
    assert kept == [
        b"",
        b'{"12":"no object"}',
        b'{"notes":"no table"}',
        b'{"x7":{"id":"no number"}}',
    ]


def test_an_indented_file_nested_too_deeply_loses_nothing(annotations, open_as, make):
    path, _ = shard_with(make, annotations, open_as, 1)
    tables = json.loads(path.read_bytes())
    [record] = tables["_default"].values()
    text = json.dumps(tables, indent=1)
    deep = "[" * 900 + "]" * 900
    path.write_text(text.replace(f'"{record["note"]}"', deep))
    before = path.read_bytes()
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.troubles
    added = make.put(store, make.highlight())
    assert added in open_as().of_article(make.article).records
    there = b"".join(each.read_bytes() for each in path.parent.iterdir())
    assert b"[" * 100 in there
    assert before.count(b"[") <= there.count(b"[")


def test_a_number_that_is_none_is_noticed_and_kept(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    path.write_bytes(path.read_bytes().replace(b'"note":"note1"', b'"note":"note1","odd":NaN'))
    store = open_as()
    shelf = store.of_article(make.article)
    assert marks[1].id in shelf.altered or any("1 damaged line" in t for t in shelf.troubles)
    make.put(store, make.highlight())
    assert any(b"NaN" in each.read_bytes() for each in path.parent.iterdir())


@pytest.mark.parametrize("lacking", ["label", "time", "kind", "changes"])
def test_a_past_step_without_what_it_needs_is_not_offered(annotations, open_as, make, lacking):
    path, _ = shard_with(make, annotations, open_as)
    number = line_with(path, '"changes"')
    key, _, text = lines_of(path)[number].lstrip(b",").partition(b":")
    doc = {k: v for k, v in json.loads(text).items() if k not in (lacking, "sum")}
    row = Row.signed(key.strip(b'"').decode(), doc)
    rewrite(
        path,
        number,
        row.line if number == 0 else b"," * lines_of(path)[number].startswith(b",") + row.line,
    )
    store = open_as()
    assert len(store.history(make.article)) == 2
    assert store.of_article(make.article).troubles == ()


def test_a_newer_record_of_another_shape_is_named_and_kept(annotations, open_as, make):
    path, marks = shard_with(make, annotations, open_as)
    number = line_with(path, '"note1"')
    line = lines_of(path)[number].replace(b'"note1"', b"17").replace(b'"v":1', b'"v":99')
    assert b'"v":99' in line
    rewrite(path, number, line)
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.records == (marks[0], marks[2])
    assert any(f"{marks[1].id} needs a newer Pressmark" in t for t in shelf.troubles)
    make.put(store, make.highlight())
    assert line.lstrip(b",") in path.read_bytes()


def test_a_link_to_itself_in_the_place_of_a_folder_is_named(annotations, open_as, make):
    mine = make.put(open_as(), make.highlight())
    (annotations / "lee").symlink_to(annotations / "lee")
    store = open_as()
    assert store.of_article(make.article).records == (mine,)
    assert [shelf.records for shelf in store.heads()] == [(mine,)]
    wanted = f"{annotations / 'lee'} could not be read: it is a link, and links are not followed"
    assert [trouble.partition(";")[0] for trouble in store.troubles] == [wanted]
    store.since(None)
    assert [trouble.partition(";")[0] for trouble in store.troubles] == [wanted]
    inner = annotations / "kim" / "zz"
    inner.symlink_to(inner)
    assert [shelf.records for shelf in store.heads()] == [(mine,)]
    assert {t.partition(" could")[0] for t in store.troubles} == {
        str(inner),
        str(annotations / "lee"),
    }
    with pytest.raises(StoreError, match="lee"):
        make.put(open_as("lee"), make.highlight(by="lee"))


def test_a_link_inside_the_annotations_is_followed_and_one_that_leads_out_is_not(
    tmp_path, annotations, open_as, make
):
    mine = make.put(open_as(), make.highlight())
    theirs = make.put(open_as("lee"), make.highlight(by="lee"))
    (annotations / "lee").rename(annotations / "_lee")
    (annotations / "lee").symlink_to(annotations / "_lee")
    store = open_as()
    assert store.of_article(make.article).records == (mine, theirs)
    assert store.of_article(make.article).troubles == ()
    (annotations / "_lee").rename(tmp_path / "out")
    (annotations / "lee").unlink()
    (annotations / "lee").symlink_to(tmp_path / "out")
    shelf = open_as().of_article(make.article)
    assert shelf.records == (mine,)
    wanted = f"{annotations / 'lee'} is a link that leads out of the annotations"
    assert [trouble.partition(":")[0] for trouble in shelf.troubles] == [wanted]
    with pytest.raises(StoreError, match="leads out"):
        make.put(open_as("lee"), make.highlight(by="lee"))


def test_a_folder_that_cannot_be_listed_costs_what_lies_in_it_only(
    annotations, open_as, make, monkeypatch
):
    mine = make.put(open_as(), make.highlight())
    other = make.put(open_as(), make.highlight(article=make.other))
    closed = make.shard(annotations).parent
    really = os.scandir

    def refuse(path="."):
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return really(path)

    monkeypatch.setattr(os, "scandir", refuse)
    monkeypatch.setattr(os, "listdir", lambda path: refuse(path) and [e.name for e in really(path)])
    store = open_as()
    assert [shelf.records for shelf in store.heads()] == [(other,)]
    wanted = f"{closed} could not be read: no permission; make the file and its folder yours"
    assert [trouble[: len(wanted)] for trouble in store.troubles] == [wanted]
    shelf = store.of_article(make.article)
    assert shelf.records == ()
    assert [trouble[: len(wanted)] for trouble in shelf.troubles] == [wanted]
    with pytest.raises(StoreError, match="no permission"):
        store.put(make.step((mine, make.edited(mine))))
    monkeypatch.undo()
    assert open_as().of_article(make.article).records == (mine,)


def test_a_file_among_the_folders_is_passed_over(annotations, open_as, make):
    mine = make.put(open_as(), make.highlight())
    (annotations / "lee").write_text("")
    (annotations / "kim" / "zz").write_text("")
    store = open_as()
    assert [shelf.records for shelf in store.heads()] == [(mine,)]
    assert store.troubles == ()
