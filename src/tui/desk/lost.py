"""Articles that were annotated and that no file holds any more: named, listed, their texts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec.structs import replace

from tui.desk.entries import Entry
from tui.desk.events import DeskError
from tui.desk.library import Library
from tui.model.articles import Article
from tui.model.records import ArticleRecord
from tui.model.wording import counted


class Lost:
    """The articles without a file, as far as they were looked for."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._ids: dict[str, None] = {}  # in the order found

    def look(self, lost: Iterable[str]) -> bool:
        """Take in the annotated articles that no file holds; whether others than before."""
        found = dict.fromkeys(lost)
        changed = list(found) != list(self._ids)
        self._ids = found
        return changed

    def __contains__(self, article: str) -> bool:
        return article in self._ids and not self._library.holds(article)

    def ids(self) -> Iterator[str]:
        """The articles that were found lost and that no file came back for."""
        return (a for a in self._ids if not self._library.holds(a))


def lost_words(entry: Entry) -> str:
    """What is said of an annotated article that no file holds."""
    parts = (counted(entry.highlights, "highlight"), counted(entry.claims, "claim"))
    kept = " and ".join(part for part in parts if not part.startswith("0 ")) or "annotations"
    return (
        f"{entry.path or entry.id}: no file here holds this article, which has {kept}: "
        f"put the file back, or read what was kept with `pressmark show {entry.id}`"
    )


def text_of_lost(
    article: str,
    record: ArticleRecord | None,
    library: Library,
    match: Callable[[Article], str],
    kept: Callable[[str], str | None],
) -> Article:
    """An article that no file was read for: from a path its record names, or its kept text.

    Records are other people's too: a path of theirs opens only what was opened anyway. `match`
    tells which article a text is, `kept` gives the text of a revision. Raises DeskError if the
    text is not to be had.
    """
    for place in reversed(record.paths) if record is not None else ():
        file = library.absolute(place.path)
        if file.is_file() and library.reaches(file):
            try:
                gathered = library.read_now(file)
            except DeskError:
                continue
            for read in gathered.articles:
                if match(read) == article:
                    return replace(read, id=article)
    for revision in reversed(record.revisions) if record is not None else ():
        text = kept(revision.sha256)
        if text is not None and record is not None:
            path = record.paths[-1].path if record.paths else ""
            read = library.parse(text.encode("utf-8", "surrogatepass"), path)
            return replace(
                read,
                id=article,
                path=path,
                title=record.title or read.title,
                outlet=record.outlet or read.outlet,
                url=record.url or read.url,
                published=record.published or read.published,
            )
    raise DeskError(
        f"the text of article {article} is not to be had: open the folder it lies in", 1
    )
