"""Text that means harm, sizes and files that are odd: all is shown, nothing acts."""

from __future__ import annotations

import os
import statistics
import time
from pathlib import Path

import pytest
from tests.app.hostile import ARTICLE, CHANGED, LINE, NAME
from tests.app.robot import Robot, application, reader
from tests.articles.bombs import page
from textual import events
from textual.geometry import Size

from tui.desk import Desk
from tui.model.visible import is_visible

SIDES = {
    "article": (),
    "form": ("c",),
    "picker": ("t",),
    "codebook": ("B",),
    "help": ("?",),
    "review": ("R", "<enter>"),
    "prompt": ("/",),
    "palette": (":",),
}
LARGE = ("form", "codebook")  # those that are tried with 250,000 cells, the others at both edges
OF_THE_ARTICLE = ("article", "form", "review", "prompt")  # the others show the workspace


WALK = {
    **SIDES,
    "encodings": ("E",),
    "passed over": (":", "passed", "<enter>"),
    "one passed over": (":", "passed", "<enter>", "<down>", "<enter>"),
    "a source": (":", "source '[/] agency'", "<enter>"),
    "who": (":", "analyst", "<enter>"),
    "filter": ("F", "tag:"),
    "completions": (":", "source ", "<tab>"),
    "an import": (":", "import sent.jsonl", "<enter>"),
    "a wrong file": (":", "import [/]\u202e\x1b[2J.jsonl", "<enter>"),
    "an export": (":", "export md [/]\u202e.md", "<enter>"),
    "not found": ("/", "no [/] here", "<enter>"),
    "expression": ("/", "/([/] x/", "<enter>"),
    "chain": ("j", "]", "C"),
    "role": (";", "k"),
    "reason": ("]", "X"),
    "note": ("]", "i"),
    "link": ("]", "+"),
    "grade": ("]", "r"),
    "panel": ("<tab>", "j", "j", "j", "j"),
    "list": ("<s-tab>", "j", "k"),
    "copy": ("y", "y"),
    "delete": ("]", "d", "u"),
    "tag": ("B", "j", "<enter>", "<esc>", "i"),
    "differences": ("D",),
    "timeline": ("T", "j", "j"),
    "claims": ("L", "j", "H", "s"),
    "figures": ("T", "#", "j"),
}


SAID = {  # so that the walk is known to get there
    "encodings": "read as utf-8",
    "passed over": "PICK",
    "an import": "import sent.jsonl: ",
    "a wrong file": "jsonl",
    "an export": "export md, ",
    "not found": "is not in this article",
    "expression": "is no regular expression",
}


def assert_clean(user: Robot) -> None:
    """Nothing was drawn that had to be stopped, or that should have been."""
    assert user.app.guard.stopped == 0
    for line in user.shown().split("\n"):
        assert is_visible(line), ascii(line)
    assert user.app.is_running


@pytest.mark.parametrize("size", [(120, 40), (72, 24)])
async def test_hostile_text_is_shown_and_does_nothing(
    hostile: Path, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(hostile)
    desk = Desk.open([hostile], root=hostile, analyst="kim", locks=tmp_path / "locks")
    desk.scan()
    sent = desk.export("jsonl").text
    desk.close()
    sent = sent.replace('"analyst":"kim"', '"analyst":"eve\\u001b[2J"').replace("note", "nota")
    (hostile / "sent.jsonl").write_text(sent, encoding="utf-8")
    walked, wide = (CHANGED, True) if size == (120, 40) else (NAME, False)
    async with reader(hostile, size=size) as user:
        for article in user.desk.entries():
            if not wide and article.path != walked:
                continue
            user.screen.go_to(article.id)
            await user.keys("G", "g", "g", "j", "j", "]", "]")
            assert_clean(user)
            for place, keys in WALK.items():
                if article.path != walked and place not in OF_THE_ARTICLE:
                    continue
                await user.keys(*keys)
                assert_clean(user)
                assert SAID.get(place, "") in user.shown(), (place, user.status(), user.message())
                await user.keys("<esc>", "<esc>", "<esc>")
            await user.keys("<tab>", "<tab>")


async def test_hostile_words_can_be_typed_taken_and_exported(hostile: Path) -> None:
    async with reader(hostile) as user:
        user.screen.go_to(user.desk.find(NAME))
        await user.keys("j", "j", "j", "c", ";", "a")
        user.app.post_message(events.Paste("[/] \u202e [@click=app.quit]x[/] \x9b31m\n:q"))
        await user.settle()
        await user.keys("<enter>", ";", "n", "[/][red]", "<enter>")
        assert_clean(user)
        await user.keys("<enter>", "t", "[/] x", "<enter>")
        assert_clean(user)
        await user.keys("y", "y", "*", "n", "<esc>")
        for form in ("md", "csv", "jsonl"):
            await user.keys(":", f"export {form} out.{form}", "<enter>", "<enter>")
            assert_clean(user)
        await user.saved()


async def test_keys_are_answered_while_a_document_takes_its_time(root: Path) -> None:
    for number in range(3):
        attributes = b"".join(b" a%d_%d=1" % (number, n) for n in range(200_000))
        (root / f"slow{number}.html").write_bytes(page(b"", attributes))
    with application(root) as app:
        async with app.run_test(size=(120, 40)):
            user = Robot(app)
            await user.settle()
            took: list[float] = []
            while len(took) < 40:
                start = time.perf_counter()
                await user.keys("j" if len(took) % 8 < 4 else "k")
                took.append(time.perf_counter() - start)
            assert user.screen.scanning.under_way, "they are still being read"
            assert statistics.median(took) < 0.1
            assert_clean(user)


async def test_a_click_on_article_text_does_what_a_click_does(hostile: Path) -> None:
    async with reader(hostile) as user:
        user.screen.go_to(user.desk.find(NAME))
        user.screen.sync()
        await user.settle()
        for x in range(30, 80, 12):
            for y in range(1, 30, 7):
                await user.pilot.click(offset=(x, y))
        assert_clean(user)


@pytest.mark.parametrize("side", SIDES)
async def test_every_size_from_one_cell_to_500_is_survived(side: str, root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "j", "1", "c", "<enter>")
        await user.keys(*SIDES[side])
        for width, height in ((1, 1), (1, 500), (500, 1), (2, 2), (9, 3), (500, 500), (79, 24)):
            if width * height > 500 * 24 and side not in LARGE:
                continue
            await user.pilot.resize_terminal(width, height)
            assert user.screen.size == (width, height)
            await user.keys("<down>")
            assert user.app.is_running, (width, height)
        await user.pilot.resize_terminal(120, 40)
        await user.keys("<esc>", "<esc>", "<esc>", "<esc>")
        await user.settle()
        assert "READ" in user.status() or "PANEL" in user.status()


async def test_a_storm_of_resizes_is_survived(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "c")
        for n in range(200):
            size = Size(1 + n * 37 % 200, 1 + n * 17 % 60)
            user.app.post_message(events.Resize(size, size))
        await user.pilot.resize_terminal(120, 40)
        await user.settle()
        assert "CLAIM" in user.status()
        await user.keys("<enter>")
        assert len(user.claims()) == 1


# files


async def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "nothing"
    folder.mkdir()
    async with reader(folder) as user:
        await user.keys("j", "k", "1", "m", "c", "t", "i", "R", "]", "G", "/", "<esc>", "u")
        await user.keys("B", "<esc>", "?", "<esc>", "J", "M", "<tab>", "<tab>", "y", "y", "d", "&")
        assert "no article" in user.shown().lower()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("empty.txt", b""),
        ("blank.txt", b"\n \n\t\n\r\n" * 20),
        ("mark.txt", b"\xef\xbb\xbf"),
        ("picture.txt", bytes(range(256)) * 40),
    ],
)
async def test_a_file_that_holds_no_article_is_no_trouble(
    name: str, data: bytes, root: Path
) -> None:
    (root / name).write_bytes(data)
    async with reader(root) as user:
        opened = [entry.path for entry in user.desk.entries()]
        said = " ".join(user.desk.troubles)
        assert name in said or name in opened
        if name in opened:
            user.screen.go_to(user.desk.find(name))
            user.screen.sync()
        await user.keys("j", "k", "G", "g", "g", "1", "m", "c", "<esc>", "J", "K")
        assert_clean(user)


async def test_a_folder_that_cannot_be_read_is_named(root: Path, monkeypatch) -> None:
    closed = root / "closed"
    closed.mkdir()
    (closed / "inside.txt").write_text("Title\n\nText.", encoding="utf-8")
    scandir = os.scandir

    def refuse(path="."):
        if os.fspath(path) == str(closed):
            raise PermissionError(13, "Permission denied", str(closed))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    async with reader(root) as user:
        assert any("closed" in trouble for trouble in user.desk.troubles)
        assert len(user.desk.entries()) == 9


async def test_a_file_that_vanishes_leaves_its_annotations(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "j", "1")
        await user.saved()
        here = user.place.article
        (root / here.path).unlink()
        user.screen.poll()
        await user.keys("j", "2", "J", "j", "K", "j")
        await user.saved()
        assert_clean(user)
        assert len(user.desk.annotations(here.id).highlights) >= 1


async def test_a_file_that_changes_while_it_is_open_is_read_again(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "j", "1")
        await user.saved()
        here = user.place.article
        file = root / here.path
        text = file.read_text(encoding="utf-8").replace(
            "[LEAD]", "[LEAD]\nA new first sentence.", 1
        )
        file.write_text(text, encoding="utf-8")
        user.screen.poll()
        await user.settle()
        await user.keys("j", "k")
        assert "A new first sentence." in user.place.article.text
        placed = user.desk.annotations(user.place.article.id).highlights
        assert [p.fit for p in placed] in (["moved"], ["exact"])
        assert_clean(user)


async def test_ten_megabytes_open_and_scroll(tmp_path: Path) -> None:
    folder = tmp_path / "big"
    folder.mkdir()
    paragraph = "The agency said on Wednesday that 3,000 soldiers had left the area. " * 6
    (folder / "big.txt").write_text("BIG\n\n" + (paragraph + "\n\n") * 25000, encoding="utf-8")
    async with reader(folder) as user:
        assert len(user.place.article.text) > 10_000_000
        await user.keys("j", "j", "1", "j", "G", "k", "2", "g", "g", "j")
        assert user.text()
        await user.keys("G")
        assert user.place.caret > 9_000_000
        assert_clean(user)


def test_the_hostile_article_holds_all_of_it() -> None:
    assert LINE in ARTICLE
