"""Which files of the given paths are articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path, PurePath

from tui.articles.links import Bounds
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


def find_files(
    paths: Sequence[Path], troubles: list[str], bounds: Bounds | None = None
) -> Iterator[Path]:
    """The article files under `paths`, each once: folders to the bottom, in the order of names.

    In folders, files with a suffix of NAME_SUFFIXES count, those without a telling one whose first
    bytes are of a format other than plain text, and office documents and archives, so that reading
    them can say what they are. Hidden ones, every `annotations` folder, the
    `_files` folder of a saved page and what Pressmark exported are left out. A file given by name
    is taken whatever its suffix. What must be passed over (pipes, devices, loops of links, links
    that lead out of `bounds`, folders that cannot be opened) gets a sentence in `troubles` while
    the iteration goes on. Without `bounds` links may lead into `paths`.

    Raises FileNotFoundError, at once and with a sentence, if one of `paths` does not exist.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise FileNotFoundError(f"{path} does not exist: check the name, or where you are")
    return _Walk(troubles, bounds or Bounds(paths)).files(paths)


def still_files(
    changed: Iterable[Path], paths: Sequence[Path], bounds: Bounds | None = None
) -> Iterator[Path]:
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
        walk = _Walk([], bounds or Bounds(paths))
        for path in (*walk.candidates(folder), *walk.odd):
            if path.name in names:
                yield from walk.files([path]) if path.is_dir() else (path,)


def _is_left_out(part: str) -> bool:
    return part.startswith(".") or part == _LEFT_OUT


class _Walk:
    """One way through the folders: what was met, and the sentences for what is passed over."""

    def __init__(self, troubles: list[str], bounds: Bounds) -> None:
        self._troubles = troubles
        self._bounds = bounds
        self._seen: set[tuple[int, int]] = set()
        # Of suffixes that only a plug-in may know: asked when all else is found.
        self.odd: list[Path] = []

    def files(self, paths: Sequence[Path]) -> Iterator[Path]:
        """The article files under some paths."""
        self.odd = []
        for path in paths:
            status = _status(path, self._troubles)
            if status is None or _is_odd(path, status, self._troubles):
                continue
            if stat.S_ISDIR(status.st_mode):
                if path.name == _LEFT_OUT:
                    what = "it holds annotations, not articles"
                    self._troubles.append(f"{path} is passed over: {what}")
                    continue
                yield from self._folder(path, (_key(status),))
            elif path.name != _SETTINGS and self._fresh(status):
                yield path
        if self.odd:
            from tui.articles.plugins import plugin_for

            known = [path for path in self.odd if plugin_for(path.name)]
            yield from self._inside(known, [path for path in known if path.is_symlink()])

    def _folder(self, top: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Path]:
        """The files of one folder and those below, without recursion: folders may nest deeply."""
        waiting = [(top, above)]
        while waiting:
            path, chain = waiting.pop()
            status = _status(path, self._troubles) if path != top else path.stat()
            if status is None or _is_odd(path, status, self._troubles):
                continue
            key = _key(status)
            if not stat.S_ISDIR(status.st_mode):
                if self._fresh(status):
                    yield path
                continue
            if path != top and key in chain:
                what = "it links back to a folder above it"
                self._troubles.append(f"{path} is passed over: {what}")
                continue
            if self._fresh(status):
                below = (*chain, key)
                waiting.extend((found, below) for found in reversed(self.candidates(path)))

    def candidates(self, folder: Path) -> list[Path]:
        """What in a folder may be an article or hold some, in the order of names.

        Other files go to `odd`.
        """
        try:
            with os.scandir(folder) as entries:
                found = {e.name: e for e in entries if not e.name.startswith(".")}
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._troubles.append(f"{folder} is passed over: {reason}; check its permissions")
            return []
        counts = {name: _may_count(found[name], found) for name in sorted(found)}
        self.odd += [folder / n for n, count in counts.items() if not count and _is_odd_name(n)]
        names = [name for name, count in counts.items() if count]
        # Pipes, devices and broken links are named as such.
        links = [n for n in names if found[n].is_symlink() and _is_there(found[n])]
        return self._inside([folder / name for name in names], [folder / name for name in links])

    def _inside(self, paths: list[Path], links: Sequence[Path]) -> list[Path]:
        """Paths of one folder without the links that lead out of the bounds."""
        if not links or self._bounds.follow:
            return paths
        outside = set(links).difference(self._bounds.without_outside(links, self._troubles))
        return [path for path in paths if path not in outside]

    def _fresh(self, status: os.stat_result) -> bool:
        """Whether this file or folder was not met before. Inode 0 tells nothing apart."""
        key = _key(status)
        if not status.st_ino:
            return True
        if key in self._seen:
            return False
        self._seen.add(key)
        return True


def _is_there(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_file() or entry.is_dir()
    except OSError:
        return False


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
