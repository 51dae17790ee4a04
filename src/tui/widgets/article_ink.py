"""The styles of the article view: what a look (marks, selection, hit, caret ...) is drawn in.

Three ways, so that every state is told apart on every terminal: blended colours, the terminal's
own sixteen, and none at all, where underline, bold and reverse video stand for colour.
"""

from __future__ import annotations

from typing import NamedTuple

from rich.style import Style
from textual.color import Color
from textual.widget import Widget

_TAGS = {
    "red": "#e5484d",
    "orange": "#f08c2e",
    "yellow": "#e3c21f",
    "green": "#4caf62",
    "cyan": "#22b3bd",
    "blue": "#4a8df0",
    "violet": "#8f6ff0",
    "magenta": "#d85cc4",
    "grey": "#8b919c",
}
_SIXTEEN = {
    "red": "red",
    "orange": "bright_red",
    "yellow": "yellow",
    "green": "green",
    "cyan": "cyan",
    "blue": "bright_blue",
    "violet": "bright_magenta",
    "magenta": "magenta",
    "grey": "white",
}
_TINT, _FOCUS_TINT = 0.30, 0.62  # how much of a tag's colour lies under its text


class Look(NamedTuple):
    """How a piece of text stands out. `marks` are the colours of highlights that cover it."""

    kind: str = "text"  # text headline caption title meta label
    sentence: bool = False
    marks: tuple[str, ...] = ()
    guessed: bool = False  # covered by a suggestion
    focus: bool = False
    hit: int = 0  # 1: found, 2: the one in hand
    selected: bool = False
    caret: bool = False


class Ink:
    """Styles for one widget under its present theme; make a new one when the theme changes."""

    def __init__(self, widget: Widget) -> None:
        app = widget.app
        self._widget = widget
        self._plain = app.no_color
        self._sixteen = app.native_ansi_color or widget.background_colors[1].ansi is not None
        self._background = widget.background_colors[1]
        self._foreground = self._over(self._background, widget.styles.color)
        self._styles: dict[Look, Style] = {}
        self._signs: dict[tuple[str, str], Style] = {}
        self.blank = widget.rich_style

    def text(self, look: Look) -> Style:
        """The style of a piece of text."""
        found = self._styles.get(look)
        if found is None:
            if self._plain:
                found = self.blank + self._attributes(look)
            elif self._sixteen:
                found = self._in_sixteen(look)
            else:
                found = self._blended(look)
            self._styles[look] = found
        return found

    def sign(self, colour: str, second: str = "", *, bold: bool = False) -> Style:
        """The style of a sign in the gutter: in a tag's colour, `second` lying behind it."""
        key = (colour, f"{second}{bold}")
        found = self._signs.get(key)
        if found is None:
            found = self.blank
            if not self._plain:
                found += Style(
                    color=self._tag(colour).rich_color if not self._sixteen else _ansi(colour),
                    bgcolor=None
                    if not second
                    else (_ansi(second) if self._sixteen else self._tag(second).rich_color),
                )
            found += Style(bold=bold)
            self._signs[key] = found
        return found

    def part(self, name: str) -> Style:
        """The style of a component class, such as `bar`."""
        style = self._widget.get_component_styles(f"article-view--{name}")
        if self._plain or self._sixteen:
            colour = None if self._plain else style.color.rich_color
            return self.blank + style.text_style + Style(color=colour)
        return self.blank + style.text_style + self._colours(self._background, style.color)

    def _tag(self, colour: str) -> Color:
        return Color.parse(_TAGS.get(colour, colour if colour.startswith("#") else _TAGS["grey"]))

    def _over(self, background: Color, colour: Color) -> Color:
        return background + colour if colour.ansi is None else colour

    def _colours(self, background: Color, colour: Color) -> Style:
        return Style(color=self._over(background, colour).rich_color, bgcolor=background.rich_color)

    def _component(self, name: str):  # noqa: ANN202
        return self._widget.get_component_styles(f"article-view--{name}")

    def _attributes(self, look: Look) -> Style:
        """Text attributes alone; they are the whole look where there is no colour."""
        kind = Style.null() if look.kind == "text" else self._component(look.kind).text_style
        focus = bool(look.focus and look.marks)
        lines = bool(look.hit or look.guessed or len(look.marks) > 1 or focus)
        plain = self._plain
        reverse = look.caret or (plain and (look.selected or look.hit == 2))
        return kind + Style(
            bold=True if focus or look.hit == 2 or look.caret else None,
            underline=True if lines or (plain and look.marks) else None,
            italic=True if look.guessed else None,
            reverse=True if reverse else None,
        )

    def _in_sixteen(self, look: Look) -> Style:
        style = self.blank + self._attributes(look)
        if look.kind != "text":
            style += Style(color=self._component(look.kind).color.rich_color)
        if look.marks:
            style += Style(color="black", bgcolor=_ansi(look.marks[-1]))
        if look.hit:
            style += Style(color="black", bgcolor="bright_yellow")
        if look.selected:
            style += Style(reverse=not look.caret, color="default", bgcolor="default")
        return style

    def _blended(self, look: Look) -> Style:
        background = self._background
        if look.sentence:
            background += self._component("sentence").background
        for colour in look.marks[:3]:
            share = _FOCUS_TINT if look.focus else _TINT
            background = background.blend(self._tag(colour), share)
        colour = self._foreground
        if look.kind != "text":
            colour = self._component(look.kind).color
        if look.hit:
            hit = self._component("hit-current" if look.hit == 2 else "hit")
            background, colour = background + hit.background, hit.color
        if look.selected:
            selection = self._component("selection")
            background, colour = background + selection.background, selection.color
        if look.focus and look.marks and not look.selected:
            colour = background.get_contrast_text(0.95)
        return self.blank + self._attributes(look) + self._colours(background, colour)


def _ansi(colour: str) -> str:
    return _SIXTEEN.get(colour, "white")
