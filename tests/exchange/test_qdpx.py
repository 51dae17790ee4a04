"""REFI-QDA projects: as the standard has them, and as other programs write them."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest
from msgspec.structs import replace
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_both_ways import there_in

from tui.exchange import ArticleBundle, ExchangeError, Incoming, read_in, write_out
from tui.model.records import Highlight
from tui.model.views import Annotations

CODE, USER, TEXT = (f"{{{digit * 8}-0000-4000-8000-00000000000{digit}}}" for digit in "ABC")
NAMESPACE = "{urn:QDA-XML:project:1.0}"


def project(
    path: Path,
    inside: str,
    files: Mapping[str, bytes],
    *,
    head: str = 'xmlns="urn:QDA-XML:project:1.0"',
    code: str = f'<Code guid="{CODE}" name="Source" isCodable="true" color="#f00"/>',
) -> Path:
    """A project as another program may write it."""
    xml = f"""<?xml version="1.0" encoding="utf-8"?><Project name="theirs" {head}>
    <CodeBook><Codes>{code}</Codes></CodeBook>{inside}</Project>"""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("theirs.qde", xml)
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def source(selections: str, path: str = "internal://text.TXT") -> str:
    return f"""<Sources><TextSource guid="{TEXT}" name="NIS" plainTextPath="{path}">
    {selections}</TextSource></Sources>"""


def selection(start: object, end: object, name: str = "", inside: str = "") -> str:
    coding = f'<Coding guid="{USER}"><CodeRef targetGUID="{CODE.strip("{}").lower()}"/></Coding>'
    return (
        f'<PlainTextSelection guid="{USER}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}">{inside or coding}</PlainTextSelection>'
    )


def words_of(found: Incoming) -> list[tuple[str, tuple[str, ...], str]]:
    highlights = (r for r in found.records if isinstance(r, Highlight))
    return [("|".join(s.exact for s in h.spans), h.tags, h.note) for h in highlights]


def test_offsets_are_code_points_of_a_text_without_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "claims.qdpx"
    write_out(telling_bundle(), "qdpx", path)
    with zipfile.ZipFile(path) as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
        where = next(root.iter(f"{NAMESPACE}TextSource")).attrib["plainTextPath"]
        text = archive.read(where.replace("internal://", "sources/")).decode()
    codes = {c.attrib["guid"]: c.attrib["name"] for c in root.iter(f"{NAMESPACE}Code")}
    found = {
        (int(each.attrib["startPosition"]), int(each.attrib["endPosition"])): [
            codes[ref.attrib["targetGUID"]] for ref in each.iter(f"{NAMESPACE}CodeRef")
        ]
        for each in root.iter(f"{NAMESPACE}PlainTextSelection")
    }
    assert text == SENTENCE
    assert found[4, 18] == ["source"]
    assert found[24, 73] == ["사상자"]
    assert found[35, 40] == ["사상자", "figure"]
    again = tmp_path / "again.qdpx"
    write_out(telling_bundle(), "qdpx", again)
    assert again.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(
    ("data", "start", "end"),
    [
        (SENTENCE.encode("utf-8-sig"), 4, 18),
        (SENTENCE.encode("utf-8-sig"), 5, 19),  # the mark is counted
        (SENTENCE.encode(), 4, 20),  # UTF-16 units
        (SENTENCE.encode("utf-16"), 4, 18),
        (f"One\r\n{SENTENCE}".encode(), 9, 23),  # CR LF are two characters
        (f"One\r\n{SENTENCE}".encode(), 8, 22),  # or one
    ],
)
def test_what_a_program_counts_is_told_by_the_words(
    data: bytes, start: int, end: int, tmp_path: Path
) -> None:
    inside = source(selection(start, end, "NIS 🇰🇷 (국가정보원)"))
    found = read_in(project(tmp_path / "x.qdpx", inside, {"Sources/text.txt": data}))
    assert words_of(found) == [("NIS 🇰🇷 (국가정보원)", ("Source",), "")]
    assert found.refused == ()
    assert found.codebook.colour("Source") == "red"


def test_characters_that_xml_has_no_place_for_are_passed_over(tmp_path: Path) -> None:
    text = "a page\x0cand the next\ufffe one"
    inside = source(selection(2, 10, "page\x0cand") + selection(15, 24, "next\ufffe one"))
    found = read_in(project(tmp_path / "x.qdpx", inside, {"sources/text.TXT": text.encode()}))
    assert [words for words, _, _ in words_of(found)] == ["page\x0cand", "next\ufffe one"]


def test_memos_notes_and_links_are_notes(tmp_path: Path) -> None:
    note = "00000000-0000-4000-8000-00000000000{}".format
    memo = f'<Description>Memo</Description><NoteRef targetGUID="{note(1)}"/>'
    inside = (
        source(selection(4, 18, inside=memo) + f'<NoteRef targetGUID="{note(2)}"/>')
        + f"""<Notes>
        <Note guid="{note(1)}" name="n"><PlainTextContent>Note</PlainTextContent></Note>
        <Note guid="{note(2)}" name="m"><PlainTextContent>Annotation</PlainTextContent>
        <PlainTextSelection guid="{note(3)}" startPosition="24" endPosition="41"/></Note>
        <Note guid="{note(4)}" name="Journal"><PlainTextContent>Day 1</PlainTextContent></Note>
        </Notes>"""
    )
    found = read_in(project(tmp_path / "x.qdpx", inside, {"sources/text.txt": SENTENCE.encode()}))
    assert words_of(found) == [
        ("NIS 🇰🇷 (국가정보원)", (), "Memo\nNote"),
        ("“more than 3,000”", (), "Annotation"),
    ]
    assert [r.reason for r in found.refused] == [
        "note “Journal” is of no passage: keep it elsewhere"
    ]


def test_what_cannot_be_read_costs_itself(tmp_path: Path) -> None:
    bad = selection(4, 4) + selection(9, 5) + selection(70, 99) + selection("x", 3)
    lost = f'<Coding guid="{USER}"><CodeRef targetGUID="{TEXT}"/></Coding>'
    inside = source(bad + selection(24, 41) + selection(35, 40, inside=lost)).replace(
        "</Sources>",
        f"""<TextSource guid="{USER}" name="rich" richTextPath="internal://a.docx"/>
        <TextSource guid="{USER}" name="away" plainTextPath="absolute:///etc/passwd"/>
        <TextSource guid="{USER}" name="gone" plainTextPath="internal://../gone.txt"/>
        <PictureSource guid="{USER}" name="map"/><PDFSource guid="{USER}" name="scan"/></Sources>
        <Notes><Note guid="{USER}" plainTextPath="internal://none.txt"/></Notes>""",
    )
    found = read_in(project(tmp_path / "x.qdpx", inside, {"sources/text.txt": SENTENCE.encode()}))
    assert [words for words, _, _ in words_of(found)] == ["“more than 3,000”", "3,000"]
    reasons = "\n".join(each.reason for each in found.refused)
    for part in (
        *("selection 4-4 of “NIS”: it has no words", "selection 9-5", "70-99", "selection x-3"),
        *("“rich” has no plain text", "“away” lies outside", "“gone”", "“map” is a picture"),
        *("“scan” is a PDF without its text", "names no code", "none.txt is not in the file"),
    ):
        assert part in reasons


def test_older_and_nameless_namespaces_and_pdf_texts_are_read(tmp_path: Path) -> None:
    inside = source(selection(24, 41)).replace("TextSource", "Representation")
    inside = inside.replace("<Sources>", '<Sources><PDFSource guid="" name="scan">').replace(
        "</Sources>", "</PDFSource></Sources>"
    )
    files = {"SOURCES/Text.txt": SENTENCE.encode()}
    for head in ('xmlns="urn:QDA-XML:project:0:4"', ""):
        found = read_in(project(tmp_path / "x.qdpx", inside, files, head=head))
        assert [words for words, _, _ in words_of(found)] == ["“more than 3,000”"]
        assert found.documents[0].title == "scan"


def test_a_later_version_and_another_file_are_refused_whole(tmp_path: Path) -> None:
    later = project(tmp_path / "l.qdpx", "", {}, head='xmlns="urn:QDA-XML:project:2.0"')
    with pytest.raises(ExchangeError, match="version 2 of REFI-QDA"):
        read_in(later)
    with zipfile.ZipFile(tmp_path / "other.qdpx", "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    with pytest.raises(ExchangeError, match=r"no project\.qde"):
        read_in(tmp_path / "other.qdpx")


def test_work_done_elsewhere_comes_back_beside_what_is_here(tmp_path: Path) -> None:
    """As QualCoder writes it: other GUIDs, the note as a journal; a coding moved, one is new."""
    path = tmp_path / "claims.qdpx"
    write_out(telling_bundle(), "qdpx", path)
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    xml = files.pop("project.qde").decode()
    xml = xml.replace('startPosition="4" endPosition="18"', 'startPosition="0" endPosition="18"')
    xml = xml.replace("<Description>the claim</Description>", "<Description>seen</Description>")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml)
        for name, data in files.items():
            archive.writestr(name, b"\xef\xbb\xbf" + data)
    found = read_in(path)
    there = there_in(telling_bundle())
    fresh = [r for r in found.records if r.id not in there]
    assert [(r.spans[0].exact, r.tags, r.note) for r in fresh if isinstance(r, Highlight)] == [
        ("The NIS 🇰🇷 (국가정보원)", ("people/source",), ""),
        (SENTENCE[24:73], (), "seen"),
    ]
    assert found.changed == 1
    assert {r.id: r for r in found.records if r.id in there} == {
        key: record
        for key, record in there.items()
        if not (isinstance(record, Highlight) and record.tags == ("people/source",))
    }


def test_two_articles_of_one_title_and_broken_characters_are_told(tmp_path: Path) -> None:
    bundle = telling_bundle()
    part = next(iter(bundle.articles))
    broken = replace(part.article, id="aaaaaaaaaaaaaaaa", text="a \ud800 b")
    other = ArticleBundle(broken, Annotations(broken.id))
    bundle = replace(bundle, articles=(part, other))
    assert write_out(bundle, "qdpx", tmp_path / "x.qdpx") == (
        "1 text with broken characters written with ? in their place",
    )
    titles = [document.title for document in read_in(tmp_path / "x.qdpx").documents]
    assert titles == ["What the NIS said", "What the NIS said"]


def test_a_title_names_no_place_elsewhere(tmp_path: Path) -> None:
    bundle = telling_bundle()
    (part,) = bundle.articles
    titled = replace(part, article=replace(part.article, title="../Kyiv\\Seoul"))
    write_out(replace(bundle, articles=(titled,)), "qdpx", tmp_path / "x.qdpx")
    with zipfile.ZipFile(tmp_path / "x.qdpx") as archive:
        root = ElementTree.fromstring(archive.read("project.qde"))
    names = [each.attrib["name"] for each in root.iter(f"{NAMESPACE}TextSource")]
    assert names == ["..∕Kyiv∖Seoul"]
    assert [d.title for d in read_in(tmp_path / "x.qdpx").documents] == ["../Kyiv\\Seoul"]
