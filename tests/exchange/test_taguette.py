"""Taguette projects: bytes of the text of HTML, and what stands there without being asked for."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.exchange.telling import SENTENCE, bundle_of, telling_bundle

from tui.exchange import ExchangeError, Incoming, read_in, write_out
from tui.exchange.taguette import LONGEST
from tui.exchange.taguette_html import HtmlText, as_html
from tui.model.records import Highlight


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "claims.sqlite3"
    assert write_out(telling_bundle(), "taguette", path) == ()
    return path


def change(path: Path, *statements: tuple[str, tuple[object, ...]]) -> Incoming:
    with closing(sqlite3.connect(path)) as there:
        for sql, values in statements:
            there.execute(sql, values)
        there.commit()
    return read_in(path)


def words_of(found: Incoming) -> list[tuple[str, tuple[str, ...]]]:
    highlights = (r for r in found.records if isinstance(r, Highlight))
    return [("|".join(s.exact for s in h.spans), h.tags) for h in highlights]


def test_offsets_are_bytes(project: Path) -> None:
    with closing(sqlite3.connect(project)) as there:
        rows = there.execute(
            "select h.start_offset, h.end_offset, h.snippet, group_concat(t.path) from highlights h"
            " join highlight_tags on highlight_id = h.id join tags t on t.id = tag_id group by h.id"
        ).fetchall()
    data = SENTENCE.encode()
    found = {data[start:end].decode(): (start, end, tags) for start, end, _, tags in rows}
    assert found["NIS 🇰🇷 (국가정보원)"] == (4, 34, "people/source")
    assert found["3,000"] == (53, 58, "figure,war/사상자")
    assert found["casualties have occurred so far"][2] == "untagged"
    assert len(rows) == 5


HTML = (
    "<h1>A &amp; B</h1><p>One<br>two</p>\n<pre>\nkept\n</pre><table><tr><td>x</td><td>y</td></tr>"
    "</table><ul><li>é</li></ul>"
)


def test_blocks_of_its_own_documents_stand_on_lines(project: Path) -> None:
    text = HtmlText(HTML)
    assert text.text == "A & B\nOne\ntwo\nkept\nx\ny\né"
    # As Taguette has the text: A & BOnetwo, LF, kept, LF, xyé.
    assert text.text[text.back(5) : text.back(8, end=True)] == "One"
    assert text.text[text.back(8) : text.back(11, end=True)] == "two"
    assert text.text[text.back(12) : text.back(16, end=True)] == "kept"
    assert text.text[text.back(18) : text.back(21, end=True)] == "y\né"
    added = (
        "insert into documents (id, name, description, filename, created, project_id, "
        "text_direction, contents) values (7, 'Theirs', 'memo', 'a.docx', '', 1, '', ?)"
    )
    mark = (
        "insert into highlights (document_id, start_offset, end_offset, snippet) values (?,?,?,?)"
    )
    found = change(
        project,
        (added, (HTML,)),
        (mark, (7, 5, 11, "<p>One<br>two</p>")),
        (mark, (7, 0, 3, "twο, but other words")),
        (mark, (7, 5, 5, "")),
        (mark, (7, 2, 900, "")),
    )
    theirs = found.documents[1]
    assert (theirs.title, theirs.name, theirs.text) == ("Theirs", "a.docx", text.text)
    fresh = [r for r in found.records if isinstance(r, Highlight) and r.article == theirs.key]
    assert [(r.spans[0].exact, r.revision) for r in fresh] == [
        ("One\ntwo", theirs.revision),
        ("twο, but other words", ""),
    ]
    reasons = [r.reason for r in found.refused]
    assert [r.partition(" of ")[2] or r for r in reasons] == [
        "document “Theirs”: its description is left out",
        "“Theirs”: 5-5 has no words",
        "“Theirs”: 900 is outside the text, which has 21 units",
    ]


@pytest.mark.parametrize(
    "text", ["", "\n", "a\n\n\nb\n", "  lead", "<p>&amp;</p>\n\n", "\t\u2028\n"]
)
def test_a_text_is_its_html(text: str) -> None:
    assert HtmlText(as_html(text)).text == text


def test_what_was_done_in_taguette_comes_back_beside_what_is_here(project: Path) -> None:
    found = change(
        project,
        (
            "update tags set path = 'people.source', description = 'Who' where path like 'people%'",
            (),
        ),
        ("delete from highlights where start_offset = 53", ()),
        ("insert into alembic_version values ('later')", ()),
        ("update projects set name = 'theirs'", ()),
    )
    there = {r.id: r for part in telling_bundle().articles for r in part.annotations.records}
    assert there.items() <= {r.id: r for r in found.records}.items()
    assert words_of(found) == [
        ("“more than 3,000” casualties have occurred so far", ("war/사상자",)),
        ("“more than 3,000”|casualties have occurred so far", ()),
        ("NIS 🇰🇷 (국가정보원)", ("people.source",)),
    ]
    tags = {tag.path: (tag.slot, tag.description) for tag in found.codebook.tags}
    assert tags == {"people.source": (0, "Who"), "war/사상자": (2, ""), "figure": (3, "")}


def test_a_changed_line_of_ours_costs_the_claims_alone(project: Path) -> None:
    cut = "update documents set description = substr(description, 1, 200)"
    found = change(project, (cut, ()))
    assert len(words_of(found)) == 5  # the one in two pieces is two
    assert "line of Pressmark has been changed" in found.refused[0].reason


def test_what_is_too_long_or_unfit_is_said(tmp_path: Path) -> None:
    bundle = telling_bundle()
    part = next(iter(bundle.articles))
    import random

    noise = "".join(chr(random.Random(1).randrange(0xAC00, 0xD7A0)) for _ in range(10))
    random_note = "".join(chr(random.Random(i).randrange(0x21, 0x7E)) for i in range(LONGEST))
    placed = part.annotations.highlights[0]
    record = replace(placed.record, note=random_note + noise)
    article = replace(part.article, text=SENTENCE.replace("said", "sa\x07d"))
    said = write_out(bundle_of(article, [record]), "taguette", tmp_path / "x.sqlite3")
    assert [sentence.split(" ", 2)[:2] for sentence in said] == [["1", "article"], ["1", "text"]]


def test_what_is_no_project_is_one_sentence(project: Path, tmp_path: Path) -> None:
    text = project.with_name("text.sqlite3")
    shutil.copy(project, text)
    with pytest.raises(ExchangeError) as failure:
        change(text, ("update documents set contents = cast(x'ff0a' || contents as text)", ()))
    assert "Could not decode" in str(failure.value)
    assert not any(words in str(failure.value) for words in ("\n", "NIS"))
    change_ = ("alter table documents rename column contents to body", ())
    with pytest.raises(ExchangeError, match=r"known here \(its tables are of db5e31a0233d\)"):
        change(project, change_)
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as there:
        there.execute("create table notes (id)")
    with pytest.raises(ExchangeError, match="no such project: it has no table projects"):
        read_in(other)
