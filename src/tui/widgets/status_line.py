"""The last line of the screen: what the next key acts on, and the few keys that matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len
from textual.reactive import reactive
from textual.strip import Strip
from textual.theme import Theme
from textual.widget import Widget

from tui.actions import mode
from tui.keymap import Keymap
from tui.widgets.cells import cut, one_line
from tui.widgets.looks import look_of
from tui.widgets.pieces import Line, Piece, strip_of

TARGET = 24  # cells that a long target keeps beside the few keys
SAVED, UNSAVED, FAILED = "✓", "○", "✗"

# The few keys that matter, most needed last: what does not fit goes from the left.
_FEW: dict[str, tuple[str, ...]] = {
    "reading": ("tag.picker", "mark.highlight", "claim.new", "review.begin", "app.keys"),
    "highlight": ("mark.delete", "mark.note", "tag.picker", "claim.new", "app.keys"),
    "claim": ("mark.delete", "review.reject", "review.accept", "grade.start", "focus.open",
              "app.keys"),
    "proposal": ("review.reject", "claim.new", "focus.next", "review.accept", "app.keys"),
    "link": ("review.reject", "focus.open", "focus.next", "review.accept", "app.keys"),
    "changed": ("differences.open", "review.reject", "select.start", "review.accept", "app.keys"),
    "orphan": ("differences.open", "review.reject", "select.start", "app.keys"),
    "altered": ("review.reject", "review.accept", "app.keys"),
    "select": ("select.add-piece", "select.other-edge", "claim.new", "mark.highlight",
               "app.leave", "app.keys"),
    "list": ("pane.filter", "article.done", "list.open", "app.keys"),
    "panel": ("pane.filter", "grade.start", "claim.new", "focus.open", "app.keys"),
    "form": ("claim.chain", "grade.start", "form.next-field", "app.leave", "claim.save",
             "app.keys"),
    "grade": ("grade.source", "app.leave", "grade.keep"),
    "confirm": ("app.leave", "confirm.widen", "confirm.yes"),
    "single": ("app.leave", "confirm.yes"),
    "review": ("go.undo", "grade.start", "review.skip", "review.reject-reason", "review.flag",
               "review.reject", "review.accept", "app.keys"),
    "codebook": ("codebook.remove", "codebook.merge", "codebook.new", "codebook.rename",
                 "app.keys"),
    "differences": ("differences.open", "app.leave", "differences.previous", "differences.next",
                    "app.keys"),
    "claims": ("claims.reject", "claims.accept", "claims.group", "claims.sort", "claims.select",
               "pane.filter", "claims.go", "app.keys"),
    "timeline": ("app.leave", "timeline.scope", "timeline.figures", "pane.filter", "timeline.go",
                 "app.keys"),
    "search": ("app.leave", "search.query", "search.go", "app.keys"),
    "help": ("app.leave",),
    "query": ("text.leave", "text.complete"),
    "find": ("text.leave", "text.keep"),
    "picker": ("text.leave", "text.keep"),
    "command": ("text.leave", "text.complete", "text.keep"),
    "field": ("text.leave", "text.editor", "text.complete", "text.keep"),
}  # fmt: skip


class Hint(Struct, frozen=True):
    """A key and the word for what it does."""

    key: str
    label: str


class SlotHint(Struct, frozen=True):
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
    doing: str = ""  # what takes long, and the key that stops it


@lru_cache(maxsize=64)  # asked for each key; a keymap never changes
def few_keys(keymap: Keymap, mode_name: str, focus: str = "") -> tuple[Hint, ...]:
    """The few keys that matter in a mode, as this keymap has them.

    `focus` is what is focused in the article or panel: empty, `highlight`, `claim`,
    `changed`, `orphan`, `altered`, `proposal`, `link` (a proposed one); `single` where what is to
    be confirmed has no other width.
    """
    wanted = _FEW.get(
        focus if focus and mode_name in ("reading", "panel", "confirm") else mode_name, ()
    )
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
    but three, slots, analyst, the end of a long target, the keys and words give way; mode, target
    and saving stay. What takes long is said whole, if need be with less of the target.
    """
    room = width - 2
    for names, analyst, keys, least, brief in _shortenings(now):
        middle = _slots(now.slots[:names])
        right = _hints(now.keys[len(now.keys) - keys :])
        others = (3 + middle.cells if middle.cells else 0) + (3 + right.cells if right.cells else 0)
        left = _left(now, analyst, brief)
        over = left.cells + others - room
        if least and 0 < over <= cell_len(one_line(now.target)) - least:
            left = _left(_shortened(now, over), analyst, brief)
        if left.cells + others <= room:
            gap = [Piece("   "), *middle.pieces] if middle.cells else []
            used = left.cells + (3 + middle.cells if middle.cells else 0)
            spare = Piece(" " * max(0, room - used - right.cells))
            return [*left.pieces, *gap, spare, *right.pieces]
    left = _left(now, analyst=False, brief=True)
    if now.doing and left.cells > room:  # how to stop it has to be seen
        left = _left(_shortened(now, left.cells - room), analyst=False, brief=True)
    return left.pieces


def _shortened(now: Situation, cells: int) -> Situation:
    """The same with so many cells less of the target."""
    target = one_line(now.target)
    return replace(now, target=cut(target, max(0, cell_len(target) - cells)))


class _Part(NamedTuple):
    """A part of the line, measured once for all the ways to shorten the others."""

    pieces: tuple[Piece, ...]
    cells: int


def _part(pieces: Sequence[Piece]) -> _Part:
    return _Part(tuple(pieces), sum(cell_len(piece.text) for piece in pieces))


def _shortenings(now: Situation) -> Iterable[tuple[int, bool, int, int, bool]]:
    """(slots, analyst, keys, least cells of the target, brief), from everything to hardly any.

    With 0 the target is whole.
    """
    few = min(3, len(now.keys))
    yield len(now.slots), True, len(now.keys), 0, False
    for names in range(len(now.slots), 0, -1):
        yield names, True, few, 0, False
    for keys in range(len(now.keys), few - 1, -1):
        yield 0, True, keys, 0, False
    for least in (0, TARGET):
        for keys in range(few, 1, -1):  # more than the key of the help
            yield 0, False, keys, least, False
    for keys in range(few, -1, -1):
        yield 0, False, keys, 0, False
    for keys in range(few, -1, -1):
        yield 0, False, keys, 0, True


@lru_cache(maxsize=16)
def _left(now: Situation, analyst: bool, brief: bool) -> _Part:
    found = [Piece(f" {mode(now.mode).label} ", "mode")]
    dot = Piece(" · ", "dim")
    if now.target:
        found += [Piece(" ")] if brief else [Piece(" on: ", "dim")]
        found.append(Piece(one_line(now.target)))
    found += [Piece(" ") if brief else dot, _saved(now, brief)]
    if now.doing:
        found += [Piece(" ") if brief else dot, Piece(one_line(now.doing), "warn")]
    if analyst and now.analyst:
        found += [dot, Piece(one_line(now.analyst), "dim")]
    return _part(found)


def _saved(now: Situation, brief: bool) -> Piece:
    if now.failed:
        why = "" if brief else f": {one_line(now.failed)}"
        return Piece(f"{FAILED} not saved{why}", "error")
    if now.pending:
        return Piece(UNSAVED if brief else f"{UNSAVED} saving {now.pending}", "warn")
    return Piece(SAVED if brief else f"{SAVED} saved", "dim")


@lru_cache(maxsize=64)
def _slots(slots: tuple[SlotHint, ...]) -> _Part:
    found: list[Piece] = []
    for slot in slots:
        found += [Piece("  ")] if found else []
        found += [Piece(str(slot.digit), f"sign:{slot.colour} strong"), Piece(" ")]
        found.append(Piece(one_line(slot.name), "dim"))
    return _part(found)


@lru_cache(maxsize=64)
def _hints(hints: tuple[Hint, ...]) -> _Part:
    found: list[Piece] = []
    for hint in hints:
        found += [Piece("  ")] if found else []
        found += [Piece(one_line(hint.key), "key"), Piece(f" {one_line(hint.label)}", "dim")]
    return _part(found)


class StatusLine(Widget):
    """One line, always there: what is said for a while stands over it, in the echo area."""

    DEFAULT_CSS = """
    StatusLine { height: 1; width: 1fr; background: $background; color: $foreground; }
    """

    _drawn: tuple[tuple[Situation, int], Line] | None = None  # what was said, its line
    situation: reactive[Situation] = reactive(Situation())

    def on_mount(self) -> None:
        """Draw anew in other colours."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def _theme_changed(self, _theme: Theme) -> None:
        self.refresh()

    def show(self, now: Situation) -> None:
        """Say how things stand."""
        self.situation = now

    def render_line(self, y: int) -> Strip:
        """Its line."""
        width = self.size.width
        if width <= 0:
            return Strip([])
        said = (self.situation, width)
        if self._drawn is None or self._drawn[0] != said:
            self._drawn = said, status_pieces(self.situation, width)
        line = self._drawn[1] if y == 0 else ()
        look = look_of(self.app.current_theme)
        return strip_of(line, width, look).apply_style(self.rich_style)
