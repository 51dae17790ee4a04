"""REFI-QDA codebooks (`.qdc`): the tags as codes in one another, which QDA programs exchange.

Colours are the nearest of a few; slots and former names stand in the last line of a description.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError, read_bytes
from tui.exchange.guarded import xml_root
from tui.exchange.incoming import Incoming, Refused
from tui.exchange.refi import (
    CODEBOOK,
    DECLARATION,
    ORIGIN,
    check_version,
    codes_in,
    codes_xml,
    opening,
)


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The codebook of a bundle; raises ExchangeError if it has no tag, which is not allowed."""
    codes = codes_xml(bundle.codebook)
    if not codes:
        raise ExchangeError("a .qdc codebook needs a tag: there is none to export")
    yield DECLARATION
    yield opening("CodeBook", {"xmlns": CODEBOOK, "origin": ORIGIN})
    yield f"\n<Codes>\n{codes}</Codes>\n</CodeBook>\n"


def read_path(path: Path) -> Incoming:
    """The codebook in a file of whatever program; raises ExchangeError with one sentence."""
    root = xml_root(read_bytes(path), str(path), "refi")
    check_version(root, "CodeBook", str(path))
    refused: list[str] = []
    codes = codes_in(root, refused)
    return Incoming(
        str(path),
        codebook=codes.book,
        refused=tuple(Refused(0, reason) for reason in refused),
        whole=True,
    )
