"""A list to pick from by typing: tags, links, choices, all actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from tui.keymap import Keymap, Run, key_name
from tui.model.visible import visible
from tui.widgets.cells import cut, one_line
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList
from tui.widgets.typed_text import TypedField

ROWS = 12  # at most so many choices are seen at once


class Choice(Struct, frozen=True):
    """One thing to pick: its value, how it reads, a detail behind it, a sign before it.

    `role` is the style of the sign.
    """

    value: str
    label: str
    detail: str = ""
    sign: str = ""
    role: str = "key"


class Offer(Struct, frozen=True):
    """What is offered, and what is done with the pick.

    `fresh` is the word for a last row that makes a new one of what was typed ("new tag"); it is
    never under the cursor by itself. `at` is the value that the cursor begins on.
    """

    label: str
    choices: Sequence[Choice]
    picked: Callable[[str], None]
    fresh: str = ""
    created: Callable[[str], None] | None = None
    at: str | None = None


def ranked(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that have every typed word, those first in which one begins a word.

    What has the words in a row goes before what has them here and there.
    """
    words = typed.casefold().split()
    if not words:
        return list(choices)
    found: list[tuple[int, int, Choice]] = []
    for index, choice in enumerate(choices):
        label = choice.label.casefold()
        text = f"{choice.sign} {label} {choice.detail.casefold()}"
        if not all(word in text for word in words):
            continue
        starts = sum(
            label.startswith(word) or f" {word}" in label or f"/{word}" in label for word in words
        )
        inside = sum(word in label for word in words)
        worth = 2 * starts + inside + len(words) * (" ".join(words) in label)
        found.append((-worth, index, choice))
    return [choice for _, _, choice in sorted(found, key=lambda item: item[:2])]


class PickerField(TypedField):
    """The picker's text field: the arrow keys move in the list above it."""

    def __init__(self) -> None:
        super().__init__("picker-field")

    async def _on_key(self, event: events.Key) -> None:
        picker = self.query_ancestor(Picker)
        if picker.take(key_name(event.key, event.character)):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)


class Picker(Vertical):
    """The choices, best first, over a text field. Hidden unless something is offered."""

    DEFAULT_CSS = """
    Picker { height: auto; display: none; background: $panel; }
    Picker #choices { height: auto; background: $panel; }
    Picker .picker-foot { height: 1; layout: horizontal; background: $panel; }
    Picker .picker-label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
    Picker .picker-field { width: 1fr; background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(id="picker")
        self.keymap = Keymap.default()
        self._offer: Offer | None = None
        self._shown: list[Choice] = []

    def compose(self) -> ComposeResult:
        """Its parts."""
        yield RowList(id="choices", empty="nothing fits: type less, or Esc")
        with Vertical(classes="picker-foot"):
            yield Static("", markup=False, classes="picker-label")
            yield PickerField()

    @property
    def offering(self) -> bool:
        """Whether something is offered."""
        return self._offer is not None

    @property
    def reach(self) -> int:
        """The most rows it may take for what it offers, whatever is typed; 0 if nothing is."""
        offer = self._offer
        if offer is None:
            return 0
        return self._room(max(len(offer.choices), 2 if offer.created is not None else 1)) + 1

    def _room(self, choices: int) -> int:
        """How many rows the list has for so many choices."""
        return max(1, min(ROWS, choices, max(3, self.screen.size.height // 2)))

    def fit(self) -> None:
        """Take the room that there is on the screen now."""
        if self._offer is not None:
            self.rows.styles.height = self._room(self.rows.count)

    @property
    def rows(self) -> RowList:
        """The list of choices."""
        return self.query_one("#choices", RowList)

    @property
    def field(self) -> PickerField:
        """The text field."""
        return self.query_one(PickerField)

    def offer(self, offer: Offer) -> None:
        """Show the choices and take the keys until one is picked, or none."""
        self._offer = offer
        self.query_one(".picker-label", Static).update(Content(visible(offer.label)))
        self.display = True
        with self.prevent(Input.Changed):
            self.field.value = ""
        self._list("")
        self.screen.set_focus(self.field, scroll_visible=False)  # at once: keys follow

    def close(self) -> None:
        """Take the choices away."""
        self._offer = None
        self.display = False
        self.screen.set_focus(None)

    def _list(self, typed: str) -> None:
        offer = self._offer
        if offer is None:
            return
        self._shown = ranked(offer.choices, typed)
        keys = [(str(index), "choice") for index in range(len(self._shown))]
        at = [i for i, c in enumerate(self._shown) if not typed and c.value == offer.at]
        exact = any(choice.label.casefold() == typed.strip().casefold() for choice in self._shown)
        if offer.created is not None and typed.strip() and not exact:
            keys = [*(keys or [("none", "none")]), ("new", "new")]
        self.rows.styles.height = self._room(len(keys))
        self.rows.set_rows(keys, self._row, height=1)
        self.rows.to(at[0] if at else 0, notify=False)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        if not self._shown and index == 0 and self.rows.count > 1:
            return ((Piece("  nothing fits: Down, then Enter, makes a new one", "dim"),),)
        if index >= len(self._shown):
            fresh = self._offer.fresh if self._offer else ""
            return ((Piece("+ ", "accent"), Piece(f"{fresh} “{one_line(self.field.value)}”")),)
        choice = self._shown[index]
        label = cut(one_line(choice.label), max(8, width * 2 // 3))
        sign = f"{choice.sign or ' '} "
        detail = f"  {one_line(choice.detail)}" if choice.detail else ""
        return ((Piece(sign, choice.role), Piece(label), Piece(detail, "dim")),)

    def take(self, key: str) -> bool:
        """Act on a key that is not for the text field; whether it was one."""
        found = self.keymap.feed("picker", (), key)
        action = found.action if isinstance(found, Run) else key
        if action in ("text.next", "text.complete", "ctrl+n"):
            self.rows.move(1)
        elif action in ("text.previous", "text.back", "ctrl+p"):
            self.rows.move(-1)
        elif action in ("pagedown", "pageup"):
            self.rows.page(1 if action == "pagedown" else -1)
        elif action == "text.keep":
            self.pick()
        elif action == "text.leave":
            self.close()
            self.post_message(self.Closed())
        else:
            return False
        return True

    def pick(self) -> None:
        """Close with the choice under the cursor."""
        offer, key, typed = self._offer, self.rows.key, self.field.value
        if offer is None or key is None or key[0] == "none":
            return
        self.close()
        if key[0] == "new" and offer.created is not None:
            offer.created(typed)
        else:
            offer.picked(self._shown[int(key[0])].value)
        self.post_message(self.Closed())

    class Closed(Message):
        """The picker went away."""

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        """Pick on a click."""
        event.stop()
        self.pick()

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        """Keep the list's own motions from the screen."""
        event.stop()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        self._list(event.value)
