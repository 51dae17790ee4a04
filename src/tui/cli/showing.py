"""`pressmark show`: one article with everything marked in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from tui.cli.completing import article_completions
from tui.cli.options import SETTINGS, Place, json_option, place_options
from tui.cli.output import put, put_json
from tui.model.spans import Extent

if TYPE_CHECKING:
    from tui.desk import Desk
    from tui.model.articles import Outline

_SHOWN = ("article", "highlight", "claim", "review", "link")


@click.command(context_settings=SETTINGS)
@click.argument("article", metavar="ARTICLE", shell_complete=article_completions)
@json_option(
    "Print JSON: what list says, text, header, sections, paragraphs, sentences, annotations."
)
@place_options()
def command(article: str, as_json: bool, place: Place) -> int:
    """Show an article with its highlights and claims.

    ARTICLE is a path, an id, or the unique beginning of an id.
    """
    from pathlib import Path

    from tui.cli.opening import opened, say
    from tui.cli.setting import article_lines

    path = Path(article)
    paths = (path,) if path.is_file() else ()  # which says the workspace too
    with opened(paths, place, read=False, quiet=True, large=not paths) as desk:
        found = desk.find(article)
        if as_json:
            put_json(_shown_json(desk, found))
        else:
            lines = article_lines(
                desk.entry(found),
                desk.article(found),
                _outline(desk, found),
                desk.annotations(found),
            )
            put("".join(f"{line}\n" for line in lines))
        say(desk.annotations(found).troubles)
    return 0


def _shown_json(desk: Desk, found: str) -> dict[str, Any]:
    from tui.cli.listing import entry_json
    from tui.cli.records import objects

    article, outline = desk.article(found), _outline(desk, found)
    records = objects(desk.bundle(articles=[found]))
    return entry_json(desk.entry(found)) | {
        "text": article.text,
        "header": _extents(article.header),
        "sections": [{"label": s.label, "start": s.start, "end": s.end} for s in article.sections],
        "paragraphs": _extents(outline.paragraphs),
        "sentences": [{"start": s.start, "end": s.end} for s in outline.sentences],
        "annotations": [item for item in records if item["type"] in _SHOWN and item["id"]],
    }


def _outline(desk: Desk, found: str) -> Outline:
    """All paragraphs and sentences, however long the article is."""
    return desk.outline(found, Extent(0, len(desk.article(found).text)))


def _extents(extents: Iterable[Extent]) -> list[dict[str, int]]:
    return [{"start": extent.start, "end": extent.end} for extent in extents]
