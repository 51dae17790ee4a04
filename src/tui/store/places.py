"""Where things lie under `annotations/`."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from tui.model.ids import is_article_id
from tui.store.durable import is_leftover, sentence
from tui.store.protocol import StoreError

REVISIONS = "revisions"
_ANALYST = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")
# A shard or replica: the id of an article (as `is_article_id` has it), and what may follow it.
_SHARD = re.compile(r"([A-Za-z0-9]{2,64})(?![A-Za-z0-9]).*\.json", re.DOTALL)


def shard_path(annotations: Path, folder: str, article: str) -> Path:
    """The shard of one analyst and article: `<analyst>/<last two characters>/<article>.json`.

    Raises StoreError if `article` cannot be an article id, or if a folder is a link that leads out
    of `annotations`.
    """
    if not is_article_id(article):
        raise StoreError(f"{article!r} is no article id: it has 2 to 64 letters and digits")
    own = annotations / folder
    inner = own / article[-2:]
    for each in (own, inner):
        hold_inside(annotations, each)
    return inner / f"{article}.json"


def hold_inside(annotations: Path, folder: Path) -> None:
    """Raise StoreError if a folder is a link that leads out of `annotations`, or cannot be seen."""
    try:
        out = leads_out(annotations, folder)
    except OSError as error:
        raise StoreError(sentence("read", folder, error)) from error
    if out:
        raise StoreError(LEADS_OUT.format(folder))


def leads_out(annotations: Path, folder: Path) -> bool:
    """Whether a folder is a link to somewhere outside of `annotations`. Raises OSError."""
    return folder.is_symlink() and not _leads_inside(annotations, folder)


LEADS_OUT = "{} is a link that leads out of the annotations: it is not followed; take it away"


def _leads_inside(annotations: Path, link: Path) -> bool:
    try:
        return link.resolve().is_relative_to(annotations.resolve())
    except (OSError, RuntimeError):  # a link to itself
        return False


def replica_path(shard: Path, folder: str) -> Path:
    """Where the analyst of `folder` keeps what was imported of another analyst's shard."""
    return shard.with_name(f"{shard.stem}.from-{folder}.json")


class Beside(Struct, frozen=True):
    """The files of one article in one analyst's folder; all of `files` are read."""

    files: tuple[Path, ...] = ()  # the shard first, if it is there
    damaged: tuple[Path, ...] = ()
    leftovers: tuple[Path, ...] = ()


def beside(shard: Path) -> Beside:
    """The shard with its replicas: every `<article>*.json` in its folder. Raises OSError."""
    try:
        with os.scandir(shard.parent) as entries:
            names = sorted(entry.name for entry in entries if shard.stem in entry.name)
    except (FileNotFoundError, NotADirectoryError):
        return Beside()
    files: list[Path] = []
    damaged: list[Path] = []
    leftovers: list[Path] = []
    for name in names:
        if article_of(name) == shard.stem:
            files.append(shard.parent / name)
        elif name.startswith(shard.stem) and name.endswith(".damaged"):
            damaged.append(shard.parent / name)
        elif is_leftover(name, shard.name):
            leftovers.append(shard.parent / name)
    files.sort(key=lambda path: (path != shard, path.name))
    return Beside(tuple(files), tuple(damaged), tuple(leftovers))


def article_of(name: str) -> str:
    """The article id at the beginning of a shard's or replica's file name, or the empty string."""
    match = _SHARD.fullmatch(name)
    return match[1] if match else ""


def analysts(annotations: Path, troubles: list[str] | None = None) -> list[str]:
    """The analysts' folder names, sorted; one that cannot be listed adds a sentence."""
    return [
        n
        for n in _folders(annotations, annotations, troubles)
        if _ANALYST.fullmatch(n) and n != REVISIONS
    ]


def shard_folders(
    annotations: Path, analyst: str, troubles: list[str] | None = None
) -> Iterator[Path]:
    """The folders that an analyst's shards lie in."""
    root = annotations / analyst
    return (root / name for name in _folders(annotations, root, troubles) if len(name) == 2)


def _folders(annotations: Path, root: Path, troubles: list[str] | None) -> list[str]:
    """The names of the folders in one, sorted; what cannot be looked into adds a sentence."""
    found: list[str] = []
    told = troubles if troubles is not None else []
    try:
        with os.scandir(root) as entries:
            for entry in entries:
                try:
                    if not entry.is_dir():
                        continue
                except OSError as error:  # a link to itself, say: the others are there
                    told.append(sentence("read", entry.path, error))
                    continue
                if not entry.is_symlink() or _leads_inside(annotations, Path(entry.path)):
                    found.append(entry.name)
                else:
                    told.append(LEADS_OUT.format(entry.path))
    except FileNotFoundError:
        return []
    except OSError as error:
        told.append(sentence("read", root, error))
        return []
    return sorted(found)
