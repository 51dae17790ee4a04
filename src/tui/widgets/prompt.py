"""One line at the foot of the screen that takes words: find, notes, fields, commands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from tui.model.visible import visible


def _nothing(_text: str) -> None:
    return None


def _no_completions(_text: str) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and what is done with the answer.

    `complete` gives whole values for what was typed so far; `Tab` goes through them, and is the
    only key that does. `changed` hears every keystroke.
    """

    label: str
    answered: Callable[[str], None]
    value: str = ""
    hint: str = ""
    changed: Callable[[str], None] = _nothing
    cancelled: Callable[[], None] = lambda: None
    complete: Callable[[str], Sequence[str]] = _no_completions
    tabbed: Callable[[str], None] | None = None  # Tab, where there is nothing to complete


class Field(Input):
    """A text field that leaves Enter, Escape and Tab to the prompt it stands in."""

    BINDINGS = []

    def __init__(self, prompt: Prompt) -> None:
        super().__init__(compact=True, select_on_focus=False, classes="prompt-field")
        self._prompt = prompt

    async def _on_key(self, event: events.Key) -> None:
        if event.key in ("enter", "escape", "tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self._prompt.take(event.key)
            return
        await super()._on_key(event)


class Prompt(Horizontal):
    """Label, field, hint. Hidden unless something is asked."""

    DEFAULT_CSS = """
    Prompt { height: 1; width: 1fr; display: none; background: $panel; }
    Prompt .prompt-label { width: auto; padding: 0 1; color: $accent; text-style: bold; }
    Prompt .prompt-field { width: 1fr; background: $panel; }
    Prompt .prompt-hint { width: auto; max-width: 60%; padding: 0 1; color: $text-muted; }
    """

    def __init__(self) -> None:
        super().__init__(id="prompt")
        self._question: Question | None = None
        self._candidates: tuple[str, ...] = ()
        self._candidate = -1

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
    def field(self) -> Field:
        """The text field."""
        return self.query_one(Field)

    def ask(self, question: Question) -> None:
        """Show the question and take the keys until it is answered or cancelled."""
        self._question = question
        self._candidates, self._candidate = (), -1
        self.query_one(".prompt-label", Static).update(Content(visible(question.label)))
        self.hint(question.hint)
        self.display = True
        with self.prevent(Input.Changed):
            self.field.value = question.value
        self.field.cursor_position = len(question.value)
        self.field.focus(scroll_visible=False)

    def hint(self, text: str) -> None:
        """Show a word of advice behind the field."""
        self.query_one(".prompt-hint", Static).update(Content(visible(text)))

    def close(self) -> None:
        """Take the question away without an answer."""
        self._question = None
        self.display = False
        self.screen.set_focus(None)

    def take(self, key: str) -> None:
        """Act on Enter, Escape or Tab."""
        question = self._question
        if question is None:
            return
        value = self.field.value
        if key == "enter":
            self.close()
            question.answered(value)
        elif key == "escape":
            self.close()
            question.cancelled()
        else:
            self._complete(question, 1 if key == "tab" else -1)

    def _complete(self, question: Question, direction: int) -> None:
        if self._candidate < 0:
            self._candidates = tuple(question.complete(self.field.value))
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
