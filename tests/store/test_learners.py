"""`learner.json`: whole or not at all, nothing of it trusted, never overwritten unread."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.model.learned import Learned, Lesson, Weight
from tui.store import StoreError
from tui.store.learners import FILE, LearnerFile, UnreadableError

LESSON = Lesson("a1", True, 0.35, ("quoted", "cue: say", "source: 국정원\u2028\ud800"))
LEARNED = Learned(False, 3, (Weight("quoted", 0.25, 0.1),), (LESSON, replace(LESSON, id="b2")))
TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=8)
LESSONS = st.builds(
    Lesson,
    TEXTS,
    st.booleans(),
    st.floats(0, 1),
    st.lists(TEXTS, max_size=4).map(tuple),
)
WEIGHTS = st.builds(Weight, TEXTS, st.floats(-9, 9), st.floats(0, 1))


def put(annotations: Path, data: bytes) -> Path:
    path = annotations / "kim" / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def becoming(learned: Learned):
    return lambda _old: learned


@given(
    learned=st.builds(
        Learned,
        st.booleans(),
        st.integers(0, 10**6),
        st.lists(WEIGHTS, max_size=4).map(tuple),
        st.lists(LESSONS, max_size=4).map(tuple),
    )
)
def test_what_was_learned_comes_back_as_it_was(tmp_path_factory, learned: Learned):
    annotations = tmp_path_factory.mktemp("annotations")
    file = LearnerFile(annotations, "kim")
    assert (file.load(), file.path.exists()) == (Learned(), False)
    file.change(becoming(learned))
    assert LearnerFile(annotations, "kim").load() == learned
    assert LearnerFile(annotations, "lee").load() == Learned()


def test_a_decision_is_a_line_and_what_a_later_version_adds_stays(annotations):
    file = LearnerFile(annotations, "kim")
    file.change(becoming(LEARNED))
    lines = file.path.read_bytes().split(b"\n")
    assert sum(b'"id"' in line for line in lines) == 2
    data = json.loads(file.path.read_bytes())
    put(annotations, json.dumps({**data, "mood": "good"}).encode())
    file.change(lambda learned: replace(learned, on=True))
    assert json.loads(file.path.read_bytes()) == {**data, "mood": "good", "on": True}


def test_nothing_is_written_where_nothing_changes(annotations):
    file = LearnerFile(annotations, "kim")
    file.change(lambda learned: learned)
    assert not annotations.exists()


def test_a_change_is_made_in_what_another_process_has_written_since(annotations):
    first, second = LearnerFile(annotations, "kim"), LearnerFile(annotations, "kim")
    first.load()
    for file, name in ((second, "b"), (first, "a"), (second, "c")):
        file.change(lambda old, name=name: replace(
            old, lessons=(*old.lessons, replace(LESSON, id=name))
        ))  # fmt: skip
    assert first.stale()
    assert not second.stale()
    assert [lesson.id for lesson in first.load().lessons] == ["b", "a", "c"]
    assert not first.stale()


HEAD = b'{"v":1,"on":true,"folded":0,'
BASE, ONE = b'%s"base":[%s],"lessons":[]}', b'%s"base":[],"lessons":[%s]}'
DAMAGED = [
    (b"", "Expecting value"),
    (b"[1]", "it is no JSON object"),
    (b'{"v":1,"lessons":[{"id":"a1"', "Expecting"),
    (b"\xff\xfe", "utf-8"),
    (b'{"v":"1"}', "v is no number"),
    (b'{"v":1,"on":1}', "learned.on is int"),
    (b'{"v":1,"folded":-1}', "below 0"),
    (BASE % (HEAD, b'{"feature":"a","mean":NaN,"variance":0.1}'), "NaN"),
    (BASE % (HEAD, b'{"feature":"a","mean":1e999,"variance":0.1}'), "out of range"),
    (BASE % (HEAD, b'{"feature":"a","mean":1,"variance":2}'), "out of range"),
    (ONE % (HEAD, b'{"id":"a","accepted":true,"rank":%d}' % 10**400), "rank"),
    (ONE % (HEAD, b'{"id":"","accepted":true,"rank":0}'), "id is empty"),
    (ONE % (HEAD, b'{"id":"a","features":[3]}'), "features"),
    (b"[" * 100_000, ""),
]  # fmt: skip


@pytest.mark.parametrize(("data", "why"), DAMAGED)
def test_a_damaged_file_is_named_and_left_as_it_is(annotations, data, why):
    path = put(annotations, data)
    file = LearnerFile(annotations, "kim")
    for _ in range(2):
        with pytest.raises(UnreadableError, match="is passed over") as caught:
            file.load()
        assert str(path) in str(caught.value)
        assert why in str(caught.value)
        with pytest.raises(UnreadableError):
            file.change(becoming(LEARNED))
    assert path.read_bytes() == data
    assert not file.stale()


def test_a_damaged_file_is_set_aside_when_something_else_is_to_be_in_its_place(annotations):
    path = put(annotations, b"{")
    file = LearnerFile(annotations, "kim")
    said = file.renew(LEARNED)
    [aside] = path.parent.glob("*.damaged")
    assert aside.name in said
    assert (aside.read_bytes(), file.load()) == (b"{", LEARNED)
    assert file.renew(Learned()) == ""
    assert LearnerFile(annotations, "kim").load() == Learned()


def test_a_file_that_was_mended_is_used_again(annotations):
    put(annotations, b"{")
    file = LearnerFile(annotations, "kim")
    with pytest.raises(UnreadableError):
        file.load()
    LearnerFile(annotations, "lee").change(becoming(LEARNED))
    put(annotations, (annotations / "lee" / FILE).read_bytes())
    assert file.load() == LEARNED


def test_a_file_of_a_newer_version_is_left_alone(annotations):
    data = b'{"v":2,"brain":[]}'
    path = put(annotations, data)
    file = LearnerFile(annotations, "kim")
    for use in (file.load, lambda: file.change(becoming(LEARNED)), lambda: file.renew(LEARNED)):
        with pytest.raises(UnreadableError, match="by a newer Pressmark"):
            use()
    assert path.read_bytes() == data
    assert [*path.parent.iterdir()] == [path]


def test_a_link_is_not_followed(annotations, tmp_path):
    secret = tmp_path / "secret.json"
    LearnerFile(tmp_path, ".").change(becoming(LEARNED))
    (tmp_path / FILE).rename(secret)
    (annotations / "kim").mkdir(parents=True)
    (annotations / "kim" / FILE).symlink_to(secret)
    file = LearnerFile(annotations, "kim")
    with pytest.raises(UnreadableError, match="it is a link"):
        file.load()
    with pytest.raises(StoreError):
        file.renew(Learned())
    assert LearnerFile(tmp_path, ".").path.exists() is False
    assert secret.exists()
