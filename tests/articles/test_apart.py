"""What a document may do to the process that reads it costs that document, and a sentence."""

from __future__ import annotations

import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.articles.bombs import bombs

from tui.apart import worker
from tui.articles.apart import Apart
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document
from tui.articles.formats import FORMATS, Format
from tui.articles.plugins import plugins
from tui.articles.recognising import HEAD, recognise
from tui.model.articles import Article
from tui.model.settings import Limits

# A reader that does what the document says, as a parser with a hole in it might.
READER = """
import ctypes, os, signal, socket, subprocess, sys, threading
from tui.articles.documents import Reading
from tui.articles.layout import Layout

SUFFIXES = (".evil",)

def read(document):
    exec(document.data.decode(), {**globals()})
    yield Reading("A text.", Layout(title="Read"))
"""


@pytest.fixture
def evil(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Format]:
    site = tmp_path / "site"
    about = site / "evil-1.dist-info"
    about.mkdir(parents=True)
    (site / "evil_reader.py").write_text(READER)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pressmark.readers]\nevil = evil_reader\n")
    monkeypatch.syspath_prepend(str(site))
    plugins.cache_clear()
    yield plugins()["evil"]
    plugins.cache_clear()
    sys.modules.pop("evil_reader", None)


def said(child: Apart, code: str, format_: Format) -> str:
    """What comes of a document: its title, or the sentence."""
    try:
        (article,) = child.read(Document(code.encode(), "dir/a.evil"), format_)
    except UnreadableError as error:
        return str(error)
    assert isinstance(article, Article)
    return article.title


DEEDS = {
    "loops": ("while True: pass", "takes longer than 1 s to read"),
    "eats": ("x = 'x' * 10**9", "takes more than 300 MB of memory"),
    "aborts": ("os.abort()", "takes more than 300 MB of memory"),
    "reads nothing": ("ctypes.string_at(0)", "takes more than 300 MB of memory"),
    "exits": ("os._exit(3)", "its reader broke off"),
    "leaves": ("sys.exit()", "its reader broke off"),
    "recurses": ("f = lambda n: f(n)\nf(1)", "cannot be read (RecursionError)"),
    "interrupts": ("raise KeyboardInterrupt", "its reader broke off"),
    "prints": ("print('done ' * 99); os.write(1, b'done\\n'); os.write(2, b'done\\n')", "Read"),
    "forks": ("os.fork()", "cannot be read (PermissionError)"),
    "starts": ("subprocess.run(['true'])", "cannot be read (PermissionError)"),
    "shells out": ("os.system('true')", "cannot be read (PermissionError)"),
    "writes": ("open('/tmp/evil', 'w')", "cannot be read (PermissionError)"),
    "removes": ("os.remove(__file__)", "cannot be read (PermissionError)"),
    "asks a name": ("socket.getaddrinfo('localhost', 1)", "cannot be read (PermissionError)"),
    "lies": ("raise UnicodeDecodeError('utf-8', b'', 0, 1, '\\x1b[2J')", "(UnicodeDecodeError)"),
}


def test_whatever_a_document_does_the_next_one_is_read(evil: Format, tmp_path: Path) -> None:
    child = Apart(Limits(seconds=1, memory=300_000_000))
    start = time.monotonic()
    try:
        for deed, (code, words) in DEEDS.items():
            found = said(child, code, evil)
            assert words in found, deed
            assert found == "Read" or (found.startswith("dir/a.evil") and "\x1b" not in found)
            assert said(child, "", evil) == "Read", f"after one that {deed}"
    finally:
        child.stop()
    assert time.monotonic() - start < 60


def test_a_document_reaches_no_server_and_leaves_no_file(evil: Format, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0)
        port = server.getsockname()[1]
        deeds = (
            f"socket.create_connection(('127.0.0.1', {port}))",
            f"socket.socket().connect(('127.0.0.1', {port}))",
            f"open({str(kept)!r}, 'w')",
            f"open({str(kept)!r}, 'r+')",
            f"os.open({str(kept)!r}, os.O_WRONLY | os.O_TRUNC)",
            f"os.mkdir({str(tmp_path / 'new')!r})",
            f"os.rename({str(kept)!r}, {str(tmp_path / 'new')!r})",
            f"os.truncate({str(kept)!r}, 0)",
        )
        child = Apart()
        for deed in deeds:
            assert "cannot be read" in said(child, deed, evil), deed
        child.stop()
        with pytest.raises(BlockingIOError):
            server.accept()
    assert kept.read_text() == "kept"
    assert not (tmp_path / "new").exists()


def test_a_module_that_lies_among_the_news_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign = tmp_path / "sign"
    for name in ("lxml", "trafilatura", "msgspec", "json", "tui"):
        (tmp_path / f"{name}.py").write_text(f"open({str(sign)!r}, 'w')")
    monkeypatch.chdir(tmp_path)
    child = Apart()
    page = b"<html><head><title>T</title></head><body><p>" + b"Words of it. " * 40 + b"</p></body>"
    (article,) = child.read(Document(page, "a.html"), FORMATS["html"])
    child.stop()
    assert isinstance(article, Article)
    assert not sign.exists()


def test_memory_is_limited_as_well_where_the_system_does_not_do_it(
    evil: Format, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "RESERVED", False)
    child = Apart(Limits(memory=150_000_000))
    eats = "x = []\nwhile True: x.append(bytearray(1 << 20))"
    assert "takes more than 150 MB of memory" in (sentence := said(child, eats, evil))
    assert '[reading] memory = "300 MB" in pressmark.toml' in sentence
    assert said(child, "", evil) == "Read"
    child.stop()


STEPS = """
import time
from tui.articles.documents import Step
for page in range(6):
    time.sleep(0.3)
    yield Step()
"""
STEPPING = READER.replace(
    "    exec(document.data.decode(), {**globals()})",
    "".join(f"    {line}\n" for line in STEPS.splitlines()),
)


def test_a_long_article_has_the_time_for_each_of_its_steps_and_an_end_to_all_of_them(
    evil: Format, tmp_path: Path
) -> None:
    (tmp_path / "site" / "evil_reader.py").write_text(STEPPING)
    child = Apart(Limits(seconds=1))
    assert said(child, "", evil) == "Read", "1.8 s, of which no step took one"
    child.stop()
    child = Apart(Limits(seconds=1, longest=1))
    assert "takes longer than 1 s to read: part it" in (sentence := said(child, "", evil))
    assert "[reading] longest = 2 in pressmark.toml" in sentence
    child.stop()


def refusal(child: Apart, document: Document) -> str:
    """The sentence with which a document is refused; empty if it is read."""
    try:
        list(child.read(document, recognise(document.data[:HEAD], document.path)))
    except UnreadableError as error:
        return str(error)
    return ""


def test_documents_that_blow_up_are_refused_or_read_each_in_its_time() -> None:
    child = Apart(Limits(seconds=1))
    sound = Document(b"Message-ID: <a@b.example>\nSubject: S\n\nWords.\n", "b.eml")
    for bomb, (path, data) in bombs().items():
        start = time.monotonic()
        sentence = refusal(child, Document(data, path))
        assert not sentence or sentence.startswith(path), bomb
        assert time.monotonic() - start < 20, bomb
        (article,) = child.read(sound, FORMATS["mail"])
        assert isinstance(article, Article), f"after {bomb}"
    child.stop()
