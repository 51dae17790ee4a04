"""Which files of the given paths are articles."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path, PurePath

from tui.articles.formats import FORMATS, SUFFIXES
from tui.articles.links import Bounds
from tui.articles.recognising import is_export, recognise

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
_NAMED = tuple(NAME_SUFFIXES)

Met = tuple[str, os.stat_result]  # the path of a file, and what the system says of it
_Ask = Callable[[], os.stat_result]


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
    return (Path(path) for path, _ in met_files(paths, troubles, bounds))


def met_files(
    paths: Sequence[Path],
    troubles: list[str],
    bounds: Bounds | None = None,
    folders: set[str] | None = None,
) -> Iterator[Met]:
    """What `find_files` finds, each as its path and status: a Path takes as long as all the rest.

    Each folder that is gone through is added to `folders`, also one without an article. Raises
    FileNotFoundError like it.
    """
    for path in paths:
        if not os.path.lexists(path):
            raise FileNotFoundError(f"{path} does not exist: check the name, or where you are")
    walk = _Walk(troubles, bounds or Bounds(paths), set() if folders is None else folders)
    return walk.files([str(path) for path in paths])


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
        walk = _Walk([], bounds or Bounds(paths), set())
        for found in (*walk.candidates(str(folder)), *walk.odd):
            path = Path(found)
            if path.name in names:
                within = (Path(inner) for inner, _ in walk.files([found]))
                yield from within if path.is_dir() else (path,)


def _is_left_out(part: str) -> bool:
    return part.startswith(".") or part == _LEFT_OUT


class _Walk:
    """One way through the folders: what was met, and the sentences for what is passed over."""

    def __init__(self, troubles: list[str], bounds: Bounds, folders: set[str]) -> None:
        self._troubles = troubles
        self._folders = folders
        self._bounds = bounds
        self._seen: set[tuple[int, int]] = set()
        # Of suffixes that only a plug-in may know: asked when all else is found.
        self.odd: dict[str, _Ask] = {}

    def files(self, paths: Iterable[str]) -> Iterator[Met]:
        """The article files under some paths."""
        self.odd = {}
        for path in paths:
            status = _status(path, partial(os.stat, path), self._troubles)
            if status is None or _is_odd(path, status, self._troubles):
                continue
            name = PurePath(path).name
            if stat.S_ISDIR(status.st_mode):
                if name == _LEFT_OUT:
                    what = "it holds annotations, not articles"
                    self._troubles.append(f"{path} is passed over: {what}")
                    continue
                yield from self._folder(path)
            elif name != _SETTINGS and self._fresh(status):
                yield path, status
        if self.odd:
            from tui.articles.plugins import plugin_for

            known = {path: ask for path, ask in self.odd.items() if plugin_for(path)}
            links = [path for path in known if Path(path).is_symlink()]
            for path, ask in self._inside(known, links).items():
                status = _status(path, ask, self._troubles)
                if status is not None:
                    yield path, status

    def _folder(self, top: str) -> Iterator[Met]:
        """The files of one folder and those below, without recursion: folders may nest deeply."""
        waiting: list[tuple[str, _Ask, tuple[tuple[int, int], ...]]] = []
        waiting.append((top, partial(os.stat, top), ()))
        while waiting:
            path, ask, chain = waiting.pop()
            status = _status(path, ask, self._troubles)
            if status is None or _is_odd(path, status, self._troubles):
                continue
            if not stat.S_ISDIR(status.st_mode):
                if self._fresh(status):
                    yield path, status
                continue
            key = _key(status)
            if key in chain:
                what = "it links back to a folder above it"
                self._troubles.append(f"{path} is passed over: {what}")
                continue
            if self._fresh(status):
                self._folders.add(path)
                below = (*chain, key)
                found = self.candidates(path)
                waiting.extend((each, found[each], below) for each in reversed(found))

    def candidates(self, folder: str) -> dict[str, _Ask]:
        """What in a folder may be an article or hold some, in the order of names.

        Other files go to `odd`.
        """
        try:
            with os.scandir(folder) as entries:
                found = {e.name: e for e in entries if not e.name.startswith(".")}
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self._troubles.append(f"{folder} is passed over: {reason}; check its permissions")
            return {}
        inside = "" if folder == os.curdir else os.path.join(folder, "")  # noqa: PTH118 - a str
        names, links = dict[str, _Ask](), list[str]()
        for name in sorted(found):
            entry, path = found[name], inside + name
            if _may_count(entry, found):
                names[path] = entry.stat
                # Pipes, devices and broken links are named as such.
                if entry.is_symlink() and _is_there(entry):
                    links.append(path)
            elif _is_odd_name(name):
                self.odd[path] = entry.stat
        return self._inside(names, links)

    def _inside(self, paths: dict[str, _Ask], links: Sequence[str]) -> dict[str, _Ask]:
        """Paths of one folder without the links that lead out of the bounds."""
        if not links or self._bounds.follow:
            return paths
        held = self._bounds.without_outside([Path(link) for link in links], self._troubles)
        outside = set(links).difference(map(str, held))
        return {path: ask for path, ask in paths.items() if path not in outside}

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
    return not _tells_nothing(lower) and not lower.endswith(_NAMED)


def _may_count(entry: os.DirEntry[str], beside: Collection[str]) -> bool:
    name = entry.name.lower()
    try:
        if name.endswith(_OF_EXPORTS):
            return entry.is_file() and not is_export(_head(Path(entry.path)))
        if name.endswith(_NAMED) or PurePath(name).suffix in _TOLD:
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


def _status(path: str, ask: _Ask, troubles: list[str]) -> os.stat_result | None:
    try:
        status = ask()
        # On some systems an entry of a folder does not know its own number.
        return status if status.st_ino else os.stat(path)  # noqa: PTH116 - a Path takes longer
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        broken = Path(path).is_symlink()
        mend = "mend or remove the link" if broken else "check its permissions"
        troubles.append(f"{path} is passed over: {reason}; {mend}")
        return None


def _is_odd(path: str, status: os.stat_result, troubles: list[str]) -> bool:
    if stat.S_ISREG(status.st_mode):
        return False
    for test, kind in _KINDS:
        if test(status.st_mode):
            troubles.append(f"{path} is passed over: it is {kind}, not a file")
            return True
    return False


def _key(status: os.stat_result) -> tuple[int, int]:
    return status.st_dev, status.st_ino
