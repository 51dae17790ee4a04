"""What was found where: the files that hold a text of each article, today's first."""

from __future__ import annotations

import os
from collections.abc import Collection, Set
from pathlib import Path

from msgspec.structs import replace

from tui.desk.entries import Found
from tui.desk.opened import OpenedTexts
from tui.model.articles import Article, instant


class Finds:
    """Articles by file and files by article. Of two texts of one the newer one is today's."""

    def __init__(self) -> None:
        self.texts = OpenedTexts()
        self._by_file: dict[str, list[str]] = {}  # absolute path -> article ids
        self._found: dict[str, list[Found]] = {}  # article id -> its files, today's text first

    def _put(self, article: Article, found: Found) -> None:
        there = self._found.setdefault(article.id, [])
        there.append(found)
        there.sort(key=_newest_first)
        opened = self.texts.get(article.id)
        if opened is not None and opened.article.revision != there[0].article.revision:
            self.texts.close(article.id)
        self._by_file.setdefault(found.file, []).append(article.id)

    def forget_others(self, file: Path, entries: Collection[str]) -> None:
        """Take the entries of a file that it does not hold any more out of the library."""
        for found in self.files_at(absolute_path(file)):
            if found.article.entry not in entries:
                self.forget_entry(found)

    def forget_entry(self, found: Found) -> None:
        """Take one article of a file out of the library."""
        self._displace(found.file, found.article.entry)

    def is_first(self, article: str, found: Found) -> bool:
        """Whether the text in this place is today's text of an article."""
        first = self.files(article)[:1]
        place = (found.file, found.article.entry)
        return any((f.file, f.article.entry) == place for f in first)

    def _displace(self, file: str, entry: str) -> None:
        """Take one entry of a file out of the library."""
        for known in self._by_file.get(file, ()):
            held = self._found.get(known, [])
            left = [f for f in held if (f.file, f.article.entry) != (file, entry)]
            if len(left) < len(held):
                self._found[known] = left
                if not left:
                    self._found.pop(known)
                self.texts.close(known)
                self._by_file[file].remove(known)
                break
        if not self._by_file.get(file, True):
            self._by_file.pop(file)

    def rename(self, old: str, new: str) -> None:
        """Give the files of one id to another one."""
        moved = self._found.pop(old, [])
        self.texts.close(old)
        for each in moved:
            found = replace(each, article=replace(each.article, id=new))
            ids = self._by_file[found.file]
            ids[ids.index(old)] = new
            self._found.setdefault(new, []).append(found)
        if moved:
            self._found[new].sort(key=_newest_first)

    def holds(self, article: str) -> bool:
        """Whether a file holds a text of an article."""
        return article in self._found

    def without_file(self, articles: Set[str]) -> set[str]:
        """Those of some articles that no file holds a text of."""
        return {*(articles - self._found.keys())}

    def ids(self) -> tuple[str, ...]:
        """Ids of all articles that were read, in the order they were found."""
        return tuple(self._found)

    def files(self, article: str) -> tuple[Found, ...]:
        """The files that hold a text of an article, today's first."""
        return tuple(self._found.get(article, ()))

    def files_at(self, file: str) -> tuple[Found, ...]:
        """What was found in the file of this absolute path, an article each, in its order."""
        ids = dict.fromkeys(self._by_file.get(file, ()))
        return tuple(f for known in ids for f in self._found.get(known, ()) if f.file == file)

    def at(self, file: Path, entry: str) -> Found | None:
        """What was found in a file under this entry key."""
        there = self.files_at(absolute_path(file))
        return next((found for found in there if found.article.entry == entry), None)

    def ids_of(self, file: Path) -> tuple[str, ...]:
        """The articles that were read from a file."""
        return tuple(dict.fromkeys(self._by_file.get(absolute_path(file), ())))


def absolute_path(file: Path | str) -> str:
    """An absolute path by which a file is known."""
    return os.path.abspath(file)  # noqa: PTH100 - links stay as they are named


def _newest_first(found: Found) -> tuple[float, float, float, str]:
    """Sorts by when an article was changed, published and retrieved; unknown times lie behind."""
    article = found.article
    known = (article.modified or article.published, article.published, article.retrieved)
    moments = [instant(time) if time else float("-inf") for time in known]
    changed, published, retrieved = (m if m != float("inf") else float("-inf") for m in moments)
    return -changed, -published, -retrieved, article.path
