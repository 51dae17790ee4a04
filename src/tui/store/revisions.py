"""The canonical texts that annotations rest on: written once, never rewritten."""

from __future__ import annotations

from pathlib import Path

from tui.model.ids import sha256
from tui.store.durable import read_whole, sentence, write_whole
from tui.store.places import REVISIONS, hold_inside
from tui.store.protocol import StoreError


def revision_path(annotations: Path, digest: str) -> Path:
    """Where the text with this SHA-256 lies; raises StoreError if it cannot be one.

    Nor may the folder be a link that leads out of `annotations`.
    """
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise StoreError(f"{digest!r} is no SHA-256: it has 64 hexadecimal digits")
    hold_inside(annotations, annotations / REVISIONS)
    return annotations / REVISIONS / f"{digest}.txt"


def keep_revision(annotations: Path, sha256_: str, text: str) -> None:
    """Keep a canonical text under its SHA-256, if it is not there yet.

    A file of that name with other contents is set aside first. Raises StoreError if it cannot be
    written or if the hash is another text's.
    """
    path = revision_path(annotations, sha256_)
    data = text.encode("utf-8", "surrogatepass")
    if sha256(data) != sha256_:
        raise StoreError(f"{path} was not written: the text has another SHA-256; open it again")
    try:
        found = read_whole(path)
        if found is not None and found[0] == data:
            return
        if found is not None:
            path.replace(path.with_name(f"{sha256_}.{sha256(found[0])[:12]}.damaged"))
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    write_whole(path, data)


def load_revision(annotations: Path, sha256_: str) -> str | None:
    """The text with this SHA-256, or None if it is not there or is not that text any more.

    Raises StoreError if it is there and cannot be read.
    """
    path = revision_path(annotations, sha256_)
    try:
        found = read_whole(path)
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    if found is None or sha256(found[0]) != sha256_:
        return None
    return found[0].decode("utf-8", "surrogatepass")
