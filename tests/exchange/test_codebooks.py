"""Codebooks by themselves: out and in again, and as other programs write them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.exchange.telling import telling_bundle
from tests.exchange.test_both_ways import CODEBOOKS

from tui.exchange import FORMATS, ExchangeError, export_text, read_in, write_out
from tui.model.codebook import COLOURS, Codebook, Tag

BOOK = Codebook(
    (
        Tag("war", 1, "red", "Fighting;\n“all” of <it>", ("conflict", "사건/war")),
        Tag("war/losses/military", 2, "grey"),
        Tag("economy/losses", 0, "", 'a "quoted" word, and more', ("old",), {"stage": "open"}),
        Tag("=1+1", 0, "blue", "-2"),
        Tag("losses"),
    )
)

PATHS = st.lists(st.sampled_from(["a", "b", "a b", "다", "=x", "'y"]), min_size=1, max_size=4).map(
    "/".join
)


@st.composite
def codebooks(draw: st.DrawFn) -> Codebook:
    paths = draw(st.lists(PATHS, min_size=1, max_size=6, unique=True))
    slots = draw(st.permutations(range(10)))
    text = st.text(st.sampled_from("ab '\"<&;,=\n비[]{}"), max_size=20).map(str.strip)
    return Codebook(
        tuple(
            Tag(
                path,
                slot,
                draw(st.sampled_from(["", *COLOURS])),
                draw(text),
                tuple(draw(st.lists(PATHS, max_size=2, unique=True))),
            )
            for path, slot in zip(paths, slots, strict=False)
        )
    )


def back(book: Codebook, name: str, folder: Path) -> Codebook:
    path = folder / f"x{FORMATS[name].suffixes[0]}"
    write_out(replace(telling_bundle(), codebook=book), name, path)
    found = read_in(path)
    assert found.refused == ()
    assert (found.whole, found.records, found.documents) == (True, (), ())
    return found.codebook


def by_path(book: Codebook) -> dict[str, Tag]:
    return {tag.path: tag for tag in book.tags}


@pytest.mark.parametrize("name", sorted(CODEBOOKS))
def test_a_codebook_comes_back(name: str, tmp_path: Path) -> None:
    assert by_path(back(BOOK, name, tmp_path)) == by_path(BOOK)


@pytest.mark.parametrize("name", sorted(CODEBOOKS))
@settings(max_examples=25, deadline=None)
@given(book=codebooks())
def test_any_codebook_comes_back(name: str, book: Codebook) -> None:
    with TemporaryDirectory() as folder:
        assert by_path(back(book, name, Path(folder))) == by_path(book)


def test_qdc_of_other_programs(tmp_path: Path) -> None:
    path = tmp_path / "theirs.QDC"
    path.write_text(
        """<?xml version="1.0" encoding="UTF-16"?>
        <CodeBook xmlns="urn:QDA-XML:codebook:0:4" origin="NVivo"><Codes>
        <Code guid="1" name="Group" isCodable="false" color="#3070b0"><Description/>
        <Code guid="2" name="  Speech, direct " isCodable="true"/>
        <Code guid="3" name="," isCodable="true"><Code guid="4" name="in it"/></Code></Code>
        <Code guid="5" name="with memo" isCodable="false"><Description>Why</Description></Code>
        </Codes><Sets/></CodeBook>""",
        encoding="utf-16",
    )
    found = read_in(path)
    assert [(t.path, t.description) for t in found.codebook.tags] == [
        ("Group/Speech direct", ""),
        ("Group/in it", ""),
        ("with memo", "Why"),
    ]
    assert [r.reason for r in found.refused] == [
        "code ',' is no tag; those in it stand a step higher"
    ]


def test_csv_of_taguette_and_of_a_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "codebook.csv"
    path.write_text(
        "tag,description,number of highlights,number of documents\r\n"
        'war.losses,"Dead, wounded",3,1\r\n\r\n,no name,0,0\r\n',
        encoding="utf-8",
    )
    found = read_in(path)
    assert [(t.path, t.description) for t in found.codebook.tags] == [
        ("war.losses", "Dead, wounded")
    ]
    assert [(r.line, r.reason) for r in found.refused] == [(4, "'' is no tag")]
    path.write_text("Name,Slot,Colour\nwar,12,mauve\npeace,2,Blue\n", encoding="utf-8")
    assert [(t.path, t.slot, t.colour) for t in read_in(path).codebook.tags] == [
        ("war", 0, ""),
        ("peace", 2, "blue"),
    ]


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("x.codebook.csv", "a,b\n1,2\n", "names no column `tag`"),
        ("x.codebook.toml", "tags = [", "no TOML"),
        ("x.codebook.toml", "a = 1", "no [[tags]]"),
        ("x.qdc", "<CodeBook>", "no XML"),
        ("x.qdc", "<Project/>", "its root is Project"),
        ("x.qdc", '<CodeBook xmlns="urn:QDA-XML:codebook:3.1"/>', "version 3"),
    ],
)
def test_what_is_no_codebook_is_one_sentence(
    name: str, text: str, reason: str, tmp_path: Path
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ExchangeError) as caught:
        read_in(tmp_path / name)
    assert reason in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_tag_is_no_qdc() -> None:
    with pytest.raises(ExchangeError, match="needs a tag"):
        export_text(replace(telling_bundle(), codebook=Codebook()), "qdc")
