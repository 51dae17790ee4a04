from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from msgspec.structs import replace
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import Key

from tui.articles import outline, read_article
from tui.model.articles import Article, Outline
from tui.model.spans import Extent
from tui.model.visible import visible
from tui.reading import motions
from tui.widgets.article_view import ArticleView, Mark
from tui.widgets.looks import LOOKS, register_themes

WIRE = """\
date 2025-02-05 [News Today] “TROOPS NOT SEEN”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News Today




[LEAD]

The service reports that troops are not in combat. They may return to the front.

[REPORT]

About 11,000 soldiers were sent to the region.



국가정보원은 병력이 크게 줄었다고 밝혔다. 👩‍👩‍👧‍👦 가족도 있다.


Jo Park/ Harbor Institute

Given the war situation, it is plain that the deployed forces would diminish
very quickly.
"""


def read(text: str) -> tuple[Article, Outline]:
    article = read_article(text.encode(), "story.txt")
    return article, outline(article)


class Reader(App[None]):
    """An article view by itself, with a few keys, that keeps the messages."""

    def __init__(self, text: str = WIRE, marks: Sequence[Mark] = (), theme: str = "") -> None:
        super().__init__()
        self.article, self.stops = read(text)
        self.marks = marks
        self.wanted = theme
        self.heard: list[object] = []

    def compose(self) -> ComposeResult:
        yield ArticleView()

    def on_mount(self) -> None:
        register_themes(self)
        if self.wanted:
            self.theme = self.wanted
        self.view.show(self.article, self.stops)
        self.view.set_marks(self.marks)

    @property
    def view(self) -> ArticleView:
        return self.query_one(ArticleView)

    def on_key(self, event: Key) -> None:
        view, stops = self.view, self.stops
        if event.key == "j":
            view.move_to(motions.next_sentence(stops, view.caret))
        elif event.key == "k":
            view.move_to(motions.previous_sentence(stops, view.caret))
        elif event.key == "w":
            view.move_to(motions.next_word(self.article.text, stops, view.caret), caret_shown=True)
        elif event.key == "G":
            view.move_to(motions.last_stop(stops))
        elif event.key == "space":
            view.move_to(view.page_moved(1))
        elif event.key == "b":
            view.move_to(view.page_moved(-1))

    def on_article_view_pointed(self, message: ArticleView.Pointed) -> None:
        self.heard.append(message.offset)

    def on_article_view_dragged(self, message: ArticleView.Dragged) -> None:
        self.heard.append(message.extent)

    def on_article_view_scrolled(self, message: ArticleView.Scrolled) -> None:
        self.heard.append("scrolled")


def rows(view: ArticleView) -> list[str]:
    """The text of every row of the screen."""
    return [view.render_line(y).text.rstrip() for y in range(view.size.height)]


def row_of(view: ArticleView, words: str) -> int:
    return next(y for y, row in enumerate(rows(view)) if words in row)


def style_of(view: ArticleView, words: str) -> Style:
    """The style that the first cell of these words is drawn in."""
    for y in range(view.size.height):
        strip = view.render_line(y)
        at = strip.text.find(words)
        if at < 0:
            continue
        for segment in strip:
            if at < len(segment.text):
                return segment.style or Style.null()
            at -= len(segment.text)
    raise AssertionError(f"{words!r} is not on the screen")


def mark(app: Reader, words: str, **more: object) -> Mark:
    start = app.article.text.index(words)
    return Mark(str(more.pop("id", words)), (Extent(start, start + len(words)),), **more)  # type: ignore[arg-type]


async def test_the_header_is_shown_as_designed_and_never_raw() -> None:
    app = Reader()
    async with app.run_test(size=(80, 40)):
        shown = [row.strip() for row in rows(app.view)]
        assert shown[1:7] == [
            "▎ “TROOPS NOT SEEN”",
            "News Today · 2025-02-05 15:53 · revised 16:17",
            "",
            "LEAD",
            "",
            "The service reports that troops are not in combat. They may return to",
        ]
        everything = "\n".join(shown)
        assert "입력" not in everything
        assert "date 2025" not in everything
        assert "[LEAD]" not in everything
        assert "Jo Park/ Harbor Institute\n" in everything
        assert style_of(app.view, "“TROOPS").bold
        assert style_of(app.view, "Jo Park").italic


async def test_blank_lines_of_the_source_become_one_and_hard_breaks_reflow() -> None:
    app = Reader()
    async with app.run_test(size=(80, 40)):
        everything = "\n".join(row.strip() for row in rows(app.view))
        assert "\n\n\n" not in everything.strip()
        assert "would diminish very" in " ".join(everything.split())


async def test_the_title_of_an_article_without_a_headline_in_its_text_is_shown() -> None:
    app = Reader()
    async with app.run_test(size=(80, 24)) as pilot:
        app.view.show(
            Article("x", "Some text.", "r", title="A title [/] of its own", outlet="[b]Wire"),
            Outline((Extent(0, 10),), ()),
        )
        await pilot.pause()
        shown = [row.strip() for row in rows(app.view)]
        assert shown[1:5] == ["A title [/] of its own", "[b]Wire", "", "Some text."]


async def test_an_empty_article_says_so() -> None:
    app = Reader("")
    async with app.run_test(size=(80, 24)) as pilot:
        assert "There is no text in this article." in "\n".join(rows(app.view))
        await pilot.press("j", "k", "G", "space", "b", "w")
        assert app.view.caret == 0
        assert app.view.sentence is None


@pytest.mark.parametrize("theme", [*LOOKS, "textual-light", "ansi-dark"])
async def test_a_highlight_has_a_background_a_bar_and_its_slot_in_every_theme(theme: str) -> None:
    app = Reader(theme=theme)
    async with app.run_test(size=(80, 30)) as pilot:
        app.view.set_marks([mark(app, "11,000 soldiers", colour="red", slot=3)])
        await pilot.pause()
        y = row_of(app.view, "About")
        assert rows(app.view)[y].lstrip().startswith("3▌")
        assert style_of(app.view, "11,000").bgcolor != style_of(app.view, "About").bgcolor
        assert style_of(app.view, " were sent").bgcolor == style_of(app.view, "About").bgcolor


async def test_states_are_told_apart_without_any_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        view = app.view
        view.set_marks(
            [mark(app, "11,000 soldiers", colour="red", slot=3, id="a")],
        )
        view.move_to(app.article.text.index("They may"))
        await pilot.pause()
        plain = style_of(view, "About")
        assert style_of(view, "11,000").underline
        assert "▎" in rows(view)[row_of(view, "They may")]
        view.set_focus_mark("a")
        assert style_of(view, "11,000").bold
        assert "▶" in rows(view)[row_of(view, "About")]
        start = app.article.text.index("region")
        view.set_selection([Extent(start, start + 6)])
        assert style_of(view, "region").reverse
        sent = app.article.text.index("sent to")
        view.set_hits([Extent(sent, sent + 7)])
        assert style_of(view, "sent to").underline
        assert not plain.reverse
        assert not plain.underline


async def test_overlapping_highlights_show_both() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        app.view.set_marks(
            [
                mark(app, "troops are not in combat", colour="red", slot=1),
                mark(app, "not in combat. They", colour="blue", slot=4),
            ]
        )
        await pilot.pause()
        view = app.view
        assert rows(view)[row_of(view, "The service")].lstrip().startswith("14▌")
        only_first, both, only_second = (
            style_of(view, words) for words in ("troops", "not in combat", ". They")
        )
        assert only_first.bgcolor != only_second.bgcolor
        assert both.bgcolor == only_second.bgcolor
        assert both.underline
        assert not only_first.underline


async def test_two_tags_on_a_span_show_the_first_ones_colour_and_both_digits() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        words = "troops are not in combat"
        app.view.set_marks([mark(app, words, colour="red", slot=1, id="a")])
        await pilot.pause()
        alone = style_of(app.view, "troops")
        app.view.set_marks(
            [
                mark(app, words, colour="red", slot=1, id="a"),
                mark(app, words, colour="green", slot=5, id="a"),
            ]
        )
        await pilot.pause()
        view = app.view
        y = row_of(view, "The service")
        assert rows(view)[y].lstrip().startswith("15▌")
        assert style_of(view, "troops").bgcolor == alone.bgcolor
        assert style_of(view, "troops").underline
        assert not alone.underline
        bar = next(s for s in view.render_line(y) if s.text == "▌").style
        look = LOOKS["pressmark-dark"]
        assert bar is not None
        assert bar.color == look.style("sign:red").color
        assert bar.bgcolor is not None
        assert bar.bgcolor.name == look.tag("green").sign


async def test_a_tag_of_the_whole_article_is_a_digit_beside_the_headline() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        words = "The service"
        await pilot.pause()
        plain = style_of(app.view, words)
        app.view.set_marks([mark(app, words, colour="red", slot=3, sign="whole")])
        await pilot.pause()
        assert rows(app.view)[row_of(app.view, words)].lstrip().startswith("3  ")
        assert style_of(app.view, words) == plain


async def test_an_unsaved_highlight_is_hollow_and_a_suggestion_has_its_sign() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        app.view.set_marks(
            [
                mark(app, "11,000 soldiers", colour="red", slot=2, sign="hollow"),
                mark(app, "troops are", sign="?"),
            ]
        )
        await pilot.pause()
        view = app.view
        assert rows(view)[row_of(view, "About")].lstrip().startswith("2▯")
        assert rows(view)[row_of(view, "The service")].lstrip().startswith("?┊")
        assert not style_of(view, "troops are").underline, "half an article may be proposed"
        assert style_of(view, "troops are").color != style_of(view, "The service").color
        view.set_focus_mark("troops are")
        await pilot.pause()
        assert style_of(view, "troops are").underline


async def test_a_highlight_never_cuts_a_grapheme() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        start = app.article.text.index("👩")
        app.view.set_marks([Mark("a", (Extent(start + 2, start + 4),), "red", 1)])
        await pilot.pause()
        marked = style_of(app.view, "👩")
        strip = app.view.render_line(row_of(app.view, "👩"))
        assert [s.text for s in strip if s.style == marked] == ["👩‍👩‍👧‍👦"]


async def test_the_caret_is_a_cell_after_motions_by_word_and_gone_after_a_sentence() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.press("j", "w")
        assert style_of(app.view, "service").reverse
        assert not style_of(app.view, "ervice").reverse
        await pilot.press("j")
        assert not style_of(app.view, "service").reverse


async def test_an_anchor_selects_up_to_the_caret_with_both_graphemes() -> None:
    app = Reader()
    async with app.run_test(size=(80, 30)) as pilot:
        text = app.article.text
        app.view.move_to(text.index("👩"), anchor=text.index("밝혔다"))
        await pilot.pause()
        selected = style_of(app.view, "밝혔다")
        strip = app.view.render_line(row_of(app.view, "밝혔다"))
        assert "".join(s.text for s in strip if s.style == selected) == "밝혔다. "
        assert style_of(app.view, "👩").reverse
        app.view.move_to(text.index("밝혔다"))
        assert style_of(app.view, "밝혔다") != selected


def story(sentences: int, seed: int = 1) -> str:
    chance = random.Random(seed)
    words = ["the", "troops", "병력이", "were", "3,000", "seen", "near", "region", "and", "left"]
    found: list[str] = []
    for number in range(sentences):
        body = " ".join(chance.choice(words) for _ in range(chance.randint(4, 30)))
        found.append(f"Sentence {number} {body}.")
        if chance.random() < 0.3:
            found.append("\n\n")
    return " ".join(found).replace(" \n\n ", "\n\n")


def marks_on(text: str, count: int) -> list[Mark]:
    chance = random.Random(5)
    colours = ["red", "orange", "green", "blue", "grey"]
    return [
        Mark(str(n), (Extent(s, s + chance.randint(3, 90)),), colours[n % 5], n % 10)
        for n, s in enumerate(chance.randrange(len(text) - 90) for _ in range(count))
    ]


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_a_key_draws_no_more_rows_than_are_on_the_screen(size: tuple[int, int]) -> None:
    text = story(2000)
    app = Reader(text, marks_on(text, 500))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        for key in ["j"] * 8 + ["w"] * 2 + ["space", "b", "G", "k", "k"]:
            before = app.view.drawn_rows
            await pilot.press(key)
            await pilot.pause()
            assert app.view.drawn_rows - before <= size[1] + 2, key


async def test_a_sentence_further_down_the_screen_redraws_only_two_sentences() -> None:
    text = story(60)
    app = Reader(text)
    async with app.run_test(size=(100, 50)) as pilot:
        await pilot.press("j")
        await pilot.pause()
        before = app.view.drawn_rows
        await pilot.press("j")
        await pilot.pause()
        assert 0 < app.view.drawn_rows - before <= 12


async def test_the_cursor_sentence_stays_in_view_with_a_margin() -> None:
    app = Reader(story(300))
    async with app.run_test(size=(90, 24)):
        view, stops = app.view, app.stops.sentences
        for index in [*range(70), *range(70, 20, -1), 250, 251, len(stops) - 1, 40]:
            view.move_to(stops[index].start)
            shown = view.visible_extent
            assert shown.start <= stops[index].start
            assert stops[index].end <= shown.end
            bars = [y for y, row in enumerate(rows(view)) if "▎" in row]
            assert bars[0] >= 3 or index < 4
            assert bars[-1] <= 24 - 4 or index > len(stops) - 4


async def test_pages_go_on_and_back_to_where_they_began() -> None:
    app = Reader(story(300))
    async with app.run_test(size=(90, 24)) as pilot:
        await pilot.press(*["j"] * 4)
        begun = app.view.visible_extent
        await pilot.press("space", "space", "space")
        assert app.view.visible_extent.start > begun.end
        assert app.view.visible_extent.covers(app.view.caret)
        await pilot.press("b", "b", "b")
        assert app.view.visible_extent == begun
        assert begun.covers(app.view.caret)


async def test_motions_by_row_keep_their_cell_over_short_rows() -> None:
    app = Reader("A long first line of text that goes on.\n\nShort.\n\nAnother long line of text.")
    async with app.run_test(size=(80, 3)):
        view, text = app.view, app.article.text
        view.move_to(text.index("goes"))
        view.move_to(view.page_moved(1), caret_shown=True)
        assert view.caret == text.index("Short") + 5
        view.move_to(view.page_moved(1), caret_shown=True)
        assert view.caret == text.index("Another") + len("Another long line of text.") - 1
        view.move_to(view.page_moved(-2), caret_shown=True)
        assert view.caret == text.index("goes")
        assert view.row_extent().of(text) == "A long first line of text that goes on."


async def test_the_wheel_scrolls_and_a_save_does_not_call_the_reader_back() -> None:
    app = Reader(story(300))
    async with app.run_test(size=(90, 24)) as pilot:
        before = app.view.visible_extent
        app.view.scroll_rows(30)
        app.view.move_to(app.view.caret)  # what a screen does when something was saved
        await pilot.pause()
        assert app.view.visible_extent.start > before.start
        assert "scrolled" in app.heard
        await pilot.press("j")
        assert app.view.visible_extent.covers(app.view.caret)


@pytest.mark.parametrize("words", ["About", "soldiers", "병력이", "👩‍👩‍👧‍👦", "가족도", "diminish"])
async def test_a_click_points_at_the_text_under_it(words: str) -> None:
    app = Reader()
    async with app.run_test(size=(80, 40)) as pilot:
        y = row_of(app.view, words)
        strip = app.view.render_line(y)
        x = strip.index_to_cell_position(strip.text.index(words))
        await pilot.click(ArticleView, offset=(x, y))
        assert app.heard == [app.article.text.index(words)]


async def test_a_drag_over_korean_and_emoji_selects_whole_graphemes() -> None:
    app = Reader()
    async with app.run_test(size=(80, 40)) as pilot:
        y = row_of(app.view, "병력이")
        strip = app.view.render_line(y)
        left = strip.index_to_cell_position(strip.text.index("병력이"))
        right = strip.index_to_cell_position(strip.text.index("👩")) + 1  # its second cell
        await pilot.mouse_down(ArticleView, offset=(left + 1, y))
        await pilot.hover(ArticleView, offset=(right, y))
        await pilot.mouse_up(ArticleView, offset=(right, y))
        await pilot.pause()
        (extent,) = app.heard
        assert isinstance(extent, Extent)
        assert extent.of(app.article.text) == "병력이 크게 줄었다고 밝혔다. 👩‍👩‍👧‍👦"


async def test_markup_and_control_codes_in_an_article_are_drawn_as_text() -> None:
    text = (
        "Head [/] [b]x[/b].\n\nAn \x1b[31mred\x1b[0m \u202eevil\u202c [@click=app.quit]x[/] \x07."
    )
    app = Reader(text)
    async with app.run_test(size=(80, 24)) as pilot:
        everything = "\n".join(rows(app.view))
        assert "[/] [b]x[/b]." in everything
        assert "[@click=app.quit]x[/]" in everything
        for y in range(24):
            drawn = app.view.render_line(y).text
            assert visible(drawn) == drawn
        await pilot.press("j", "w", "w")


@pytest.mark.parametrize(
    "size", [(1, 1), (2, 1), (1, 30), (3, 3), (8, 2), (15, 5), (39, 4), (500, 500)]
)
async def test_any_size_shows_the_text_and_takes_keys(size: tuple[int, int]) -> None:
    app = Reader()
    async with app.run_test(size=size) as pilot:
        app.view.set_marks(marks_on(app.article.text, 30))
        await pilot.press("j", "j", "w", "space", "b", "G", "k")
        await pilot.pause()
        for y in range(size[1]):
            assert app.view.render_line(y).cell_length == size[0]


async def test_a_storm_of_resizes_keeps_the_sentence_on_the_screen() -> None:
    app = Reader(story(200))
    chance = random.Random(3)
    async with app.run_test(size=(100, 30)) as pilot:
        app.view.move_to(app.stops.sentences[100].start)
        for _ in range(15):
            await pilot.resize_terminal(chance.randint(1, 150), chance.randint(1, 60))
            await pilot.pause()
            assert app.view.visible_extent.covers(app.view.caret)
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert app.view.caret == app.stops.sentences[100].start
        assert any("▎" in row for row in rows(app.view))


async def test_every_word_outside_the_header_is_shown_once_and_in_order() -> None:
    text = story(120)
    app = Reader(text)
    async with app.run_test(size=(70, 20)) as pilot:
        app.view.show(replace(app.article, title=""), app.stops)
        await pilot.resize_terminal(70, 500)
        await pilot.pause()
        shown = re.sub(r"^[\s\d▌▎▯▶┊?]{0,6}", "", "\n".join(rows(app.view)), flags=re.MULTILINE)
        assert shown.split() == text.split()


async def test_ten_megabytes_open_at_once_in_one_line_too() -> None:
    text = "word " * 2_000_000
    article = Article("x", text, "r")
    app = Reader()
    async with app.run_test(size=(100, 30)) as pilot:
        for stops in (
            Outline((Extent(0, len(text) - 1),), ()),
            Outline(tuple(Extent(n, n + 99) for n in range(0, len(text), 100)), ()),
        ):
            before = app.view.drawn_rows
            app.view.show(article, stops, caret=len(text) // 2)
            await pilot.pause()
            assert app.view.visible_extent.covers(len(text) // 2)
            assert app.view.drawn_rows - before <= 32
