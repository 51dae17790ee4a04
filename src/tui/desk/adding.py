"""An article that comes from outside, as a Markdown file of the workspace."""

from __future__ import annotations

import json
import re
import unicodedata
from pathlib import Path

from msgspec.structs import replace

from tui.articles import outline
from tui.model.articles import Article

_FIELDS = (
    "outlet", "byline", "url", "archive_url", "language", "published", "modified", "retrieved",
)  # fmt: skip
_LONGEST = 60  # letters of a title in the name of a file
_RETRIEVED = re.compile(r"^retrieved: .*\n", re.MULTILINE)
_NO_NAME = re.compile(r"[^\w]+")


def as_markdown(article: Article) -> str:
    """The article with what is known of it as front matter, its title as the first heading."""
    known = [(name, " ".join(getattr(article, name).split())) for name in _FIELDS]
    matter = "".join(f"{name}: {_scalar(value)}\n" for name, value in known if value)
    title = " ".join(article.title.split())
    return f"---\n{matter}---\n# {title}\n\n{_body(article)}\n"


def _scalar(value: str) -> str:
    plain = value[0] not in "\"'[" and " #" not in value
    return value if plain else json.dumps(value, ensure_ascii=False)


def _body(article: Article) -> str:
    """The text without its headline and the lines of its head."""
    stops = [s.start for s in outline(article).sentences if s.kind != "headline"]
    start = stops[0] if stops else len(article.text)
    for section in article.sections[:1]:
        marks = (h.start for h in article.header if section.label in h.of(article.text))
        start = min([start, *marks])
    return article.text[start:].strip()


def name_for(article: Article) -> str:
    """The name of a file for an article, without its suffix: the day, and words of the title."""
    day = (article.published or article.retrieved)[:10]
    words = _NO_NAME.sub("-", unicodedata.normalize("NFC", article.title).casefold()).strip("-")
    return "-".join(filter(None, (day, words[:_LONGEST].rstrip("-")))) or article.id


def free_path(folder: Path, name: str, text: str) -> tuple[Path, bool]:
    """A path in a folder that is free, or the one that holds this text already.

    When it was retrieved makes no difference.
    """
    number = 1
    while True:
        path = folder / (f"{name}.md" if number == 1 else f"{name}-{number}.md")
        if not path.exists():
            return path, True
        there = path.read_bytes().decode("utf-8", "surrogatepass")
        if _RETRIEVED.sub("", there, count=1) == _RETRIEVED.sub("", text, count=1):
            return path, False
        number += 1


def with_origin(article: Article, *, url: str, archive_url: str, retrieved: str) -> Article:
    """The article with where it is from, as far as that was said."""
    return replace(
        article,
        url=url or article.url,
        archive_url=archive_url or article.archive_url,
        retrieved=retrieved or article.retrieved,
    )
