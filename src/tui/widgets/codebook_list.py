"""The codebook as a list: slot, path, how often it is used, description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tui.model.codebook import Codebook
from tui.widgets.cells import one_line, wrapped
from tui.widgets.rows import Line, Piece, RowList


class CodebookList(RowList):
    """The tags of the codebook. Row ids are paths, kind `tag`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="No tag yet: t makes one")
        self._codebook = Codebook()
        self._counts: Mapping[str, int] = {}

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
        self.set_rows([(tag.path, "tag") for tag in tags], self._row)

    def _row(self, index: int, width: int) -> Sequence[Line]:
        tag = self._codebook.get(self._keys[index][0])
        if tag is None:
            return ((),)
        colour = self._codebook.colour(tag.path) or "grey"
        indent = "  " * tag.path.count("/")
        first = (
            Piece(f"{tag.slot or ' '}", f"sign:{colour}"),
            Piece("▌", f"sign:{colour}"),
            Piece(f"{indent}{one_line(tag.path)}"),
            Piece(f"  {self._counts.get(tag.path, 0)}", "dim"),
        )
        under = wrapped(one_line(tag.description), max(4, width - 4), 2)
        return [first, *((Piece("    "), Piece(line, "dim")) for line in under)]
