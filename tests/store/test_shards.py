from __future__ import annotations

import json
import os
import shutil
import threading
import time
from typing import Any

import pytest
from msgspec.structs import replace
from tinydb import TinyDB, where
from tinydb.table import Document

from tui.model.ids import number_of_id
from tui.model.steps import through
from tui.store import Conflict, StoreError, open_store
from tui.store import pasts as pasts_module
from tui.store import shards as shards_module
from tui.store.places import shard_path
from tui.store.storage import ShardStorage


def test_nothing_is_made_on_the_disk_before_the_first_put(tmp_path, annotations, open_as, make):
    store = open_as()
    assert store.of_article(make.article).records == ()
    assert store.history(make.article) == ()
    assert list(store.heads()) == []
    assert store.get(make.article, "x") is None
    assert list(tmp_path.iterdir()) == []
    make.put(store, make.highlight())
    assert make.shard(annotations).is_file()


def test_what_was_put_is_there_for_the_next_process(open_as, make):
    one, two = make.highlight(note="first\nsecond"), make.highlight(tags=())
    make.put(open_as(), one, two)
    shelf = open_as().of_article(make.article)
    assert shelf.records == (one, two)
    assert (shelf.altered, shelf.newer, shelf.troubles) == (frozenset(), frozenset(), ())
    assert open_as().get(make.article, two.id) == two


def test_putting_a_step_again_changes_nothing(annotations, open_as, make):
    store = open_as()
    step = make.step((None, make.highlight()))
    store.put(step)
    before = make.shard(annotations).read_bytes()
    store.put(step)
    assert make.shard(annotations).read_bytes() == before


def test_a_record_changed_meanwhile_is_a_conflict_and_nothing_is_written(
    annotations, open_as, make
):
    first, second = open_as(), open_as()
    mark = make.put(first, make.highlight())
    second.put(make.step((mark, make.edited(mark, note="theirs"))))
    elsewhere = make.highlight(article=make.other)
    with pytest.raises(Conflict) as caught:
        first.put(make.step((None, elsewhere), (mark, make.edited(mark, note="mine"))))
    assert caught.value.ids == {mark.id}
    assert not make.shard(annotations, article=make.other).exists()
    assert open_as().get(make.article, mark.id).note == "theirs"


def test_a_new_record_whose_id_is_taken_is_a_conflict(open_as, make):
    mark = make.put(open_as(), make.highlight())
    with pytest.raises(Conflict):
        make.put(open_as(), replace(mark, note="another"))


def test_the_other_process_is_read_again_before_writing(open_as, make):
    first, second = open_as(), open_as()
    marks = [make.put(store, make.highlight()) for store in (first, second, first, second)]
    for store in (first, second):
        assert store.of_article(make.article).records == tuple(marks)


def test_a_deleted_record_leaves_a_tombstone(open_as, make):
    store = open_as()
    mark = make.put(store, make.highlight())
    gone = make.edited(mark, deleted=True)
    store.put(make.step((mark, gone)))
    assert open_as().of_article(make.article).records == (gone,)


def test_fields_of_a_later_version_survive_an_edit(annotations, open_as, make):
    store = open_as()
    mark = make.put(store, make.highlight(extra={"mood": {"b": 1, "a": [None]}}))
    found = open_as().get(make.article, mark.id)
    open_as().put(make.step((found, make.edited(found, note="n"))))
    [doc] = TinyDB(make.shard(annotations)).all()
    assert doc["mood"] == {"b": 1, "a": [None]}


def test_a_record_of_a_newer_version_is_shown_and_its_bytes_are_left_alone(
    annotations, open_as, make
):
    store = open_as()
    newer = make.put(store, make.highlight(v=2, extra={"mood": "calm"}))
    path = make.shard(annotations)
    line = next(li for li in path.read_bytes().split(b"\n") if newer.id.encode() in li)
    store = open_as()
    assert store.of_article(make.article).newer == {newer.id}
    assert newer in store.of_article(make.article).records
    make.put(store, make.highlight())
    assert line in path.read_bytes()
    with pytest.raises(StoreError, match="newer Pressmark"):
        store.put(make.step((newer, make.edited(newer, note="no"))))


def test_a_kind_of_record_that_is_not_known_is_kept_and_named(annotations, open_as, make):
    make.put(open_as(), make.highlight())
    path = make.shard(annotations)
    text = path.read_text().replace('"type":"highlight"', '"type":"hologram"')
    path.write_text(text)
    store = open_as()
    assert store.of_article(make.article).records == ()
    assert "hologram" in " ".join(store.of_article(make.article).troubles)
    make.put(store, make.highlight())
    assert '"type":"hologram"' in path.read_text()


def test_only_the_analyst_it_names_writes_a_shard(annotations, open_as, make):
    with pytest.raises(StoreError, match="copy of your own"):
        make.put(open_as("kim"), make.highlight(by="lee"))
    assert not annotations.exists()


def test_the_records_of_all_analysts_are_on_the_shelf(open_as, make):
    mine = make.put(open_as("kim"), make.highlight())
    theirs = make.put(open_as("Lee Min-jung 이민정"), make.highlight(by="Lee Min-jung 이민정"))
    assert open_as("kim").of_article(make.article).records == (mine, theirs)
    assert len(open_as("kim").history(make.article)) == 1


def test_heads_are_all_articles_with_a_shard(open_as, make):
    make.put(open_as(), make.highlight(), make.highlight(article=make.other))
    make.put(open_as("lee"), make.highlight(by="lee"))
    heads = {shelf.article: len(shelf.records) for shelf in open_as().heads()}
    assert heads == {make.article: 2, make.other: 1}


def test_the_history_tells_each_step_whole_from_any_of_its_articles(open_as, make):
    store = open_as()
    mark, far = make.highlight(), make.highlight(article=make.other)
    made = make.step((None, mark), (None, far), label="tag all occurrences")
    store.put(made)
    after = make.edited(mark, tags=())
    edit = replace(make.step((mark, after), label="untag"), kind="undo", of=made.id)
    store.put(edit)
    for seen in (store, open_as()):
        assert [step.label for step in seen.history(make.other)] == ["tag all occurrences"]
        here, second = seen.history(make.article)
        assert (here.missing, len(here.changes)) == ((make.other,), 1)
        first = through(seen.whole(make.other, here.id))
        assert set(first.articles) == {make.article, make.other}
        assert {(c.record, c.article, c.before, c.rev) for c in first.changes} == {
            (mark.id, make.article, None, 1),
            (far.id, make.other, None, 1),
        }
        assert (second.kind, second.of, second.missing) == ("undo", made.id, ())
        assert second.changes == ((mark.id, make.article, mark, 2),)


def test_a_step_interrupted_between_two_shards_is_recognised_and_can_be_repeated(
    annotations, open_as, make
):
    step = make.step((None, make.highlight()), (None, make.highlight(article=make.other)))
    blocked = annotations / "kim" / make.other[-2:]
    blocked.parent.mkdir(parents=True)
    blocked.write_text("in the way")
    store = open_as()
    with pytest.raises(StoreError, match="in the place of a folder"):
        store.put(step)
    past = through(open_as().whole(make.article, step.id))
    assert past.missing == (make.other,)
    blocked.unlink()
    store.put(step)
    past = through(open_as().whole(make.article, step.id))
    assert past.missing == ()
    assert len(past.changes) == 2
    assert through(store.whole(make.article, make.highlight().id)) is None


def test_of_a_step_over_very_many_articles_only_the_first_few_shards_name_all(
    annotations, monkeypatch, open_as, make
):
    monkeypatch.setattr(pasts_module, "NAMED", 4)
    names = [f"abcdefghijkl22{a}{b}" for a in "ab" for b in "abcdef"]
    step = make.step(*((None, make.highlight(article=name)) for name in names))
    open_as().put(step)
    named = [len(open_as().history(name)[0].articles) for name in names]
    assert named == [12, 12, 12, *[4] * 9]
    for lost in (None, names[0], names[1]):
        if lost is not None:
            shard_path(annotations, "kim", lost).unlink()
        for name in names[-2:]:
            past = through(open_as().whole(name, step.id))
            assert set(past.articles) == set(names)
            assert len(past.changes) == 12 - len(past.missing)


def test_the_history_does_not_grow_for_ever(monkeypatch, open_as, make):
    monkeypatch.setattr(pasts_module, "STEPS_KEPT", 20)
    store = open_as()
    for number in range(45):
        store.put(make.step((None, make.highlight()), label=str(number)))
    labels = [int(step.label) for step in open_as().history(make.article)]
    assert 18 <= len(labels) <= 20
    assert labels == list(range(labels[0], 45))
    assert len(open_as().of_article(make.article).records) == 45


def test_a_history_too_large_drops_its_oldest_steps_but_never_the_newest(
    monkeypatch, open_as, make, annotations
):
    monkeypatch.setattr(pasts_module, "BYTES_KEPT", 20_000)
    store = open_as()
    record = make.put(store, make.highlight(note="x" * 3_000))
    for number in range(12):
        later = make.edited(record, rev=record.rev + 1, note="x" * 3_000 + str(number))
        store.put(make.step((record, later), label=str(number)))
        record = later
    labels = [step.label for step in open_as().history(make.article)]
    assert 3 <= len(labels) <= 6
    assert labels == [str(n) for n in range(12 - len(labels), 12)]
    store.put(make.step((record, make.edited(record, note="y" * 30_000)), label="large"))
    store.put(make.step((None, make.highlight()), label="small"))
    assert [step.label for step in open_as().history(make.article)][-1] == "small"
    assert make.shard(annotations).stat().st_size < 20_000 + 45_000


def test_large_annotations_cost_no_step_of_the_history(monkeypatch, open_as, make):
    monkeypatch.setattr(pasts_module, "BYTES_KEPT", 20_000)
    store = open_as()
    for number in range(12):
        note = "x" * 3_000
        store.put(make.step((None, make.highlight(note=note)), label=str(number)))
    labels = [step.label for step in open_as().history(make.article)]
    assert labels == [str(n) for n in range(12)]


def test_what_is_put_while_nobody_else_may_write_is_made_from_what_is_there(open_as, make):
    one, two = open_as(), open_as()
    first = make.put(one, make.highlight())
    theirs = make.step((first, make.edited(first, note="theirs")))
    refused: list[Conflict] = []

    def put() -> None:
        try:
            two.put(theirs)
        except Conflict as error:
            refused.append(error)

    other = threading.Thread(target=put)
    with one.alone():
        other.start()
        found = one.get(make.article, first.id)
        assert found == first
        one.put(make.step((found, make.edited(found, note="mine"))))
        with one.alone():
            assert one.get(make.article, first.id).note == "mine"
    other.join()
    assert [error.ids for error in refused] == [frozenset({first.id})]
    two.put(make.step((None, make.highlight())))


def test_a_change_of_a_later_record_than_the_shard_holds_is_saved(annotations, open_as, make):
    """As after a shard was put back from a backup, or in part."""
    store = open_as()
    first = make.put(store, make.highlight())
    shard = make.shard(annotations)
    backup = shard.read_bytes()
    second = make.edited(first, note="second")
    store.put(make.step((first, second)))
    shard.write_bytes(backup)
    third = make.edited(second, note="third")
    store.put(make.step((second, third)))
    assert open_as().get(make.article, first.id) == third
    shard.unlink()
    fourth = make.edited(third, note="fourth")
    store.put(make.step((third, fourth)))
    assert open_as().get(make.article, first.id) == fourth


def test_a_conflict_says_how_many_annotations_it_is_about():
    again = "changed meanwhile by another Pressmark; look again, then repeat"
    assert str(Conflict(["a"])) == f"an annotation was {again}"
    assert str(Conflict(["a", "b", "a"])) == f"2 annotations were {again}"
    assert Conflict(["a", "b"]).ids == frozenset("ab")


def test_an_id_that_is_none_is_refused(annotations, open_as, make):
    with pytest.raises(StoreError, match="it cannot be the id of an annotation"):
        make.put(open_as(), replace(make.highlight(), id="../../x"))
    assert not annotations.exists()


def test_more_articles_than_are_kept_in_memory_are_read_again(monkeypatch, open_as, make):
    monkeypatch.setattr(shards_module, "_CACHED", 2)
    store = open_as()
    names = [f"abcdefghijkl{n:04}" for n in range(5)]
    records = [make.put(store, make.highlight(article=name)) for name in names]
    for name, record in zip(names, records, strict=True):
        assert store.of_article(name).records == (record,)
        store.put(make.step((record, make.edited(record, note="again"))))
    assert [s.records[0].note for s in store.heads()] == ["again"] * 5


def test_a_folder_that_goes_is_a_change_of_its_articles(annotations, open_as, make):
    store = open_as()
    for article in (make.article, make.other):
        make.put(store, make.highlight(article=article))
    token, _ = store.since(None)
    shutil.rmtree(make.shard(annotations).parent)
    token, changed = store.since(token)
    assert changed == {make.article}
    assert store.since(token)[1] == frozenset()
    assert store.of_article(make.article).records == ()


def test_stock_tinydb_opens_a_shard(annotations, open_as, make):
    store = open_as()
    marks = [make.put(store, make.highlight(note=f"{n} 북한군")) for n in range(3)]
    with TinyDB(make.shard(annotations)) as db:
        assert [doc.doc_id for doc in db] == [number_of_id(mark.id) for mark in marks]
        assert [doc["note"] for doc in db.search(where("id") == marks[1].id)] == ["1 북한군"]
        assert len(db.table("history")) == 3


def test_what_stock_tinydb_wrote_is_read_again(annotations, open_as, make):
    marks = [make.put(open_as(), make.highlight()) for _ in range(3)]
    with TinyDB(make.shard(annotations)) as db:
        db.update({"note": "by hand"}, doc_ids=[number_of_id(marks[0].id)])
        db.table("mine").insert({"a": 1})
    store = open_as()
    shelf = store.of_article(make.article)
    assert shelf.altered == {marks[0].id}
    assert [record.note for record in shelf.records] == ["by hand", "", ""]
    make.put(store, make.highlight())
    with TinyDB(make.shard(annotations)) as db:
        assert db.table("mine").all() == [{"a": 1}]
        assert len(db) == 4


def test_any_tinydb_can_be_kept_in_a_shard_storage(tmp_path):
    path = tmp_path / "deep" / "any.json"
    with TinyDB(path, storage=ShardStorage) as db:
        assert not path.exists()
        first = db.insert({"tags": ["a"], "n": 1})
        db.insert(Document({"n": 2}, doc_id=70))

        def tagged(doc: Any) -> None:
            doc["tags"].append("b")

        db.update(tagged, doc_ids=[first])
        db.table("other").insert_multiple([{"x": None}, {"y": "줄\u2028바꿈"}])
        db.remove(doc_ids=[70])
    with TinyDB(path, storage=ShardStorage) as again, TinyDB(path) as stock:
        assert again.all() == stock.all() == [{"tags": ["a", "b"], "n": 1}]
        assert again.table("other").all() == stock.table("other").all()


def test_one_annotation_is_one_line_and_adding_one_leaves_the_others(annotations, open_as, make):
    store = open_as()
    make.put(store, make.highlight(note="a\u2028b\nc"))
    path = make.shard(annotations)
    before = path.read_text(encoding="utf-8").splitlines()
    make.put(store, make.highlight())
    after = path.read_text(encoding="utf-8").splitlines()
    assert len(after) == len(before) + 2
    assert set(before) <= set(after)
    for line in after:
        row = line.lstrip(",")
        if row.startswith('"'):
            doc = json.loads(row.partition(":")[2])
            assert list(doc) == sorted(doc)


def test_since_names_the_articles_that_anybody_changed(annotations, open_as, make):
    mine, theirs = open_as("kim"), open_as("lee")
    mark = make.put(mine, make.highlight())
    token, changed = mine.since(None)
    assert changed == {make.article}
    token, changed = mine.since(token)
    assert changed == frozenset()
    make.put(theirs, make.highlight(by="lee", article=make.other))
    token, changed = mine.since(token)
    assert changed == {make.other}
    mine.put(make.step((mark, make.edited(mark))))
    make.shard(annotations, "lee", make.other).unlink()
    token, changed = mine.since(token)
    assert changed == {make.article, make.other}


def test_since_looks_at_each_folder_in_turn_whatever_its_time_says(annotations, open_as, make):
    """An editor that writes in place leaves its folder's time: sixteen looks find it."""
    store = open_as()
    names = [f"abcdefghijkl22{a}{b}" for a in "ab" for b in "cdefg"]
    for name in names:
        make.put(store, make.highlight(article=name))
    shards = [make.shard(annotations, article=name) for name in names]

    def settle() -> None:
        for shard in shards:
            os.utime(shard.parent, (1_700_000_000, 1_700_000_000))

    settle()
    token, changed = store.since(None)
    assert changed == set(names)
    for shard in shards:
        with shard.open("ab") as file:
            file.write(b"\n")
    found: list[frozenset[str]] = []
    for _ in range(16):
        token, changed = store.since(token)
        found.append(changed)
    assert sorted(name for each in found for name in each) == sorted(names)
    assert max(map(len, found)) == 1, "never all at once"


def test_a_folder_that_was_changed_a_moment_ago_is_looked_at_again(annotations, open_as, make):
    store = open_as()
    make.put(store, make.highlight())
    shard = make.shard(annotations)
    # Ten seconds from now: as fresh as can be, however long the machine takes.
    for seconds, wanted in ((-10, {make.article}), (3, frozenset())):
        moment = time.time() - seconds
        os.utime(shard.parent, (moment, moment))
        token, _ = store.since(None)
        with shard.open("ab") as file:
            file.write(b"\n")
        assert store.since(token)[1] == wanted


def test_since_leaves_out_what_only_this_store_wrote_if_asked_to(annotations, open_as, make):
    mine, also = open_as("kim"), open_as("kim")
    make.put(mine, make.highlight())
    token, _ = mine.since(None)
    make.put(mine, make.highlight())
    token, changed = mine.since(token, own=False)
    assert changed == frozenset()
    make.put(also, make.highlight())
    token, changed = mine.since(token, own=False)
    assert changed == {make.article}
    make.put(also, make.highlight())
    make.put(mine, make.highlight())  # takes in what the other one wrote, and is the last to write
    token, changed = mine.since(token, own=False)
    assert changed == {make.article}
    _, changed = mine.since(token, own=False)
    assert changed == frozenset()


def test_it_knows_its_own_files_when_more_are_written_than_it_keeps_open(
    annotations, open_as, make, monkeypatch
):
    monkeypatch.setattr("tui.store.shards._CACHED", 1)
    mine, also = open_as("kim"), open_as("kim")
    names = [f"abcdefghijkl22a{c}" for c in "abcde"]
    mine.put(make.step(*((None, make.highlight(article=name)) for name in names)))
    token, _ = mine.since(None)
    step = make.step(*((None, make.highlight(article=name)) for name in names))
    mine.put(step)
    assert all(step.id in [past.id for past in mine.history(name)] for name in names)
    token, changed = mine.since(token, own=False)
    assert changed == frozenset()
    make.put(also, make.highlight(article=names[0]))
    # It takes in what the other one wrote, and is the last to write.
    mine.put(make.step(*((None, make.highlight(article=name)) for name in names)))
    token, changed = mine.since(token, own=False)
    assert changed == {names[0]}
    _, changed = mine.since(token, own=False)
    assert changed == frozenset()


def test_since_sees_in_time_what_an_editor_changed_in_place(annotations, open_as, make):
    store = open_as()
    make.put(store, make.highlight())
    shard = make.shard(annotations)
    long_ago = 1_700_000_000
    os.utime(shard.parent, (long_ago, long_ago))  # so that the folder's time is relied on
    token, _ = store.since(None)
    with shard.open("ab") as file:
        file.write(b"\n")
    found: set[str] = set()
    for _ in range(20):
        token, changed = store.since(token)
        found |= changed
    assert found == {make.article}


@pytest.mark.parametrize("analyst", ["revisions"])
def test_the_name_of_the_folder_of_texts_is_refused_for_an_analyst(tmp_path, analyst):
    with pytest.raises(StoreError, match="another name"):
        open_store(tmp_path / "annotations", analyst, locks=tmp_path)


def test_a_file_in_the_place_of_the_folder_is_said_so(tmp_path):
    (tmp_path / "annotations").write_text("")
    with pytest.raises(StoreError, match="move it away"):
        open_store(tmp_path / "annotations", "kim", locks=tmp_path)


@pytest.mark.parametrize("article", ["../../etc", "a/b", "", "x"])
def test_what_is_no_article_id_never_becomes_a_path(open_as, make, article):
    with pytest.raises(StoreError, match="article id"):
        make.put(open_as(), make.highlight(article=article))


@pytest.mark.parametrize(
    "value", [float("nan"), float("inf"), {1, 2}, b"x"], ids=["nan", "infinity", "set", "bytes"]
)
def test_what_json_cannot_hold_is_refused_before_anything_is_written(
    annotations, open_as, make, value
):
    with pytest.raises(StoreError, match="cannot be kept as JSON"):
        make.put(open_as(), make.highlight(extra={"odd": value}))
    assert not annotations.exists()


def test_records_brought_in_lie_beside_their_author_s_shard(annotations, open_as, make):
    store = open_as("kim")
    theirs, mine = make.highlight(by="lee"), make.highlight()
    assert store.receive([theirs, mine]) == 2
    assert store.receive([theirs, mine]) == 0
    assert open_as().of_article(make.article).records == (theirs, mine)
    replica = annotations / "lee" / make.article[-2:] / f"{make.article}.from-kim.json"
    assert replica.is_file()
    assert not make.shard(annotations, "lee").exists()
    newer = make.edited(theirs, note="later")
    assert store.receive([newer]) == 1
    assert store.receive([theirs]) == 0
    assert newer in open_as().of_article(make.article).records


def test_of_records_brought_in_together_the_newest_of_each_is_kept(open_as, make):
    store = open_as()
    first = make.highlight(by="lee")
    second, third = make.edited(first, note="2"), make.edited(first, rev=3, note="3")
    assert store.receive([second, third, first]) == 1
    assert open_as().of_article(make.article).records == (third,)
    assert open_as().history(make.article) == ()
