"""The last lines of the screen: what the next key acts on, and what may be typed now."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct
from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.actions import key_label, mode
from tui.keymap import Keymap, Offer, Wait
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.looks import look_of
from tui.widgets.rows import Line, Piece, strip_of

SAVED, UNSAVED, FAILED = "✓", "○", "✗"

# The few keys that matter, most needed last: what does not fit goes from the left.
_FEW: dict[str, tuple[str, ...]] = {
    "reading": ("tag.picker", "mark.highlight", "claim.new", "review.begin", "app.keys"),
    "highlight": ("mark.delete", "mark.note", "tag.picker", "claim.new", "app.keys"),
    "claim": ("mark.delete", "review.reject", "review.accept", "grade.start", "focus.open",
              "app.keys"),
    "altered": ("review.reject", "review.accept", "app.keys"),
    "select": ("select.add-piece", "select.other-edge", "claim.new", "mark.highlight",
               "app.leave", "app.keys"),
    "list": ("pane.filter", "article.done", "list.open", "app.keys"),
    "panel": ("pane.filter", "grade.start", "claim.new", "focus.open", "app.keys"),
    "form": ("claim.chain", "grade.start", "form.next-field", "app.leave", "claim.save",
             "app.keys"),
    "grade": ("grade.source", "app.leave", "grade.keep"),
    "confirm": ("app.leave", "confirm.widen", "confirm.yes"),
    "review": ("go.undo", "grade.start", "review.skip", "review.reject-reason", "review.flag",
               "review.reject", "review.accept", "app.keys"),
    "codebook": ("codebook.remove", "codebook.merge", "codebook.new", "codebook.rename",
                 "app.keys"),
    "help": ("app.leave",),
    "find": ("text.leave", "text.keep"),
    "picker": ("text.leave", "text.keep"),
    "command": ("text.leave", "text.complete", "text.keep"),
    "field": ("text.leave", "text.editor", "text.complete", "text.keep"),
}  # fmt: skip


class Hint(NamedTuple):
    """A key and the word for what it does."""

    key: str
    label: str


class SlotHint(NamedTuple):
    """A digit and the tag it gives: name and colour as the codebook has them."""

    digit: int
    name: str
    colour: str = ""


class Situation(Struct, frozen=True):
    """What the status line says.

    `target` is what the next key acts on; `pending` counts changes not yet on the disk, `failed`
    is why the last save did not succeed.
    """

    mode: str = "reading"
    target: str = ""
    pending: int = 0
    failed: str = ""
    analyst: str = ""
    slots: tuple[SlotHint, ...] = ()
    keys: tuple[Hint, ...] = ()


def few_keys(keymap: Keymap, mode_name: str, focus: str = "") -> tuple[Hint, ...]:
    """The few keys that matter in a mode, as this keymap has them.

    `focus` is what is focused in the article or panel: empty, `highlight`, `claim`, `altered`.
    """
    wanted = _FEW.get(focus if focus and mode_name in ("reading", "panel") else mode_name, ())
    labels = {action.id: action.label for action in keymap.actions_in(mode_name)}
    found: list[Hint] = []
    for action_id in wanted:
        key = keymap.label_of(action_id, mode_name)
        if key:
            found.append(Hint(key, labels[action_id]))
    return tuple(found)


def status_pieces(now: Situation, width: int) -> Line:
    """The status line in at most `width` cells.

    With room it says mode, target, saved, analyst, slots and keys. As it gets narrower, all keys
    but three, slots, analyst, the keys and words give way; mode, target and saving stay.
    """
    room = width - 2
    for names, analyst, keys, brief in _shortenings(now):
        left = _left(now, analyst, brief)
        middle = _slots(now.slots[:names])
        right = _hints(now.keys[len(now.keys) - keys :])
        gaps = (3 if middle else 0) + (3 if right else 0)
        used = _cells(left) + _cells(middle) + _cells(right)
        if used + gaps <= room:
            spare = room - used - (3 if middle else 0)
            fill = [Piece("   ")] if middle else []
            return [*left, *fill, *middle, Piece(" " * max(0, spare)), *right]
    return _left(now, analyst=False, brief=True)


def _shortenings(now: Situation) -> Iterable[tuple[int, bool, int, bool]]:
    """(slots, analyst, keys, brief), from everything to as good as nothing."""
    few = min(3, len(now.keys))
    yield len(now.slots), True, len(now.keys), False
    for names in range(len(now.slots), 0, -1):
        yield names, True, few, False
    for keys in range(len(now.keys), few - 1, -1):
        yield 0, True, keys, False
    for keys in range(few, -1, -1):
        yield 0, False, keys, False
    for keys in range(few, -1, -1):
        yield 0, False, keys, True


def _left(now: Situation, analyst: bool, brief: bool) -> list[Piece]:
    found = [Piece(f" {mode(now.mode).label} ", "mode")]
    dot = Piece(" · ", "dim")
    if now.target:
        found += [Piece(" ")] if brief else [Piece(" on: ", "dim")]
        found.append(Piece(one_line(now.target)))
    found += [Piece(" ") if brief else dot, _saved(now, brief)]
    if analyst and now.analyst:
        found += [dot, Piece(one_line(now.analyst), "dim")]
    return found


def _saved(now: Situation, brief: bool) -> Piece:
    if now.failed:
        why = "" if brief else f": {one_line(now.failed)}"
        return Piece(f"{FAILED} not saved{why}", "error")
    if now.pending:
        return Piece(UNSAVED if brief else f"{UNSAVED} saving {now.pending}", "warn")
    return Piece(SAVED if brief else f"{SAVED} saved", "dim")


def _slots(slots: Sequence[SlotHint]) -> list[Piece]:
    found: list[Piece] = []
    for slot in slots:
        found += [Piece("  ")] if found else []
        found += [Piece(str(slot.digit), f"sign:{slot.colour} strong"), Piece(" ")]
        found.append(Piece(one_line(slot.name), "dim"))
    return found


def _hints(hints: Sequence[Hint]) -> list[Piece]:
    found: list[Piece] = []
    for hint in hints:
        found += [Piece("  ")] if found else []
        found += [Piece(one_line(hint.key), "key"), Piece(f" {one_line(hint.label)}", "dim")]
    return found


def _cells(line: Line) -> int:
    return sum(cell_len(piece.text) for piece in line)


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
    indent = _cells(head)
    used = indent
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


class StatusLine(Widget):
    """Two lines: a message, and the status. A long message or a waiting prefix takes both.

    Where it is only one line high, a message or choices stand in place of the status.
    """

    DEFAULT_CSS = """
    StatusLine { height: 2; width: 1fr; background: $background; color: $foreground; }
    """

    _drawn: tuple[tuple[object, ...], list[Line]] | None = None  # what was said, its lines
    situation: reactive[Situation] = reactive(Situation())
    waiting: reactive[Wait | None] = reactive[Wait | None](None)
    message: reactive[tuple[str, str]] = reactive(("", ""))

    def on_mount(self) -> None:
        """Draw anew in other colours."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def show(self, now: Situation) -> None:
        """Say how things stand."""
        self.situation = now

    def say(self, sentence: str, kind: str = "") -> None:
        """Show a message until the next one, or until `clear`. `kind`: empty, `warn`, `error`."""
        self.message = (one_line(sentence), kind)

    def watch_waiting(self, waiting: Wait | None) -> None:
        """Grow where the choices of a prefix need more lines, and shrink again."""
        needed = 0
        if waiting is not None and self.size.width:
            most = min(8, self.app.size.height // 3)
            needed = len(choice_lines(waiting, self.size.width, max(1, most)))
        if needed > 2:
            self.styles.height = needed
        elif self.styles.inline.has_rule("height"):
            self.styles.clear_rule("height")
            self.refresh(layout=True)

    def wait(self, waiting: Wait | None) -> None:
        """Show the choices of a waiting prefix; None ends it."""
        self.waiting = waiting

    def clear(self) -> None:
        """Take message and choices away."""
        self.message = ("", "")
        self.waiting = None

    def lines(self, width: int, height: int) -> list[Line]:
        """What is shown in so many cells and lines, from the top."""
        if self.waiting is not None:
            found = choice_lines(self.waiting, width, max(1, height))
            if height > 1 and len(found) == 1:
                return [*found, status_pieces(self.situation, width)]
            return found
        sentence, kind = self.message
        status = status_pieces(self.situation, width)
        if not sentence:
            return [status] if height == 1 else [(), status]
        # What is asked keeps the keys that answer it in sight.
        room = max(1, height - 1) if self.situation.mode == "confirm" else height
        said: list[Line] = [
            (Piece(" "), Piece(line, kind or "accent"))
            for line in wrapped(sentence, width - 2, room)
        ]
        return said if len(said) >= height else [*said, status]

    def render_line(self, y: int) -> Strip:
        """One of its lines."""
        width, height = self.size.width, self.size.height
        if width <= 0:
            return Strip([])
        look = look_of(self.app.current_theme)
        said = (self.situation, self.waiting, self.message, width, height)
        if self._drawn is None or self._drawn[0] != said:
            self._drawn = said, self.lines(width, height)
        lines = self._drawn[1]
        line = lines[y] if y < len(lines) else ()
        return strip_of(line, width, look).apply_style(self.rich_style)
