from __future__ import annotations

import re
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tinydb import TinyDB

from tui.model.ids import new_id
from tui.model.records import (
    Alias,
    ArticleRecord,
    Assessment,
    Change,
    Claim,
    Highlight,
    Hop,
    Link,
    PathRef,
    Phrase,
    Quantity,
    Record,
    Review,
    RevisionRef,
    Step,
    When,
)
from tui.model.spans import Span
from tui.store import open_store

ARTICLE = "abcdefghij234567"
texts = st.text(st.characters(), max_size=10).map(
    lambda text: re.sub("[\ud800-\udbff](?=[\udc00-\udfff])", "", text)
)
lists = st.lists(texts, max_size=2).map(tuple)
numbers = st.none() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
extras = st.dictionaries(texts.map(lambda key: f"x{key}"), texts | st.integers(), max_size=2)
spans = st.builds(Span, st.integers(0), st.integers(0), texts, texts, texts, extras)
phrases = st.builds(Phrase, texts, st.none() | spans, extras)
whens = st.builds(When, texts, st.none() | spans, edtf=texts, anchor=texts, extra=extras)
quantities = st.builds(Quantity, texts, lower=numbers, upper=numbers, lower_inclusive=st.booleans())
hops = st.builds(
    Hop, phrases, kind=texts, cue=st.none() | phrases, said=st.none() | whens, extra=extras
)
shared = {"by": st.just("kim"), "rev": st.just(1), "modified": texts, "extra": extras}
shared |= {"id": st.builds(new_id), "article": st.just(ARTICLE), "deleted": st.booleans()}
few_spans = st.lists(spans, max_size=2).map(tuple)
records = st.one_of(
    st.builds(Highlight, **shared, spans=few_spans, tags=lists, note=texts),
    st.builds(
        Claim,
        **shared,
        statement=texts,
        chain=st.lists(hops, max_size=2).map(tuple),
        when=st.none() | whens,
        quantities=st.lists(quantities, max_size=2).map(tuple),
        hedge=st.none() | phrases,
        assessment=st.builds(Assessment, rationale=texts, evidence=lists),
        fields=st.dictionaries(texts, texts | st.booleans(), max_size=2),
    ),
    st.builds(Link, **shared, from_=texts, to=texts, kind=texts),
    st.builds(Review, **shared, claim=texts, claim_rev=st.integers(), flag=st.booleans()),
    st.builds(
        ArticleRecord,
        **shared,
        revisions=st.lists(st.builds(RevisionRef, texts), max_size=2).map(tuple),
        paths=st.lists(st.builds(PathRef, texts, texts), max_size=2).map(tuple),
        tags=lists,
    ),
    st.builds(Alias, **shared, other=texts),
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(records, min_size=1, max_size=4))
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
