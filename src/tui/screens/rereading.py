"""What becomes of the place when the file of the open article changes under the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import DeskError
from tui.model.articles import Article
from tui.model.spans import Extent, select
from tui.reading.place import Place
from tui.screens.settling import opening_words

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen

COMPARED = 100_000  # code points of two texts together up to which they are compared at once


def read_again(screen: ReadingScreen) -> None:
    """Show today's text, with the caret, the focus and an open claim where their words are now."""
    old = screen.place
    if not old.article.id:
        return
    try:
        article = screen.desk.article(old.article.id)
    except DeskError:
        return  # the text at hand is all there is
    if article.revision == old.article.revision:
        return
    place = Place(article, screen.desk.outline(article.id))
    place.annotations = screen.desk.annotations(article.id)
    place.focus = old.focus
    moved = Moved(old.article, article)
    here = old.sentence
    there = moved.extent(here.extent) if here is not None else None
    place.caret = there.start if there is not None else min(old.caret, len(article.text))
    screen.place = place
    screen.look_around()
    screen.showing.forget()
    screen.moving.forget()
    screen.view.show(article, place.outline, caret=place.caret)
    left = opening_words(place.annotations)
    left = f" · {left}" if left else ", marks are where their words are"
    screen.say(f"the file has changed: this is its text now{left}")
    if screen.form is not None and screen.form.article.id == article.id:
        extents = [moved.extent(extent) for extent in screen.form.extents]
        found = tuple(extent for extent in extents if extent is not None)
        if len(found) < len(extents):
            screen.say("the file has changed, and the words of this claim are gone from it")
        screen.form.article = article
        screen.form.extents = found if len(found) == len(extents) else ()


class Moved:
    """Where words of a text stand in a later one.

    Long texts are not compared for it, since a key would wait for seconds: then only words that
    stayed as they were are found, by themselves and what is around them.
    """

    def __init__(self, old: Article, new: Article) -> None:
        from tui.anchoring import Alignment

        self._old, self._new = old.text, new.text
        short = len(self._old) + len(self._new) <= COMPARED
        self._alignment = Alignment(self._old, self._new) if short else None

    def extent(self, extent: Extent) -> Extent | None:
        """The place of an extent of the old text in the new one; None if it is gone."""
        from tui.anchoring import place_span
        from tui.anchoring.quotes import find_quote

        span = select(self._old, extent.start, extent.end)
        if self._alignment is not None:
            return place_span(span, self._new, self._alignment).extent
        start = find_quote(span, self._new)
        return None if start is None else Extent(start, start + len(span.exact))
