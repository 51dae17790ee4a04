"""JSON as programs write it to files: one value, or one a line, whole or broken off.

Numbers stay the digits that were written: none is too long, and none is rounded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.documents import Document
from tui.articles.readers.declared import decode_wide

_SPACE = re.compile(r"[ \t\n\r\ufeff]*")
_LIST = re.compile(r"\[\s*\{")
_DEEP = "nests too deeply"
MEND = "write it anew with the program that made it, or save the text of an article as .txt"


class Broken(NamedTuple):
    """A place where there is no JSON, in the words behind the name of an entry."""

    label: str
    why: str


def load(document: Document) -> tuple[Any, Decoded]:
    """The one value in a document, and how it was decoded.

    Raises UnreadableError, with line and column, if there is none.
    """
    decoded = _decoded(document)
    try:
        return _whole(decoded.text), decoded
    except RecursionError as error:
        raise UnreadableError(_DEEP, MEND) from error
    except json.JSONDecodeError as error:
        raise _no_json(error) from error


def load_any(document: Document) -> tuple[Any | None, Decoded]:
    """The one value in a document; None if there are several lines, or it is broken off.

    Raises UnreadableError if it nests too deeply.
    """
    decoded = _decoded(document)
    try:
        return _whole(decoded.text), decoded
    except RecursionError as error:
        raise UnreadableError(_DEEP, MEND) from error
    except json.JSONDecodeError:
        return None, decoded


def lines(text: str) -> Iterator[tuple[str, Any]]:
    """The values of JSON Lines, each with the name of its line; Broken where a line has none."""
    number, at = 0, 0
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        number += 1
        label, line = f"line {number}", text[at:end].strip(" \t\r\ufeff\x1e")
        at = end + 1
        if not line:
            continue
        try:
            yield label, _whole(line)
        except RecursionError:
            yield label, Broken(label, _DEEP)
        except json.JSONDecodeError as error:
            yield label, Broken(label, f"is no JSON: {_said(error)} at column {error.colno}")


def is_lines(text: str) -> bool:
    """Whether a text is JSON Lines: most of its first lines are objects, each by itself."""
    first = [line for line in text[: 1 << 20].split("\n")[:20] if line.strip()]
    whole = sum(
        1
        for line in first
        if line.lstrip(" \t\ufeff\x1e").startswith("{") and line.rstrip().endswith("}")
    )
    return whole * 2 >= len(first) > 1


def items(text: str) -> Iterator[tuple[str, Any]]:
    """The objects of a list that is broken off or damaged, up to there; then one Broken.

    Raises UnreadableError, with line and column, if no list of objects begins in the text.
    """
    begins = _LIST.search(text)
    if begins is None:
        try:
            _whole(text)
        except json.JSONDecodeError as error:
            raise _no_json(error) from error
        return
    at, number = begins.start() + 1, 0
    while True:
        at = _space(text, at)
        number += 1
        label = f"item {number}"
        try:
            value, at = _DECODER.raw_decode(text, at)
        except RecursionError:
            yield label, Broken(label, _DEEP)
            return
        except json.JSONDecodeError as error:
            place = f"line {error.lineno}, column {error.colno}"
            yield label, Broken(label, f"is no JSON ({place}), and what follows was not read")
            return
        yield label, value
        at = _space(text, at)
        if text[at : at + 1] != ",":
            if text[at : at + 1] != "]":
                yield label, Broken("the rest", "the list is broken off")
            return
        at += 1


def _nothing(_: str) -> None:
    """NaN and the infinities of JavaScript: no value."""


_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=_nothing, strict=False)


def _whole(text: str) -> Any:
    value, end = _DECODER.raw_decode(text, _space(text, 0))
    end = _space(text, end)
    if end < len(text):
        raise json.JSONDecodeError("Extra data", text, end)
    return value


def _space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _decoded(document: Document) -> Decoded:
    """The text; UTF-16 and UTF-32 without a mark are known by the NULs at the first bracket."""
    data = document.data
    if not document.encoding and data[:1] and data[1:2] == b"\x00":
        wide = "utf-32-le" if data[2:4] == b"\x00\x00" else "utf-16-le"
        return decode_wide(data, wide)
    if not document.encoding and data[:1] == b"\x00":
        return decode_wide(data, "utf-32-be" if data[1:2] == b"\x00" else "utf-16-be")
    return decode(data, document.encoding)


def _said(error: json.JSONDecodeError) -> str:
    return (error.msg[:1].lower() + error.msg[1:]).removesuffix(" starting at")


def _no_json(error: json.JSONDecodeError) -> UnreadableError:
    place = f"line {error.lineno}, column {error.colno}"
    return UnreadableError(f"is no JSON: {_said(error)} at {place}", MEND)
