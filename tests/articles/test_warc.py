from __future__ import annotations

import gzip
import io

import pytest
from tests.articles.entries import articles, entries, refusal
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tui.articles.documents import Passed

DAY = "2025-02-05T06:53:00Z"


def page(title: str) -> str:
    body = "".join(f"<p>Sentence {n} of what the harbour said about {title}.</p>" for n in range(6))
    return f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"


class Archive:
    """A web archive that is being written."""

    def __init__(self, *, gzip: bool) -> None:
        self.out = io.BytesIO()
        self._writer = WARCWriter(self.out, gzip=gzip)

    def add(
        self,
        url: str,
        body: bytes,
        kind: str = "text/html; charset=utf-8",
        status: str = "200 OK",
        date: str = DAY,
        **headers: str,
    ) -> Archive:
        names = [(name.replace("_", "-"), value) for name, value in headers.items()]
        http = StatusAndHeaders(status, [("Content-Type", kind), *names], protocol="HTTP/1.1")
        record = self._writer.create_warc_record(
            url,
            "response",
            payload=io.BytesIO(body),
            http_headers=http,
            warc_headers_dict={"WARC-Date": date},
        )
        self._writer.write_record(record)
        return self

    def again(self, url: str) -> Archive:
        record = self._writer.create_revisit_record(url, "sha1:X", url, DAY)
        self._writer.write_record(record)
        return self

    def bytes(self) -> bytes:
        return self.out.getvalue()


def archive(*, gzip: bool = False) -> Archive:
    return Archive(gzip=gzip)


def full(*, zipped: bool) -> bytes:
    korean = page("Zwei 한글").encode("cp949")
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(korean), korean)
    made = archive(gzip=zipped)
    made.add("https://x.example/1", page("One").encode())
    made.add("https://x.example/2", gzip.compress(page("Two").encode()), Content_Encoding="gzip")
    made.add(
        "https://x.example/3", chunked, "text/html; charset=euc-kr", Transfer_Encoding="chunked"
    )
    made.add("https://x.example/gone", b"no", status="404 Not Found")
    made.add("https://x.example/a.png", b"x", "image/png")
    made.again("https://x.example/1")
    made.add("https://x.example/1", page("One").encode(), date="2025-02-06T06:53:00Z")
    return made.bytes()


@pytest.mark.parametrize(
    ("data", "path"),
    [
        (full(zipped=False), "a.warc"),
        (full(zipped=True), "a.warc.gz"),
        (gzip.compress(full(zipped=False)), "saved"),
    ],
    ids=["plain", "by record", "as one"],
)
def test_an_archive_holds_an_article_a_page(data: bytes, path: str) -> None:
    found = articles(data, path)
    assert [a.title for a in found] == ["One", "Two", "Zwei 한글", "One"]
    assert [a.retrieved[:10] for a in found] == ["2025-02-05"] * 3 + ["2025-02-06"]
    assert found[0].url == "https://x.example/1"
    assert found[0].text.endswith("Sentence 5 of what the harbour said about One.")
    assert found[0].id == found[3].id
    assert len({a.entry for a in found}) == 4
    assert {(a.reader, a.replaced) for a in found} == {("warc", 0)}


def test_pages_that_cannot_be_read_are_passed_over_with_a_word() -> None:
    bomb = gzip.compress(b"<p>" + b"word " * 5_000_000)
    made = archive().add("https://x.example/1", b"\0\1\2" * 99, Content_Encoding="exi")
    made.add("https://x.example/2", bomb, Content_Encoding="gzip")
    made.add("https://x.example/3", page("Three").encode())
    first, second, third = entries(made.bytes())
    assert first == Passed(
        "https://x.example/1 2025-02-05T06:53:00+00:00",
        "is packed as exi, which cannot be read",
    )
    assert isinstance(second, Passed)
    assert second.why == "is larger than 20 MB"
    assert not isinstance(third, Passed)


def test_an_archive_that_is_broken_off_gives_what_is_there() -> None:
    made = archive(gzip=True).add("https://x.example/1", page("One").encode())
    whole = len(made.bytes())
    made.add("https://x.example/2", page("Two").encode())
    first, passed = entries(made.bytes()[: whole + 200])
    assert not isinstance(first, Passed)
    assert isinstance(passed, Passed)
    assert passed.why == "is damaged, and what follows was not read"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"WARC/1.0\r\n" * 1000, "is a web archive without a page"),
        (b"WARC/1.0\r\nContent-Length: -5\r\n\r\n", "is a web archive without a page"),
        (b"\x1f\x8b\x08 and nothing more", "is no web archive that can be read"),
        (archive().add("https://x.example/a", b"x", "image/png").bytes(), "without a page"),
    ],
    ids=["heads", "length", "gzip", "picture"],
)
def test_what_holds_no_page_is_refused_in_words(data: bytes, said: str) -> None:
    assert said in refusal(data, "a.warc.gz")


def test_a_body_that_was_sent_with_brotli_is_read() -> None:
    import brotli

    body = brotli.compress(page("The harbour").encode())
    data = archive().add("https://x.example/a", body, Content_Encoding="br").bytes()
    (article,) = articles(data, "a.warc")
    assert article.title == "The harbour"
    assert "Sentence 5" in article.text
