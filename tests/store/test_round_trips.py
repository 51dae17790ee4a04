from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.recording import records
from tinydb import TinyDB

from tui.model.ids import new_id
from tui.model.records import (
    Change,
    Highlight,
    Record,
    Step,
)
from tui.store import open_store

ARTICLE = "abcdefghij234567"
MINE = records(id=st.builds(new_id), article=st.just(ARTICLE), by=st.just("kim"), rev=st.just(1))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(MINE, min_size=1, max_size=4))
def test_any_record_with_any_characters_comes_back_as_it_was(found: list[Record]):
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        store = open_store(root / "annotations", "kim", locks=root / "locks")
        store.put(Step(new_id(), "all", "", tuple(Change(None, record) for record in found)))
        shelf = open_store(root / "annotations", "kim", locks=root / "locks").of_article(ARTICLE)
        assert shelf.records == tuple(sorted(found, key=lambda record: record.id))
        assert (shelf.altered, shelf.troubles) == (frozenset(), ())
        [shard] = (root / "annotations").rglob("*.json")
        with TinyDB(shard, encoding="utf-8") as db:
            assert {doc["id"] for doc in db} == {record.id for record in found}
            assert len(db.table("history")) == 1


def test_two_surrogates_that_json_would_join_are_replaced_one_for_one(tmp_path):
    store = open_store(tmp_path / "annotations", "kim", locks=tmp_path / "locks")
    mark = Highlight(id=new_id(), article=ARTICLE, rev=1, by="kim", note="a\ud83d\ude00b\ud83d")
    store.put(Step(new_id(), "note", "", (Change(None, mark),)))
    [found] = store.of_article(ARTICLE).records
    assert isinstance(found, Highlight)
    assert found.note == "a\ufffd\ufffdb\ud83d"
