"""The styles of the article view: what a piece of text (marked, selected, found ...) is drawn in.

Colours come from the theme's look. Where a terminal shows none (NO_COLOR), underline, bold and
reverse video stand for them, so that every state is still told apart.
"""

from __future__ import annotations

from msgspec import Struct
from rich.style import Style
from textual.widget import Widget

from tui.widgets.looks import Look, look_of

_KINDS = {
    "headline": Style(bold=True),
    "title": Style(bold=True),
    "caption": Style(italic=True),
}
_DIM = frozenset(("caption", "meta", "label"))


class Standing(Struct, frozen=True):
    """How a piece of text stands out.

    `marks` are the colours of the highlights that cover it, the innermost last; `several` says that
    this one has more tags than the one whose colour it is drawn in.
    """

    kind: str = "text"  # text headline caption title meta label
    sentence: bool = False
    marks: tuple[str, ...] = ()
    guessed: bool = False  # covered by a suggestion
    focus: bool = False
    hit: int = 0  # 1: found, 2: the one in hand
    selected: bool = False
    caret: bool = False
    several: bool = False


class Ink:
    """Styles for one widget under its present theme; make a new one when the theme changes."""

    def __init__(self, widget: Widget) -> None:
        self.blank = widget.rich_style
        self._look: Look = look_of(widget.app.current_theme)
        self._plain = widget.app.no_color
        self._styles: dict[Standing, Style] = {}
        self._signs: dict[tuple[str, str], Style] = {}
        self.bar = self.blank if self._plain else self.blank + self._look.style("accent")

    def text(self, standing: Standing) -> Style:
        """The style of a piece of text."""
        found = self._styles.get(standing)
        if found is None:
            found = self.blank + _KINDS.get(standing.kind, Style.null())
            if standing.kind in _DIM:
                found += self._look.style("dim") if not self._plain else Style(dim=True)
            found += self._attributes(standing)
            if not self._plain:
                found += self._colours(standing)
            self._styles[standing] = found
        return found

    def sign(self, colour: str, behind: str = "") -> Style:
        """The style of a sign in the gutter: in a tag's colour, with a second one behind it."""
        found = self._signs.get((colour, behind))
        if found is None:
            found = self.blank + Style(bold=True)
            if not self._plain:
                found += Style(color=self._look.tag(colour).sign)
                if behind:
                    found += Style(bgcolor=self._look.tag(behind).sign)
            self._signs[colour, behind] = found
        return found

    def _attributes(self, standing: Standing) -> Style:
        focus = standing.focus and bool(standing.marks)
        lines = (
            bool(standing.hit)
            or (standing.guessed and standing.focus)
            or len(standing.marks) > 1
            or standing.several
        )
        filled = standing.selected or standing.hit == 2 or (focus and not standing.caret)
        return Style(
            bold=True if focus or standing.hit == 2 or standing.caret else None,
            underline=True if lines or (self._plain and standing.marks) else None,
            italic=True if standing.guessed and self._plain else None,
            reverse=True if standing.caret != (self._plain and filled) else None,
        )

    def _colours(self, standing: Standing) -> Style:
        look, marks = self._look, standing.marks
        if standing.selected:
            return look.style("selected")
        page = look.background or "black"
        if standing.hit == 2:
            return Style(color=page, bgcolor=look.warning)
        if marks and standing.focus:
            return Style(color=page, bgcolor=look.tag(marks[-1]).sign)
        found = Style.null()
        if standing.guessed and standing.kind not in _DIM:
            found += look.style("proposed")
        if standing.sentence or (standing.guessed and standing.focus):
            found += look.style("soft")
        if marks:
            found += look.style(f"tag:{marks[-1]}")
        if standing.hit:
            found += Style(color=look.warning if not marks else None)
        return found
