from __future__ import annotations

import pytest
from tests.articles.entries import article, articles, entries, refusal

from tui.articles.documents import Passed

RSS = """<?xml version="1.0" encoding="{encoding}"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
     xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Harbour News</title><link>https://harbour.example/</link><language>ko-KR</language>
{items}</channel></rss>"""
FIRST = """<item><title>Ferry &lt;i&gt;Dora&lt;/i&gt; is back</title>
<link>https://harbour.example/a</link><guid isPermaLink="false">17</guid>
<pubDate>Wed, 05 Feb 2025 06:53:00 +0900</pubDate><dc:creator>Kim Ara</dc:creator>
<description>Short.</description>
<content:encoded><![CDATA[<p>The ferry is back.</p><script>x()</script><p>It was&nbsp;late &amp;
slow.</p>]]></content:encoded></item>"""
SECOND = """<item><title>배가 돌아왔다</title><pubDate>2025-02-05 06:53</pubDate>
<description>&lt;p&gt;하나.&lt;/p&gt;&lt;p&gt;둘.</description></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Lock and Key</title>
<link href="https://lock.example/"/><id>urn:feed:lock</id>
<entry><title type="html">Tom &amp;amp; Ann</title><link href="https://lock.example/1"/>
<id>tag:lock.example,2025:1</id><published>2025-02-04T06:53:00+09:00</published>
<updated>2025-02-05T06:53:00Z</updated><author><name>Ann</name></author>
<author><name>Tom</name></author><source><title>The Original</title></source>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One.</p><p>Two <b>it</b>
is.</p></div></content></entry></feed>"""


def rss(*items: str, encoding: str = "utf-8") -> str:
    return RSS.format(encoding=encoding, items="".join(items))


def test_an_entry_of_rss_is_an_article_with_all_that_it_says() -> None:
    found = article(rss(FIRST), "news.xml")
    assert found.text == "Ferry Dora is back\n\nThe ferry is back.\n\nIt was late & slow."
    assert found.headline is not None
    assert found.headline.of(found.text) == found.title == "Ferry Dora is back"
    assert (found.outlet, found.byline) == ("Harbour News", "Kim Ara")
    assert found.url == "https://harbour.example/a"
    assert (found.published, found.modified) == ("2025-02-05T06:53:00+09:00", "")
    assert (found.language, found.reader) == ("ko", "feed")
    assert found.guid == found.entry == "https://harbour.example#17"


def test_an_entry_of_atom_is_an_article_with_all_that_it_says() -> None:
    found = article(ATOM)
    assert (found.title, found.text) == ("Tom & Ann", "Tom & Ann\n\nOne.\n\nTwo it is.")
    assert (found.outlet, found.byline) == ("The Original", "Ann, Tom")
    assert found.guid == "tag:lock.example,2025:1"
    assert found.published == "2025-02-04T06:53:00+09:00"
    assert found.modified == "2025-02-05T06:53:00+00:00"
    assert found.language == "en"


def test_rss_1_0_is_read_as_well() -> None:
    found = article(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel rdf:about="https://old.example/"><title>Old</title></channel>
        <item rdf:about="https://old.example/1"><title>One</title><description>It was.</description>
        <dc:date>2025-02-05T06:53:00Z</dc:date></item></rdf:RDF>"""
    )
    assert (found.text, found.guid) == ("One\n\nIt was.", "https://old.example/1")
    assert (found.outlet, found.published) == ("Old", "2025-02-05T06:53:00+00:00")


def test_ids_stay_when_an_entry_is_added_before_the_others() -> None:
    extra = "<item><title>New</title><guid>https://harbour.example/new</guid></item>"
    before = articles(rss(FIRST, SECOND))
    after = articles(rss(extra, FIRST, SECOND))
    assert [(a.id, a.entry) for a in after[1:]] == [(a.id, a.entry) for a in before]
    assert len({a.entry for a in after}) == 3


def test_a_number_as_guid_does_not_join_the_articles_of_two_feeds() -> None:
    here = article(rss(FIRST))
    there = article(rss(FIRST).replace("//harbour.example/<", "//other.example/<"))
    assert here.id != there.id


def test_a_name_that_all_entries_bear_names_none_of_them() -> None:
    link = "<link>https://harbour.example/</link>"
    found = articles(rss(*(f"<item><title>{t}</title>{link}</item>" for t in ("A", "B"))))
    assert len({a.id for a in found}) == len({a.entry for a in found}) == 2


@pytest.mark.parametrize("encoding", ["euc-kr", "utf-8", "utf-16"])
def test_the_declared_encoding_is_read_in_its_wider_meaning(encoding: str) -> None:
    text = rss(SECOND.replace("둘", "똠방각하"), encoding=encoding)
    data = text.encode("cp949" if encoding == "euc-kr" else encoding)
    found = article(data, timezone="Asia/Seoul")
    assert found.text == "배가 돌아왔다\n\n하나.\n\n똠방각하."
    assert (found.published, found.replaced) == ("2025-02-05T06:53+09:00", 0)


def test_a_bad_byte_is_counted_for_the_entry_it_stands_in() -> None:
    data = rss(FIRST, SECOND).encode().replace(b"slow", b"s\xffow")
    assert [a.replaced for a in articles(data)] == [1, 0]


def test_a_feed_that_is_broken_off_gives_what_is_there() -> None:
    found = articles(rss(FIRST, SECOND)[:-60])
    assert [a.title for a in found] == ["Ferry Dora is back", "배가 돌아왔다"]


def test_a_namespace_with_blanks_does_not_lose_the_feed() -> None:
    odd = rss(FIRST).replace("<channel>", '<channel xmlns:o="a b c"><o:x o:y="z"/>')
    assert article(odd).title == "Ferry Dora is back"


def test_an_entry_without_words_is_passed_over_and_the_rest_is_there() -> None:
    empty, full = entries(rss("<item><guid>urn:x</guid></item>", FIRST))
    assert empty == Passed("urn:x", "holds no text")
    assert not isinstance(full, Passed)


def test_entities_of_the_document_and_of_other_files_are_not_followed() -> None:
    doctype = (
        '<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    item = (
        "<item><title>It is &c;</title><description>And &f; &eacute; &hellip;</description></item>"
    )
    found = article(rss(item).replace("<rss", doctype + "<rss", 1), "hostile.rss")
    assert "root" not in found.text
    assert "haha" not in found.text
    assert found.text.endswith("é …")


def test_what_is_no_feed_or_an_empty_one_is_refused_in_words() -> None:
    assert "is a feed without entries" in refusal(rss(), "news.xml")
    assert "is no feed" in refusal("nothing of that kind", "news.rss")
