"""Codebooks, source registries and revisions on the disk."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.model.codebook import COLOURS, Codebook, Tag
from tui.model.ids import sha256
from tui.model.sources import Registry, Reliability, Source
from tui.store import (
    StoreError,
    TagHistory,
    keep_revision,
    load_codebook,
    load_revision,
    load_sources,
    load_tag_history,
    other_codebooks,
    own_codebook,
    own_sources,
    save_codebook,
    save_source,
    save_sources,
    save_tag_history,
    shared_codebook,
    starter_codebook,
)
from tui.store.tag_history import FILE as HISTORY


def test_the_starter_codebook_is_there_when_there_is_none(annotations):
    book, troubles = load_codebook(annotations, "kim")
    assert (book, troubles) == (starter_codebook(), ())
    assert own_codebook(annotations, "kim") == book
    assert [book.at_slot(n) is not None for n in range(1, 10)] == [True] * 9
    top = [tag for tag in book.tags if "/" not in tag.path]
    assert all(tag.colour in COLOURS and tag.description for tag in top)
    assert len({tag.colour for tag in top}) == len(top)
    assert not annotations.exists()


def test_a_codebook_comes_back_as_it_was_saved(annotations):
    book = Codebook(
        (
            Tag("전쟁/사상자", 1, "red", 'He said "no"\\', ("casualties",), {"weight": 3}),
            Tag("plain"),
        )
    )
    save_codebook(annotations, "kim", book)
    assert load_codebook(annotations, "kim") == (book, ())
    assert own_codebook(annotations, "kim") == book


paths = st.text("abc 한é'\"#=[]", min_size=1, max_size=6).filter(lambda p: p == " ".join(p.split()))


@settings(max_examples=30, deadline=None)
@given(st.lists(paths, unique=True, min_size=1, max_size=5), st.text(max_size=8), st.data())
def test_any_codebook_round_trips_even_over_another_one(tmp_path_factory, found, text, data):
    annotations = tmp_path_factory.mktemp("codebooks")
    for _ in range(2):
        order = data.draw(st.permutations(found))
        book = Codebook(tuple(Tag(path, n + 1, "blue", text) for n, path in enumerate(order)))
        save_codebook(annotations, "kim", book)
        assert load_codebook(annotations, "kim") == (book, ())


def test_the_starter_codebook_is_one_s_own_only_while_nobody_has_one(annotations):
    assert own_codebook(annotations, "kim") == starter_codebook()
    save_codebook(annotations, "lee", Codebook((Tag("a"),)))
    assert own_codebook(annotations, "kim") == Codebook()
    assert own_codebook(annotations, "lee") == Codebook((Tag("a"),))


def test_comments_and_what_is_not_known_stay_in_a_codebook(annotations):
    path = annotations / "kim" / "codebook.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        '# Agreed on Monday.\nowner = "desk"\n\n[[tags]]\npath = "military"  # all forces\n'
        'slot = 1\nmood = "grim"\n# between\n\n[[tags]]\npath = "old name"\n',
        encoding="utf-8",
    )
    book = own_codebook(annotations, "kim").moved("old name", "new name").with_tag(Tag("third", 3))
    save_codebook(annotations, "kim", book)
    text = path.read_text(encoding="utf-8")
    for kept in ("# Agreed on Monday.", 'owner = "desk"', "# all forces", 'mood = "grim"', "# bet"):
        assert kept in text
    again = own_codebook(annotations, "kim")
    assert [tag.path for tag in again.tags] == ["military", "new name", "third"]
    assert again.resolve("old name") == "new name"
    assert text.count("[[tags]]") == 3


def test_one_s_own_codebook_comes_first_then_the_shared_one_then_others(annotations):
    save_codebook(annotations, "kim", Codebook((Tag("a", 1), Tag("b", 2))))
    save_codebook(annotations, "", Codebook((Tag("c", 1), Tag("a", 5))), shared=True)
    save_codebook(annotations, "lee", Codebook((Tag("d", 3), Tag("c", 2))))
    book, _ = load_codebook(annotations, "kim")
    assert [(tag.path, tag.slot) for tag in book.tags] == [("a", 1), ("b", 2), ("c", 0), ("d", 3)]
    theirs, _ = load_codebook(annotations, "lee")
    assert theirs.at_slot(2) == Tag("c", 2)


def test_renaming_in_one_s_own_codebook_holds_against_the_shared_one(annotations):
    shared = Codebook((Tag("military", 1, "red"), Tag("military/losses")))
    save_codebook(annotations, "", shared, shared=True)
    book, _ = load_codebook(annotations, "kim")
    save_codebook(annotations, "kim", book.moved("military", "forces"))
    book, _ = load_codebook(annotations, "kim")
    assert [tag.path for tag in book.tags] == ["forces", "forces/losses"]
    assert book.resolve("military/losses") == "forces/losses"
    assert book.resolve("military/new") == "forces/new"


@pytest.mark.parametrize(
    "text", ["[[tags]\n", "tags = 3\n", "\udcff", "[[tags]]\npath = 'a'\npath = 'b'\n"]
)
def test_an_unreadable_codebook_is_named_passed_over_and_never_overwritten(annotations, text):
    path = annotations / "kim" / "codebook.toml"
    path.parent.mkdir(parents=True)
    data = text.encode("utf-8", "surrogateescape")
    path.write_bytes(data)
    save_codebook(annotations, "", Codebook((Tag("shared"),)), shared=True)
    book, [trouble] = load_codebook(annotations, "kim")
    assert book == Codebook((Tag("shared"),))
    assert str(path) in trouble
    with pytest.raises(StoreError, match="was not written"):
        save_codebook(annotations, "kim", Codebook((Tag("mine"),)))
    assert path.read_bytes() == data


@pytest.mark.parametrize(
    ("entry", "why"),
    [
        ("slot = 1", "it has no path"),
        ("path = 3", "it has no path"),
        ('path = "b"\nslot = 10', "b: slot is a number from 1 to 9"),
        ('path = "b"\nslot = -1', "b: slot is a number from 1 to 9"),
        ('path = "b"\nslot = true', "b: slot is a number from 1 to 9"),
        ('path = "b"\nslot = "1"', "b: slot is a number from 1 to 9"),
        ('path = "b"\ncolour = "plaid"', "b: 'plaid' is none of the colours"),
        ('path = "b"\ndescription = 3', "b: description is a text"),
        ('path = "b"\nwas = "old"', 'b: was is a list of paths, such as ["old/path"]'),
        ('path = "b"\nwas = ["old", 3]', 'b: was is a list of paths, such as ["old/path"]'),
        ('path = "a,b"', "a,b"),
    ],
)
def test_a_bad_tag_costs_that_tag_only(annotations, entry, why):
    path = annotations / "codebook.toml"
    path.parent.mkdir()
    path.write_text(f'[[tags]]\npath = "good"\n\n[[tags]]\n{entry}\n', encoding="utf-8")
    book, [trouble] = load_codebook(annotations, "kim")
    assert book == Codebook((Tag("good"),))
    assert "tag 2" in trouble
    assert why in trouble
    assert str(path) in trouble


@pytest.mark.parametrize("slot", [0, 1, 9])
def test_a_tag_has_one_of_nine_slots_or_none(annotations, slot):
    annotations.mkdir()
    (annotations / "codebook.toml").write_text(f'[[tags]]\npath = "a"\nslot = {slot}\n')
    assert load_codebook(annotations, "kim") == (Codebook((Tag("a", slot),)), ())


def test_what_is_no_table_among_the_tags_is_named(annotations):
    annotations.mkdir()
    (annotations / "codebook.toml").write_text('tags = [{path = "a"}, 3]\n')
    book, [trouble] = load_codebook(annotations, "kim")
    assert book == Codebook((Tag("a"),))
    assert "it is no [[tags]] table" in trouble


def test_tags_that_came_into_the_file_meanwhile_stay_when_it_is_saved(annotations):
    before = Codebook((Tag("a"), Tag("b", was=("old",))))
    save_codebook(annotations, "kim", before)
    theirs = Codebook((Tag("a"), Tag("b", was=("old",)), Tag("c", 3, "red", "new")))
    save_codebook(annotations, "kim", theirs)
    mine = Codebook((Tag("a"), Tag("d")))  # b taken out, d put in
    save_codebook(annotations, "kim", mine, before=before)
    found = own_codebook(annotations, "kim")
    assert found == Codebook((Tag("a"), Tag("d"), Tag("c", 3, "red", "new")))
    save_codebook(annotations, "kim", mine)
    assert own_codebook(annotations, "kim") == mine


def test_other_codebooks_are_the_shared_one_and_those_of_others(annotations):
    ours, mine, theirs = (Codebook((Tag(name),)) for name in ("ours", "mine", "theirs"))
    assert other_codebooks(annotations, "kim") == []
    save_codebook(annotations, "kim", mine)
    save_codebook(annotations, "lee", theirs)
    save_codebook(annotations, "", ours, shared=True)
    assert other_codebooks(annotations, "kim") == [ours, theirs]


def test_one_s_own_sources_are_those_of_one_s_own_file(annotations):
    assert own_sources(annotations, "kim") == Registry()
    save_sources(annotations, "kim", Registry((Source("NIS"),)))
    save_sources(annotations, "lee", Registry((Source("KBS"),)))
    assert own_sources(annotations, "kim") == Registry((Source("NIS"),))
    assert {s.name for s in load_sources(annotations, "kim")[0].sources} == {"NIS", "KBS"}


def test_a_folder_that_cannot_be_looked_into_is_named_wherever_all_are_read(annotations):
    save_codebook(annotations, "kim", Codebook((Tag("a"),)))
    (annotations / "lee").symlink_to(annotations / "lee")
    for load in (load_codebook, load_sources):
        _, [trouble] = load(annotations, "kim")
        assert trouble.startswith(f"{annotations / 'lee'} could not be read: it is a link")
    assert other_codebooks(annotations, "kim") == []


def test_the_shared_codebook_by_itself_is_empty_where_there_is_none(annotations):
    assert shared_codebook(annotations) == Codebook()
    save_codebook(annotations, "kim", Codebook((Tag("mine"),)))
    save_codebook(annotations, "", Codebook((Tag("ours"),)), shared=True)
    assert shared_codebook(annotations) == Codebook((Tag("ours"),))


def test_a_file_that_is_a_link_is_neither_read_nor_written_through(tmp_path, annotations):
    """A link may come with somebody else's files and lead anywhere."""
    victim = tmp_path / "victim"
    victim.write_text("{}")
    text = "Kyiv said so."
    history = TagHistory()
    files = ("kim/codebook.toml", "kim/sources.json", f"kim/{HISTORY}")
    for name in (*files, f"revisions/{sha256(text)}.txt"):
        path = annotations / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(victim)
    link = "it is a link, and links are not followed; put the file itself there"
    for load in (load_codebook, load_sources, load_tag_history):
        _, troubles = load(annotations, "kim")
        assert any(trouble.endswith(f"could not be read: {link}") for trouble in troubles)
    for call in (
        lambda: save_codebook(annotations, "kim", Codebook((Tag("a"),))),
        lambda: save_sources(annotations, "kim", Registry((Source("NIS"),))),
        lambda: save_tag_history(annotations, "kim", history),
        lambda: keep_revision(annotations, sha256(text), text),
        lambda: load_revision(annotations, sha256(text)),
    ):
        with pytest.raises(StoreError, match=f"could not be read: {link}"):
            call()
    assert victim.read_text() == "{}"
    assert all((annotations / name).is_symlink() for name in files)


def test_a_source_that_json_cannot_hold_is_refused_and_the_others_stay(annotations):
    save_sources(annotations, "kim", Registry((Source("NIS"),)))
    odd = Registry((Source("NIS"), Source("KBS", extra={"odd": float("nan")})))
    with pytest.raises(StoreError, match=r"sources\.json was not written"):
        save_sources(annotations, "kim", odd)
    assert load_sources(annotations, "kim") == (Registry((Source("NIS"),)), ())


def test_sources_come_back_one_a_line_and_one_s_own_win(annotations):
    nis = Source(
        "National Intelligence Service",
        ("NIS", "국정원"),
        "named",
        reliability=(Reliability("B", "2025-02-05"),),
        extra={"country": "KR"},
    )
    save_source(annotations, "kim", nis)
    save_source(annotations, "kim", Source("New York Times", ("NYT",)))
    save_sources(annotations, "lee", Registry((Source("the  new york times"), Source("KBS"))))
    registry, troubles = load_sources(annotations, "kim")
    assert registry.sources == (nis, Source("New York Times", ("NYT",)), Source("KBS"))
    assert troubles == ()
    text = (annotations / "kim" / "sources.json").read_text(encoding="utf-8")
    assert "국정원" in text
    assert len(text.splitlines()) == 4
    assert [entry["name"] for entry in json.loads(text)["sources"]] == [
        "National Intelligence Service",
        "New York Times",
    ]


def test_what_this_version_does_not_know_stays_in_the_sources(annotations):
    path = annotations / "kim" / "sources.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"v": 2, "mood": 1, "sources": [{"name": 5}, {"name": "KBS", "x": [1]}]}')
    registry, [trouble] = load_sources(annotations, "kim")
    assert registry.sources == (Source("KBS", extra={"x": [1]}),)
    assert "source 1" in trouble
    save_source(annotations, "kim", Source("NYT"))
    data = json.loads(path.read_text())
    assert (data["v"], data["mood"]) == (2, 1)
    assert {"name": 5} in data["sources"]
    assert len(data["sources"]) == 3


def test_of_two_sources_with_one_name_the_first_counts_and_the_other_stays(annotations):
    path = annotations / "kim" / "sources.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"sources": [{"name": "KBS"}, {"name": "kbs", "role": "broadcaster"}]}')
    save_source(annotations, "kim", Source("NYT"))
    names = [entry["name"] for entry in json.loads(path.read_text())["sources"]]
    assert sorted(names) == ["KBS", "NYT", "kbs"]


def test_a_table_that_is_no_tag_stays_in_a_codebook_that_is_saved(annotations):
    path = annotations / "kim" / "codebook.toml"
    path.parent.mkdir(parents=True)
    path.write_text('[[tags]]\npath = "a"\n\n[[tags]]\npath = "b"\nslot = 12  # a slip\n')
    for tag in ("c", "d"):
        save_codebook(annotations, "kim", own_codebook(annotations, "kim").with_tag(Tag(tag)))
    assert path.read_text().count("slot = 12  # a slip") == 1
    book, [trouble] = load_codebook(annotations, "kim")
    assert [tag.path for tag in book.tags] == ["a", "c", "d"]
    assert "slot is a number" in trouble


@pytest.mark.parametrize("text", ["{", "[]", '{"sources": 3}', '{"sources": [], "v": "x"}', ""])
def test_unreadable_sources_are_named_passed_over_and_never_overwritten(annotations, text):
    path = annotations / "kim" / "sources.json"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    registry, [trouble] = load_sources(annotations, "kim")
    assert registry == Registry()
    assert str(path) in trouble
    with pytest.raises(StoreError, match="not written"):
        save_source(annotations, "kim", Source("KBS"))
    assert path.read_text() == text
    assert own_sources(annotations, "kim") == Registry()


@given(st.text(st.characters(), max_size=30))
@settings(max_examples=30, deadline=None)
def test_a_text_is_kept_under_its_hash(tmp_path_factory, text):
    annotations = tmp_path_factory.mktemp("texts")
    digest = sha256(text)
    assert load_revision(annotations, digest) is None
    keep_revision(annotations, digest, text)
    assert load_revision(annotations, digest) == text


def test_a_text_with_a_lone_surrogate_is_kept_as_it_is(annotations):
    text = "name \udcff.txt"
    digest = sha256(text.encode("utf-8", "surrogatepass"))
    keep_revision(annotations, digest, text)
    assert load_revision(annotations, digest) == text


def test_a_text_is_written_once_and_verified(annotations):
    digest = sha256("canonical\ntext")
    keep_revision(annotations, digest, "canonical\ntext")
    path = annotations / "revisions" / f"{digest}.txt"
    first = path.stat()
    keep_revision(annotations, digest, "canonical\ntext")
    assert (path.stat().st_ino, path.stat().st_mtime_ns) == (first.st_ino, first.st_mtime_ns)
    path.write_text("changed by hand")
    assert load_revision(annotations, digest) is None
    keep_revision(annotations, digest, "canonical\ntext")
    assert load_revision(annotations, digest) == "canonical\ntext"
    [aside] = path.parent.glob("*.damaged")
    assert aside.read_text() == "changed by hand"


def test_a_text_under_another_s_hash_is_refused(annotations):
    with pytest.raises(StoreError, match="another SHA-256"):
        keep_revision(annotations, sha256("a"), "b")
    for name in ("../../x", "A" * 64, "0" * 63):
        with pytest.raises(StoreError, match="no SHA-256"):
            load_revision(annotations, name)
