"""What becomes of the place when the file of the open article changes under the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.desk import DeskError
from tui.model.spans import Extent, select
from tui.reading.place import Place
from tui.screens.settling import opening_words

if TYPE_CHECKING:
    from tui.anchoring import Alignment
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
    from tui.anchoring import Alignment

    alignment = Alignment(old.article.text, article.text)
    moved = _moved(alignment, here.extent) if here is not None else None
    place.caret = moved.start if moved is not None else min(old.caret, len(article.text))
    screen.place = place
    screen.showing.forget()
    screen.moving.forget()
    screen.view.show(article, place.outline, caret=place.caret)
    left = opening_words(place.annotations)
    left = f" · {left}" if left else ", marks are where their words are"
    screen.say(f"the file has changed: this is its text now{left}")
    if screen.form is not None and screen.form.article.id == article.id:
        extents = [_moved(alignment, extent) for extent in screen.form.extents]
        found = tuple(extent for extent in extents if extent is not None)
        if len(found) < len(extents):
            screen.say("the file has changed, and the words of this claim are gone from it")
        screen.form.article = article
        screen.form.extents = found if len(found) == len(extents) else ()


def _moved(alignment: Alignment, extent: Extent) -> Extent | None:
    """Where the words of an extent of the old text stand in the new one."""
    span = select(alignment.old.text, extent.start, extent.end)
    from tui.anchoring import place_span

    return place_span(span, alignment.new.text, alignment).extent
