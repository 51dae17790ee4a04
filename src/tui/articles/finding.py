"""Which files of the given paths are articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from tui.articles.recognising import FORMATS, SUFFIXES, is_export, recognise

NAME_SUFFIXES = frozenset(SUFFIXES)

# Names under which an analyst may well have news that cannot be read: opened, so that it is said.
_TOLD = (
    *(".doc", ".docx", ".odt", ".rtf", ".hwp", ".hwpx", ".pages", ".msg"),
    *(".zip", ".gz", ".tgz", ".tar", ".7z", ".rar"),
)

_LEFT_OUT = "annotations"
_PARTS = "_files"  # the folder beside a saved page, with its pictures and frames
_OF_EXPORTS = (".jsonl", ".ndjson")
_PAGES = FORMATS["html"].suffixes
_LONGEST_SUFFIX = 8
_SNIFFED = 2048  # bytes of a file whose name tells nothing
_SETTINGS = "pressmark.toml"
_KINDS = (
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def find_files(paths: Sequence[Path], troubles: list[str]) -> Iterator[Path]:
    """The article files under `paths`, each once: folders to the bottom, in the order of names.

    In folders, files with a suffix of NAME_SUFFIXES count, those without a telling one whose first
    bytes are of a format other than plain text, and office documents and archives, so that reading
    them can say what they are. Hidden ones, every `annotations` folder, the
    `_files` folder of a saved page and what Pressmark exported are left out. A file given by name
    is taken whatever its suffix. What must be passed over (pipes, devices, loops of links, folders
    that cannot be opened) gets a sentence in `troubles` while the iteration goes on.

    Raises FileNotFoundError, at once and with a sentence, if one of `paths` does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise FileNotFoundError(f"{path} does not exist: check the name, or where you are")
    return _walk(paths, troubles)


def still_files(changed: Iterable[Path], paths: Sequence[Path]) -> Iterator[Path]:
    """Of paths that appeared or changed, the files that `find_files` would find under `paths`.

    A folder stands for all in it.
    """
    tops = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100 - links stay
    by_folder: dict[Path, set[str]] = {}
    for path in changed:
        top = next((top for top in tops if path == top or top in path.parents), None)
        if top is None or path == top:
            yield from [path] if path == top and path.is_file() else ()
        elif not any(_is_left_out(part) for part in path.relative_to(top).parts[:-1]):
            by_folder.setdefault(path.parent, set()).add(path.name)
    for folder, names in by_folder.items():
        odd: list[Path] = []
        for path in (*_candidates(folder, [], odd), *odd):
            if path.name in names:
                yield from _walk([path], []) if path.is_dir() else (path,)


def _is_left_out(part: str) -> bool:
    return part.startswith(".") or part == _LEFT_OUT


def _walk(paths: Sequence[Path], troubles: list[str]) -> Iterator[Path]:
    seen: set[tuple[int, int]] = set()
    odd: list[Path] = []  # of suffixes that only a plug-in may know: asked when all else is found
    for path in paths:
        status = _status(path, troubles)
        if status is None or _is_odd(path, status, troubles):
            continue
        if stat.S_ISDIR(status.st_mode):
            if path.name == _LEFT_OUT:
                troubles.append(f"{path} is passed over: it holds annotations, not articles")
                continue
            yield from _folder(path, (_key(status),), seen, troubles, odd)
        elif path.name != _SETTINGS and _fresh(status, seen):
            yield path
    if odd:
        from tui.articles.plugins import plugin_for

        yield from (path for path in odd if plugin_for(path.name))


def _folder(
    top: Path,
    above: tuple[tuple[int, int], ...],
    seen: set[tuple[int, int]],
    troubles: list[str],
    odd: list[Path],
) -> Iterator[Path]:
    """The files of one folder and those below, without recursion: folders may nest deeply."""
    waiting = [(top, above)]
    while waiting:
        path, chain = waiting.pop()
        status = _status(path, troubles) if path != top else path.stat()
        if status is None or _is_odd(path, status, troubles):
            continue
        key = _key(status)
        if not stat.S_ISDIR(status.st_mode):
            if _fresh(status, seen):
                yield path
            continue
        if path != top and key in chain:
            troubles.append(f"{path} is passed over: it links back to a folder above it")
            continue
        if _fresh(status, seen):
            below = (*chain, key)
            waiting.extend((found, below) for found in reversed(_candidates(path, troubles, odd)))


def _candidates(folder: Path, troubles: list[str], odd: list[Path]) -> list[Path]:
    """What in a folder may be an article or hold some, in the order of names.

    Other files go to `odd`.
    """
    try:
        with os.scandir(folder) as entries:
            found = {e.name: e for e in entries if not e.name.startswith(".")}
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        troubles.append(f"{folder} is passed over: {reason}; check its permissions")
        return []
    counts = {name: _may_count(found[name], found) for name in sorted(found)}
    odd += [folder / name for name, count in counts.items() if not count and _is_odd_name(name)]
    return [folder / name for name, count in counts.items() if count]


def _is_odd_name(name: str) -> bool:
    lower = name.lower()
    return not _tells_nothing(lower) and not lower.endswith(tuple(NAME_SUFFIXES))


def _may_count(entry: os.DirEntry[str], beside: Collection[str]) -> bool:
    name = entry.name.lower()
    try:
        if name.endswith(_OF_EXPORTS):
            return entry.is_file() and not is_export(_head(Path(entry.path)))
        if name.endswith(tuple(NAME_SUFFIXES)) or PurePath(name).suffix in _TOLD:
            return True
        if entry.is_dir():
            return name != _LEFT_OUT and not _belongs_to_page(entry.name, beside)
        if _tells_nothing(name) and entry.is_file():
            return recognise(_head(Path(entry.path)), name).apart
        return False
    except OSError:
        return False


def _belongs_to_page(name: str, beside: Collection[str]) -> bool:
    page = name.removesuffix(_PARTS)
    return page != name and any(f"{page}{suffix}" in beside for suffix in _PAGES)


def _tells_nothing(name: str) -> bool:
    """Whether the name leaves open what a file is: no suffix, `.xml`, or that of a mail folder."""
    suffix = PurePath(name).suffix[1:]
    return not suffix or suffix == "xml" or not suffix.isalnum() or len(suffix) > _LONGEST_SUFFIX


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(_SNIFFED)


def _status(path: Path, troubles: list[str]) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        broken = path.is_symlink()
        mend = "mend or remove the link" if broken else "check its permissions"
        troubles.append(f"{path} is passed over: {reason}; {mend}")
        return None


def _is_odd(path: Path, status: os.stat_result, troubles: list[str]) -> bool:
    for test, kind in _KINDS:
        if test(status.st_mode):
            troubles.append(f"{path} is passed over: it is {kind}, not a file")
            return True
    return False


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino


def _fresh(status: os.stat_result, seen: set[tuple[int, int]]) -> bool:
    """Whether this file or folder was not met before. Inode 0 tells nothing apart."""
    key = _key(status)
    if not status.st_ino:
        return True
    if key in seen:
        return False
    seen.add(key)
    return True
