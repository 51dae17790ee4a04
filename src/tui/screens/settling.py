"""What becomes of a highlight whose words changed, or that was altered outside Pressmark."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tui.model.articles import Article
from tui.model.records import Highlight, Step
from tui.model.views import Annotations, Placed

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen


def settle(screen: ReadingScreen, record: str, decision: str) -> Step | None:
    """Accept a changed highlight as it reads today, or drop it with one's claims on it.

    None, and nothing done, if the record is not such a highlight.
    """
    place = screen.place
    placed = place.annotations.highlight(record)
    if placed is None or not placed.unsettled:
        return None
    if decision != "accept":
        step = screen.desk.remove(record)
        place.focus = ""
    elif placed.fit == "orphan":
        screen.say("its words are not in today's text: v places it anew, x drops it")
        return None
    else:
        step = screen.desk.accept(record)
        place.focus = highlight_of(step) or record
    if step is not None:
        screen.say(f"{step.label}: u takes it back")
    return step


def settle_altered(screen: ReadingScreen, decision: str) -> bool:
    """Accept or drop what something else than Pressmark changed; whether that is in focus."""
    focus = screen.place.focus
    if focus not in screen.place.annotations.altered:
        return False
    if decision == "accept":
        screen.desk.accept_altered(focus)
    else:
        screen.desk.drop_altered(focus)
    return True


def opening_words(notes: Annotations) -> str:
    """How many highlights want a decision, and where to begin; empty if none does."""
    fits = Counter(placed.fit for placed in notes.highlights if placed.unsettled)
    parts = [f"{fits['changed']} changed"] if fits["changed"] else []
    parts += [f"{fits['orphan']} not in today's text"] if fits["orphan"] else []
    sought = sum(placed.unknown for placed in notes.highlights)
    if sought:
        return f"marked here: {sought} whose place in today's text is being sought"
    return f"marked here: {', '.join(parts)} · ] goes there, D compares" if parts else ""


def focus_words(placed: Placed, article: Article) -> str:
    """What became of a highlight, and which keys decide on it."""
    from tui.anchoring.excerpts import compared, excerpt, marked

    if placed.fit == "orphan":
        return "its words are not in today's text: v places it anew, x drops it"
    pairs = zip(placed.record.spans, placed.extents, strict=True)
    words = " … ".join(
        marked(excerpt(compared(span.exact, extent.of(article.text)))) for span, extent in pairs
    )
    return f"changed: a accepts, v moves, x drops · {words}"


def highlight_of(step: Step | None) -> str:
    """Id of the first highlight that a step made or changed."""
    for change in step.changes if step else ():
        if isinstance(change.after, Highlight):
            return change.after.id
    return ""
