"""One line at the foot of the screen that takes words: find, notes, fields, commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import Struct
from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static
from textual.widgets.input import Selection

from tui.keymap import Keymap, Result, Run, key_name
from tui.model.visible import visible
from tui.widgets.rows import RowList
from tui.widgets.typed_text import TypedField


def _nothing(_text: str) -> None:
    return None


def _no_completions(_text: str) -> Sequence[str]:
    return ()


class Question(Struct, frozen=True):
    """What is asked, and what is done with the answer.

    `complete` gives whole values for what was typed so far; `Tab` goes through them, and is the
    only key that does. `changed` hears every keystroke. `mode` is that of the keyboard meanwhile:
    `field`, `find`, `query` or `command`; all but the first remember the lines that were kept.
    With `rows`, up and down and the page keys move in that list instead of going through them.
    """

    label: str
    answered: Callable[[str], None]
    value: str = ""
    hint: str = ""
    changed: Callable[[str], None] = _nothing
    cancelled: Callable[[], None] = lambda: None
    complete: Callable[[str], Sequence[str]] = _no_completions
    tabbed: Callable[[str], None] | None = None  # Tab, where there is nothing to complete
    mode: str = "field"
    select: bool = False  # the value is selected: typing replaces it
    rows: RowList | None = None
    stop: Callable[[], bool] = lambda: False  # Escape stops this first; whether it was under way
    cut_short: Callable[[str], object] = _nothing  # takes what is typed if the program has to end


class Field(TypedField):
    """A text field that leaves Enter, Escape, Tab and the like to the prompt it stands in."""

    def __init__(self, prompt: Prompt) -> None:
        super().__init__("prompt-field")
        self._prompt = prompt

    async def _on_key(self, event: events.Key) -> None:
        if self._prompt.take(key_name(event.key, event.character)):
            event.stop()
            event.prevent_default()
            return
        await super()._on_key(event)


class Prompt(Horizontal):
    """Label, field, hint. Hidden unless something is asked."""

    DEFAULT_CSS = """
    Prompt { height: 1; width: 1fr; display: none; background: $panel; }
    Prompt .prompt-label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
    Prompt .prompt-field { width: 1fr; background: $panel; }
    Prompt .prompt-hint { width: auto; max-width: 40%; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self.keymap = Keymap.default()
        self.outside: Callable[[str], str | None] = lambda _text: None  # what $EDITOR makes of it
        self._hint = ""
        self._question: Question | None = None
        self._candidates: tuple[str, ...] = ()
        self._candidate = -1
        self._past: dict[str, list[str]] = {}  # lines kept, by mode, the newest last
        self._back = 0  # how many lines back the field is

    def compose(self) -> ComposeResult:
        """Its parts."""
        yield Static("", markup=False, classes="prompt-label")
        yield Field(self)
        yield Static("", markup=False, classes="prompt-hint")

    @property
    def asking(self) -> bool:
        """Whether a question is open."""
        return self._question is not None

    @property
    def mode(self) -> str:
        """The mode of the keyboard while a question is open; else the empty string."""
        return self._question.mode if self._question else ""

    @property
    def field(self) -> Field:
        """The text field."""
        return self.query_one(Field)

    def ask(self, question: Question) -> None:
        """Show the question and take the keys until it is answered or cancelled."""
        self._question = question
        self._candidates, self._candidate, self._back = (), -1, 0
        self.query_one(".prompt-label", Static).update(Content(visible(question.label)))
        self.hint(question.hint)
        self.display = True
        with self.prevent(Input.Changed):
            self.field.value = question.value
        self.field.cursor_position = len(question.value)
        if question.select and question.value:
            self.field.selection = Selection(0, len(question.value))
        self.screen.set_focus(self.field, scroll_visible=False)  # at once: keys follow

    def hint(self, text: str) -> None:
        """Show a word of advice behind the field."""
        if text != self._hint:  # each update lays the whole screen out
            self._hint = text
            self.query_one(".prompt-hint", Static).update(Content(visible(text)))

    def close(self) -> None:
        """Take the question away without an answer."""
        self._question = None
        self.display = False
        self.screen.set_focus(None)

    class Closed(Message):
        """The question was answered or cancelled, or what it has under way was stopped."""

    def cut_short(self) -> None:
        """Keep what is half typed: the program has to end."""
        question = self._question
        if question is not None and self.field.value != question.value:
            question.cut_short(self.field.value)

    def take(self, key: str) -> bool:
        """Act on a key that is not for the text; whether it was one."""
        question = self._question
        found = self.keymap.feed(question.mode, (), key) if question is not None else None
        if question is None:
            return False
        if question.rows is not None and _moved(question.rows, found, key):
            return True
        if not isinstance(found, Run):
            return False
        value = self.field.value
        match found.action:
            case "text.keep":
                self._keep(question, value)
            case "text.leave" if question.stop():
                self.post_message(self.Closed())
            case "text.leave":
                self.close()
                question.cancelled()
                self.post_message(self.Closed())
            case "text.complete" | "text.back":
                self._complete(question, 1 if found.action == "text.complete" else -1)
            case "text.previous" | "text.next":
                self._recall(question, 1 if found.action == "text.previous" else -1)
            case "text.editor":
                edited = self.outside(value)
                if edited is not None:
                    self._keep(question, edited.strip())
            case _:
                return False
        return True

    def _keep(self, question: Question, value: str) -> None:
        """Close with an answer."""
        if question.mode != "field" and value:
            past = self._past.setdefault(question.mode, [])
            past[:] = [*(line for line in past if line != value), value][-100:]
        self.close()
        question.answered(value)
        self.post_message(self.Closed())

    def _recall(self, question: Question, earlier: int) -> None:
        """Put an earlier or later line into the field."""
        past = self._past.get(question.mode, [])
        back = self._back + earlier
        if 0 <= back <= len(past):
            self._back = back
            self.field.value = past[-back] if back else question.value
            self.field.cursor_position = len(self.field.value)

    def _complete(self, question: Question, direction: int) -> None:
        if self._candidate < 0:
            value = self.field.value
            self._candidates = tuple(c for c in question.complete(value) if c != value)
        if not self._candidates:
            if question.tabbed is not None:
                self.close()
                question.tabbed(self.field.value)
            return
        self._candidate = (self._candidate + direction) % len(self._candidates)
        value = self._candidates[self._candidate]
        with self.prevent(Input.Changed):
            self.field.value = value
        self.field.cursor_position = len(value)
        self.hint(f"{self._candidate + 1} of {len(self._candidates)}")
        question.changed(value)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        self._candidate = -1
        if self._question is not None:
            self._question.changed(event.value)


def _moved(rows: RowList, found: Result | None, key: str) -> bool:
    """Move the cursor of a list beside the field, if the key is for that."""
    match found.action if isinstance(found, Run) else key:
        case "text.next" | "ctrl+n":
            rows.move(1)
        case "text.previous" | "ctrl+p":
            rows.move(-1)
        case "pagedown" | "pageup":
            rows.page(1 if key == "pagedown" else -1)
        case _:
            return False
    return True
