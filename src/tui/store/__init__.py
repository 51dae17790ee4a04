"""Where annotations are kept: TinyDB shards, codebooks, source registries, revisions."""

from __future__ import annotations

from pathlib import Path

from tui.store.codebooks import (
    load_codebook,
    other_codebooks,
    own_codebook,
    save_codebook,
    shared_codebook,
    starter_codebook,
)
from tui.store.durable import write_whole
from tui.store.encodings import Encodings
from tui.store.places import hold_inside
from tui.store.protocol import Conflict, PastChange, PastStep, Shelf, Store, StoreError
from tui.store.registries import load_sources, own_sources, save_source, save_sources
from tui.store.revisions import keep_revision, load_revision
from tui.store.shards import ShardStore
from tui.store.tag_history import TagHistory, load_tag_history, save_tag_history

__all__ = [
    "Conflict",
    "Encodings",
    "PastChange",
    "PastStep",
    "ShardStore",
    "Shelf",
    "Store",
    "StoreError",
    "TagHistory",
    "hold_inside",
    "keep_revision",
    "load_codebook",
    "load_revision",
    "load_sources",
    "load_tag_history",
    "open_store",
    "other_codebooks",
    "own_codebook",
    "own_sources",
    "save_codebook",
    "save_source",
    "save_sources",
    "save_tag_history",
    "shared_codebook",
    "starter_codebook",
    "write_whole",
]


def open_store(annotations: Path, analyst: str, *, locks: Path) -> Store:
    """The store of a workspace for one analyst (display name). Nothing is made on the disk yet.

    `locks` is a folder on a local disk for the locks between processes. Raises StoreError if
    `annotations` is a file.
    """
    return ShardStore(annotations, analyst, locks=locks)
