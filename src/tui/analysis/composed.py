"""Texts whose Hangul is taken apart, read as their composed copy: the rules know syllables.

Spans come back in the offsets of the text itself, with its own words; the words of fields are
those of the copy, so that a source has one name whatever text it is from.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from tui.analysis import drafts, suggestions
from tui.analysis.suggestions import Suggestion, Suggestions, suggestion_id
from tui.model.articles import Article, Outline, is_taken_apart
from tui.model.composed import Composed
from tui.model.records import Claim
from tui.model.sources import Registry
from tui.model.spans import Extent, Span, select

_T = TypeVar("_T")


def suggest(article: Article, outline: Outline, registry: Registry) -> Suggestions:
    """What is proposed for an article, see `suggestions.suggest`."""
    if not is_taken_apart(article.text):
        return suggestions.suggest(article, outline, registry)
    copy = Composed(article.text)
    found = suggestions.suggest(copy.article(article), copy.outline(outline), registry)
    own = _own(found, copy, article.text)
    proposals = (replace(p, id=suggestion_id(own.revision, p.spans)) for p in own.proposals)
    return replace(own, proposals=tuple(proposals))


def draft_claim(
    article: Article, outline: Outline, extents: Sequence[Extent], registry: Registry
) -> Claim:
    """A claim filled in from cues, see `drafts.draft_claim`."""
    if not is_taken_apart(article.text):
        return drafts.draft_claim(article, outline, extents, registry)
    copy = Composed(article.text)
    there = [copy.there(extent) for extent in extents]
    found = drafts.draft_claim(copy.article(article), copy.outline(outline), there, registry)
    return _own(found, copy, article.text)


def proposed_claim(article: Article, suggestion: Suggestion) -> Claim:
    """The claim that a suggestion is when it is taken, see `drafts.proposed_claim`."""
    found = drafts.proposed_claim(article, suggestion)
    if not is_taken_apart(article.text):
        return found
    return replace(found, statement=Composed(found.statement).text)


def _own(value: _T, copy: Composed, text: str) -> _T:
    """A value with each span in it at its place in the text itself."""
    if isinstance(value, Span):
        return cast(_T, select(text, *copy.own(value.extent)))
    if isinstance(value, tuple):
        parts = cast("tuple[object, ...]", value)
        return cast(_T, tuple(_own(part, copy, text) for part in parts))
    if isinstance(value, Struct):
        fields: dict[str, Any] = {n: getattr(value, n) for n in value.__struct_fields__}
        return replace(value, **{name: _own(field, copy, text) for name, field in fields.items()})
    return value
