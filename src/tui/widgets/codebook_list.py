"""The codebook as a list: slot, path, how often it is used, description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.cells import cell_len

from tui.model.codebook import Codebook
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.looks import PLAIN_TAG
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList

DESCRIPTION = 12  # lines of the description of the tag under the cursor
WORTH = 8  # cells of a description that are worth showing behind the count


class CodebookList(RowList):
    """The tags of the codebook, a line each. Row ids are paths, kind `tag`.

    The tag under the cursor has its whole description below it.
    """

    EXPANDS = frozenset(("tag",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="No tag yet: t makes one")
        self._codebook = Codebook()
        self._counts: Mapping[str, int] = {}
        self._labels: Sequence[tuple[int, str]] = ()
        self._column = self._digits = 0  # cells of the longest name and count

    def show(self, codebook: Codebook, counts: Mapping[str, int], words: str = "") -> None:
        """Show the tags that have the words; `counts` are highlights by today's path."""
        self._codebook, self._counts = codebook, counts
        wanted = words.casefold().split()
        tags = [
            tag
            for tag in codebook.tags
            if all(w in f"{tag.path} {tag.description}".casefold() for w in wanted)
        ]
        shown = f" of {len(codebook.tags)}" if wanted else ""
        self.set_heading((Piece(f" codebook {len(tags)}{shown}", "strong"), Piece(" · q", "dim")))
        self._labels = _labelled([tag.path for tag in tags])
        names = (2 * level + cell_len(one_line(label)) for level, label in self._labels)
        self._column = max(names, default=0)
        self._digits = len(str(max((counts.get(tag.path, 0) for tag in tags), default=0)))
        self.set_rows([(tag.path, "tag") for tag in tags], self._row)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        tag = self._codebook.get(self._keys[index][0])
        if tag is None:
            return ((),)
        sign = f"sign:{self._codebook.colour(tag.path) or PLAIN_TAG}"
        level, label = self._labels[index]
        name = f"{'  ' * level}{one_line(label)}"
        if self._column * 2 <= width:
            name += " " * (self._column - cell_len(name))
        count = f"  {self._counts.get(tag.path, 0):>{self._digits}}"
        about = one_line(tag.description)
        first = (
            Piece(f"{tag.slot or ' '}", sign),
            Piece("▌", sign),
            Piece(name),
            Piece(count, "dim"),
        )
        if index == self.cursor:
            under = wrapped(about, max(4, width - 4), DESCRIPTION)
            return [first, *((Piece("    "), Piece(line, "dim")) for line in under)]
        room = width - 2 - cell_len(name) - cell_len(count) - 2
        return [(*first, Piece("  "), Piece(cut(about, room) if room >= WORTH else "", "dim"))]


def _labelled(paths: Sequence[str]) -> list[tuple[int, str]]:
    """Level and name of each path: below a tag it lies in, only what that one does not say."""
    found: list[tuple[int, str]] = []
    above: list[str] = []  # the tags that the row before lies in, and itself
    for path in paths:
        while above and not path.startswith(f"{above[-1]}/"):
            above.pop()
        found.append((len(above), path[len(above[-1]) + 1 :] if above else path))
        above.append(path)
    return found
