"""Codebooks as TOML: the shape of `codebook.toml` in a workspace, a `[[tags]]` table a tag."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any, cast

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.incoming import Incoming, Refused
from tui.exchange.jsonl import complete
from tui.exchange.tag_memos import book_of, tag_of
from tui.model.codebook import Tag


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The codebook of a bundle, with every field that says something."""
    import tomlkit

    for tag in bundle.codebook.tags:
        table = {
            key: value for key, value in complete(tag).items() if value not in (None, "", 0, [])
        }
        path = table.pop("path")
        one = {"tags": [{"path": path, **table}]}
        yield tomlkit.dumps(one) + "\n"  # pyright: ignore[reportUnknownMemberType]


def read(text: str, name: str) -> Incoming:
    """The codebook in such a file; raises ExchangeError, with one sentence, if it is none."""
    try:
        data: dict[str, Any] = tomllib.loads(text.replace("\r\n", "\n"))
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{name} is no TOML: {error}; correct it") from error
    entries: Any = data.get("tags")
    if not isinstance(entries, list):
        raise ExchangeError(f"{name} is no codebook: it has no [[tags]]")
    tags: list[Tag] = []
    refused: list[Refused] = []
    for number, entry in enumerate(cast("list[Any]", entries), 1):
        try:
            if not isinstance(entry, dict):
                raise ValueError("it is no table")
            tags.append(tag_of(cast("dict[str, Any]", entry)))
        except ValueError as error:
            refused.append(Refused(0, f"tag {number}: {error}"))
    return Incoming(name, codebook=book_of(tags), refused=tuple(refused), whole=True)
