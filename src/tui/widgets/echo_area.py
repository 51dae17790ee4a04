"""What is said over the status line: a message, or the choices of a prefix that waits."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.actions import key_label
from tui.keymap import Offer, Wait
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.looks import look_of
from tui.widgets.pieces import Line, Piece, strip_of

CHOICES, SENTENCE = 8, 4  # at most so many lines


def choice_lines(wait: Wait, width: int, lines: int) -> list[Line]:
    """The choices of a waiting prefix in words, on so many lines; what has no room is counted."""
    head = [Piece(" "), Piece("".join(map(key_label, wait.keys)), "mode"), Piece(" ")]
    if not wait.choices:
        return [[*head, Piece(" "), Piece(one_line(wait.hint), "dim")]]
    choices = _drawn_choices(wait.choices)
    for shorten in (40, 12, 9, 7, 5, 3):
        found, fits = _laid_out(choices, head, width, lines, shorten)
        if fits:
            break
    return found


def _drawn_choices(choices: Sequence[Offer]) -> list[Offer]:
    return [Offer(one_line(c.key), c.action, one_line(c.label)) for c in choices]


def _laid_out(
    choices: Sequence[Offer], head: list[Piece], width: int, lines: int, longest: int
) -> tuple[list[Line], bool]:
    found: list[list[Piece]] = [list(head)]
    indent = used = sum(cell_len(piece.text) for piece in head)
    for choice in choices:
        label = cut(choice.label, longest)
        cells = cell_len(choice.key) + cell_len(label) + 3
        if used + cells > width and used > indent:
            if len(found) == lines:
                return [*found[:-1], [*found[-1], Piece("…", "dim")]], False
            found.append([Piece(" " * indent)])
            used = indent
        found[-1] += [Piece(" "), Piece(choice.key, "key"), Piece(f" {label} ", "dim")]
        used += cells
    return [*found], True


class EchoArea(Widget):
    """As many lines as what is said needs; none, if nothing is."""

    DEFAULT_CSS = """
    EchoArea { height: 0; width: 1fr; background: $panel; color: $foreground; }
    """

    _sentence = ""
    _standing = ""
    _waiting: Wait | None = None
    _lines: Sequence[Line] = ()

    def on_mount(self) -> None:
        """Draw anew in other colours."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def say(self, sentence: str, waiting: Wait | None = None, standing: str = "") -> None:
        """Show a sentence, or the choices of a waiting prefix; neither ends both.

        What is `standing`, such as a step of the tour, stays below the sentence if there is room.
        """
        if (sentence, waiting, standing) != (self._sentence, self._waiting, self._standing):
            self._sentence, self._waiting, self._standing = sentence, waiting, standing
            self.fit()

    def fit(self) -> None:
        """Wrap to the size that the screen has now."""
        width, height = self.screen.size
        found: list[Line] = []
        if self._waiting is not None:
            found = choice_lines(self._waiting, width, max(1, min(CHOICES, height // 3)))
        else:
            room = max(1, min(SENTENCE, height // 3))
            for words in filter(None, (self._sentence, self._standing)):
                rows = wrapped(one_line(words), max(1, width - 2), room - len(found))
                found += [(Piece(" "), Piece(row, "accent")) for row in rows]
        self._lines = found
        self.styles.height = len(found)
        self.refresh()

    @property
    def lines(self) -> Sequence[Line]:
        """What is shown, from the top."""
        return self._lines

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        if self.size.width <= 0:
            return Strip([])
        look = look_of(self.app.current_theme)
        line = self._lines[y] if y < len(self._lines) else ()
        return strip_of(line, self.size.width, look).apply_style(self.rich_style)
