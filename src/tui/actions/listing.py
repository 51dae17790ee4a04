"""The registry as a document and as data: docs/keys.md, `pressmark keys`, `?`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from tui.actions.commands import COMMANDS
from tui.actions.kinds import GROUPS, MODES, Action
from tui.actions.table import ACTIONS

_NAMED = {
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "space": "Space",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "home": "Home",
    "end": "End",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "delete": "Del",
    "backspace": "Backspace",
    "insert": "Ins",
}


_INTRODUCTION = """\
# Keys

Printable keys do everything; arrows, Ctrl keys and the mouse are there as well. One key means one
thing in every mode. After the first key of several the last lines of the screen show what may
follow; any other key cancels.

A keymap of your own is a TOML file. It names actions as the tables below do:

```toml
[keys]
"mark.highlight" = ["m", "Q"]   # these keys, in every mode the action has
"claim.chain" = []              # no key at all

[keys.review]
"review.accept" = ["A"]         # in a review alone
```

Characters that are typed one after the other are written together (`gg`, `;s`); named keys are
`enter escape tab space up down left right home end pageup pagedown insert delete backspace f1` to
`f24`, with `ctrl+`, `alt+` or `shift+` in front if wanted; a blank parts keys where that is needed
(`g enter`). An entry that cannot be taken is said in one sentence, and its usual keys hold. `q` and
`Esc` always lead out."""


def key_label(key: str) -> str:
    """A key, or several typed one after the other, as people write it: `Ctrl+d`, `Esc`, `gg`."""
    return " ".join(_one_label(part) for part in key.split(" ")) if key != " " else "Space"


def _one_label(key: str) -> str:
    head, plus, last = key.rpartition("+")
    if plus and head and last:
        return "+".join([*(part.capitalize() for part in head.split("+")), _NAMED.get(last, last)])
    if key in _NAMED:
        return _NAMED[key]
    return key.upper() if key[:1] == "f" and key[1:].isdigit() else key


def keys_label(action: Action) -> str:
    """All keys of an action as people write them: `j ↓`, `1–9`, `X 1–5`, `f + 2 letters`."""
    tail = ""
    if action.choices:
        first, last = action.choices[0].key, action.choices[-1].key
        tail = first if first == last else f"{first}–{last}"
    elif action.takes:
        tail = f"+ {action.takes} letters"
    return "  ".join(f"{key_label(key)} {tail}".strip() for key in action.keys)


def _modes_label(action: Action) -> str:
    keyed = [mode.name for mode in MODES if not mode.takes_text]
    if list(action.modes) == keyed:
        return "everywhere but in text fields"
    return ", ".join(action.modes)


def keys_markdown(actions: Iterable[Action] = ACTIONS) -> str:
    """All actions and commands as a Markdown page; `actions` may be those of a keymap."""
    listed = list(actions)
    lines = [
        *_INTRODUCTION.splitlines(),
        "",
        "| mode | when |",
        "|---|---|",
        *(f"| `{mode.name}` | {mode.summary} |" for mode in MODES),
    ]
    for group in GROUPS:
        lines += ["", f"## {group.capitalize()}", "", "| keys | does | name | in |"]
        lines += ["|---|---|---|---|"]
        lines += [_markdown_row(action) for action in listed if action.group == group]
    lines += ["", "## Commands", "", "| command | does | also |", "|---|---|---|"]
    for found in COMMANDS:
        also = " ".join(_code(name) for name in found.aliases)
        lines.append(f"| {_code(':' + found.usage)} | {found.summary} | {also} |")
    return "\n".join(lines) + "\n"


def _markdown_row(action: Action) -> str:
    keys = " ".join(_code(part) for part in keys_label(action).split("  ") if part)
    what = f"{action.summary}{_choices_note(action)}"
    return f"| {keys} | {what} | `{action.id}` | {_modes_label(action)} |"


def _choices_note(action: Action) -> str:
    if not action.choices or action.choices[0].label.startswith("slot"):
        return ""
    return ": " + ", ".join(f"`{choice.key}` {choice.label}" for choice in action.choices)


def _code(text: str) -> str:
    fence, pad = ("``", " ") if "`" in text else ("`", "")
    return f"{fence}{pad}{text}{pad}{fence}".replace("|", "\\|")


def keys_json(actions: Sequence[Action] = ACTIONS) -> list[dict[str, Any]]:
    """All actions as data for JSON, in the order of the table."""
    return [
        {
            "id": action.id,
            "keys": list(action.keys),
            "modes": list(action.modes),
            "group": action.group,
            "summary": action.summary,
            "takes": action.takes,
            "choices": [{"key": c.key, "label": c.label} for c in action.choices],
        }
        for action in actions
    ]
