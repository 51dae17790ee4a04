"""What a format says of itself."""

from __future__ import annotations

from msgspec import Struct


class About(Struct, frozen=True):
    """What a format is, without its module being imported.

    `unit` is what its offsets count, one of `tui.exchange.offsets.UNITS`; empty if it has none.
    `lost` ends the sentence "not kept: ...". `marks` all stand in the head of such a file, where
    its name does not tell it. `place` says what is written: `text`, a `file` that is no text, or a
    `folder`; `holds` is the ending of a file that such a folder has and others have not.
    """

    name: str
    module: str
    summary: str
    suffixes: tuple[str, ...] = ()
    reads: bool = False
    writes: bool = True
    unit: str = ""
    lost: str = ""
    marks: tuple[bytes, ...] = ()
    place: str = "text"
    codebook: bool = False  # it holds the codebook and nothing else
    holds: str = ""
