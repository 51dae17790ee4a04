from __future__ import annotations

import pytest
from tests.articles.entries import article, articles, entries, refusal

from tui.articles.documents import Passed

NITF = """<?xml version="1.0" encoding="iso-8859-1"?>
<nitf xml:lang="en-GB"><head><title>Other</title><docdata><doc-id id-string="17" regsrc="HA"/>
<date.issue norm="20250205T065300Z"/></docdata><pubdata name="The Gazette"
ex-ref="https://gazette.example/17"/><revision-history norm="20250205T085300+0900"/></head>
<body><body.head><hedline><hl1>The caf\xe9 is open</hl1><hl2>And full</hl2></hedline><byline>By
<person>Kim Ara</person><byttl>Our own</byttl></byline></body.head>
<body.content><p>One <person>Ann</person> said&nbsp;&mdash; so.</p><media media-type="image">
<media-reference source="a.jpg">x</media-reference><media-caption>The door</media-caption></media>
<hl2>Then</hl2><p>Two.</p></body.content></body></nitf>"""
ITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" xml:lang="en">
<itemMeta><itemClass qcode="ninat:{kind}"/><provider literal="HA"><name>Harbour Agency</name>
</provider><versionCreated>2025-02-05T08:53:00+01:00</versionCreated>
<firstCreated>2025-02-05T06:53:00Z</firstCreated></itemMeta><contentMeta>
<headline>Item {guid}</headline><by>By Kim Ara</by><language tag="fr"/></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""
XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml">
<head><title>t</title></head><body><p>One.</p><p>Two.</p></body></html></inlineXML>"""
INNER = """<inlineXML contenttype="application/nitf+xml"><nitf><body><body.head><hedline>
<hl1>Inner</hl1></hedline></body.head><body.content><p>Of NITF.</p></body.content></body></nitf>
</inlineXML>"""
PLAIN = '<inlineData contenttype="text/plain">Plain &lt;p&gt;.\n\nTwo.</inlineData>'


def item(guid: str, content: str, kind: str = "text") -> str:
    return ITEM.format(guid=guid, kind=kind, content=content)


def message(*items: str) -> str:
    xmlns = 'xmlns="http://iptc.org/std/nar/2006-10-01/"'
    return f"<newsMessage {xmlns}><itemSet>{''.join(items)}</itemSet></newsMessage>"


def test_nitf_is_an_article_with_all_that_it_says() -> None:
    found = article(NITF.encode("latin-1"), "a.xml")
    assert (
        found.text
        == "The café is open\n\nAnd full\n\nOne Ann said — so.\n\nThe door\n\nThen\n\nTwo."
    )
    assert (found.title, found.byline, found.outlet) == (
        "The café is open",
        "Kim Ara",
        "The Gazette",
    )
    assert (found.url, found.guid) == ("https://gazette.example/17", "HA#17")
    assert found.published == "2025-02-05T06:53:00+00:00"
    assert found.modified == "2025-02-05T08:53:00+09:00"
    assert (found.language, found.reader, found.entry) == ("en", "nitf", "")


def test_a_news_item_is_an_article_with_all_that_it_says() -> None:
    found = article(item("urn:ha:17", XHTML))
    assert found.text == "Item urn:ha:17\n\nOne.\n\nTwo."
    assert (found.byline, found.outlet, found.language) == ("Kim Ara", "Harbour Agency", "fr")
    assert found.published == "2025-02-05T06:53:00+00:00"
    assert found.modified == "2025-02-05T08:53:00+01:00"
    assert found.guid == found.entry == "urn:ha:17"
    assert found.reader == "newsml"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
def test_a_message_holds_an_article_an_item(encoding: str) -> None:
    picture = item("urn:ha:3", '<remoteContent href="a.jpg"/>', "picture")
    text = message(item("17", INNER), item("urn:ha:2", PLAIN), picture, '<packageItem guid="p"/>')
    *found, passed = entries(text.encode(encoding), "message.xml")
    assert [a.text for a in found if not isinstance(a, Passed)] == [
        "Item 17\n\nOf NITF.",
        "Item urn:ha:2\n\nPlain <p>.\n\nTwo.",
    ]
    assert found[0].entry == "Harbour Agency#17"
    assert passed == Passed("urn:ha:3", "holds no text, only picture")


def test_what_is_broken_off_gives_what_is_there_and_says_so() -> None:
    found, passed = entries(NITF[: NITF.index("<hl2>Then")].encode("latin-1"))
    assert not isinstance(found, Passed)
    assert found.text.endswith("The door")
    assert isinstance(passed, Passed)
    assert "line" in passed.entry
    assert "damaged" in passed.why


def test_no_entity_and_no_other_file_gets_into_a_text() -> None:
    doctype = (
        '<!DOCTYPE nitf SYSTEM "http://127.0.0.1:9/x.dtd" [<!ENTITY a "ha"><!ENTITY b "&a;&a;">'
        '<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY % p SYSTEM "file:///etc/passwd">%p;]>'
    )
    body = "<p>It: &b; &f; &eacute;</p><xi:include xmlns:xi='http://www.w3.org/2001/XInclude' "
    body += "href='file:///etc/passwd' parse='text'/>"
    text = NITF.replace("<nitf", doctype + "<nitf", 1).replace("<p>Two.</p>", body)
    assert article(text.encode("latin-1")).text.endswith("It: &b; &f; é")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("<?xml version='1.0'?><library/>", "is XML with the root <library>"),
        ('<packageItem guid="p"/>', "only refers to other items"),
        ("<newsMessage/>", "holds no news item"),
        ("<nitf>", "holds no text that can be read"),
        ("<nitf>" + "<p>" * 50_000 + "x", "holds no text that can be read"),
        ("<?xml version='1.0'?>", "is no XML that can be read"),
    ],
)
def test_other_xml_is_refused_in_words(data: str, said: str) -> None:
    assert said in refusal(data, "a.xml")


def test_ids_stay_when_an_item_is_added_before_the_others() -> None:
    before = articles(message(item("1", PLAIN), item("2", XHTML)))
    after = articles(message(item("0", INNER), item("1", PLAIN), item("2", XHTML)))
    assert [(a.id, a.entry) for a in after[1:]] == [(a.id, a.entry) for a in before]
