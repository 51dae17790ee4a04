"""What a document may cost, what is kept of one that was refused, and where links lead."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import FILES, NIS, mark, marked_before

from tui.articles.plugins import plugins
from tui.config import load_settings
from tui.desk import Desk, DeskError

# A reader that counts how often it is asked, by the time that its own file was touched.
SLOW = """
import os, time
from tui.articles.documents import Reading
from tui.articles.layout import Layout

SUFFIXES = (".slow",)
VERSION = "1"

def read(document):
    word, _, seconds = document.data.decode().partition(" ")
    os.utime({sign!r})
    time.sleep(float(seconds or 0))
    if word == "huge":
        bytearray(10**9)
    if word == "needs":
        import no_such_package_anywhere
    yield Reading("A text of it.", Layout(title="Read"))
"""


@pytest.fixture
def readings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """How often the slow reader was asked since this was called last, 0 or 1."""
    site = tmp_path / "site"
    about = site / "slow-1.dist-info"
    about.mkdir(parents=True)
    sign = tmp_path / "sign"
    sign.touch()
    (site / "slow_reader.py").write_text(SLOW.format(sign=str(sign)))
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: slow\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pressmark.readers]\nslow = slow_reader\n")
    monkeypatch.syspath_prepend(str(site))
    plugins.cache_clear()
    last = [sign.stat().st_mtime_ns]

    def asked() -> int:
        before, last[0] = last[0], sign.stat().st_mtime_ns
        return int(last[0] != before)

    yield asked
    plugins.cache_clear()
    sys.modules.pop("slow_reader", None)


def troubles(root: Path, tmp_path: Path, settings: str = "seconds = 1") -> list[str]:
    """What is said of a workspace that is opened with these limits, and closed again."""
    (root / "pressmark.toml").write_text(f"[reading]\n{settings}\n", encoding="utf-8")
    desk = Desk.open(
        [],
        root=root,
        analyst="kim",
        locks=tmp_path / "locks",
        cache=tmp_path / "cache",
        settings=load_settings(root),
    )
    desk.scan()
    desk.close()
    return list(desk.troubles)


def test_a_refusal_is_kept_until_the_file_or_the_limits_change(
    root: Path, tmp_path: Path, readings: Callable[[], int]
) -> None:
    page = root / "page.slow"
    page.write_text("late 1.5")
    (said,) = troubles(root, tmp_path)
    assert said == (
        "page.slow takes longer than 1 s to read: save its text as .txt, or allow more with "
        "[reading] seconds = 2 in pressmark.toml"
    )
    assert readings()
    assert troubles(root, tmp_path) == [said]
    assert not readings(), "it has cost its second once"
    page.write_text("late 0")
    assert troubles(root, tmp_path) == []
    assert readings()
    page.write_text("late 1.5")
    assert troubles(root, tmp_path) == [said]
    readings()
    assert troubles(root, tmp_path, "seconds = 4") == []
    assert readings()


def test_memory_is_a_setting_and_its_refusal_is_kept_as_well(
    root: Path, tmp_path: Path, readings: Callable[[], int]
) -> None:
    (root / "page.slow").write_text("huge 0")
    (said,) = troubles(root, tmp_path, 'memory = "400 MB"')
    assert "page.slow takes more than 400 MB of memory to read" in said
    assert '[reading] memory = "800 MB" in pressmark.toml' in said
    assert readings()
    assert troubles(root, tmp_path, 'memory = "400 MB"') == [said]
    assert not readings()
    assert troubles(root, tmp_path, 'memory = "3 GB"\nseconds = 60') == []


def test_what_an_installation_mends_is_tried_at_each_start(
    root: Path, tmp_path: Path, readings: Callable[[], int]
) -> None:
    (root / "page.slow").write_text("needs")
    (said,) = troubles(root, tmp_path)
    assert "no_such_package_anywhere" in said
    assert readings()
    assert troubles(root, tmp_path) == [said]
    assert readings()


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("seconds = 0", "seconds is no number of seconds"),
        ('seconds = "ten"', "seconds is no number of seconds"),
        ("longest = true", "longest is no number of seconds"),
        ('memory = "lots"', "memory is no size"),
        ("memory = true", "memory is no size"),
        ("follow_links = 1", "follow_links is true or false"),
        ("slowest = 1", "no key 'slowest'"),
    ],
)
def test_a_limit_that_is_none_is_said(tmp_path: Path, line: str, words: str) -> None:
    (tmp_path / "pressmark.toml").write_text(f"[reading]\n{line}\n", encoding="utf-8")
    with pytest.raises(DeskError, match=words):
        load_settings(tmp_path)


def test_no_text_comes_in_by_a_link_and_none_is_kept(
    root: Path, open_desk: Opener, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret headline\n\nNobody may hand on the words of it.\n")
    (root / "innocent.txt").symlink_to(secret)
    desk = open_desk()
    assert len(desk.entries()) == len(FILES)
    assert any("innocent.txt is passed over: it links to" in said for said in desk.troubles)


def test_a_link_is_followed_where_the_settings_say_so(root: Path, tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text("Another headline\n\nWords of it.\n")
    (root / "link.txt").symlink_to(tmp_path / "other.txt")
    assert troubles(root, tmp_path, "follow_links = true") == []


def test_an_article_that_becomes_a_link_or_a_pipe_is_not_read_through_it(
    root: Path, open_desk: Opener, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret headline\n\nNobody may hand on the words of it.\n")
    desk = open_desk()
    nis, plain = desk.find("nis.txt"), desk.find("plain.txt")
    mark(desk, "nis.txt", "Kursk")
    desk.flush()
    (root / "nis.txt").unlink()
    (root / "nis.txt").symlink_to(secret)
    (root / "plain.txt").unlink()
    os.mkfifo(root / "plain.txt")
    with pytest.raises(DeskError, match="not to be had"):
        desk.article(plain)
    desk.poll()
    assert desk.article(nis).text == NIS, "as it was kept"
    desk.scan()
    assert [entry.id for entry in desk.listed() if entry.gone] == [nis]
    assert any("plain.txt is not the file any more that it was" in t for t in desk.troubles)


def test_a_record_of_somebody_else_opens_no_file_outside(
    root: Path, open_desk: Opener, tmp_path: Path
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("A secret headline\n\nNobody may hand on the words of it.\n")
    eve = Desk.open([secret], root=root, analyst="eve", locks=tmp_path / "locks")
    eve.scan()
    (article,) = (entry.id for entry in eve.entries())
    mark(eve, article, "words")
    eve.flush()
    eve.close()
    for path in (root / "annotations" / "revisions").rglob("*.txt"):
        path.unlink()
    desk = open_desk("kim")
    with pytest.raises(DeskError, match="not to be had"):
        desk.article(article)
    assert open_desk("kim", root, secret).article(article).text == secret.read_text()


def test_an_annotated_article_without_a_file_stays_in_the_list(
    root: Path, open_desk: Opener
) -> None:
    article = marked_before(open_desk)
    text = (root / "nis.txt").read_text(encoding="utf-8")
    (root / "nis.txt").unlink()
    desk = open_desk()
    (gone,) = (entry for entry in desk.listed() if entry.gone)
    assert (gone.id, gone.path, gone.highlights) == (article, "nis.txt", 1)
    assert gone not in desk.entries()
    opened = desk.article(article)
    assert opened.text == text
    assert (opened.title, opened.outlet) == (gone.title, "News Today")
    desk.watch()
    (root / "nis.txt").write_text(text, encoding="utf-8")
    while any(entry.gone for entry in desk.listed()):
        desk.poll()
        desk.scan(0.05)
    assert article in {entry.id for entry in desk.entries()}
