"""Text stays readable on every colour in every theme."""

from __future__ import annotations

import pytest
from rich.color import Color
from textual.app import App
from textual.theme import BUILTIN_THEMES

from tui.model.codebook import COLOURS
from tui.widgets.looks import LOOKS, look_of, register_themes, themes


def luminance(name: str) -> float:
    """Relative luminance as WCAG 2.2 defines it; terminal colours as rich shows them."""
    parts = [part / 255 for part in Color.parse(name).get_truecolor()]
    r, g, b = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("look", LOOKS.values(), ids=lambda look: look.name)
def test_text_on_a_tag_is_readable(look):
    for colour in COLOURS:
        tag = look.tag(colour)
        assert contrast(tag.text, tag.background) >= 4.5, colour
    assert contrast(*look.selected) >= 4.5


@pytest.mark.parametrize("look", [x for x in LOOKS.values() if x.background], ids=lambda x: x.name)
def test_everything_else_is_readable_on_the_page_and_under_the_cursor(look):
    words = (look.foreground, look.dim, look.accent, look.warning, look.error)
    for page in (look.background, look.soft):
        for colour in (*words, *(tag.sign for tag in look.tags.values())):
            assert contrast(colour, page) >= 4.5, f"{colour} on {page}"


def test_every_tag_colour_looks_different_in_each_theme():
    for look in LOOKS.values():
        assert len({look.tag(colour).background for colour in COLOURS}) == len(COLOURS)


def test_an_unknown_colour_and_an_unknown_theme_have_a_look():
    for look in LOOKS.values():
        assert look.tag("") == look.tag("mauve") == look.tag("grey")
    for theme in BUILTIN_THEMES.values():
        found = look_of(theme)
        assert theme.ansi or found.dark == theme.dark


def test_roles_combine_and_a_later_one_wins():
    look = LOOKS["pressmark-dark"]
    style = look.style("soft dim strong")
    assert style.bold
    assert style.bgcolor == Color.parse(look.soft)
    assert look.style("") == look.style("no-such-role")


@pytest.mark.parametrize("theme", themes(), ids=lambda theme: theme.name)
async def test_every_theme_starts(theme):
    app = App[None]()
    register_themes(app)
    app.theme = theme.name
    async with app.run_test(size=(20, 5)):
        assert app.current_theme.name == theme.name
