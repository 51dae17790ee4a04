"""What Pressmark has of an article as one line of text, for memos and descriptions of programs.

It is packed (zlib, Base64), since programs bound their memos, and begins with a word that says what
it is. Whoever edits the text around it leaves the line alone; then it comes back.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, cast

from msgspec import Struct, field

from tui.exchange import native
from tui.exchange.native import Packed
from tui.model.articles import Article

_HEAD = f"{native.KEY}:"
_MOST = 64_000_000  # bytes that a line may unfold to
_NAMES = ("id", "title", "outlet", "url", "published", "path", "revision")


class Carried(Struct, frozen=True):
    """What a line brought: of its article what `document` takes, and its records."""

    article: Mapping[str, str] = field(default_factory=dict[str, str])
    packed: Packed = field(default_factory=Packed)


def carried_line(article: Article, objects: Sequence[Mapping[str, Any]]) -> str:
    """The article's own data and its objects (of `native.packed`) as one line of ASCII."""
    about = {name: getattr(article, name) for name in _NAMES}
    data = json.dumps({"article": about, "records": objects}, allow_nan=False).encode()
    return _HEAD + base64.b64encode(zlib.compress(data, 9)).decode()


def carried_in(text: str) -> tuple[Carried | None, str]:
    """What such a line in a text brings, None without one, and the text without it.

    Raises ValueError, with the end of a sentence, if the line has been broken.
    """
    lines = text.split("\n")
    at = next((i for i, line in enumerate(lines) if line.strip().startswith(_HEAD)), None)
    if at is None:
        return None, text
    rest = "\n".join(lines[:at] + lines[at + 1 :]).strip("\n")
    return _unfolded("".join(lines[at].strip().removeprefix(_HEAD).split())), rest


def _unfolded(line: str) -> Carried:
    unfold = zlib.decompressobj()
    try:
        data = unfold.decompress(base64.b64decode(line, validate=True), _MOST)
        if unfold.unconsumed_tail or not unfold.eof:
            raise ValueError("its line of Pressmark is cut, or too long")
        found: object = json.loads(data)
    except (binascii.Error, zlib.error, UnicodeDecodeError, RecursionError) as error:
        raise ValueError("its line of Pressmark has been changed") from error
    except json.JSONDecodeError as error:
        raise ValueError("its line of Pressmark is no JSON") from error
    if not isinstance(found, dict):
        raise ValueError("its line of Pressmark is no object")
    given = cast("dict[str, Any]", found)
    about: Any = given.get("article")
    names = cast("dict[str, Any]", about if isinstance(about, dict) else {})
    article = {key: value for key, value in names.items() if isinstance(value, str)}
    return Carried(article, native.unpacked(given.get("records")))
