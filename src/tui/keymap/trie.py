"""The trie of one mode: which keys lead where, and what a key does after those before it."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct, field

from tui.actions import Action, key_label
from tui.keymap.names import is_printable, parse_keys

HANGUL_MESSAGE = "한/영"


class Run(Struct, frozen=True):
    """The keys are an action; `argument` is its choice or free characters."""

    action: str
    argument: str = ""


class Offer(Struct, frozen=True):
    """One key that may come next: how it is written, what it runs, in a few words."""

    key: str
    action: str
    label: str


class Wait(Struct, frozen=True):
    """More keys are needed. `keys` are those so far, `choices` what may follow.

    `hint` says in words what free characters are waited for, where there is nothing to choose.
    """

    keys: tuple[str, ...]
    choices: tuple[Offer, ...] = ()
    hint: str = ""


class Nothing(Struct, frozen=True):
    """The keys lead nowhere; `cancelled` if a waiting prefix was given up by the last one."""

    cancelled: bool = False


class Hangul(Struct, frozen=True):
    """A Hangul letter outside a text field: the input method is on. Nothing runs."""

    message: str = HANGUL_MESSAGE


Result = Run | Wait | Nothing | Hangul


class Node(Struct):
    """What the keys so far are: an action, or the beginning of some."""

    action: Action | None = None
    argument: str = ""
    next: dict[str, Node] = field(default_factory=dict[str, "Node"])


def free(action: Action, typed: tuple[str, ...], given: tuple[str, ...], key: str) -> Result:
    """What `key` does for an action that takes free characters, of which some are given."""
    if not is_printable(key):
        return Nothing(cancelled=True)
    given = (*given, key)
    argument = "".join(" " if k == "space" else k for k in given)
    if len(given) == action.takes:
        return Run(action.id, argument)
    return Wait((*typed, *given), hint=f"{action.summary}: {argument}…")


def reached(node: Node, keys: tuple[str, ...]) -> Result:
    """What the keys that led to a node do."""
    if node.action is None:
        return Wait(keys, offers(node))
    if node.action.takes:
        return Wait(keys, hint=node.action.summary)
    return Run(node.action.id, node.argument)


def offers(node: Node, before: str = "") -> tuple[Offer, ...]:
    """What may follow; choices of one action that stand among others are one offer (`1–9`)."""
    alone = len({id(n.action) for n in node.next.values()}) == 1
    found: list[Offer] = []
    gathered: set[str] = set()
    for key, following in node.next.items():
        shown, action = before + key_label(key), following.action
        if action is None:
            found += offers(following, shown)
        elif not action.choices:
            found.append(Offer(shown, action.id, action.label))
        elif alone:
            choice = next(c.label for c in action.choices if c.key == following.argument)
            found.append(Offer(shown, action.id, choice))
        elif action.id not in gathered:
            gathered.add(action.id)
            keys = f"{shown}–{action.choices[-1].key}"
            found.append(Offer(keys, action.id, action.label))
    return tuple(found)


def sequences(action: Action) -> Iterator[tuple[tuple[str, ...], str]]:
    """All ways to type an action: the keys, and the choice that the last one is, if any."""
    for notation in action.keys:
        keys = parse_keys(notation)
        if not action.choices:
            yield keys, ""
        for choice in action.choices:
            yield (*keys, choice.key), choice.key
