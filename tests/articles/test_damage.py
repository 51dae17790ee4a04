"""Whatever is done to a document: readings, or one sentence."""

from __future__ import annotations

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.articles.test_feeds import ATOM, FIRST, SECOND, rss
from tests.articles.test_json import FULL, NINJS, dump
from tests.articles.test_mail import MANY
from tests.articles.test_mhtml import saved
from tests.articles.test_news_xml import INNER, NITF, PLAIN, XHTML, item, message
from tests.articles.test_warc import full

from tui.articles import Document, UnreadableError
from tui.articles.formats import FORMATS
from tui.articles.packing import packed, unpacked
from tui.articles.reading import read_as
from tui.articles.recognising import HEAD, recognise
from tui.model.articles import Article

SOUND = {
    "feed": [rss(FIRST, SECOND).encode(), ATOM.encode()],
    "json": [dump([FULL, FULL, {"title": "x", "text": "y"}]).encode(), b'{"text": "a"}\n' * 3],
    "ninjs": [dump(NINJS).encode()],
    "mail": [MANY],
    "mbox": [b"From x 2025\n" + MANY + b"\n\nFrom y 2025\n" + MANY],
    "mhtml": [saved()],
    "nitf": [NITF.encode("latin-1")],
    "newsml": [message(item("1", XHTML), item("2", INNER), item("3", PLAIN)).encode("utf-16")],
    "warc": [full(zipped=False), full(zipped=True)],
}
PIECES = [b"<", b">", b'"', b"\0", b"\xff", b"&x;", b"]]>", b"<![CDATA[", b"{", b"[", b"\\ud800"]
PIECES += [b"\n\n", b"=?utf-8?q?", b"9" * 30, b"<!DOCTYPE a [", b"\r", b"1e999", b"\xed\xa0\x80"]


def check(name: str, data: bytes) -> None:
    said = "a "
    try:
        for found in read_as(FORMATS[name], Document(data, "a")):
            assert unpacked(packed(found)) == found
            if isinstance(found, Article):
                assert found.text
                assert found.headline is None or found.headline.of(found.text)
                assert not any("\ud800" <= c <= "\udfff" for c in found.text + found.entry)
    except UnreadableError as error:
        said = str(error)
    assert said.startswith("a ")
    assert "\n" not in said


@pytest.mark.parametrize("name", SOUND)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_a_damaged_document_is_read_as_far_as_it_goes_or_refused(
    name: str, data: st.DataObject
) -> None:
    mutated = bytearray(data.draw(st.sampled_from(SOUND[name])))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(mutated)))
        cut = data.draw(st.integers(0, 40))
        piece = data.draw(st.sampled_from(PIECES) | st.binary(max_size=8))
        mutated[at : at + cut] = piece * data.draw(st.sampled_from((1, 1, 1, 50)))
    begun = time.process_time()
    check(name, bytes(mutated))
    assert time.process_time() - begun < 2


@pytest.mark.parametrize("name", SOUND)
@settings(max_examples=25, deadline=None)
@given(data=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, data: bytes) -> None:
    check(name, data)


@given(data=st.binary(max_size=200), path=st.sampled_from(["a", "a.xml", "a.json", "a.txt"]))
def test_any_bytes_have_a_format(data: bytes, path: str) -> None:
    assert recognise(data[:HEAD], path).name in FORMATS
