"""Keys that mark: focus, highlights, selecting, tags, notes, deleting, the whole article."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader


def tags(user: Robot) -> list[tuple[str, ...]]:
    return [highlight.tags for highlight in user.highlights()]


def quotes(user: Robot) -> list[str]:
    return [" … ".join(span.exact for span in h.spans) for h in user.highlights()]


@presses("focus.next", "focus.previous", "mark.highlight", "app.leave")
async def test_focus_goes_from_mark_to_mark_and_any_motion_ends_it(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("]")
        assert "no highlight in this article yet" in user.status()
        await user.keys("j", "m", "jj", "m", "gg", "]")
        assert "highlight 1 of 2" in user.status()
        await user.keys("]")
        assert "highlight 2 of 2" in user.status()
        await user.keys("]")
        assert "last one" in user.status()
        await user.keys("[")
        assert "highlight 1 of 2" in user.status()
        await user.keys("[")
        assert "first one" in user.status()
        await user.keys("j")
        assert not user.place.focus
        assert "sentence" in user.status()
        await user.keys("[", "q")
        assert not user.place.focus


@presses("focus.next-claim", "focus.previous-claim", "focus.open")
async def test_claims_alone_are_visited_by_g_and_the_brackets(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("g]")
        assert "no claim in this article yet" in user.status()
        await user.keys("<enter>")
        assert "nothing is focused" in user.status()
        await user.keys("j", "m", "j", "c", "<enter>", "j", "m", "j", "c", "<enter>")
        first, second = user.claims()
        await user.keys("gg", "g]")
        assert user.place.focus == first.id
        await user.keys("g]")
        assert user.place.focus == second.id
        await user.keys("g[")
        assert user.place.focus == first.id
        # `Enter` opens what is focused: a claim as its form, a highlight as its note.
        await user.keys("<enter>")
        assert "CLAIM" in user.status()
        await user.keys("q", "[", "<enter>", "seen twice", "<enter>")
        assert user.highlights()[0].note == "seen twice"


@presses("tag.slot")
async def test_a_digit_tags_at_once_and_takes_the_tag_off_again(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1")
        assert tags(user) == [("military",)]
        await user.keys("2")
        assert tags(user) == [("military", "casualties")]
        await user.keys("1")
        assert tags(user) == [("casualties",)]
        await user.keys("2")
        assert tags(user) == [()]
        assert len(user.highlights()) == 1, "an identical span is one highlight"
        await user.keys("m")
        assert len(user.highlights()) == 1
        assert "a highlight already" in user.status()
        await user.keys("j", "k", "m")
        assert len(user.highlights()) == 1
        assert "highlighted already" in user.status()
        await user.keys("jjj", "]", "[", "1")
        assert tags(user) == [("military",)], "what is focused is meant, not the sentence"


async def test_a_slot_without_a_tag_says_where_slots_are_given(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("B", "9", "1", "q", "j", "9")
        assert not user.highlights()
        assert "B opens the codebook" in user.status()


@presses("select.grow", "select.shrink", "select.quotation", "select.keep")
async def test_s_selects_more_and_less_and_a_quotation_mark_what_is_quoted(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("/", "but it is still", "<enter>", "<esc>", "s")
        clause = user.selected()
        assert "SELECT" in user.status()
        await user.keys("s")
        sentence = user.selected()
        assert sentence.startswith("Losses on that scale")
        assert clause in sentence
        assert clause != sentence
        await user.keys("s")
        assert user.selected().startswith("Why the fighting stopped")
        await user.keys("S", "S")
        assert user.selected() == clause
        await user.keys("S")
        assert not user.selected()
        await user.keys("/", "nobody has", "<enter>", '"')
        assert user.selected() == "Nobody has gone home,"
        await user.keys("<enter>")
        assert quotes(user) == ["Nobody has gone home,"]
        assert user.place.focus == user.highlights()[0].id
        await user.keys("gg", "j", '"')
        assert "no quotation here" in user.status()


@presses("select.start", "select.other-edge", "select.add-piece")
async def test_v_selects_exactly_in_pieces_and_from_both_edges(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "w", "w", "v", "w", "e")
        assert user.selected() == "spy agency"
        await user.keys("o", "b", "b")
        assert user.selected() == "South Korea's spy agency"
        await user.keys("&")
        assert user.selected() == "South Korea's spy agency"
        await user.keys("/", "front", "<enter>", "v", "e")
        assert user.selected() == "South Korea's spy agency|front"
        assert "2 pieces" in user.status()
        await user.keys("1")
        assert quotes(user) == ["South Korea's spy agency … front"]
        assert tags(user) == [("military",)]
        assert not user.selected()


async def test_v_on_a_focused_highlight_changes_what_it_covers(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "v", "e", "1", "v")
        highlight = user.highlights()[0]
        assert user.selected() == "South"
        await user.keys("w", "e", "<enter>")
        (changed,) = user.highlights()
        assert changed.id == highlight.id
        assert quotes(user) == ["South Korea's"]
        assert user.place.focus == changed.id
        await user.keys("u")
        assert quotes(user) == ["South"]


async def test_a_span_that_is_let_go_is_not_changed_by_a_later_selection(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "v", "e", "1", "v", "<esc>")
        await user.keys("jj", "v", "e", "<enter>")
        assert quotes(user) == ["South", "The"]
        await user.keys("[", "[", "v", "w", "e", "2")
        assert quotes(user) == ["South", "South Korea's", "The"] or len(quotes(user)) == 3
        await user.keys("jjj", "v", "e", "<enter>")
        assert len(user.highlights()) == 4


@presses("tag.picker", "text.next", "text.previous", "text.complete", "text.back")
async def test_t_picks_a_tag_by_typing_and_makes_new_ones_from_the_last_row(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "t", "casu")
        assert "PICK" in user.status()
        await user.keys("<enter>")
        assert tags(user) == [("casualties",)]

        await user.keys("j", "t", "<down>", "<tab>", "<s-tab>", "<up>", "<enter>")
        assert tags(user)[1] == (user.desk.codebook.tags[0].path,)

        # What only begins like a tag is not made into a new one by Enter.
        await user.keys("j", "t", "poli", "<enter>")
        assert tags(user)[2] == ("politics",)

        await user.keys("j", "t", "Weather/Snow", "<enter>", "<down>", "<enter>")
        assert user.desk.codebook.get("Weather/Snow") is not None
        assert tags(user)[3] == ("Weather/Snow",)

        await user.keys("j", "t", "mil", "<esc>")
        assert len(user.highlights()) == 4


@presses("tag.repeat")
async def test_a_full_stop_gives_the_last_tag_once_more(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", ".")
        assert "no tag used yet" in user.status()
        await user.keys("2", "j", ".", "j", ".", ".")
        assert tags(user) == [("casualties",)] * 3
        await user.keys("gg", ".", ".")
        assert user.desk.entry(user.place.article.id).tags == ("casualties",)


@presses("tag.occurrences", "confirm.yes", "confirm.widen")
async def test_a_comma_tags_the_same_words_everywhere_after_a_preview(root: Path) -> None:
    async with reader(root) as user:
        await user.keys(",")
        assert "tag something first" in user.status()
        await user.keys("/", "casualties", "<enter>", "v", "e", "2", ",")
        assert "tag “casualties” with casualties: 1 in this article" in user.message()
        await user.keys("<tab>")
        assert "in 9 articles" in user.message() or "articles" in user.message()
        found = len(user.desk.occurrences("casualties"))
        assert found > 3
        assert f"{found} in " in user.message()
        await user.keys("x")
        assert "nothing done" in user.status()
        assert len(user.highlights()) == 1
        await user.keys("]", "[", ",", "<tab>", "<enter>")
        assert sum(entry.highlights for entry in user.desk.entries()) == found
        assert f"tagged {found}" in user.status()
        # It is one step.
        await user.keys("u")
        assert "articles" in user.status()
        assert sum(entry.highlights for entry in user.desk.entries()) == 1


@presses("mark.note", "mark.note-editor", "text.editor")
async def test_notes_are_written_in_a_line_or_in_the_editor(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text('#!/bin/sh\nprintf "%s, and\\nmore" "$(cat "$1")" > "$1"\n')
    script.chmod(0o755)
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", str(script))
    async with reader(root) as user:
        monkeypatch.setattr(user.app, "suspend", nullcontext)
        await user.keys("j", "i", "to be checked", "<enter>")
        assert [h.note for h in user.highlights()] == ["to be checked"]
        await user.keys("i", " twice", "<enter>")
        assert user.highlights()[0].note == "to be checked twice"
        await user.keys("i", "<esc>")
        assert user.highlights()[0].note == "to be checked twice"
        await user.keys("I")
        assert user.highlights()[0].note == "to be checked twice, and\nmore"
        # A note of several lines is edited where it has room.
        await user.keys("i")
        assert user.highlights()[0].note == "to be checked twice, and\nmore, and\nmore"
        await user.keys("j", "i", "short", "<ctrl+o>")
        assert user.highlights()[1].note == "short, and\nmore"
        monkeypatch.setenv("EDITOR", str(tmp_path / "nowhere"))
        await user.keys("<ctrl+o>")
        assert "set $EDITOR" in user.message()
        assert user.highlights()[1].note == "short, and\nmore"


@presses("mark.delete")
async def test_d_deletes_what_is_focused_and_nothing_else(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "j", "d")
        assert "nothing is focused" in user.status()
        assert len(user.highlights()) == 1
        await user.keys("[", "c", "<enter>")
        assert len(user.claims()) == 1
        await user.keys("d")
        assert not user.claims()
        assert len(user.highlights()) == 1
        await user.keys("u")
        assert len(user.claims()) == 1
        # With its highlight a claim goes too, in one step.
        user.place.focus_on(user.highlights()[0].id)
        await user.keys("<delete>")
        assert not user.highlights()
        await user.keys("u")
        assert len(user.highlights()) == len(user.claims()) == 1


async def test_on_the_headline_keys_mean_the_whole_article(root: Path) -> None:
    async with reader(root) as user:
        article = user.place.article.id
        await user.keys("1", "t", "casu", "<enter>", "i", "read again", "<enter>", "r", "b", "2")
        assert user.desk.entry(article).tags == ("military", "casualties")
        (own,) = user.desk.annotations(article).records
        assert (own.note, own.reliability, own.credibility) == ("read again", "B", "2")
        assert not user.highlights()
        await user.keys("1")
        assert user.desk.entry(article).tags == ("casualties",)
        # Its own row of the panel stands for it too.
        await user.keys("j", "m", "<tab>", "gg", "<enter>", "!", "<enter>")
        assert user.desk.annotations(article).records[0].note == "read again!"
        # A selection in the headline is a selection.
        await user.keys("<esc>", "gg", "v", "e", "1")
        assert len(user.highlights()) == 2


async def test_a_note_on_the_article_is_ones_own(root: Path) -> None:
    async with reader(root, analyst="lee") as user:
        await user.keys("i", "by lee", "<enter>")
        await user.saved()
    async with reader(root, analyst="kim") as user:
        user.desk.scan()
        await user.keys("gg", "i", "by kim", "<enter>")
        notes = {r.by: r.note for r in user.desk.annotations(user.place.article.id).records}
        assert notes == {"lee": "by lee", "kim": "by kim"}


@presses()
async def test_the_mouse_points_selects_and_scrolls(root: Path) -> None:
    async with reader(root) as user:
        await user.click("agency says")
        assert user.word() == "agency"
        await user.drag("South Korea's", "spy agency")
        assert user.selected() == "South Korea's spy agency"
        await user.keys("1")
        assert quotes(user) == ["South Korea's spy agency"]
        await user.keys("j")
        await user.click("agency says")
        assert user.place.focus == user.highlights()[0].id
        before, caret = user.screen.view.visible_extent, user.place.caret
        await user.wheel(2)
        assert user.screen.view.visible_extent.start > before.start
        assert user.place.caret == caret
        await user.wheel(-2)
        assert user.screen.view.visible_extent == before
        await user.click("KIM'S SOLDIERS")
        await user.click("KIM'S SOLDIERS")
        assert user.place.article.outlet == "Harbor Wire"


async def test_a_click_beside_a_field_leaves_the_keys_with_the_field(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "i", "one")
        await user.click("agency says")
        await user.keys(" two", "<enter>")
        assert [h.note for h in user.highlights()] == ["one two"]
        await user.keys("t", "mil")
        await user.click("KIM'S SOLDIERS")
        await user.keys("<esc>", "j")
        assert "READ" in user.status()


@presses("tag.slot")
async def test_a_key_is_answered_in_one_frame_and_what_it_saves_in_one_more(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j")
        frames: list[int] = []  # how much was still to be saved when each was painted
        layouts: list[object] = []
        painted = user.screen.painted

        def noting() -> None:
            frames.append(user.desk.pending)
            painted()

        user.screen.painted = noting
        user.screen.screen_layout_refresh_signal.subscribe(user.screen, layouts.append)
        await user.keys("1")
        await user.saved()
        await user.keys("j")  # what was said of the first annotation goes
        for key in ("j", "1", "2", "2", "k"):
            frames.clear()
            layouts.clear()
            drawn = user.screen.view.drawn_rows, user.screen.panel.drawn_rows
            user.type_ahead(key)
            for _ in range(500):
                if frames and frames[-1] == 0 and not user.desk.pending:
                    break
                await asyncio.sleep(0.01)  # a pause of the pilot would paint by itself
            # On a quick disk it may be saved before the first frame.
            assert frames in ([[1, 0], [0]] if key.isdigit() else [[0]]), key
            assert user.screen.view.drawn_rows - drawn[0] <= 12, key
            assert user.screen.panel.drawn_rows - drawn[1] <= 12, key
            assert not layouts, key
