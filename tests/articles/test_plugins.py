"""A reader of a user's own, installed as an entry point, is used where none of ours serves."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tui.articles import find_files
from tui.articles.apart import Apart
from tui.articles.documents import Document
from tui.articles.plugins import plugins
from tui.articles.recognising import recognise
from tui.model.articles import Article

MODULE = """
from tui.articles.documents import Reading
from tui.articles.layout import Layout

SUFFIXES = (".tale",)
VERSION = "7"

def read(document):
    title, _, text = document.data.decode().partition("|")
    yield Reading(text, Layout(title=title))
"""
METADATA = "Metadata-Version: 2.1\nName: tales\nVersion: 1\n"


@pytest.fixture
def tales(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An installed distribution with a reader in it."""
    site = tmp_path / "site"
    about = site / "tales-1.dist-info"
    about.mkdir(parents=True)
    (site / "tales.py").write_text(MODULE)
    (about / "METADATA").write_text(METADATA)
    (about / "entry_points.txt").write_text("[pressmark.readers]\ntale = tales\nbad = no_module\n")
    monkeypatch.syspath_prepend(str(site))
    plugins.cache_clear()
    yield
    plugins.cache_clear()
    sys.modules.pop("tales", None)


def test_a_plug_in_reads_files_of_its_suffix_in_a_child(tales: None, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "one.tale").write_text("A title|The mayor said so.")
    (folder / "two.txt").write_text("Two\n\nWords.")
    (folder / "three.jpg").write_text("no news")
    files = list(find_files([folder], []))
    assert [file.name for file in files] == ["two.txt", "one.tale"]
    data = files[1].read_bytes()
    format_ = recognise(data, "one.tale")
    child = Apart()
    (article,) = child.read(Document(data, "one.tale"), format_)
    child.stop()
    assert isinstance(article, Article)
    assert (article.title, article.text) == ("A title", "The mayor said so.")
    assert (article.reader, article.reader_version) == ("tale", "7")
