"""Folders with a file an article: what the files are called, and which files are read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePath

from tui.exchange.files import LARGEST, ExchangeError
from tui.model.articles import Article
from tui.model.wording import counted

_NO_NAME = re.compile(r"[^\w-]+")
_LONGEST = 60  # code points of a name: three bytes each stay below what file systems hold


def naming() -> Callable[[Article], str]:
    """Gives each article a name for its file, without ending: from its path, else from its id.

    Names that differ in nothing but case count as one, since some file systems hold them so.
    """

    def wanted(article: Article) -> str:
        stem = PurePath(article.path.replace("\\", "/")).stem
        return _NO_NAME.sub("-", stem).strip("-_")[:_LONGEST] or article.id

    return unlike(wanted, "{name}-{number}")


def unlike(wanted: Callable[[Article], str], again: str) -> Callable[[Article], str]:
    """Gives each article the name that is wanted for it, or, where it is given, `again` with it.

    `again` has `{name}` and `{number}`, from 2 on. Case is no difference: some file systems hold
    names so.
    """
    given: set[str] = set()

    def name_of(article: Article) -> str:
        bare = name = wanted(article)
        number = 1
        while name.casefold() in given:
            number += 1
            name = again.format(name=bare, number=number)
        given.add(name.casefold())
        return name

    return name_of


def files_in(folder: Path, suffix: str) -> list[Path]:
    """The files in a folder and below whose names end so, in order; links and hidden ones not.

    Raises ExchangeError, with one sentence, if it cannot be looked into or they are too large.
    """
    try:
        found = sorted(_walked(folder, suffix))
        size = sum(path.stat().st_size for path in found)
    except OSError as error:
        raise ExchangeError(f"{folder}: {(error.strerror or str(error)).lower()}") from error
    if size > LARGEST:
        raise ExchangeError(
            f"{folder} has {counted(len(found), 'file')} of {size:,} bytes and no more than "
            f"{LARGEST:,} are imported: import it in parts"
        )
    return found


def _walked(folder: Path, suffix: str) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name.startswith(".") or path.is_symlink():
            continue
        if path.is_dir():
            yield from _walked(path, suffix)
        elif path.name.lower().endswith(suffix) and path.is_file():
            yield path
