"""Where something stands in a text: extents, and W3C selectors that can find it again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from msgspec import Struct, field

from tui.model.codec import Always

CONTEXT = 32  # code points of prefix and suffix


class Extent(NamedTuple):
    """A half-open range of Unicode code points in a canonical text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text in this range."""
        return text[self.start : self.end]

    def covers(self, offset: int) -> bool:
        """Whether the code point at `offset` lies in it."""
        return self.start <= offset < self.end

    def meets(self, other: Extent) -> bool:
        """Whether the two share a code point."""
        return self.start < other.end and other.start < self.end


_extra: type[dict[str, Any]] = dict  # itself, so that an empty one takes no room when packed


class Span(Struct, frozen=True, omit_defaults=True):
    """A W3C text position selector and text quote selector for one range (Web Annotation 4.2)."""

    start: int
    end: int
    exact: str
    prefix: Always[str] = ""
    suffix: Always[str] = ""
    extra: Mapping[str, Any] = field(default_factory=_extra)

    @property
    def extent(self) -> Extent:
        """The position selector alone."""
        return Extent(self.start, self.end)


def select(text: str, start: int, end: int) -> Span:
    """The selector of `text[start:end]` with 32 code points of context on either side.

    Raises ValueError for an empty range or one outside the text.
    """
    if not 0 <= start < end <= len(text):
        raise ValueError(f"no text at {start}-{end} (the text has {len(text)} code points)")
    return Span(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def merged(extents: Iterable[Extent]) -> tuple[Extent, ...]:
    """The extents in text order, with those that touch or overlap joined."""
    found: list[Extent] = []
    for extent in sorted(extents):
        if found and extent.start <= found[-1].end:
            found[-1] = Extent(found[-1].start, max(found[-1].end, extent.end))
        else:
            found.append(extent)
    return tuple(found)


def joined_quote(spans: Iterable[Span]) -> str:
    """The quote of one or more spans: line breaks closed up, pieces joined by ` … `."""
    return " … ".join(" ".join(span.exact.split()) for span in spans)
