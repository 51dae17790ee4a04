"""Pressmark's own colours: themes for Textual, and styles by role for what is drawn line by line.

No state rests on colour alone: every role stands beside a sign, so that NO_COLOR loses nothing.
Text on a tag's background has a contrast of at least 4.5 (WCAG 2.2, 1.4.3) in each theme.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from rich.style import Style
from textual.theme import Theme

from tui.model.codebook import COLOURS

if TYPE_CHECKING:
    from textual.app import App

DEFAULT_THEME = "pressmark-dark"
PLAIN_TAG = "grey"  # the colour of a highlight without a tag, or of a tag without a colour


class TagLook(Struct, frozen=True):
    """One tag colour in one theme, as rich names colours.

    `text` on `background` is for marked words; `sign` on the page is for bars and slot digits.
    """

    background: str
    text: str
    sign: str


class Look(Struct, frozen=True, eq=False):
    """The colours of one theme, as rich names them; an empty one is the terminal's own."""

    name: str
    dark: bool
    background: str
    foreground: str
    dim: str
    accent: str
    warning: str
    error: str
    soft: str  # background of the row or sentence that has the cursor
    selected: tuple[str, str]  # background and text of a selection
    tags: Mapping[str, TagLook]
    proposed: str = ""  # of words that the machine proposes; empty: in italics
    _styles: dict[str, Style] = field(default_factory=dict[str, Style])

    def tag(self, colour: str) -> TagLook:
        """A tag's colours by the name that a codebook gives it; an unknown name is grey."""
        return self.tags.get(colour) or self.tags[PLAIN_TAG]

    def style(self, role: str) -> Style:
        """The style of a role.

        There are `dim strong accent warn error mode soft selected key removed added proposed`.

        `tag:red` is text marked in that colour, `sign:red` its bar; the empty role is plain text.
        Several are parted by blanks, a later one winning.
        """
        found = self._styles.get(role)
        if found is None:
            found = Style.combine([Style.null(), *map(self._style, role.split())])
            self._styles[role] = found
        return found

    def _style(self, role: str) -> Style:
        kind, _, colour = role.partition(":")
        if kind == "tag":
            tag = self.tag(colour)
            return Style(color=tag.text, bgcolor=tag.background)
        if kind == "sign":
            return Style(color=self.tag(colour).sign)
        if kind == "soft":
            return Style(bgcolor=self.soft or None)
        if kind == "selected":
            return Style(bgcolor=self.selected[0], color=self.selected[1])
        if kind == "dim":
            return Style(color=self.dim) if self.dim else Style(dim=True)
        plain: Mapping[str, Style] = {
            "strong": Style(bold=True),
            "accent": Style(color=self.accent),
            "key": Style(color=self.accent, bold=True),
            "mode": Style(color=self.accent, bold=True, reverse=True),
            "warn": Style(color=self.warning),
            "error": Style(color=self.error, bold=True),
            "removed": Style(strike=True),
            "added": Style(underline=True, bold=True),
            "proposed": Style(color=self.proposed) if self.proposed else Style(italic=True),
        }
        return plain.get(kind, Style.null())


def _tags(text: str, backgrounds: str, signs: str) -> dict[str, TagLook]:
    pairs = zip(backgrounds.split(), signs.split(), strict=True)
    return {
        name: TagLook(background, text, sign)
        for name, (background, sign) in zip(COLOURS, pairs, strict=True)
    }


# In the order of COLOURS: red orange yellow green cyan blue violet magenta grey.
_DARK = Look(
    name="pressmark-dark",
    dark=True,
    background="#15171b",
    foreground="#d9d7d0",
    dim="#8f929a",
    accent="#8fb8e8",
    warning="#e0b060",
    error="#f08a80",
    soft="#22262d",
    selected=("#34507a", "#ffffff"),
    proposed="#b9cbe2",
    tags=_tags(
        "#ece9e2",
        "#5c2328 #5a3413 #4d440f #1f4a28 #124a4f #1f3f6b #42306e #5c2450 #3d4046",
        "#f28b82 #f0a868 #e3cf65 #86cf8f #6fcfd6 #8ab8f5 #b9a3f5 #ee92d4 #a8acb3",
    ),
)
_LIGHT = Look(
    name="pressmark-light",
    dark=False,
    background="#fbfaf6",
    foreground="#1d1f23",
    dim="#666a72",
    accent="#1a56a8",
    warning="#8a5200",
    error="#b3261e",
    soft="#efede6",
    selected=("#b9d2f7", "#000000"),
    proposed="#1f4272",
    tags=_tags(
        "#1d1f23",
        "#ffd9d4 #ffdfc0 #f9eca0 #d2efcf #c9eef0 #d3e4ff #e4dbff #fcd7f1 #e2e3e6",
        "#b3261e #974600 #6e5b00 #22692c #00666e #1a56a8 #5a3fb8 #97267c #5b5f66",
    ),
)
_CONTRAST = Look(
    name="pressmark-contrast",
    dark=True,
    background="#000000",
    foreground="#ffffff",
    dim="#c8c8c8",
    accent="#ffd75f",
    warning="#ffb000",
    error="#ff8f8f",
    soft="#303030",
    selected=("#ffffff", "#000000"),
    proposed="#ffe9a8",
    tags=_tags(
        "#ffffff",
        "#7a0000 #6b3000 #4f4500 #00480f #004a50 #00347d #43108a #6b0060 #404040",
        "#ff8080 #ffb060 #ffe94d #70ff80 #60f5ff #80b8ff #c4a8ff #ff90ee #d0d0d0",
    ),
)
# The terminal's own sixteen: bright backgrounds with black, dark ones with bright white.
_SIXTEEN = Look(
    name="pressmark-16",
    dark=True,
    background="",
    foreground="",
    dim="",
    accent="cyan",
    warning="yellow",
    error="red",
    soft="",
    selected=("white", "black"),
    tags={
        "red": TagLook("red", "bright_white", "red"),
        "orange": TagLook("bright_red", "black", "bright_red"),
        "yellow": TagLook("bright_yellow", "black", "yellow"),
        "green": TagLook("bright_green", "black", "green"),
        "cyan": TagLook("bright_cyan", "black", "cyan"),
        "blue": TagLook("blue", "bright_white", "bright_blue"),
        "violet": TagLook("bright_magenta", "black", "bright_magenta"),
        "magenta": TagLook("magenta", "bright_white", "magenta"),
        "grey": TagLook("white", "black", "white"),
    },
)

LOOKS: dict[str, Look] = {look.name: look for look in (_DARK, _LIGHT, _CONTRAST, _SIXTEEN)}


def look_of(theme: Theme) -> Look:
    """The look of a theme: Pressmark's own by name, else the one that fits light or dark."""
    if theme.name in LOOKS:
        return LOOKS[theme.name]
    if theme.ansi:
        return _SIXTEEN
    return _DARK if theme.dark else _LIGHT


def themes() -> tuple[Theme, ...]:
    """Pressmark's themes for Textual, in the order they are offered."""
    return tuple(_theme(look) for look in LOOKS.values())


def _theme(look: Look) -> Theme:
    if not look.background:
        return Theme(
            name=look.name,
            primary="ansi_cyan",
            secondary="ansi_cyan",
            accent="ansi_cyan",
            warning="ansi_yellow",
            error="ansi_red",
            success="ansi_green",
            dark=look.dark,
            ansi=True,
            # Named by the style sheets of Textual's own widgets in such a theme.
            variables={"ansi-background": "ansi_black", "ansi-foreground": "ansi_white"},
        )
    return Theme(
        name=look.name,
        primary=look.accent,
        secondary=look.accent,
        accent=look.accent,
        warning=look.warning,
        error=look.error,
        success=look.accent,
        foreground=look.foreground,
        background=look.background,
        surface=look.background,
        panel=look.soft,
        dark=look.dark,
        text_alpha=1.0,
        variables={
            "text-muted": look.dim,
            "foreground-muted": look.dim,
            "border": look.dim,
            "input-selection-background": look.selected[0],
            "input-selection-foreground": look.selected[1],
            "block-cursor-background": look.soft,
            "block-cursor-foreground": look.foreground,
        },
    )


def register_themes(app: App[Any], *own: Look) -> None:
    """Make Pressmark's themes, and the analyst's own, known to an application."""
    LOOKS.update({look.name: look for look in own})
    for theme in themes():
        app.register_theme(theme)
