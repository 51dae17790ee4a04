"""The index: any part of a Korean word, any query, filters as elsewhere, files that come and go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import read_article
from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.filters import Filter, parse_filter
from tui.model.records import ArticleRecord, Claim, Highlight, Hop, Phrase, Record, Review
from tui.model.sources import Registry, Source
from tui.model.spans import Extent, select
from tui.model.views import Annotations, Placed, gathered
from tui.store.index import (
    Answer,
    Index,
    Lying,
    Query,
    Shelved,
    StoppedError,
    meaning_of,
    notes_of,
    parse_query,
)
from tui.store.index.schema import is_far

CODEBOOK = Codebook((Tag("military", was=("army",)), Tag("military/losses"), Tag("diplomacy")))
SOURCES = Registry((Source("National Intelligence Service", ("NIS", "국정원")),))


def article(text: str, name: str = "one.txt", **fields: str) -> Article:
    found = read_article(text.encode("utf-8", "surrogatepass"), name)
    return found if not fields else type(found)(**{**_fields(found), **fields})


def _fields(found: Article) -> dict[str, object]:
    return {name: getattr(found, name) for name in found.__struct_fields__}


def lying(path: str = "one.txt", size: int = 1, mtime: int = 1) -> Lying:
    return Lying(path, size, mtime)


@pytest.fixture
def index() -> Iterator[Index]:
    """An index in memory."""
    found = Index(None)
    yield found
    found.close()


def holding(*texts: str) -> Index:
    """An index of articles with these texts, each in a file of its own."""
    index = Index(None)
    for number, text in enumerate(texts):
        bare = Article(f"{number:016}", text, f"{number:064x}", path=f"{number}.txt")
        index.put_file(lying(bare.path), [bare])
    assert index.wait(10)
    return index


def asked(index: Index, query: str, **options: object) -> list[Answer]:
    found = parse_query(query)
    meaning = meaning_of(found.filter, CODEBOOK, SOURCES)
    return index.ask(found, meaning, **options)  # type: ignore[arg-type]


def ids(found: Iterable[Answer]) -> list[str]:
    return [answer.record for answer in found]


# words

HANGUL = st.text("가나다 ", min_size=1, max_size=12)


@given(HANGUL, HANGUL)
def test_of_korean_exactly_what_stands_there_is_found(text: str, wanted: str) -> None:
    line, part = " ".join(text.split()), " ".join(wanted.split())
    if not line or not part:
        return
    index = holding(text)
    assert bool(asked(index, f'"{part}"')) == (part in line)
    index.close()


@given(st.data())
def test_every_part_of_a_korean_text_is_found_where_it_stands(data: st.DataObject) -> None:
    text = data.draw(st.text("가각힣나漢カ.Aé 5", min_size=1, max_size=30).map(str.strip))
    runs = [(i, j) for i in range(len(text)) for j in range(i + 1, min(i + 6, len(text)) + 1)]
    spans = [(i, j) for i, j in runs if all(c in "가각힣나漢カ" for c in text[i:j])]
    if not spans:
        return
    start, end = data.draw(st.sampled_from(spans))
    stored = normalize("NFD", text) if data.draw(st.booleans()) else normalize("NFC", text)
    bare = Article("a" * 16, stored, "0" * 64)
    index = holding(stored)
    query = parse_query(f'"{text[start:end]}"')
    (found,) = index.ask(query, meaning_of(query.filter, CODEBOOK, SOURCES))
    snippet = index.snippet(query, found, bare)
    assert any(text[start:end] in normalize("NFC", e.of(stored)) for e in snippet.places)
    assert snippet.place in snippet.places
    for mark in snippet.marks:
        assert 0 <= mark.start < mark.end <= len(snippet.text)
    index.close()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kursk", [0, 1]),
        ("KURSK", [0, 1]),
        ("Kursk troops", [0]),
        ("Kursk AND troops", [0]),
        ("troops OR convoy", [0, 1]),
        ("kursk NOT troops", [1]),
        ("kursk NOT (troops OR convoy)", []),
        ('"troops left"', [0]),
        ('"left troops"', []),
        ("conv*", [1]),
        ("conv", []),
        ("(troops OR convoy) kursk NOT café", [0]),
        ("cafe", [1]),
        ("북한", [2]),
        ("한군", [2]),
        ("군", [2]),
        ("한군 kbs", [2]),
        ('"북한군이 KBS"', [2]),
        ("KBS뉴스", [2]),
        ("뉴스", [2]),
        ("2월", [2]),
        ("북한군은", []),
        ("북군", []),
        ("and or not", []),
        ("https://example.org/a", [1]),
    ],
)
def test_words_phrases_and_their_like(query: str, found: list[int]) -> None:
    index = holding(
        "The troops left Kursk.",
        "A convoy for Kursk, from the café: https://example.org/a",
        "북한군이 KBS뉴스 2월5일",
    )
    assert sorted(int(name) for name in ids(asked(index, query))) == found
    index.close()


PIECES = (
    *("()\"*:^+-{}'\\;,.%_ "),
    *("AND", "OR", "NOT", "NEAR", "NEAR(a, 2)", "tag:", "by:kim", "title:", "body :", "words"),
    *("facts : kclaim", "kursk", "북한", "가", "\0", "\ud800", "after:2025", "after:x", "source:"),
    *('source:"', "rank", "*", '""', "𠀀", "\u3099", "🇰"),
)
ODD = st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join) | st.text(max_size=40)


@given(ODD)
def test_any_line_gets_answers_or_one_sentence(typed: str) -> None:
    index = holding("Kursk troops 북한군", "a b c")
    query = read(typed)
    if query is not None:
        for answer in index.ask(query, meaning_of(query.filter, CODEBOOK, SOURCES)):
            index.snippet(query, answer, Article("a", "Kursk troops 북한군", "0" * 64))
    index.close()


def read(typed: str) -> Query | None:
    """The query of a line; None where there is a sentence instead."""
    try:
        return parse_query(typed)
    except ValueError as error:
        if not str(error) or "\n" in str(error):
            raise
        return None


@given(st.text('() ab"*', max_size=12), st.integers(0, 400))
def test_nesting_and_length_are_bounded(middle: str, depth: int) -> None:
    deep = "(" * depth + middle + ")" * depth
    for typed in (deep, "a OR " * depth + "b", "a NOT " * depth + "b"):
        query = read(typed)
        if query is not None:
            index = holding("a b")
            index.ask(query, meaning_of(query.filter, CODEBOOK, SOURCES))
            index.close()


@given(st.text(max_size=200))
def test_any_text_can_be_indexed_and_cut(text: str) -> None:
    bare = Article("a" * 16, text, "0" * 64, title=text[:9])
    index = Index(None)
    index.put_file(lying(), [bare])
    assert index.wait(10)
    assert index.failed == ""
    word = next((w for w in text.split() if w.isalnum() and w.isascii()), "")
    if word:
        query = parse_query(f'"{word}"')
        found = index.ask(query, meaning_of(query.filter, CODEBOOK, SOURCES))
        for answer in found:
            places = index.snippet(query, answer, bare).places
            assert all(e.of(text).casefold().startswith(word[:1].casefold()) for e in places)
    index.close()


def test_a_snippet_shows_the_words_on_one_line_with_their_place() -> None:
    text = (
        "First words.\n\n"
        + "filler and more " * 30
        + "\n\nThe troops\nhave left  Kursk. "
        + "x " * 99
    )
    bare = Article("a" * 16, text, "0" * 64)
    index = holding(text)
    query = parse_query('"have left kursk"')
    (found,) = index.ask(query, meaning_of(query.filter, CODEBOOK, SOURCES))
    snippet = index.snippet(query, found, bare)
    assert snippet.place.of(text) == "have left  Kursk"
    assert [mark.of(snippet.text) for mark in snippet.marks] == ["have left Kursk"]
    assert "\n" not in snippet.text
    assert snippet.text[0] == snippet.text[-1] == "…"
    assert len(snippet.text) < 220
    index.close()


def test_what_stands_in_the_header_is_not_text_and_the_headline_counts_more(index: Index) -> None:
    times = "입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News Today"
    head = f"date 2025-02-05 [News Today] “{{}}”\n\n{times}\n[LEAD]\n{{}}\n"
    first = article(head.format("NOTHING HERE", "Kursk is far."), "a.txt")
    second = article(head.format("KURSK", "Nothing else was said."), "b.txt")
    index.put_file(lying("a.txt"), [first])
    index.put_file(lying("b.txt"), [second])
    assert index.wait(10)
    assert ids(asked(index, "kursk")) == [second.id, first.id]
    assert ids(asked(index, "입력")) == []
    (best, _) = asked(index, "kursk")
    snippet = index.snippet(parse_query("kursk"), best, second)
    assert snippet.place.of(second.text) == "KURSK"


# filters

TAGS = ("army/losses", "military/losses/army", "diplomacy", "other")
MOMENTS = ("2025-02-05T23:30:00.000Z", "2025-02-06T08:00:00.123Z", "2025-03-01T00:00:00.000Z")
NAMES = ("the NIS", "국정원", "NYT", "National  Intelligence Service")


@st.composite
def marked_up(draw: st.DrawFn) -> Annotations:
    """Highlights with claims on them, and reviews of these."""
    text = "Some words of an article that are marked."
    records: list[Record] = []
    placed: list[Placed] = []
    for number in range(draw(st.integers(0, 3))):
        common = {"by": draw(st.sampled_from(["Kim", "lee"])), "rev": 1}
        times = sorted(draw(st.tuples(*[st.sampled_from(MOMENTS)] * 2)))
        highlight = Highlight(
            id=f"h{number}",
            created=times[0],
            modified=times[1],
            spans=(select(text, number, number + 5),),
            tags=tuple(draw(st.lists(st.sampled_from(TAGS), max_size=2, unique=True))),
            **common,
        )
        records.append(highlight)
        placed.append(Placed(highlight, (Extent(number, number + 5),)))
        for other in range(draw(st.integers(0, 2))):
            names = draw(st.lists(st.sampled_from(NAMES), max_size=2))
            claim = Claim(
                id=f"c{number}{other}",
                highlight=highlight.id,
                created=times[0],
                modified=times[1],
                chain=tuple(Hop(Phrase(name)) for name in names),
                **{**common, "rev": draw(st.integers(1, 2))},
            )
            records.append(claim)
            reviewers = draw(st.lists(st.sampled_from(["Kim", "lee"]), max_size=2, unique=True))
            records += [
                Review(
                    id=f"r{number}{other}{by}",
                    by=by,
                    claim=claim.id,
                    claim_rev=draw(st.integers(1, 2)),
                    decision=draw(st.sampled_from(["accept", "reject", "none"])),
                    flag=draw(st.booleans()),
                    modified=draw(st.sampled_from(MOMENTS)),
                )
                for by in reviewers
            ]
    return gathered("a" * 16, records, placed)


PARTS = {
    "tag": ("military", "army", "military/losses", "other,diplomacy", "none", "unheard"),
    "source": ("NIS", "국정원", "nyt", "nobody"),
    "status": ("draft", "accepted", "rejected,disputed", "flagged", "stale", "self-reviewed"),
    "by": ("kim", "LEE", "park"),
    "after": ("2025", "2025-02-06", "2025-02-06T08:00:00", "2025-03"),
    "before": ("2025-02-06", "2025-03-01T00:00", "2026"),
}


@given(
    marked_up(),
    st.dictionaries(st.sampled_from([*PARTS]), st.integers(0, 5), min_size=1, max_size=3),
)
def test_filters_mean_what_they_mean_elsewhere(notes: Annotations, parts: dict[str, int]) -> None:
    words = " ".join(f"{key}:{PARTS[key][n % len(PARTS[key])]}" for key, n in parts.items())
    wanted = parse_filter(words)
    head = Article("a" * 16, "", "0" * 64)
    index = Index(None)
    index.put_notes(Shelved("a" * 16), tuple(notes_of(notes)))
    assert index.wait(10)
    found = ids(asked(index, words, kinds=("highlight", "claim")))
    rest = (notes.status, head, CODEBOOK, SOURCES)
    expected = [
        record
        for placed in notes.highlights
        for record, claim in [
            (placed.record.id, None),
            *((c.id, c) for c in notes.claims.get(placed.record.id, ())),
        ]
        if wanted.matches(claim, placed, *rest)
    ]
    assert sorted(found) == sorted(expected)
    index.close()


@given(marked_up(), marked_up())
def test_what_changed_is_as_if_it_had_been_so_at_first(one: Annotations, two: Annotations) -> None:
    changed, fresh = Index(None), Index(None)
    for notes in (one, two):
        changed.put_notes(Shelved("a" * 16), tuple(notes_of(notes)))
    fresh.put_notes(Shelved("a" * 16), tuple(notes_of(two)))
    assert changed.wait(10)
    assert fresh.wait(10)
    for query in ("words", "some", "NIS", "tag:military", "status:draft", "by:kim"):
        assert sorted(ids(asked(changed, query))) == sorted(ids(asked(fresh, query)))
    changed.close()
    fresh.close()


def test_some_records_of_many_can_be_written_anew(index: Index) -> None:
    text = "The troops have left."

    def notes(note: str, *claims: Claim, reviews: Sequence[Review] = ()) -> Annotations:
        highlight = Highlight(id="h", spans=(select(text, 0, 3),), note=note, tags=("army",))
        other = Highlight(id="i", spans=(select(text, 4, 10),))
        placed = [Placed(highlight, (Extent(0, 3),)), Placed(other, (Extent(4, 10),))]
        return gathered("a" * 16, [highlight, other, *claims, *reviews], placed)

    claim = Claim(id="c", rev=1, highlight="h", statement="They left")
    index.put_notes(Shelved("a" * 16), tuple(notes_of(notes("first"))))
    index.put_notes(
        Shelved("a" * 16), tuple(notes_of(notes("second", claim), {"h", "c"})), {"h", "c"}
    )
    assert index.wait(10)
    assert ids(asked(index, "first")) == []
    assert ids(asked(index, "second")) == ["h"]
    assert sorted(ids(asked(index, "troops OR they"))) == ["c", "i"]
    review = Review(id="r", by="lee", claim="c", claim_rev=1, decision="accept")
    after = notes("second", claim, reviews=[review])
    index.put_notes(Shelved("a" * 16), tuple(notes_of(after, {"r"})), {"r"})
    assert index.wait(10)
    assert ids(asked(index, "status:accepted")) == ["c"]
    assert ids(asked(index, "status:draft")) == []


def test_articles_by_date_and_by_what_is_said_of_the_whole(index: Index) -> None:
    early = Article("e" * 16, "troops", "1" * 64, published="2025-02-05T10:00:00+09:00")
    late = Article("l" * 16, "troops", "2" * 64, published="2025-03-05", modified="2025-04-01")
    index.put_file(lying("e.txt"), [early])
    index.put_file(lying("l.txt"), [late])
    record = ArticleRecord(id="w", by="Kim", tags=("army",), note="of troops", title="x")
    index.put_notes(Shelved(early.id), tuple(notes_of(gathered(early.id, [record], []))))
    assert index.wait(10)
    articles = {"kinds": ("article",)}
    assert ids(asked(index, "troops before:2025-03", **articles)) == [early.id]
    assert ids(asked(index, "after:2025-03-31", **articles)) == [late.id]
    assert ids(asked(index, "after:2025", **articles)) == [late.id, early.id]
    assert ids(asked(index, "tag:military", **articles)) == [early.id]
    assert ids(asked(index, "tag:none", **articles)) == [late.id]
    assert ids(asked(index, "status:draft troops", **articles)) == []
    assert {answer.kind for answer in asked(index, "troops")} == {"article", "note"}


# files


def test_a_file_holds_what_it_holds_now(index: Index) -> None:
    one, two = (Article(c * 16, f"{c} troops", c * 64) for c in "ab")
    index.put_file(lying(), [one, two])
    index.put_file(lying(), [two])
    assert index.wait(10)
    assert ids(asked(index, "troops")) == [two.id]
    again = Article(two.id, "other words", "c" * 64)
    index.put_file(lying(), [again])
    assert index.wait(10)
    assert ids(asked(index, "troops")) == []
    assert ids(asked(index, "other")) == [two.id]
    index.drop_files([index.number("one.txt")])
    assert index.wait(10)
    assert ids(asked(index, "other")) == []
    assert index.files() == {}


def test_of_two_texts_of_an_article_the_newer_one_is_found(index: Index) -> None:
    old = Article("a" * 16, "old troops", "1" * 64, modified="2025-02-05T10:00:00Z", path="o")
    new = Article("a" * 16, "new troops", "2" * 64, modified="2025-02-06T10:00:00Z", path="n")
    index.put_file(lying("n"), [new])
    index.put_file(lying("o"), [old])
    assert index.wait(10)
    assert ids(asked(index, "old")) == []
    assert [answer.path for answer in asked(index, "troops")] == ["n"]
    index.drop_files([index.number("n")])
    assert index.wait(10)
    assert asked(index, "troops") == []
    assert list(index.paths().values()) == ["o"]  # to be read again


def test_only_what_lies_in_a_place(index: Index) -> None:
    for path in ("a/one.txt", "ab/two.txt", "a.txt"):
        index.put_file(lying(path), [Article(path.ljust(16), "troops", "0" * 64, path=path)])
    assert index.wait(10)
    assert [answer.path for answer in asked(index, "troops", places=("a",))] == ["a/one.txt"]
    both = asked(index, "troops", places=("a.txt", "ab"))
    assert sorted(answer.path for answer in both) == ["a.txt", "ab/two.txt"]


# the file of the index


def kept(file: Path) -> Index:
    """An index on the disk with one article in it."""
    index = Index(file)
    index.put_file(lying(), [Article("a" * 16, "troops", "0" * 64)])
    assert index.wait(10)
    return index


def test_it_is_there_the_next_time(tmp_path: Path) -> None:
    file = tmp_path / "new" / "index.db"
    kept(file).close()
    index = Index(file)
    assert ids(asked(index, "troops")) == ["a" * 16]
    assert index.said == []
    index.close()


@pytest.mark.parametrize("size", [0, 3, 100, 5000])
def test_a_damaged_one_is_made_anew_with_a_word(tmp_path: Path, size: int) -> None:
    file = tmp_path / "index.db"
    kept(file).close()
    data = bytearray(file.read_bytes())
    data[:size] = b"\xff" * size
    file.write_bytes(data)
    index = Index(file)
    if size == 0:
        assert index.said == []
    else:
        assert "damaged" in index.said[0]
        assert asked(index, "troops") == []
    index.close()


def test_one_of_another_version_is_made_anew_with_a_word(tmp_path: Path) -> None:
    file = tmp_path / "index.db"
    kept(file).close()
    with sqlite3.connect(file) as connection:
        connection.execute("update meta set value = 0 where key = 'version'")
    connection.close()
    index = Index(file)
    assert "another version" in index.said[0]
    assert asked(index, "troops") == []
    index.put_file(lying(), [Article("a" * 16, "troops", "0" * 64)])
    assert index.wait(10)
    assert len(asked(index, "troops")) == 1
    index.close()


def test_without_a_folder_to_write_in_it_is_in_memory_with_a_word(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file in its place")
    index = kept(tmp_path / "cache" / "index.db")
    assert "in memory" in index.said[0]
    assert len(asked(index, "troops")) == 1
    index.close()


def test_two_write_the_same_at_once(tmp_path: Path) -> None:
    file = tmp_path / "index.db"
    both = Index(file), Index(file)
    for number in range(300):
        for index in both:
            bare = Article(f"{number:016}", f"troops {number}", f"{number:064x}")
            index.put_file(lying(f"{number}.txt"), [bare])
    for index in both:
        assert index.wait(30)
        assert index.failed == ""
    for index in both:
        assert len(asked(index, "troops", limit=1000)) == 300
        assert len(asked(index, "17")) == 1
        index.close()


def test_nobody_gets_an_answer_once_it_is_closed(tmp_path: Path) -> None:
    for file in (None, tmp_path / "kept.db"):
        index = Index(file)
        index.put_file(lying(), [article("Kursk")])
        index.wait()
        query = parse_query("Kursk")
        meaning = meaning_of(query.filter, CODEBOOK, SOURCES)
        assert len(index.ask(query, meaning)) == 1
        assert len(index.ask_articles(query, meaning)) == 1
        with pytest.raises(StoppedError):
            index.ask_articles(query, meaning, lambda: False)
        index.close()
        with pytest.raises(StoppedError):
            index.ask(query, meaning)
        with pytest.raises(StoppedError):
            index.ask_articles(query, meaning)


def test_what_is_dead_is_not_kept_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "index.db"
    index = Index(file)
    for number in range(6):
        text = f"troops {number} " + "word " * 200_000
        index.put_file(lying(), [Article("a" * 16, text, f"{number:064x}")])
        assert index.wait(30)
    index.close()
    worn = file.stat().st_size
    index = Index(file)  # begins anew
    assert index.files() == {}
    index.put_file(lying(), [Article("a" * 16, "troops", "0" * 64)])
    assert index.wait(10)
    index.close()
    assert file.stat().st_size < worn


@pytest.mark.parametrize(
    ("kind", "far"), [("ext4", False), ("nfs4", True), ("fuse.sshfs", True), ("tmpfs", False)]
)
def test_a_network_drive_is_told_by_its_mount(kind: str, far: bool) -> None:
    mounts = (
        "22 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
        f"36 22 0:32 / /mnt/a\\040b rw,relatime shared:1 - {kind} host:/x rw\n"
    )
    assert is_far(Path("/mnt/a b/cache"), mounts) == far
    assert not is_far(Path("/mnt/other"), mounts)


def test_an_empty_filter_and_no_words_is_a_sentence() -> None:
    for typed in ("", "  ", "!!!", "tag:", "AND", "()"):
        with pytest.raises(ValueError, match="nothing to search for"):
            parse_query(typed)
    for typed in ("NOT a", "(a", "a)", "tag:x OR a", "(tag:x a)", "NOT tag:x a", "grade:B2"):
        with pytest.raises(ValueError):
            parse_query(typed)
    assert parse_query("tag:military").filter == Filter(tag="military")
    assert parse_query('source:"the NIS" kursk').filter.source == "the NIS"
