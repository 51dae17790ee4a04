"""Search at the desk: what is marked is found, what changes is taken in, what is known not read."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from tests.desk.marking import FILES, claim, mark, spot

from tui.desk import Desk, DeskError, Hit
from tui.desk.sifting import parse_sieve
from tui.model.records import Highlight
from tui.store.index import Index
from tui.store.storage import read_whole

LONG_AGO = 1_700_000_000


@pytest.fixture
def opened(root: Path, tmp_path: Path) -> Iterator[Any]:
    """Opens desks on the workspace with the user's cache; no file is read; closes them again."""
    desks: list[Desk] = []
    for path in root.iterdir():  # not so fresh that it may change unseen
        os.utime(path, (LONG_AGO, LONG_AGO))

    def opener(analyst: str = "kim", *paths: Path) -> Desk:
        desk = Desk.open(
            paths,
            root=root,
            analyst=analyst,
            locks=tmp_path / "locks",
            cache=tmp_path / "cache",
        )
        desks.append(desk)
        return desk

    yield opener
    for desk in desks:
        desk.close()


def found(desk: Desk, query: str, *kinds: str) -> list[Hit]:
    desk.index()
    return desk.search(query, kinds)


def paths(hits: list[Hit]) -> list[str]:
    return sorted({hit.path for hit in hits})


def test_words_are_found_where_they_stand_in_the_text(opened) -> None:
    desk = opened()
    for hit in found(desk, "troops"):
        text = desk.article(hit.article).text
        assert hit.place in hit.places
        assert len(hit.places) == text.casefold().count("troops")
        assert {place.of(text).casefold() for place in hit.places} == {"troops"}
        assert {m.of(hit.snippet).casefold() for m in hit.marks} == {"troops"}
    assert paths(found(desk, "troops")) == sorted(FILES)
    (korean,) = found(desk, "한군은")
    assert korean.path == "plain.txt"
    assert korean.place == spot(desk, korean.article, "한군은")
    (losses,) = found(desk, '"officials said" NOT kyiv OR "Kyiv denied"')
    assert (losses.path, losses.title) == ("losses.txt", "Losses above the count")


def test_without_a_file_read_or_found_it_is_the_ids_of_a_full_scan(opened, open_desk) -> None:
    scanned = {entry.path: entry.id for entry in open_desk().entries()}
    assert {h.path: h.article for h in found(opened(), "troops")} == scanned


def test_what_is_marked_is_found_at_once_with_its_place(opened) -> None:
    desk = opened()
    desk.index()
    name = mark(desk, "nis.txt", "not in combat", "army")
    made = claim(desk, "losses.txt", "The troops lost 4,000 men", "Four thousand were lost", "army")
    desk.note(name, "compare with January")
    (noted,) = desk.search("compare january")
    assert (noted.kind, noted.id) == ("highlight", name)
    assert noted.place == spot(desk, noted.article, "not in combat")
    (stated,) = desk.search("thousand")
    assert (stated.kind, stated.id) == ("claim", made.id)
    assert {hit.id for hit in desk.search("tag:army source:NIS")} == {made.id}
    desk.review(made.id, "accept")
    assert [hit.id for hit in desk.search("status:accepted")] == [made.id]
    desk.remove(name)
    assert desk.search("compare january") == []
    desk.undo([noted.article])
    assert [hit.id for hit in desk.search("compare january")] == [name]


def test_a_tag_covers_its_children_and_the_names_it_had_and_has(opened) -> None:
    desk = opened()
    name = mark(desk, "nis.txt", "not in combat", "army/losses")
    desk.index()
    assert [hit.id for hit in desk.search("tag:army")] == [name]
    desk.change_codebook(desk.codebook.moved("army/losses", "casualties"), "moved")
    assert desk.search("tag:army/losses") != []  # today's name of it is meant
    assert [hit.id for hit in desk.search("tag:casualties")] == [name]
    assert desk.search("tag:army", ["highlight"]) == []


def test_what_is_known_is_not_read_again(opened, root) -> None:
    first = opened()
    assert len(found(first, "troops")) == 3
    first.close()
    path = root / "plain.txt"
    text = path.read_text().replace("troops", "brooks")
    path.write_text(text)
    os.utime(path, (LONG_AGO, LONG_AGO))  # as large and as old as before: it is not looked into
    again = opened()
    assert len(found(again, "troops")) == 3
    assert found(again, "brooks") == []
    again.close()
    os.utime(path)
    third = opened()
    assert [hit.path for hit in found(third, "brooks")] == ["plain.txt"]
    assert len(found(third, "troops")) == 2


def test_files_that_come_change_move_and_go(opened, root) -> None:
    found(opened(), "troops")
    (root / "deep").mkdir()
    (root / "plain.txt").rename(root / "deep" / "moved.txt")
    (root / "new.txt").write_text("A convoy of troops was seen.")
    (root / "nis.txt").write_text(FILES["nis.txt"].replace("Kursk", "Sudzha"))
    (root / "losses.txt").unlink()
    desk = opened()
    assert paths(found(desk, "troops")) == ["deep/moved.txt", "new.txt", "nis.txt"]
    assert found(desk, "kursk") == []
    assert paths(found(desk, "sudzha")) == ["nis.txt"]


def test_a_text_at_two_paths_is_found_once_and_stays_when_one_goes(opened, root) -> None:
    (root / "a.txt").write_text(FILES["plain.txt"])
    desk = opened()
    assert len(found(desk, "사라졌다")) == 1
    desk.close()
    (root / "a.txt").unlink()
    assert [hit.path for hit in found(opened(), "사라졌다")] == ["plain.txt"]


def test_only_what_lies_in_the_opened_paths(opened, root) -> None:
    (root / "deep").mkdir()
    (root / "deep" / "one.txt").write_text("More troops.")
    found(opened(), "troops")
    assert paths(found(opened("kim", root / "deep"), "troops")) == ["deep/one.txt"]
    assert len(paths(found(opened(), "troops"))) == 4


def test_another_analyst_and_another_process_are_taken_in(opened) -> None:
    kim, lee = opened(), opened("lee")
    assert found(kim, "remark") == found(lee, "remark") == []
    name = mark(kim, "nis.txt", "not in combat")
    kim.note(name, "a remark")
    kim.flush()
    lee.poll()
    assert [hit.id for hit in found(lee, "remark")] == [name]
    assert [hit.id for hit in found(opened(), "remark")] == [name]


def test_an_own_copy_stands_in_the_place_of_anothers(opened) -> None:
    kim = opened()
    name = mark(kim, "nis.txt", "not in combat")
    kim.note(name, "first remark")
    kim.flush()
    lee = opened("lee")
    lee.index()
    lee.find("nis.txt")
    lee.note(name, "second remark")
    (hit,) = lee.search("remark")
    assert "second" in hit.snippet
    (other,) = found(opened(), "first remark")
    assert other.id == name


def test_a_highlight_of_an_older_text_has_its_place_on_todays(opened, root) -> None:
    desk = opened()
    mark(desk, "plain.txt", "The troops are gone")
    desk.flush()
    desk.close()
    path = root / "plain.txt"
    path.write_text("Some words before. " + FILES["plain.txt"])
    again = opened()
    (hit,) = found(again, '"troops are gone"', "highlight")
    assert hit.place == spot(again, hit.article, "The troops are gone")


def test_texts_in_documents_of_many_articles(opened, root) -> None:
    (root / "dump.jsonl").write_text(
        '{"id": "a", "title": "One", "text": "Smoke over the harbour at dawn."}\n'
        '{"id": "b", "title": "Two", "text": "Smoke over the station at noon."}\n'
    )
    desk = opened()
    assert {hit.title for hit in found(desk, "smoke")} == {"One", "Two"}
    (hit,) = found(desk, "station")
    assert hit.place is not None
    assert hit.place.of(desk.article(desk.find(hit.article)).text) == "station"


def test_a_deleted_index_costs_only_time(opened, tmp_path) -> None:
    desk = opened()
    mark(desk, "nis.txt", "not in combat")
    before = found(desk, "combat")
    desk.close()
    for path in (tmp_path / "cache" / "index").iterdir():
        path.unlink()
    assert found(opened(), "combat") == before


def test_an_index_that_is_damaged_while_it_is_used_is_built_anew(opened, tmp_path) -> None:
    desk = opened()
    before = found(desk, "troops")
    desk.close()
    (file,) = (tmp_path / "cache" / "index").glob("*.db")
    data = bytearray(file.read_bytes())
    for offset in range(8192, len(data), 512):  # the first pages stay
        data[offset : offset + 256] = b"\x5a" * 256
    file.write_bytes(data)
    again = opened()
    assert found(again, "troops") == before
    assert any("damaged and is built anew" in word for word in again.troubles)


def test_which_article_a_new_text_is_the_index_tells_and_no_shard_is_read(
    opened, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened()
    marked = [mark(desk, name, "troops") for name in ("nis.txt", "losses.txt")]
    assert len(found(desk, "troops", "highlight")) == 2
    before = desk.find("losses.txt")
    desk.close()
    read: list[str] = []
    monkeypatch.setattr(
        "tui.store.shards.read_whole", lambda path: read.append(path.name) or read_whole(path)
    )
    (root / "new.txt").write_text("Other troops.")
    (root / "losses.txt").write_text(FILES["losses.txt"] + "\nMore was said later.\n")
    desk = opened()
    texts = {hit.path: hit.article for hit in found(desk, "troops", "article")}
    assert texts["losses.txt"] == before, "the same path and title"
    assert len(set(texts.values())) == len(texts) == 4
    assert {hit.id for hit in found(desk, "troops", "highlight")} == set(marked)
    assert set(read) <= {f"{before}.json"}


def test_an_index_that_turns_out_to_be_damaged_when_a_text_is_met_is_built_anew(
    opened, root: Path, tmp_path: Path
) -> None:
    desk = opened()
    name = mark(desk, "nis.txt", "troops")
    found(desk, "troops")
    article = desk.find("nis.txt")
    desk.close()
    (file,) = (tmp_path / "cache" / "index").glob("*.db")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("drop table shelf_keys")
    (root / "new.txt").write_text("Other troops.")
    (root / "nis.txt").write_text(FILES["nis.txt"] + "More was said.\n")
    desk = opened()
    for _ in range(2):
        texts = {hit.path: hit.article for hit in found(desk, "troops", "article")}
        assert texts["nis.txt"] == article
    assert paths(found(desk, "troops", "article")) == sorted([*FILES, "new.txt"])
    assert [hit.id for hit in desk.search("troops", ["highlight"])] == [name]


def test_an_index_that_is_damaged_again_and_again_is_given_up(
    opened, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = opened()
    mark(desk, "nis.txt", "troops")
    renew = Index.renew

    def damage() -> None:
        with closing(sqlite3.connect(desk.index_file, isolation_level=None)) as other:
            other.execute("drop table shelf_keys")

    monkeypatch.setattr(Index, "renew", lambda index: (renew(index), damage()))
    desk.index()
    mark(desk, "losses.txt", "troops")
    damage()
    with pytest.raises(DeskError, match="is damaged as soon as it is built: have the disk checked"):
        desk.index()


def test_on_a_disk_that_is_full_the_index_is_in_memory(opened, root: Path) -> None:
    for number in range(40):
        words = " ".join(f"w{number}x{n}" for n in range(2_000))
        (root / f"long{number}.txt").write_text(f"Troops. {words}\n")
    desk = opened()
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, before[1]))
    try:
        assert len(paths(found(desk, "troops"))) == 40 + len(FILES)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert any("it is kept in memory" in word for word in desk.troubles)
    assert len(paths(found(opened(), "troops"))) == 40 + len(FILES)


def test_without_fts5_it_says_so_and_the_rest_works(opened, monkeypatch) -> None:
    connect = sqlite3.connect

    def without(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_authorizer(
            lambda action, *_: (
                sqlite3.SQLITE_DENY if action == sqlite3.SQLITE_CREATE_VTABLE else sqlite3.SQLITE_OK
            )
        )
        return connection

    monkeypatch.setattr(sqlite3, "connect", without)
    desk = opened()
    for ask in (desk.index, lambda: desk.search("troops")):
        with pytest.raises(DeskError, match="needs SQLite with FTS5"):
            ask()
    mark(desk, "nis.txt", "not in combat")
    desk.flush()
    assert desk.scan() is False


@pytest.mark.parametrize("query", ["", "(", "NOT a", "status:unheard", "grade:B2"])
def test_a_query_without_sense_is_one_sentence(opened, query) -> None:
    with pytest.raises(DeskError) as caught:
        opened().search(query)
    assert caught.value.code == 2


def test_bit_by_bit_it_says_how_far_it_is(opened) -> None:
    desk = opened()
    rounds = 0
    while desk.index(0.0):
        rounds += 1
        done, total = desk.index_progress
        assert done <= total
    assert rounds >= 3
    assert desk.index_progress == (3, 3)
    assert len(desk.search("troops")) == 3


def test_what_is_read_while_it_is_built_need_not_be_read_again(opened) -> None:
    desk = opened()
    desk.index(0.0)
    desk.scan()
    desk.index()
    assert len(desk.search("troops")) == 3
    name = mark(desk, "plain.txt", "The troops are gone")
    assert isinstance(desk.annotations(desk.find("plain.txt")).places[name].record, Highlight)
    assert name in {hit.id for hit in desk.search("gone")}


def test_a_filter_that_nobody_waits_for_is_given_up(opened) -> None:
    desk = opened()
    desk.index()
    question = desk.question(parse_sieve("troops status:draft"))
    assert any(question.answer().words.values())
    question.stop()
    assert not any(question.answer().words.values())
