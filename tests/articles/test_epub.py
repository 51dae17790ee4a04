"""EPUB books: a chapter an article, and books that are none or mean harm."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.articles.made import CONTAINER, epub

from tui.articles import Document, Passed, UnreadableError, read_document
from tui.model.articles import Article

FACTS = """<dc:title>The Storm Issue</dc:title><dc:creator>Jo Berg</dc:creator>
<dc:creator>Min Seri</dc:creator><dc:language>en-GB</dc:language><dc:date>2019-11-19</dc:date>
<dc:identifier>urn:uuid:0d6ec9b5-1f4c-4d9e-9b57-3c1f0d0e7a11</dc:identifier>
<meta property="dcterms:modified">2019-11-20T08:00:00Z</meta>"""
BODY = "The ferries would sail again after the storm, said the office, and nobody had been hurt."


def chapter(title: str, *words: str) -> str:
    body = "".join(f"<p>{each}</p>" for each in words)
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head>'
        f'<title/><script src="x.js"/></head><body><h1 id="a"/><h2>{title}</h2>{body}</body></html>'
    )


def read(data: bytes) -> list[Article | Passed]:
    return list(read_document(Document(data, "issue.epub")))


def articles(data: bytes) -> list[Article]:
    return [each for each in read(data) if isinstance(each, Article)]


def test_each_chapter_is_an_article_with_the_facts_of_the_book() -> None:
    cover = "<html><body><img src='cover.jpg' alt='x'/></body></html>"
    contents = "<html><body><h1>Contents</h1><p><a href='1.xhtml'>Ferries</a></p></body></html>"
    chapters = {
        "cover.xhtml": cover,
        "contents.xhtml": contents,
        "1.xhtml": chapter("Ferries sail", BODY, "Caf\u00e9 &amp; <i>b</i>ar, e\u0301."),
        "two words.xhtml": chapter("The port", BODY),
    }
    found = articles(epub(FACTS, {k.replace(" ", "%20"): v for k, v in chapters.items()}))
    assert [a.title for a in found] == ["Ferries sail"]  # the other is not under its quoted name
    found = articles(epub(FACTS, chapters))
    assert [(a.entry, a.title) for a in found] == [("c2", "Ferries sail"), ("c3", "The port")]
    first = found[0]
    assert first.text == f"Ferries sail\n\n{BODY}\n\nCaf\u00e9 & bar, e\u0301."
    assert (first.reader, first.language, first.encoding) == ("epub", "en", "utf-8")
    assert (first.outlet, first.byline) == ("The Storm Issue", "Jo Berg, Min Seri")
    assert (first.published, first.modified) == ("2019-11-19", "2019-11-20T08:00:00+00:00")
    assert first.guid == "urn:uuid:0d6ec9b5-1f4c-4d9e-9b57-3c1f0d0e7a11#c2"


def test_ids_stay_when_chapters_are_reworded_and_differ_between_chapters() -> None:
    one = articles(epub(FACTS, {"1.xhtml": chapter("One", BODY), "2.xhtml": chapter("Two", BODY)}))
    other = articles(epub(FACTS, {"1.xhtml": chapter("One", BODY, "More."), "2.xhtml": "<p>x"}))
    assert one[0].id == other[0].id != one[1].id


def test_names_that_lead_out_of_the_book_lead_nowhere() -> None:
    data = epub(FACTS, {"../../../etc/passwd": "x", "1.xhtml": chapter("One", BODY)})
    passed, article = read(data)
    assert isinstance(article, Article)
    assert isinstance(passed, Passed)
    assert passed == ("c0", passed.why)
    assert "root:" not in passed.why
    absolute = CONTAINER.replace("OPS/book.opf", "/etc/passwd")
    with pytest.raises(UnreadableError, match=r"issue\.epub is no EPUB book: its /etc/passwd"):
        read(epub(FACTS, {}, container=absolute))


def test_a_document_that_blows_up_is_passed_over_before_it_is_read() -> None:
    bomb = b"<html><body><p>" + b"a" * 30_000_000
    passed, article = read(epub(FACTS, {"0.xhtml": bomb, "1.xhtml": chapter("One", BODY)}))
    assert isinstance(passed, Passed)
    assert passed.why.startswith("is too large to be an article")
    assert isinstance(article, Article)


def test_entities_of_a_document_type_are_not_followed() -> None:
    evil = CONTAINER.replace(
        '<?xml version="1.0"?>',
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">'
        '<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>',
    ).replace("<rootfiles>", "<rootfiles>&e;&b;")
    (article,) = articles(epub(FACTS, {"1.xhtml": chapter("One", BODY)}, container=evil))
    assert article.text == f"One\n\n{BODY}"


def test_a_book_without_text_or_without_parts_says_so() -> None:
    with pytest.raises(UnreadableError, match=r"issue\.epub holds no text"):
        read(epub(FACTS, {"1.xhtml": "<html><body><img src='1.png'/></body></html>"}))
    with pytest.raises(UnreadableError, match=r"issue\.epub is a damaged EPUB book"):
        read(epub(FACTS, {"1.xhtml": chapter("One", BODY)})[:-60])


WHOLE = epub(FACTS, {"1.xhtml": chapter("One", BODY), "2.xhtml": chapter("Two", BODY)})


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(60, len(WHOLE) - 1), st.integers(0, 255)), max_size=8))
def test_no_damage_breaks_the_reader(flips: list[tuple[int, int]]) -> None:
    data = bytearray(WHOLE)
    for at, byte in flips:
        data[at] = byte
    try:
        found = articles(bytes(data))
    except UnreadableError:
        return
    for article in found:
        assert not set("\r\0\x1b") & set(article.text + article.title + article.byline)
        assert all(e.end <= len(article.text) for e in article.header)
