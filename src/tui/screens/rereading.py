"""What becomes of the place when the file of the open article changes under the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.anchoring import place_span
from tui.desk import DeskError
from tui.model.articles import Article
from tui.model.spans import Extent, select
from tui.reading.place import Place

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen


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
    here = old.sentence
    moved = _moved(old.article, here.extent, article) if here is not None else None
    place.caret = moved.start if moved is not None else min(old.caret, len(article.text))
    screen.place = place
    screen.showing.forget()
    screen.moving.forget()
    screen.view.show(article, place.outline, caret=place.caret)
    screen.say("the file has changed: this is its text now, marks are where their words are")
    if screen.form is not None and screen.form.article.id == article.id:
        extents = [_moved(old.article, extent, article) for extent in screen.form.extents]
        found = tuple(extent for extent in extents if extent is not None)
        if len(found) < len(extents):
            screen.say("the file has changed, and the words of this claim are gone from it")
        screen.form.article = article
        screen.form.extents = found if len(found) == len(extents) else ()


def _moved(old: Article, extent: Extent, article: Article) -> Extent | None:
    """Where the words of an extent stand in a newer text."""
    return place_span(select(old.text, extent.start, extent.end), article.text)[0]
