"""Put text that is data into Markdown so that it shows as it is and does nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.exchange.addresses import web_address
from tui.model.visible import visible

# Punctuation that CommonMark, GitHub's tables, strike-through or mathematics give a meaning to.
_SPECIAL = re.compile(r"[\\`*_\[\]{}~|#$]")
# What begins a block if it stands first in a line.
_OPENING = re.compile(r"^(?:[-+=:>]|\d{1,9}[.)](?=\s|$))")
_TAG = re.compile(r"<(?! )")
# Some readers of Markdown make links of bare domains (`x.com`) and of `//x` too.
_AUTOLINK = re.compile(
    r"(?i)(?:https?|ftp|mailto|xmpp)(?P<colon>:)|(?:www|(?<=\w))(?P<dot>\.)(?=[^\W\d_]{2})"
    r"|www(?P<dot2>\.)|(?P<at>@)(?=\w)|(?<=/)(?P<slash>/)(?=\w)"
)


def plain(text: str) -> str:
    """A text on one line in which nothing is markup, HTML, a link or a control character.

    White space is closed up to single blanks; special characters are escaped by a backslash or
    written as entities, so the text reads the same wherever the Markdown is shown.
    """
    text = visible(" ".join(text.split()))
    text = _TAG.sub("&lt;", text.replace("&", "&amp;"))
    text = _SPECIAL.sub(r"\\\g<0>", text)
    text = _AUTOLINK.sub(_unlinked, text)
    return _OPENING.sub(_unopened, text)


def _unlinked(match: re.Match[str]) -> str:
    """The match with its one sign of a link as an entity."""
    sign = match[match.lastgroup or 0]
    return match[0].removesuffix(sign) + f"&#{ord(sign)};"


def _unopened(match: re.Match[str]) -> str:
    return match[0][:-1] + "\\" + match[0][-1]


def linked(text: str, url: str) -> str:
    """The text as a link if the URL is a web address, else the text alone."""
    address = web_address(url)
    if address and text == url:
        return f"<{address}>"
    return f"[{plain(text)}](<{address}>)" if address else plain(text)


def code(text: str) -> str:
    """An identifier, a hash or a path in monospace; its own backticks and entities do no harm."""
    text = visible(" ".join(text.split()))
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}" if text else ""


def quoted(lines: Iterable[str]) -> str:
    """Lines that are Markdown already, as one block quote; an empty one parts paragraphs."""
    return "\n".join(f"> {line}".rstrip() for line in lines)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Rows of Markdown cells as a table; the first is its head.

    A `|` of a code span in a cell would end the cell even so: it is escaped here.
    """
    head, *body = [[re.sub(r"(?<!\\)\|", r"\\|", cell) for cell in row] for row in rows]
    lines = [head, ["---"] * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
