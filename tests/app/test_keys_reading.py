"""Keys that read: motions, finding, articles, copying, opening what is on the web."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.app.robot import presses, reader

from tui.keymap import Keymap


@presses(
    "read.next-sentence",
    "read.previous-sentence",
    "read.next-paragraph",
    "read.previous-paragraph",
    "read.first",
    "read.last",
)
async def test_sentences_and_paragraphs_are_stops(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j")
        assert user.text().startswith("South Korea's spy agency says")
        await user.keys("j")
        assert user.text().startswith("It believes the lull")
        await user.keys("k", "<up>")
        assert user.place.target().kind == "headline"
        await user.keys("<down>", "}")
        assert user.text().startswith("The National Intelligence Service told")
        await user.keys("}", "j", "{")
        assert user.text().startswith("Pyongyang is thought")
        await user.keys("{")
        assert user.text().startswith("The National Intelligence Service told")
        await user.keys("G")
        assert user.text().startswith("There is also talk in Seoul")
        await user.keys("j")
        assert user.text().startswith("There is also talk in Seoul")
        await user.keys("gg", "k")
        assert user.place.target().kind == "headline"


@presses(
    "read.next-char",
    "read.previous-char",
    "read.next-word",
    "read.previous-word",
    "read.word-end",
    "read.line-start",
    "read.line-end",
)
async def test_the_caret_moves_by_character_word_and_line(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "w")
        assert user.word() == "Korea's"
        await user.keys("w", "w", "b")
        assert user.word() == "spy"
        await user.keys("e")
        assert user.word() == "y"
        await user.keys("h")
        assert user.word() == "py"
        await user.keys("l", "l", "l")
        assert user.word() == "agency"
        await user.keys("^")
        assert user.word() == "South"
        await user.keys("$")
        line = next(line for line in user.shown().splitlines() if "spy agency" in line)
        column = line.split("│")[-1] if "│" in line else line
        assert user.place.article.text[user.place.caret] in column.rstrip()[-20:]
        end = user.place.caret
        await user.keys("<left>", "<right>", "<home>", "<end>")
        assert user.place.caret == end
        await user.keys("<home>", "<ctrl+right>", "<ctrl+left>")
        assert user.word() == "South"


@presses("read.find-word")
async def test_f_and_two_letters_go_to_the_next_word_that_begins_so(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("f", "ku")
        assert user.word().startswith("KURSK")
        await user.keys("f", "Ku")
        assert user.word().startswith("Kursk")
        before = user.place.caret
        await user.keys("f", "zq")
        assert user.place.caret == before
        assert "no word begins with zq" in user.status()


@presses("read.page-down", "read.page-up", "read.half-page-down", "read.half-page-up")
async def test_pages_go_on_and_back(root: Path) -> None:
    async with reader(root, size=(120, 20)) as user:
        await user.keys(" ")
        page = user.place.caret
        assert user.place.outline.index_at(user.place.caret) >= 4
        await user.keys("P")
        assert user.place.caret < page
        await user.keys("gg", "<ctrl+d>")
        half = user.place.caret
        assert 0 < half < page
        await user.keys(")", "<ctrl+u>", "(")
        assert user.place.caret < half
        await user.keys("<pagedown>", "<pageup>", "<ctrl+end>", "<ctrl+home>")
        assert user.place.target().kind == "headline"


@presses(
    "find.open", "find.next", "find.previous", "find.word", "text.keep", "text.leave", "go.back"
)
async def test_finding_goes_while_typing_and_escape_goes_back(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "/", "kursk")
        assert "FIND" in user.status()
        assert user.word().startswith("Kursk")
        assert "3 found" in user.shown()
        await user.keys("<esc>")
        assert user.text().startswith("South Korea's spy agency")
        assert user.text().startswith(user.word())
        assert "READ" in user.status()

        await user.keys("/", "casualties", "<enter>")
        assert user.word().startswith("casualties")
        await user.keys("`")
        assert user.text().startswith("South Korea's spy agency")

        await user.keys("/", "soldiers", "<enter>")
        first = user.place.caret
        await user.keys("n")
        assert user.place.caret > first
        assert "2 of" in user.status()
        await user.keys("N")
        assert user.place.caret == first
        await user.keys("*")
        assert user.place.caret != first
        await user.keys("`")
        assert user.place.caret == first
        await user.keys("*", "N")
        assert user.word().startswith("soldiers")
        await user.keys("/", "nowhere at all", "<enter>")
        assert "is not in this article" in user.status()


async def test_an_expression_between_slashes_is_found_and_a_wrong_one_refused(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "/", "/soldiers|casualties/", "<enter>")
        assert user.word().startswith(("soldiers", "casualties"))
        await user.keys("n")
        assert "2 of" in user.status()
        await user.keys("/", "/(soldiers/", "<enter>")
        assert "is no regular expression: missing )" in user.status()
        await user.keys("n")
        assert "3 of" in user.status()  # the one that worked is kept


async def test_a_cancelled_find_leaves_focus_and_caret_as_they_were(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "m", "]")
        focus = user.place.focus
        assert focus
        await user.keys("/", "Kursk", "<esc>")
        assert user.place.focus == focus
        await user.keys("j", "w", "w")
        caret = user.place.caret
        await user.keys("/", "Seoul", "<esc>")
        assert user.place.caret == caret
        assert user.place.by_word
        await user.keys("`")
        assert "no jump" in user.status()


async def test_lines_that_were_typed_come_back_with_the_arrow_keys(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("/", "Kursk", "<enter>", "/", "Seoul", "<enter>", "/", "<up>", "<up>")
        assert user.word().startswith(("Kursk", "KURSK"))
        await user.keys("<down>")
        assert user.word().startswith("Seoul")
        await user.keys("<down>", "spz", "<bs>", "y", "<enter>")
        assert user.word().startswith("spy")


@presses("article.next", "article.previous", "article.done")
async def test_articles_are_read_one_after_the_other(root: Path) -> None:
    async with reader(root) as user:
        first = user.place.article.id
        await user.keys("J")
        second = user.place.article
        assert second.outlet == "Harbor Wire"
        await user.keys("j", "K")
        assert user.place.article.id == first
        await user.keys("K")
        assert "first article" in user.status()
        await user.keys("`")
        assert user.place.article.id == second.id

        await user.keys("M")
        assert user.desk.entry(second.id).done
        assert user.place.article.outlet == "Northern Desk"
        # From an article before, `M` goes on to the next that is not done.
        await user.keys("K", "K", "M")
        assert user.place.article.outlet == "Northern Desk"
        # One that is done stays done: `M` only goes on; `:done` takes it back.
        await user.keys("K", "M")
        assert user.desk.entry(second.id).done
        assert user.place.article.outlet == "Northern Desk"
        await user.keys("K", ":", "done", "<enter>")
        assert not user.desk.entry(second.id).done


async def test_when_every_article_is_done_that_is_said(tmp_path: Path) -> None:
    root = tmp_path / "two"
    root.mkdir()
    (root / "a.txt").write_text("Alpha came first. It stayed.\n")
    (root / "b.txt").write_text("Beta came second. It left.\n")
    async with reader(root) as user:
        await user.keys("M", "M")
        assert "every article is done" in user.status()


@presses("copy.quote")
async def test_yy_copies_the_quote_with_its_citation(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("jjjj", "yy")
        assert user.app.clipboard.startswith("“Pyongyang is thought to have sent about 11,000")
        assert "News Today" in user.app.clipboard
        assert "2025-02-05" in user.app.clipboard
        assert "copied" in user.status()
        # A sentence that is broken over a line is one line in the citation.
        await user.keys("/", "commander", "<enter>", "yy")
        assert "the next battalions" in user.app.clipboard
        await user.keys("y", "x")
        assert "the next battalions" in user.app.clipboard


@presses("article.open-url")
async def test_gx_opens_the_web_page_if_there_is_one(tmp_path: Path, monkeypatch) -> None:
    root = tmp_path / "web"
    root.mkdir()
    (root / "a.md").write_text(
        "---\ntitle: A\nurl: https://example.org/a\n---\n\nOne thing happened.\n"
    )
    (root / "b.txt").write_text("Another thing happened.\n")
    async with reader(root) as user:
        opened: list[str] = []
        monkeypatch.setattr(user.app, "open_url", lambda url, **_: opened.append(url))
        user.screen.go_to(user.desk.find("a.md"))
        await user.keys("gx")
        assert opened == ["https://example.org/a"]
        user.screen.go_to(user.desk.find("b.txt"))
        await user.keys("gx")
        assert len(opened) == 1
        assert "no web address" in user.status()


@pytest.mark.parametrize("odd", ["\x1b[2J", " --help", "\u202e", "`id`", "'x"])
async def test_gx_opens_no_address_with_odd_characters(tmp_path: Path, monkeypatch, odd) -> None:
    root = tmp_path / "web"
    root.mkdir()
    story = {"id": "1", "title": "A", "text": "One thing.", "url": f"https://x.example/{odd}"}
    (root / "a.jsonl").write_text(json.dumps(story))
    async with reader(root) as user:
        opened: list[str] = []
        monkeypatch.setattr(user.app, "open_url", lambda url, **_: opened.append(url))
        await user.keys("gx")
        assert not opened
        assert "web address" in user.status() or "odd characters" in user.status()


async def test_a_key_outside_a_waiting_prefix_cancels_and_does_nothing_else(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "g")
        assert "top" in user.status()
        before = user.place.caret
        await user.keys("j")
        assert user.place.caret == before
        assert user.screen.waiting is None
        await user.keys("g", "<esc>", ";", "<esc>", "f", "<esc>", "j", "1")
        assert len(user.highlights()) == 1


async def test_hangul_letters_run_nothing_and_say_so_but_are_text_in_a_field(root: Path) -> None:
    async with reader(root) as user:
        before = user.place.caret
        await user.keys("ㅓ")
        assert user.place.caret == before
        assert "한/영" in user.status()
        user.screen.go_to(user.desk.find("2025-02-12-naru-ilbo-additional-deployment.txt"))
        await user.keys("/", "국정원", "<enter>")
        assert user.word().startswith("국정원")


async def test_pasted_text_never_runs_as_commands(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "m", "]")
        before = user.place.caret
        await user.paste("dddjjj1:q\n")
        assert user.place.caret == before
        assert len(user.highlights()) == 1
        assert "open a field first" in user.status()
        await user.keys("i")
        await user.paste("dd jj")
        await user.keys("<enter>")
        assert user.highlights()[0].note == "dd jj"


async def test_keys_are_remapped_by_action_id(root: Path, tmp_path: Path) -> None:
    file = tmp_path / "keys.toml"
    file.write_text(
        '[keys]\n"read.next-sentence" = ["e"]\n"read.word-end" = ["W"]\n'
        '"text.keep" = ["ctrl+j", "enter"]\n"mark.delete" = ["gd"]\n'
    )
    keymap, problems = Keymap.load(file)
    assert not problems
    async with reader(root, keymap=keymap) as user:
        await user.keys("e")
        assert user.text().startswith("South Korea's spy agency says")
        await user.keys("j")
        assert user.text().startswith("South Korea's spy agency says")
        await user.keys("m", "]", "d")
        assert user.highlights()
        await user.keys("gd")
        assert not user.highlights()
        await user.keys("/", "Kursk", "<ctrl+j>")
        assert "FIND" not in user.status()
        await user.keys("1", "]", "<ctrl+p>", "delete what")
        assert "marking · gd" in user.shown()
