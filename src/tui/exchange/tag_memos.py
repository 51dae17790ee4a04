"""A tag's slot, former names and the like inside its description, for programs without a place.

What such a program has no field for stands in the last line of the description, as JSON behind a
word of ours: `[pressmark {"slot": 1, "was": ["old/name"]}]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any, cast

from msgspec.structs import replace

from tui.exchange import native
from tui.exchange.jsonl import complete
from tui.model.codebook import COLOURS, Codebook, Tag, tag_path

_LINE = re.compile(rf"\n?\[{native.KEY} (\{{.*\}})\]\s*\Z")
_KNOWN = frozenset({"path", "slot", "colour", "description", "was"})


def described(tag: Tag, *elsewhere: str) -> str:
    """The description of a tag with what has no place; `elsewhere` are fields that have one."""
    left = {
        key: value
        for key, value in complete(tag).items()
        if value and key not in ("path", "description", *elsewhere)
    }
    return with_line(tag.description, left)


def with_line(text: str, data: Mapping[str, Any]) -> str:
    """A text with data in its last line, if there are any."""
    if not data:
        return text
    line = f"[{native.KEY} {json.dumps(data, allow_nan=False, ensure_ascii=False)}]"
    return f"{text}\n{line}" if text else line


def split_line(text: str) -> tuple[str, dict[str, Any]]:
    """A text without such a line, and its data; what cannot be read stays in the text."""
    found = _LINE.search(text)
    if found is None:
        return text, {}
    try:
        data: object = json.loads(found[1])
    except (ValueError, RecursionError):
        return text, {}
    return text[: found.start()], cast("dict[str, Any]", data)


def tag_from(path: str, memo: str, colour: str = "") -> Tag:
    """The tag of a program's code; a `colour` of its own goes before the one in the memo.

    Raises ValueError, with the end of a sentence, if the path is none.
    """
    text, data = split_line(memo)
    return tag_of({"colour": colour, **data, "path": path, "description": text})


def tag_of(given: Mapping[str, Any]) -> Tag:
    """A tag of fields as somebody wrote them; a slot, colour or name that is none is left out.

    Raises ValueError, with the end of a sentence, if it has no path.
    """
    path, slot, was = given.get("path"), given.get("slot"), given.get("was")
    if not isinstance(path, str) or not path.strip():
        raise ValueError("it has no name")
    names = cast("list[Any]", was) if isinstance(was, list) else []
    number = slot if isinstance(slot, int) and not isinstance(slot, bool) else 0
    colour = given.get("colour")
    description = given.get("description")
    return Tag(
        tag_path(path),
        number if 1 <= number <= 9 else 0,
        colour if colour in COLOURS else "",
        description if isinstance(description, str) else "",
        tuple(name for name in names if isinstance(name, str)),
        {key: value for key, value in given.items() if key not in _KNOWN},
    )


def book_of(tags: Iterable[Tag]) -> Codebook:
    """A codebook of tags as read: each path and each slot once, the first of it winning."""
    found: dict[str, Tag] = {}
    slots: set[int] = set()
    for tag in tags:
        if tag.path not in found:
            found[tag.path] = replace(tag, slot=0) if tag.slot in slots else tag
            slots |= {tag.slot} - {0}
    return Codebook(tuple(found.values()))
