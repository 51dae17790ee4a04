"""What an action, a mode and an ex command are: plain descriptions, without anything that runs."""

from __future__ import annotations

from msgspec import Struct

from tui.model.records import REJECT_REASONS


class Mode(Struct, frozen=True):
    """A state of the keyboard. In one that `takes_text`, printable keys go to a text field."""

    name: str
    summary: str
    label: str  # as the status line says it
    takes_text: bool = False


class Choice(Struct, frozen=True):
    """One last key of an action that takes one out of a few, and what it means there."""

    key: str
    label: str


class Action(Struct, frozen=True):
    """One thing a key does.

    `keys` are alternatives in the notation of `tui.keymap`: characters typed one after the other
    (`gg`), or a named key (`ctrl+d`, `enter`). An action with `choices` needs one of their keys
    after these and gets it as its argument; its key may then be the empty string. `takes` is the
    number of free characters that follow and become the argument.
    """

    id: str
    keys: tuple[str, ...]
    modes: tuple[str, ...]
    summary: str
    group: str
    short: str = ""
    takes: int = 0
    choices: tuple[Choice, ...] = ()

    @property
    def label(self) -> str:
        """The few words that stand beside its key."""
        return self.short or self.summary


class Command(Struct, frozen=True):
    """One ex command: `usage` is the line after the colon, `values` complete its first word."""

    name: str
    usage: str
    summary: str
    aliases: tuple[str, ...] = ()
    values: tuple[str, ...] = ()


GROUPS = ("reading", "marking", "claims", "review", "codebook", "everywhere", "text fields")

MODES: tuple[Mode, ...] = (
    Mode("reading", "in the article", "READ"),
    Mode("select", "while words are being selected", "SELECT"),
    Mode("list", "in the list of articles", "LIST"),
    Mode("panel", "in the annotation panel", "PANEL"),
    Mode("form", "while a claim is open", "CLAIM"),
    Mode("grade", "after `r`", "GRADE"),
    Mode("confirm", "when Pressmark says what it would do", "CONFIRM"),
    Mode("review", "in a review", "REVIEW"),
    Mode("codebook", "in the codebook", "CODEBOOK"),
    Mode("claims", "in the list of claims", "CLAIMS"),
    Mode("timeline", "in the timeline of claims", "TIME"),
    Mode("search", "among what a search found", "FOUND"),
    Mode("differences", "among the differences of two revisions", "DIFF"),
    Mode("help", "in the help", "KEYS"),
    Mode("find", "while typing what to find", "FIND", takes_text=True),
    Mode("query", "while typing what to search for", "SEARCH", takes_text=True),
    Mode("picker", "while typing to pick from a list", "PICK", takes_text=True),
    Mode("command", "while typing a command", "COMMAND", takes_text=True),
    Mode("field", "while typing in a field", "EDIT", takes_text=True),
)

DESK = ("reading", "list", "panel")  # modes in which nothing is open over the desk
REASONS = tuple(Choice(str(n), reason) for n, reason in enumerate(REJECT_REASONS, 1))
SLOTS = tuple(Choice(str(n), f"slot {n}") for n in range(1, 10))

_BY_NAME = {mode.name: mode for mode in MODES}


def mode(name: str) -> Mode:
    """The mode with this name; raises KeyError if there is none."""
    return _BY_NAME[name]
