"""A large workspace begins with the index: what it shows and finds is as if all was read."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, LOSSES, claim, mark, spot
from tests.gate import held_back

from tui.desk import Changed, Desk, DeskError, Event
from tui.desk.memory import State
from tui.desk.telling import GONE
from tui.model.filters import parse_filter
from tui.model.ids import new_id
from tui.model.ordering import SORTS, ordered, reordered
from tui.model.records import Alias, Change, Claim, Highlight, Quantity, Step
from tui.model.spans import Span
from tui.model.told import Gist
from tui.store import Shelf
from tui.store.shards import ShardStore
from tui.store.storage import read_whole

SAME_TITLE = "Losses above the count\nHarbor Wire\n2025-02-0{day} 10:00\n\n{words}\n"
LONG_AGO = 1_700_000_000
WIRE = "{title}\nHarbor Wire\n2025-03-0{day} 10:00\n\nThe troops of {title} were seen again.\n"


@pytest.fixture
def large(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The workspace of three articles and five more, which counts as a large one."""
    monkeypatch.setattr(Desk, "many", 1)
    monkeypatch.setattr(Desk, "kept", 2)
    for day in range(1, 6):
        (root / f"wire{day}.txt").write_text(WIRE.format(title=f"Report {day}", day=day))
    for path in root.iterdir():  # not so fresh that it may change unseen
        os.utime(path, (LONG_AGO, LONG_AGO))
    return root


@pytest.fixture
def warm(large: Path, tmp_path: Path) -> Iterator[Callable[..., Desk]]:
    """Opens desks as the reader does; closes them again."""
    desks: list[Desk] = []

    def opener(analyst: str = "kim", events: list[Event] | None = None, whole: bool = True) -> Desk:
        desk = Desk.open(
            root=large,
            analyst=analyst,
            locks=tmp_path / "locks",
            cache=tmp_path / "cache",
            notify=(events if events is not None else []).append,
        )
        desks.append(desk)
        desk.scan(0)
        desk.take_up()
        if whole:
            desk.scan()
            desk.index()  # some questions wait for it only so long
        return desk

    yield opener
    for desk in desks:
        desk.close()


@pytest.fixture
def marked(large: Path, warm: Callable[..., Desk], open_desk: Opener) -> Path:
    """The large workspace with annotations in four articles by two analysts, indexed for kim."""
    kim, lee = open_desk(), open_desk("lee")
    first = claim(kim, "nis.txt", "not in combat", "Not fighting", "army")
    second = claim(kim, "losses.txt", "The troops lost 4,000 men", "Lost", "army/losses", "figures")
    kim.link(second.id, first.id, "contradicts")
    mark(lee, "wire1.txt", "troops", "army")
    mark(kim, "wire2.txt", "troops")
    kim.mark_done(kim.find("wire2.txt"), True)
    for desk in (kim, lee):
        desk.close()
    indexing = warm()
    indexing.index()
    indexing.close()
    return large


def shown(desk: Desk) -> dict[str, Any]:
    """All that the desk lists and shows."""
    listed = desk.listed()
    return {
        "listed": list(listed),
        "annotations": {e.id: desk.annotations(e.id) for e in listed},
        "tags": dict(desk.tag_counts()),
        "claims": sorted(row.claim.id for row in desk.claims()),
        "told": {told.claim.id: told for part in desk.told() for told in part},
    }


def aged(path: Path, text: str | None = None, by: int = 60) -> None:
    if text is not None:
        path.write_text(text)
    os.utime(path, (LONG_AGO + by, LONG_AGO + by))


def until(desk: Desk, so: Callable[[], object]) -> None:
    """Poll and read until something is so."""
    end = monotonic() + 30
    while not so():
        assert monotonic() < end, "it is not so within 30 seconds"
        desk.poll()
        desk.scan()


def nothing(_root: Path, _open: Opener) -> None:
    pass


def changed_file(root: Path, _open: Opener) -> None:
    aged(root / "wire3.txt", WIRE.format(title="Another report", day=4))


def new_and_gone_file(root: Path, _open: Opener) -> None:
    aged(root / "wire9.txt", WIRE.format(title="Report 9", day=9))
    (root / "wire4.txt").unlink()


def lost_article(root: Path, _open: Opener) -> None:
    (root / "losses.txt").unlink()


def moved_files(root: Path, _open: Opener) -> None:
    (root / "below").mkdir()
    (root / "nis.txt").rename(root / "below" / "nis.txt")
    (root / "wire5.txt").rename(root / "a.txt")


def edited_article(root: Path, _open: Opener) -> None:
    aged(root / "losses.txt", LOSSES.replace("rose in January", "rose in February"))


def second_copy(root: Path, _open: Opener) -> None:
    aged(root / "copy.txt", FILES["plain.txt"])


def shard_by_another(_root: Path, open_: Opener) -> None:
    lee = open_("lee")
    claim(lee, "nis.txt", "3,000 men", "Three thousand", "figures")
    mark(lee, "wire5.txt", "troops", "army")
    lee.flush()


def deleted_annotations(_root: Path, open_: Opener) -> None:
    kim = open_()
    for _ in range(2):
        kim.undo([kim.find("wire2.txt")])
    kim.flush()


def joined(_root: Path, open_: Opener) -> None:
    kim = open_()
    one, other = sorted(kim.find(name) for name in ("wire1.txt", "wire2.txt"))
    record = Alias(id=new_id(), article=one, other=other)
    kim.apply(Step(new_id(), "join", "", (Change(None, record),)))
    kim.flush()


CHANGES = (
    nothing,
    changed_file,
    new_and_gone_file,
    lost_article,
    moved_files,
    edited_article,
    second_copy,
    shard_by_another,
    deleted_annotations,
    joined,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda each: each.__name__)
def test_what_the_index_begins_with_is_in_the_end_what_is_there(
    marked: Path, warm, open_desk: Opener, change: Callable[[Path, Opener], None]
) -> None:
    change(marked, open_desk)
    assert shown(warm()) == shown(open_desk())


@pytest.mark.parametrize("watched", [False, True], ids=["", "watched"])
def test_only_files_that_changed_are_read_and_the_list_is_there_before(
    marked: Path, warm, open_desk: Opener, monkeypatch: pytest.MonkeyPatch, watched: bool
) -> None:
    changed_file(marked, open_desk)
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    desk = warm(whole=False)
    begun = len(read)
    if watched:  # before any but the first is known
        desk.watch()
    while len(desk.listed()) < len(FILES) + 5:
        assert desk.scan(0)
        desk.poll()
    assert read[begun:] == []
    assert [e.highlights for e in desk.listed() if e.path in ("nis.txt", "wire2.txt")] == [1, 1]
    desk.scan()
    assert [name for name in read[begun:] if name.endswith(".txt")] == ["wire3.txt"]
    assert [name for name in read[begun:] if name.endswith(".json")] == []
    assert desk.index(0) is False or desk.index() is False
    assert {hit.path for hit in desk.search("another")} == {"wire3.txt"}


@pytest.mark.parametrize(
    "words",
    ["", "tag:army", "status:draft by:kim", "source:none", "lost", "troops NOT fighting", "men"],
)
def test_claims_of_the_workspace_are_listed_and_filtered_and_no_shard_is_read(
    marked: Path, warm, open_desk: Opener, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    desk, wanted = warm(), parse_filter(words)
    read: list[str] = []
    monkeypatch.setattr(
        "tui.store.storage.read_whole", lambda path: read.append(path.name) or read_whole(path)
    )
    found = [told for part in desk.told(wanted) for told in part]
    assert read == []
    desk.annotations(desk.find("wire1.txt"))
    assert read  # so it would have been seen
    monkeypatch.undo()
    assert found == ordered([told for part in open_desk().told(wanted) for told in part])
    gists = ordered(gist for part in desk.gists(wanted) for gist in part)
    assert all(isinstance(gist, Gist) for gist in gists)
    assert [gist.id for gist in gists] == [told.id for told in found]
    assert [told for part in desk.telling(gists) for told in part] == found
    for order in SORTS:  # they say all that is asked for
        assert [g.id for g in reordered(gists, order)] == [t.id for t in reordered(found, order)]


def test_a_claim_is_told_as_it_is_now_and_one_that_is_gone_says_so(
    marked: Path, warm, open_desk: Opener
) -> None:
    desk = warm()
    one, other = ordered(gist for part in desk.gists() for gist in part)
    desk.review(one.id, "accept")
    desk.remove(other.id)
    desk.index()
    assert desk.tell(one).status.name == "accepted"
    assert desk.tell(other).claim.statement == GONE
    assert [gist.id for part in desk.gists() for gist in part] == [one.id]


def test_what_others_and_this_desk_change_afterwards_is_shown_counted_and_found(
    marked: Path, warm, open_desk: Opener
) -> None:
    events: list[Event] = []
    desk, lee = warm(events=events), open_desk("lee")
    claim(lee, "wire1.txt", "troops", "Seen by others", "army")
    (marked / "wire2.txt").unlink()
    aged(marked / "wire9.txt", WIRE.format(title="Report 9", day=9))
    lee.flush()
    desk.watch()
    article = desk.find("wire1.txt")
    while not any(isinstance(e, Changed) and e.article == article for e in events):
        desk.poll()
    while not (desk.exhausted and any(e.path == "wire9.txt" for e in desk.listed())):
        desk.poll()
        desk.scan()
    mark(desk, "wire9.txt", "troops", "navy")
    desk.flush()
    desk.index()
    (found,) = desk.search("others", ["claim"])
    assert found.article == article
    assert [hit.kind for hit in desk.search("tag:navy")] == ["highlight"]
    assert desk.tag_counts()["navy"] == 1
    assert shown(desk) == shown(open_desk())


@pytest.mark.parametrize("many", [1, 1_000])
def test_a_text_may_be_read_before_the_shards_that_tell_which_it_is_but_not_marked(
    marked: Path, warm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr("tui.desk.scanning._HEADS", 0)
    monkeypatch.setattr(Desk, "many", many)
    shutil.rmtree(tmp_path / "cache")
    aged(marked / "losses.txt", LOSSES.replace("rose in January", "rose in February"))
    desk = warm(whole=False)
    before = desk.find("losses.txt")
    assert not desk.annotations(before).highlights
    with pytest.raises(DeskError, match="still being read"):
        mark(desk, "losses.txt", "rose in February")
    with pytest.raises(DeskError, match="still being read"):
        desk.undo()
    while desk.scan(0):
        with suppress(DeskError):
            mark(desk, "losses.txt", "rose in February")
            break
    early = (desk.stage, desk.progress[0]) == ("indexing", 0)
    assert early == (many == 1), "which one it is was known first of all"
    desk.scan()
    assert [claim.statement for claim in desk.annotations(before).all_claims()] == ["Lost"]
    mark(desk, "losses.txt", "rose in February")
    assert len(desk.annotations(desk.find("losses.txt")).highlights) == 2


def test_at_the_first_visit_no_shard_is_read_and_what_comes_later_is_news(
    marked: Path, warm, open_desk: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    whole = ShardStore.of_article

    def noting(store: ShardStore, article: str) -> Shelf:
        read.append(article)
        return whole(store, article)

    monkeypatch.setattr(ShardStore, "of_article", noting)
    desk = warm()
    read.clear()
    desk.attend(tmp_path / "arrivals", "", opening=True)
    assert not desk.look()
    assert read == []
    assert not desk.news
    again = warm()  # the first visit was broken off, after it had looked at everything
    read.clear()
    again.attend(tmp_path / "arrivals", "", opening=True)
    while again.look():
        pass
    assert not again.news
    assert read == []
    again.close()
    lee = open_desk("lee")
    mark(lee, "wire1.txt", "seen again")
    lee.flush()
    desk.index()
    desk.scan()
    desk.poll()
    while desk.look():
        pass
    (found,) = desk.arrived().annotated
    assert (found.head.path, found.record.by) == ("wire1.txt", "lee")
    desk = warm()
    read.clear()
    desk.annotations(desk.find("wire1.txt"))
    assert read  # so it would have been seen


def test_links_are_offered_to_claims_of_articles_that_are_not_in_memory(
    marked: Path, warm: Callable[..., Desk]
) -> None:
    desk = warm()
    other = claim(desk, "wire3.txt", "troops", "The troops lost 4,000 men, said kim")
    desk.flush()
    found = desk.link_candidates(other.id)
    assert [told.claim.statement for told in found] == ["Lost", "Not fighting"]


def test_the_same_words_are_tagged_where_the_index_has_them(
    marked: Path, warm: Callable[..., Desk]
) -> None:
    desk = warm()
    texts = {entry.id: desk.article(entry.id).text for entry in desk.entries()}
    for words in ("troops", 'said "that', "4,000 men", "…"):
        quote = words.replace('"', "")
        found = desk.occurrences(quote)
        assert {each.article for each in found} == {name for name in texts if quote in texts[name]}
        assert all(each.extent.of(texts[each.article]) == quote for each in found)
    found = desk.occurrences("troops")
    assert len({each.article for each in found}) > 3
    step = desk.tag_occurrences("", "troops", "military", everywhere=True)
    assert step is not None
    assert set(step.articles) == {each.article for each in found}
    for name in step.articles:
        assert any("military" in h.record.tags for h in desk.annotations(name).highlights)
    assert desk.undo().articles == step.articles


def test_links_are_proposed_to_claims_of_articles_that_are_not_in_memory(
    marked: Path, warm: Callable[..., Desk]
) -> None:
    words = "The NIS said that the troops lost 4,000 men in Kursk in January"
    before = warm()
    claim(before, "wire4.txt", "troops", words)
    before.flush()
    before.index()
    before.close()
    desk = warm()
    same = claim(desk, "wire3.txt", "troops", words)
    desk.flush()
    assert desk.proposed_links(same.article) == {}  # nobody waits for the index
    end = monotonic() + 20
    while desk.gather_claims(same.article, 0.001) and monotonic() < end:
        desk.index(0.01)
    (link,) = desk.proposed_links(same.article)[same.id]
    assert link.kind == "repeats"


def test_undo_reaches_articles_that_are_not_in_memory_and_links_lead_to_them(
    marked: Path, warm, open_desk: Opener
) -> None:
    desk = warm()
    first = desk.annotations(desk.find("nis.txt"))
    (link,) = first.links
    away = desk.claim_of(link.from_)
    assert away is not None
    assert away[1].path == "losses.txt"
    assert desk.undo().label.startswith("done")
    assert desk.undo([e.id for e in desk.listed()]).label.startswith("highlight")
    desk.flush()
    assert shown(desk) == shown(open_desk())


def test_of_many_articles_that_are_looked_at_the_records_of_the_last_ones_stay(
    marked: Path, warm: Callable[..., Desk], open_desk: Opener
) -> None:
    desk = warm()
    for day in range(1, 6):
        mark(desk, f"wire{day}.txt", "troops", f"tag{day}")
        mark(desk, f"wire{day}.txt", "seen", "sights")
        desk.poll()
    for _ in range(2):
        desk.undo([desk.find("wire1.txt")])
    desk.index()
    desk.poll()
    gc.collect()
    assert sum(isinstance(each, State) for each in gc.get_objects()) <= 3
    desk.flush()
    assert shown(desk) == shown(open_desk())


def test_what_an_article_is_that_was_let_go_of_the_index_tells(
    marked: Path, warm: Callable[..., Desk], open_desk: Opener
) -> None:
    desk = warm()
    desk.watch()
    before = {entry.path: entry.id for entry in desk.listed()}
    texts = [desk.article(article) for article in before.values()]
    for article in before.values():
        desk.annotations(article)
    until(desk, lambda: sum(map(desk._known.tells, texts)) <= desk.kept)  # else ever more
    (marked / "wire1.txt").rename(marked / "wire8.txt")
    aged(marked / "losses.txt", LOSSES.replace("rose in January", "rose in February"))
    until(desk, lambda: desk.exhausted and any(e.path == "wire8.txt" for e in desk.listed()))
    assert desk.find("wire8.txt") == before["wire1.txt"]
    assert desk.find("losses.txt") == before["losses.txt"]
    assert shown(desk) == shown(open_desk())


def test_whose_text_it_is_its_own_shard_tells_before_one_that_names_its_path(
    large: Path, warm: Callable[..., Desk], open_desk: Opener, tmp_path: Path
) -> None:
    path, folder = large / "p.txt", large / "annotations" / "lee"
    aged(path, SAME_TITLE.format(day=7, words="The troops lost 4,000 men. The count rose."))
    lee = open_desk("lee")
    mark(lee, "p.txt", "troops")
    lee.close()
    folder.rename(tmp_path / "lee")
    aged(path, SAME_TITLE.format(day=9, words="Quite another text, about troops and potatoes."))
    kim = open_desk()
    name, article = mark(kim, "p.txt", "troops"), kim.find("p.txt")
    for entry in kim.listed():
        if entry.id != article:
            kim.note_article(entry.id, "seen")
    kim.close()
    warm().close()
    desk = warm()
    text = desk.article(article)
    for entry in desk.listed():
        desk.annotations(entry.id)
    until(desk, lambda: not desk._known.tells(text))
    (tmp_path / "lee").rename(folder)
    until(desk, lambda: any(entry.gone for entry in desk.listed()))
    assert desk.find("p.txt") == article
    assert [placed.record.id for placed in desk.annotations(article).highlights] == [name]
    assert shown(desk) == shown(open_desk())


def test_a_file_that_was_moved_stays_in_the_index(marked: Path, warm: Callable[..., Desk]) -> None:
    (marked / "wire4.txt").rename(marked / "moved.txt")
    desk = warm()
    assert [hit.path for hit in desk.search('"troops of report 4"')] == ["moved.txt"]
    desk.watch()
    (marked / "wire3.txt").rename(marked / "later.txt")
    until(desk, lambda: [hit.path for hit in desk.search('"of report 3"')] == ["later.txt"])


def test_an_index_that_is_damaged_while_one_reads_is_built_anew_and_nobody_waits(
    marked: Path, warm: Callable[..., Desk], tmp_path: Path
) -> None:
    events: list[Event] = []
    desk = warm(events=events)
    before, found = shown(desk), {hit.id for hit in desk.search("troops")}
    (file,) = (tmp_path / "cache" / "index").glob("*.db")
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        for table in ("notes", "shelves", "tagged"):
            other.execute(f"drop table {table}")
    losses = desk.find("losses.txt")
    assert not desk.tag_counts(), "nobody is kept waiting for it"
    assert any("damaged and is built anew" in word for word in desk.troubles)
    assert not desk.exhausted
    assert desk.annotations(losses) == before["annotations"][losses]
    assert desk.scan(0)
    assert desk.stage == "indexing"
    desk.index()
    assert shown(desk) == before
    assert {hit.id for hit in desk.search("troops")} == found
    assert desk.exhausted
    desk.close()
    assert Changed("", frozenset(), "index") in events


@pytest.mark.parametrize("bytes_", [b"not a database" * 1000, b""], ids=["damaged", "empty"])
def test_an_index_that_is_damaged_or_cannot_be_written_is_none(
    marked: Path, warm, open_desk: Opener, tmp_path: Path, bytes_: bytes
) -> None:
    (file,) = tmp_path.glob("cache/index/*.db")
    for path in (file, *tmp_path.glob("cache/index/*-wal")):
        path.unlink()
    if bytes_:
        file.write_bytes(bytes_)
    else:
        file.mkdir()
    desk = warm()
    assert shown(desk) == shown(open_desk())
    assert any("index" in words for words in desk.troubles)
    desk.index()
    assert {hit.path for hit in desk.search("report")} == {f"wire{day}.txt" for day in range(1, 6)}


def test_where_few_articles_are_annotated_only_their_shards_are_read(
    marked: Path, warm, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "many", 6)  # of eight files, four annotated
    for change in (shard_by_another, edited_article, moved_files):
        change(marked, open_desk)
    read: list[str] = []
    whole = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path.name) or whole(path))
    desk = warm()
    texts = sorted({name for name in read if name.endswith(".txt")})
    assert texts == ["a.txt", "losses.txt", "nis.txt"]
    monkeypatch.undo()
    assert shown(desk) == shown(open_desk())


@pytest.mark.parametrize("gone", [False, True])
def test_an_export_by_the_index_is_the_same(
    marked: Path, warm: Callable[..., Desk], open_desk: Opener, gone: bool
) -> None:
    if gone:  # the link has one end only, and is not written
        kim = open_desk()
        kim.remove(next(row.claim.id for row in kim.claims() if row.claim.statement == "Lost"))
        kim.close()
    whole, indexed = open_desk(), warm()
    for form in ("jsonl", "csv"):
        one, other = whole.export(form), indexed.export(form)
        assert one.text == other.text
        assert one.counts == other.counts
    assert ('"type":"link"' in whole.export("jsonl").text) is not gone
    assert whole.preview() == indexed.preview()
    some = [entry.id for entry in whole.listed()[-2:]]
    for words in ("status:draft", "tag:none", "tag:army by:lee", "after:2025", "source:nis", "men"):
        one, other = (d.export("jsonl", parse_filter(words)) for d in (whole, indexed))
        assert one.text == other.text
        assert one.counts == other.counts
    one, other = (d.export("jsonl", articles=some) for d in (whole, indexed))
    assert one.text == other.text


def test_a_filtered_export_reads_what_it_means_once_and_nothing_else(
    marked: Path, warm, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, read = warm(), list[str]()
    monkeypatch.setattr(
        "tui.store.shards.read_whole", lambda path: read.append(path.name) or read_whole(path)
    )
    assert desk.export("jsonl", parse_filter("by:lee")).counts["bare"] == 1
    assert read == [f"{desk.find('wire1.txt')}.json"]


def test_marks_on_a_long_text_that_changed_are_placed_before_an_export(
    large: Path, warm, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    padding = "".join(f"In {n} the ministry counted {n * 7} ships in port.\n" for n in range(1500))
    names = ("nis.txt", "losses.txt")  # one after the other: each has to be waited for
    for name in names:
        aged(large / name, FILES[name] + padding, 0)
    desk = open_desk()
    mark(desk, "wire1.txt", "troops")
    for name in names:
        mark(desk, name, "In 700 the ministry")
        aged(large / name, (FILES[name] + padding).replace("In 3 the", "In 2025 the"))
    desk.close()
    gate, desk, text = held_back(monkeypatch), warm(), list[str]()
    said = set[str]()
    for far in desk.exporting("jsonl", None, text.append):
        said.add(far.what)
        if desk.comparing:
            assert not text, "nothing is written before it is known"
            gate.set()
    assert said == {"gathering", "comparing", "exporting"}
    assert "".join(text).replace(" ", "").count('"fit":"moved"') == 2
    assert desk.comparing == 0


@pytest.mark.parametrize("revision", ["", "x" * 64, "0x_1" * 16, " " * 64, "-" + "1" * 63, "abc"])
def test_what_no_pressmark_writes_is_found_all_the_same(
    marked: Path, warm: Callable[..., Desk], open_desk: Opener, revision: str
) -> None:
    lee = open_desk("lee")
    article = lee.find("wire4.txt")
    far = Span(10**30, 10**30 + 6, "troops")
    odd = Highlight(id=new_id(), article=article, revision=revision, spans=(far,), by="lee")
    said = Claim(id=new_id(), article=article, highlight=odd.id, revision=revision, by="lee")
    said = replace(said, statement="Oddly said")
    lee.apply(Step(new_id(), "odd", "", (Change(None, odd), Change(None, said))))
    lee.close()
    desk = warm()
    assert {hit.id for hit in desk.search("oddly")} == {said.id}
    told = {told.id: told for part in desk.told() for told in part}
    assert told[said.id].claim.revision == revision
    assert shown(desk) == shown(open_desk())


def test_what_has_no_place_in_few_bytes_is_listed_found_and_exported_all_the_same(
    marked: Path, warm: Callable[..., Desk]
) -> None:
    desk = warm()
    article = desk.find("wire3.txt")
    huge = Quantity("many", lower=10**30, unit="men")
    draft = Claim(article=article, statement="Seen", translation="\ud800", quantities=(huge,))
    step = desk.save_claim(draft, [spot(desk, article, "troops")])
    assert step is not None
    name = next(c.after.id for c in step.changes if isinstance(c.after, Claim))
    desk.index()
    (told,) = [told for part in desk.told() for told in part if told.id == name]
    assert told.claim.quantities == (huge,)
    assert told.claim.translation == "\ud800"
    (gist,) = [gist for part in desk.gists() for gist in part if gist.id == name]
    assert desk.tell(gist) == told
    assert name in {hit.id for hit in desk.search("seen")}
    for other in ("nis.txt", "losses.txt", "wire1.txt"):
        desk.annotations(desk.find(other))
    desk.poll()  # lets go of it
    assert desk.preview(parse_filter("seen")) == "1 claim, 1 draft"
    assert str(10**30) in desk.export("jsonl", parse_filter("seen")).text
