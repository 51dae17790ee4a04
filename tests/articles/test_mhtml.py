"""Pages that a browser saved as one file: the article of the page, and where and when it was."""

from __future__ import annotations

import base64

import pytest
from tests.articles.entries import article, refusal

WORDS = "The harbour office said on Monday that the ferries would sail again after the storm."
PAGE = (
    "<!doctype html><html><head><title>Ferries sail again</title></head><body>"
    "<nav><a href=/>Home</a> <a href=/w>World</a></nav><article><h1>Ferries sail again</h1>"
    f"<p>{WORDS} “Nobody was hurt,” it added.</p></article></body></html>"
)
HEAD = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://harbour.example/ferries\r\n"
    "Subject: =?utf-8?Q?Ferries=20sail=20again?=\r\nDate: Tue, 11 Feb 2025 10:00:00 -0000\r\n"
    'MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n'
)
PICTURE = "--b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0K\r\n"


def saved(page: str = PAGE, encoding: str = "utf-8", kind: str = "text/html") -> bytes:
    body = base64.encodebytes(page.encode(encoding)).decode("ascii")
    part = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n"
    return f"{HEAD}\r\n{PICTURE}{part}--b--\r\n".encode()


@pytest.mark.parametrize("name", ["page.mhtml", "page.mht", "page"])
def test_the_article_of_the_page_is_read_with_its_address_and_the_time_of_saving(name: str) -> None:
    found = article(saved(), name)
    assert (found.reader, found.title, found.entry) == ("mhtml", "Ferries sail again", "")
    assert WORDS in found.text
    assert "“Nobody was hurt,”" in found.text
    assert "World" not in found.text
    assert found.url == "https://harbour.example/ferries"
    assert found.retrieved.startswith("2025-02-11T10:00:00")


def test_the_encoding_is_that_of_the_part() -> None:
    page = PAGE.replace("<head>", "<head><meta charset=cp1252>")
    assert "“Nobody was hurt,”" in article(saved(page, "cp1252"), "page.mht").text
    named = saved(PAGE, "cp1252", "text/html; charset=windows-1252")
    assert "“Nobody was hurt,”" in article(named, "page.mht").text


def test_what_holds_no_page_is_refused_in_words() -> None:
    assert "holds no page" in refusal(saved(kind="image/png"), "page.mht")
    assert "empty page" in refusal(saved(""), "page.mht")
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2000)
    )
    assert "is damaged" in refusal(b"MIME-Version: 1.0\n" + nested.encode(), "page.mht")
