"""What the files of the REFI-QDA standard have in common: XML as it is written, GUIDs, codes.

The standard (https://www.qdasoftware.org) is version 1.0 of March 2019. A tag is a code, a path is
codes in one another: `war/losses` is the code `losses` in the code `war`, which nothing is coded
with (`isCodable="false"`) if it is no tag itself.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct

from tui.exchange.files import ExchangeError
from tui.exchange.foreign import tag_for
from tui.exchange.guarded import local_name
from tui.exchange.tag_memos import book_of, described, split_line, tag_from, with_line
from tui.model.codebook import Codebook, Tag
from tui.version import VERSION

PROJECT, CODEBOOK = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"
DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
ORIGIN = f"Pressmark {VERSION}"
DEEPEST = 100  # codes in one another that are read
# What is said of an article as variables of its source, by the name that programs show.
VARIABLES = {
    "outlet": "Outlet",
    "published": "Published",
    "url": "URL",
    "path": "File",
    "id": "Pressmark article",
}

_OURS = uuid.UUID("5f0c6f0e-6d43-5d0e-9a3b-3f6d7f1f9a52")
_UNFIT = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_VERSION = re.compile(r"urn:QDA-XML:\w+:(\d+)")
_BETWEEN = "between"  # marks a code that is codable only since one above it is

# Such as the standard's programs show on white and black alike.
_COLOURS: Mapping[str, str] = {
    "red": "#D62728",
    "orange": "#FF8C1A",
    "yellow": "#F2D01B",
    "green": "#2CA02C",
    "cyan": "#17BECF",
    "blue": "#1F77B4",
    "violet": "#7D4FBF",
    "magenta": "#D6279B",
    "grey": "#8C8C8C",
}


def guid(*parts: str) -> str:
    """A GUID made from words, so that what is exported twice is one thing to who imports it."""
    return str(uuid.uuid5(_OURS, "\0".join(map(fit, parts))))


def fit(text: str) -> str:
    """A text with what XML cannot hold replaced, one for one."""
    return _UNFIT.sub("\ufffd", text)


def opening(name: str, attributes: Mapping[str, str]) -> str:
    """The start tag of an element."""
    given = (f" {key}={quoteattr(fit(value))}" for key, value in attributes.items())
    return f"<{name}{''.join(given)}>"


def element(name: str, attributes: Mapping[str, str], *inside: str) -> str:
    """An element around XML."""
    start, within = opening(name, attributes), "".join(inside)
    return f"{start}{within}</{name}>\n" if within else f"{start[:-1]}/>\n"


def words(name: str, text: str) -> str:
    """An element around text; nothing for no text."""
    return f"<{name}>{escape(fit(text), {chr(13): '&#13;'})}</{name}>\n" if text else ""


def check_version(root: Any, name: str, place: str) -> None:
    """Raises ExchangeError if `root` is not a `name` element, or of a later version."""
    if local_name(root) != name:
        raise ExchangeError(f"{place} is no {name} of REFI-QDA: its root is {local_name(root)}")
    version = _VERSION.search(str(root.tag))
    if version is not None and int(version[1]) > 1:
        raise ExchangeError(
            f"{place} is of version {version[1]} of REFI-QDA, and 1 is read: export it as that"
        )


def key_of(value: str | None) -> str:
    """A GUID as it is compared: whatever its case and its braces."""
    return (value or "").strip().strip("{}").lower()


def children(parent: Any, name: str) -> Iterator[Any]:
    """The elements of that name in an element, whatever their namespace."""
    return (each for each in parent if local_name(each) == name)


def text_in(parent: Any, name: str) -> str:
    """The text of the first such element in an element, or the empty string."""
    found = next(children(parent, name), None)
    return "" if found is None else "".join(found.itertext())


class _Node(Struct):
    """A code and those in it; `tag` is None where the path is only a step to others."""

    path: str
    inside: dict[str, _Node]
    tag: Tag | None = None


def code_guid(path: str) -> str:
    """The GUID of a tag's code."""
    return guid("code", path)


def codes_xml(book: Codebook, used: Iterable[str] = ()) -> str:
    """The codes of a codebook, and of the paths that are used without standing in it.

    Empty if there are none: the standard wants one at least.
    """
    root = _Node("", {})
    for tag in (*book.tags, *(Tag(path) for path in used if book.get(path) is None)):
        node, steps = root, tag.path.split("/")
        for depth, step in enumerate(steps, 1):
            node = node.inside.setdefault(step, _Node("/".join(steps[:depth]), {}))
        node.tag = node.tag or tag
    names: set[str] = set()
    return "".join(_code(node, False, names) for node in root.inside.values())


def _code(node: _Node, codable: bool, names: set[str]) -> str:
    """A code with those in it; `codable` says whether one above it is.

    Programs want each name once, so the second is a whole path. QualCoder takes no step that cannot
    be coded with below a code that can.
    """
    name = node.path.rpartition("/")[2]
    if name.casefold() in names:
        name = node.path
    names.add(name.casefold())
    attributes = {"guid": code_guid(node.path), "name": name}
    tag = node.tag
    codable = codable or tag is not None
    attributes["isCodable"] = "true" if codable else "false"
    if tag is None:
        memo = with_line("", {_BETWEEN: True}) if codable else ""
    elif tag.colour in _COLOURS:
        attributes["color"] = _COLOURS[tag.colour]
        memo = described(tag, "colour")
    else:
        memo = described(tag)
    inside = (_code(each, codable, names) for each in node.inside.values())
    return element("Code", attributes, words("Description", memo), *inside)


class Codes(Struct):
    """The codes of a file: the codebook, and the tag path of each GUID."""

    book: Codebook
    paths: Mapping[str, str]


def codes_in(codebook: Any, refused: list[str]) -> Codes:
    """The codes in a `CodeBook` element; None stands for one that is missing.

    `refused` gets the end of a sentence for each that is no tag.
    """
    tags: list[Tag] = []
    paths: dict[str, str] = {}
    groups: list[Any] = [] if codebook is None else list(children(codebook, "Codes"))
    waiting = [(code, "") for group in groups for code in children(group, "Code")][::-1]
    while waiting:
        code, above = waiting.pop()
        name = code.get("name") or ""
        below = tag_for(name)
        path = below if not above or below.startswith(f"{above}/") else f"{above}/{below}"
        if not below or path.count("/") > DEEPEST:
            refused.append(f"code {name[:60]!r} is no tag; those in it stand a step higher")
            path = above
        else:
            paths[key_of(code.get("guid"))] = path
            tags += _tag_of(code, path)
        waiting += [(each, path) for each in reversed(list(children(code, "Code")))]
    return Codes(book_of(tags), paths)


def _tag_of(code: Any, path: str) -> list[Tag]:
    """The tag of a code, or nothing for one that is only a step to others."""
    memo = text_in(code, "Description").strip()
    if split_line(memo)[1].get(_BETWEEN):
        return []
    if (code.get("isCodable") or "").strip() in ("false", "0") and not memo:
        return []
    return [tag_from(path, memo, _nearest(code.get("color") or ""))]


def _nearest(colour: str) -> str:
    """The colour of ours that one of another program looks most like; empty if it is none."""
    digits = colour.strip().removeprefix("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    try:
        red, green, blue = bytes.fromhex(digits)
    except ValueError:
        return ""

    def apart(name: str) -> int:
        theirs = bytes.fromhex(_COLOURS[name][1:])
        return sum((a - b) ** 2 for a, b in zip((red, green, blue), theirs, strict=True))

    return min(_COLOURS, key=apart)
