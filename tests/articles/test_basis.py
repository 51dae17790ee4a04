"""What the encoding of an article was known by: its mark, its bytes, a declaration, a guess."""

from __future__ import annotations

import pytest

from tui.articles import Document, read_document
from tui.articles.sights import sights
from tui.model.articles import Article

KOREAN = "북한군이 전투에 참여하지 않는다고 국정원이 수요일에 밝혔다. 다시 투입될 수도 있다고 했다."
PAGE = "<html><head><meta charset={}><title>{}</title></head><body><p>{}</p></body></html>"
MAIL = "Message-ID: <a@b.example>\nSubject: S\nContent-Type: text/plain; charset={}\n\n{}\n"
ITEM = "<rss version='2.0'><channel><item><title>{}</title><description>{}</description>"
FEED = "<?xml version='1.0' encoding='{}'?>" + ITEM + "</item></channel></rss>"
DUMP = '[{{"title": "{}", "text": "{}", "id": "a"}}]'
KNOWN_BY = [
    ("a.txt", KOREAN, "cp949", ""),
    ("a.txt", KOREAN, "utf-8", "valid"),
    ("a.txt", KOREAN, "utf-8-sig", "mark"),
    ("a.txt", KOREAN, "utf-16", "mark"),
    ("a.txt", KOREAN, "utf-16-le", ""),
    ("a.html", PAGE.format("euc-kr", KOREAN[:20], KOREAN), "cp949", "declared"),
    ("a.html", PAGE.format("euc-kr", KOREAN[:20], KOREAN), "utf-8", "valid"),
    ("a.html", PAGE.format("", KOREAN[:20], KOREAN), "cp949", ""),
    ("a.eml", MAIL.format("euc-kr", KOREAN), "cp949", "declared"),
    ("a.eml", MAIL.format("x-unheard-of", KOREAN), "cp949", ""),
    ("a.rss", FEED.format("euc-kr", KOREAN[:20], KOREAN), "cp949", "declared"),
    ("a.rss", FEED.format("utf-16", KOREAN[:20], KOREAN), "utf-16-le", ""),
    ("a.json", DUMP.format(KOREAN[:20], KOREAN), "utf-16-be", ""),
]


@pytest.mark.parametrize(("path", "text", "encoding", "basis"), KNOWN_BY)
def test_an_article_says_what_its_encoding_was_known_by(
    path: str, text: str, encoding: str, basis: str
) -> None:
    (article,) = read_document(Document(text.encode(encoding), path))
    assert isinstance(article, Article)
    assert KOREAN in article.text
    assert article.basis == basis


def test_the_header_of_a_page_that_was_kept_declares_its_encoding() -> None:
    part = PAGE.format("", KOREAN[:20], KOREAN).encode("cp949")
    head = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: http://x.example/1\nMIME-Version: 1.0\n"
    )
    for charset, basis in (("; charset=euc-kr", "declared"), ("", "")):
        data = f"{head}Content-Type: text/html{charset}\n\n".encode() + part
        (article,) = read_document(Document(data, "a.mhtml"))
        assert isinstance(article, Article)
        assert KOREAN in article.text
        assert article.basis == basis


def test_a_page_in_one_line_is_shown_from_where_its_encoding_matters() -> None:
    page = PAGE.format("euc-kr", f"The news of today, {KOREAN}", KOREAN)
    sight = next(s for s in sights(page.encode("cp949")) if s.encoding == "cp949")
    assert sight.line.startswith(f"…of today, {KOREAN[:20]}")
