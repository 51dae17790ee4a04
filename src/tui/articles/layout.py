"""What a reader finds out about a text, before it becomes an Article."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct, field

from tui.model.articles import Caption, Section
from tui.model.spans import Extent


class Layout(Struct):
    """The head of a text and its marks. What is found first wins; unknown is the empty string."""

    title: str = ""
    headline: Extent | None = None
    outlet: str = ""
    byline: str = ""
    url: str = ""
    archive_url: str = ""
    published: str = ""
    modified: str = ""
    retrieved: str = ""
    header: list[Extent] = field(default_factory=list[Extent])
    sections: list[Section] = field(default_factory=list[Section])
    captions: list[Caption] = field(default_factory=list[Caption])

    def take(self, name: str, value: str) -> None:
        """Sets a field by its name if it is not set yet."""
        if value and not getattr(self, name):
            setattr(self, name, value)

    def publish(self, iso: str) -> None:
        """Sets the time of publication; one with a time of day beats a bare date of that day."""
        known = self.published
        if not known or ("T" not in known and iso.startswith(f"{known}T")):
            self.published = iso

    def head(self, start: int, end: int) -> None:
        """Says that `[start, end)` is no text."""
        if end > start:
            self.header.append(Extent(start, end))

    def move(self, to: Callable[[tuple[int, int]], Extent]) -> None:
        """Puts all ranges where they are in another shape of the text."""
        self.headline = to(self.headline) if self.headline else None
        self.header = list(map(to, self.header))
        self.sections = [Section(s.label, *to((s.start, s.end))) for s in self.sections]
        self.captions = [
            Caption(*to((c.start, c.end)), c.name, c.affiliation, to(c.block))
            for c in self.captions
        ]


def unquoted(title: str) -> str:
    """A title without quotation marks around the whole of it, white space closed up."""
    title = " ".join(title.split()).rstrip(" ;")
    for opening, closing in ("“”", '""', "‘’", "''", "「」", "『』", "《》"):
        inner = title[1:-1]
        around = title[:1] == opening and title[-1:] == closing and len(title) > 2
        if around and opening not in inner and closing not in inner:
            return inner.strip()
    return title
