"""Reading a file in an encoding that the analyst chose: all its articles, whatever its format."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.articles.made import column, epub, pdf

from tui.desk import Changed, Desk, DeskError, Event
from tui.model.spans import Extent

WORDS = "Хлеб стоит три рубля. Войска не видели с января, сказал представитель службы."
TITLES = ("Первая новость", "Вторая новость")
STORIES = [f"{WORDS} Номер {n}." for n in (1, 2)]


def feed(guids: bool) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><description>{story}</description>"
        + (f"<guid>g{n}</guid>" if guids else "")
        + "</item>"
        for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
    )
    return f"<rss version='2.0'><channel><title>Wire</title>{items}</channel></rss>".encode(
        "koi8-r"
    )


def dump(guids: bool) -> bytes:
    items = [
        {"headline": title, "body": story} | ({"id": f"https://a.example/{n}"} if guids else {})
        for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True))
    ]
    return json.dumps(items, ensure_ascii=False).encode("koi8-r")


def mailbox(guids: bool) -> bytes:
    """The second in base64: in its bytes no letter is to be seen. Both say what is wrong."""
    found = b""
    for n, (title, story) in enumerate(zip(TITLES, STORIES, strict=True)):
        body = story.encode("koi8-r")
        packed = base64.encodebytes(body) if n else body
        way = "base64" if n else "8bit"
        found += b"From a@b.example Thu Feb  6 10:00:00 2025\n"
        found += f"Message-ID: <{n}@b.example>\n".encode() if guids else b""
        found += b"Subject: " + title.encode("koi8-r") + b"\nMIME-Version: 1.0\n"
        found += b"Content-Type: text/plain; charset=windows-1251\n"
        found += f"Content-Transfer-Encoding: {way}\n\n".encode() + packed + b"\n\n"
    return found


FILES: dict[str, Callable[[bool], bytes]] = {
    "news.rss": feed, "news.json": dump, "news.mbox": mailbox,
}  # fmt: skip


@pytest.fixture
def opened(tmp_path: Path) -> Callable[..., Desk]:
    """Opens desks on a folder."""

    def open_(*, encoding: str = "", events: list[Event] | None = None) -> Desk:
        root = tmp_path / "news"
        desk = Desk.open(
            [],
            root=root,
            analyst="kim",
            locks=tmp_path / "locks",
            cache=tmp_path / "cache",
            encoding=encoding,
            notify=events.append if events is not None else None,
        )
        desk.scan()
        return desk

    (tmp_path / "news").mkdir()
    return open_


@pytest.mark.parametrize("guids", [True, False], ids=["named", "nameless"])
@pytest.mark.parametrize("name", FILES)
def test_a_file_of_many_articles_is_read_anew_in_the_encoding_chosen_for_one(
    name: str, guids: bool, tmp_path: Path, opened: Callable[..., Desk]
) -> None:
    (tmp_path / "news" / name).write_bytes(FILES[name](guids))
    desk = opened(encoding="cp1251")
    ids = [entry.id for entry in desk.entries()]
    assert len(ids) == 2
    assert not any(word in desk.article(ids[0]).text for word in WORDS.split())
    text = desk.article(ids[1]).text
    start = text.index(".") + 2
    desk.highlight(ids[1], [Extent(start, len(text) - 1)])
    looks = {sight.encoding: sight.line for sight in desk.encodings(ids[1])}
    assert any(word in looks["koi8-r"] for word in (TITLES[1], WORDS[:20])), "seen before chosen"
    assert desk.read_in(ids[1], "koi8-r") is None
    desk.scan()
    assert sorted(entry.id for entry in desk.entries()) == sorted(ids)
    assert {entry.encoding for entry in desk.entries()} == {"koi8-r"}
    assert [STORIES[n] in desk.article(id_).text for n, id_ in enumerate(ids)] == [True, True]
    assert TITLES[0] in desk.article(ids[0]).title
    assert len(desk.annotations(ids[1]).highlights) == 1
    assert desk.articles_beside(ids[0]) == 1
    desk.close()
    again = opened()
    assert {entry.encoding for entry in again.entries()} == {"koi8-r"}, "and so from now on"
    assert len(again.annotations(ids[1]).highlights) == 1, "the same article by its annotations"
    again.close()


def test_an_encoding_in_which_nothing_can_be_read_is_refused_and_nothing_changes(
    tmp_path: Path, opened: Callable[..., Desk]
) -> None:
    (tmp_path / "news" / "news.json").write_bytes(dump(guids=True))
    events: list[Event] = []
    desk = opened(encoding="koi8-r", events=events)
    before = desk.entries()
    assert desk.read_in(before[0].id, "utf-16-le") is None
    desk.scan()
    assert desk.entries() == before
    assert desk.troubles[-1].startswith("news.json ")
    assert desk.encoding_said(before[0].id) == "koi8-r"
    desk.flush()
    assert desk.article(before[0].id).title == TITLES[0]
    desk.close()
    assert any(isinstance(e, Changed) and e.origin == "encoding" for e in events)


@pytest.mark.parametrize(
    ("name", "words"), [("a.pdf", "a PDF names its characters"), ("a.epub", "an EPUB book says")]
)
def test_where_no_encoding_can_be_chosen_a_sentence_says_why(
    name: str, words: str, tmp_path: Path, opened: Callable[..., Desk]
) -> None:
    lines = ["The ferries would sail again after the storm, said the office."] * 3
    chapter = f"<html><body><h1>Ferries</h1><p>{' '.join(lines)}</p></body></html>"
    made = pdf([column(lines)]) if name == "a.pdf" else epub("", {"1.xhtml": chapter})
    (tmp_path / "news" / name).write_bytes(made)
    desk = opened()
    with pytest.raises(DeskError, match=words):
        desk.encodings(desk.entries()[0].id)
    desk.close()
