"""A folder of Markdown notes for Obsidian: a note an article, claims that link to each other.

Its fields stand in front matter (YAML), quotes in block quotes, links between claims are wikilinks
to the block of the other claim. Text of articles and of analysts is data: nothing in it is markup.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from tui.exchange.bundles import ArticleBundle, Bundle, Item, link_words
from tui.exchange.folders import unlike
from tui.exchange.markdown import plain
from tui.exchange.prose import capital, evidence, headline
from tui.exchange.report_blocks import details
from tui.model.articles import Article
from tui.model.views import grade_of
from tui.model.visible import visible

_LONGEST = 120  # bytes of a note's name: a folder and an ending come to it, and a number
_UNFIT = re.compile(r'[\\/:*?"<>|#^\[\]%\x00-\x1f\x7f]+')  # in names of files, or in wikilinks
_MEANT = re.compile(r"%%|==")  # a comment and a mark, which CommonMark does not know
_NO_TAG = re.compile(r"[^\w/-]+")


class Place(NamedTuple):
    """Where a claim stands: its note by name, and in what words it is linked to."""

    note: str
    words: str


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as a folder of notes, one each step; says which links lead out of it."""
    path.mkdir()
    name_of = _naming()
    names: dict[str, str] = {}
    places: dict[str, Place] = {}  # of the claims that are linked, which all come first
    for part in bundle.articles:
        names[part.article.id] = name = name_of(part.article)
        for item in bundle.items_of(part):
            if item.claim is not None and item.links:
                words = _UNFIT.sub(" ", visible(headline(item))).strip()[:80]
                places[item.claim.id] = Place(name, words or item.claim.id)
        yield ""
    away: set[str] = set()
    for part in bundle.articles:
        text = "\n\n".join(_note(bundle, part, places, away)) + "\n"
        file = path / f"{names.get(part.article.id) or name_of(part.article)}.md"
        file.write_text(text, encoding="utf-8", errors="backslashreplace", newline="\n")
        yield ""
    if away:
        more = f" and {len(away) - 3:,} more" if len(away) > 3 else ""
        first = ", ".join(sorted(away)[:3])
        yield f"links to claims that are not exported have their ids alone: {first}{more}"


def _naming() -> Callable[[Article], str]:
    """Names the note of each article as no other is, whatever the case of its letters."""

    def wanted(article: Article) -> str:
        words = " ".join(visible(f"{article.published[:10]} {article.title}").split())
        data = _UNFIT.sub(" ", words).encode("utf-8", "replace")[:_LONGEST]
        return " ".join(data.decode("utf-8", "ignore").split()).strip(". ") or article.id

    return unlike(wanted, "{name} {number}")


def _note(
    bundle: Bundle, part: ArticleBundle, places: Mapping[str, Place], away: set[str]
) -> Iterator[str]:
    article = part.article
    yield "\n".join(["---", *_front(bundle, part), "---"])
    yield f"# {_calm(plain(article.title or article.path or article.id))}"
    for record in part.annotations.records:
        if record.note:
            yield _calm(plain(record.note))
    for item in bundle.items_of(part):
        yield from _item(bundle, item, places, away)


def _front(bundle: Bundle, part: ArticleBundle) -> Iterator[str]:
    """The fields of an article, each value as JSON, which is YAML."""
    article, notes = part.article, part.annotations
    items = list(bundle.items_of(part))
    used = [tag for item in items for tag in item.placed.record.tags]
    used += [tag for record in notes.records for tag in record.tags]
    tags = [tag for path in bundle.codebook.resolved(used) if (tag := _tag(path))]
    grades = [grade for record in notes.records if (grade := grade_of(record))]
    claims = [item for item in items if item.claim is not None]
    fields: dict[str, object] = {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.byline,
        "published": article.published,
        "source": article.url or article.path,
        "language": article.language,
        "tags": list(dict.fromkeys(tags)),
        "claims": len(claims),
        "accepted": sum(item.status.name == "accepted" for item in claims),
        "grade": grades[0] if grades else "",
        "pressmark": article.id,
        "revision": article.revision,
    }
    for key, value in fields.items():
        if value not in ("", []):
            shown = visible(value) if isinstance(value, str) else value
            yield f"{key}: {json.dumps(shown, ensure_ascii=False)}"


def _tag(path: str) -> str:
    """A tag as Obsidian takes it: without blanks, and no number alone."""
    tag = _NO_TAG.sub("-", path).strip("-/")
    return tag if not tag.isnumeric() else f"{tag}-"


def _item(bundle: Bundle, item: Item, places: Mapping[str, Place], away: set[str]) -> Iterator[str]:
    claim, record = item.claim, item.placed.record
    yield f"## {_calm(plain(headline(item))) or 'A highlight'}"
    yield _calm(evidence(item))
    yield f"^{(claim or record).id}"
    tags = [f"#{tag}" for path in bundle.codebook.resolved(record.tags) if (tag := _tag(path))]
    lines = [f"**Tags:** {' '.join(tags)}"] if tags else []
    if claim is not None:
        rest = details(bundle, item, "")
        lines += (f"**{name}:** {_calm(text)}" for name, text in rest if name != "Tagged")
        lines += _links(item, claim.id, places, away)
    if lines:
        yield "\n".join(f"- {line}" for line in lines)
    for note in _notes(item):
        yield f"Note: {_calm(plain(note))}"


def _notes(item: Item) -> Iterable[str]:
    notes = (item.claim.note if item.claim is not None else "", item.placed.record.note)
    return (note for note in notes if note.strip())


def _links(item: Item, claim: str, places: Mapping[str, Place], away: set[str]) -> Iterator[str]:
    for link in item.links:
        words, other = link_words(link, claim)
        place = places.get(other)
        if place is None:
            away.add(other)
            yield f"**{capital(plain(words))}:** {plain(other)}"
        else:
            yield f"**{capital(plain(words))}:** [[{place.note}#^{other}|{place.words}]]"


def _calm(markdown: str) -> str:
    """Markdown in which nothing is a comment or a mark of Obsidian's own."""
    return _MEANT.sub(lambda found: f"&#{ord(found[0][0])};" * 2, markdown)
