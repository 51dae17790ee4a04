"""Text as HTML: escaped, and with what acts on a reader unseen shown by its picture."""

from __future__ import annotations

import re
from html import escape

from tui.exchange.addresses import web_address
from tui.model.visible import visible

# Code points that are for no character and that HTML allows nowhere.
_NONE = re.compile(
    "[\ufdd0-\ufdef" + "".join(chr(p << 16 | x) for p in range(17) for x in (0xFFFE, 0xFFFF)) + "]"
)


def escaped(text: str) -> str:
    """A text as it stands between tags or in an attribute; line ends and tabs stay."""
    shown = "".join(c if c in "\n\t" else visible(c) for c in text) if _odd(text) else text
    return escape(_NONE.sub("\ufffd", shown))


def _odd(text: str) -> bool:
    return visible(text) != text


def attribute(name: str, value: str) -> str:
    """An attribute with a blank before it."""
    return f' {name}="{escaped(value)}"'


def element(name: str, text: str, kind: str = "") -> str:
    """An element with a text, on a line of its own; nothing if there is no text."""
    shown = attribute("class", kind) if kind else ""
    return f"<{name}{shown}>{escaped(text)}</{name}>\n" if text.strip() else ""


def link(text: str, url: str) -> str:
    """A text that leads to a web address; any other address is left out."""
    address = web_address(url)
    if not address:
        return escaped(text)
    return f'<a rel="noreferrer"{attribute("href", address)}>{escaped(text)}</a>'
