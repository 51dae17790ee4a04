"""The page is read as a browser does: as a tree, never by looking for strings in it."""

from __future__ import annotations

import pytest
from lxml import html
from lxml.html import HtmlElement
from tests.exchange.telling import SENTENCE, telling_bundle
from tests.exchange.test_report import evil_bundle

from tui.exchange import Bundle, export_text


def page_of(bundle: Bundle) -> HtmlElement:
    return html.document_fromstring(export_text(bundle, "html"))


def test_claims_stand_in_a_table_and_lead_to_their_evidence(bundle: Bundle) -> None:
    page = page_of(bundle)
    rows = page.xpath("//table/tbody/tr")
    assert len(rows) == sum(item.claim is not None for item in bundle.items())
    ids = set(page.xpath("//@id"))
    assert len(ids) == len(page.xpath("//@id"))
    assert {href[1:] for href in page.xpath("//a/@href") if href[0] == "#"} <= ids


def test_an_article_is_whole_and_its_highlights_are_marked() -> None:
    (body,) = page_of(telling_bundle()).xpath("//div[@class='body']")
    assert body.text_content() == SENTENCE
    quantity = [m.text_content() for m in body.iter("mark") if "figure" in m.get("title")]
    assert quantity == ["3,000"]
    under_claim = [m.text_content() for m in body.iter("mark") if "claim 1" in m.get("title")]
    assert "".join(under_claim) == SENTENCE[24:73]


def test_nothing_is_fetched_and_only_web_addresses_are_links(bundle: Bundle) -> None:
    page = page_of(bundle)
    assert not page.xpath("//@src | //link | //iframe | //object | //img | //form")
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")
    assert all(h.startswith(("#", "https://", "http://")) for h in page.xpath("//a/@href"))


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=y>',
        "javascript:alert(1)",
        "a\x1b[2J\u202eb",
    ],
)
def test_text_of_articles_and_analysts_adds_no_markup(text: str) -> None:
    page = page_of(evil_bundle(text))
    assert len(page.xpath("//script")) == 1
    assert not page.xpath("//img | //@onerror")
    assert not any("javascript" in href for href in page.xpath("//a/@href"))
    assert not set("\x1b\u202e") & set(page.text_content())


def test_a_page_without_claims_says_so() -> None:
    assert "There is no claim." in page_of(Bundle("w")).text_content()
