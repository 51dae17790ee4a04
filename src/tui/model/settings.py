"""What a workspace's `pressmark.toml` may say."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field

LARGEST = 100_000_000  # bytes
SECONDS = 5
LONGEST = 60  # seconds
MEMORY = 500_000_000  # bytes
# Of an article in a JSON dump; `body` is its text, `articles` the list that it stands in.
JSON_FIELDS = (
    *("title", "body", "url", "archive_url", "outlet", "byline", "published", "modified"),
    *("retrieved", "language", "guid", "articles"),
)
FIELD_TYPES = ("text", "choice", "number", "date", "flag")


class FieldSpec(Struct, frozen=True):
    """One of the workspace's own claim fields: a row of the form, a column of the export.

    `type` is one of FIELD_TYPES; `values` are the words of a `choice`.
    """

    name: str
    type: str = "text"
    values: tuple[str, ...] = ()
    label: str = ""


class Limits(Struct, frozen=True):
    """What the reading of a document may cost.

    `seconds` for an article or one step of it, such as a page; `longest` seconds for an article in
    all its steps; `memory` in bytes.
    """

    seconds: int = SECONDS
    longest: int = LONGEST
    memory: int = MEMORY


class Settings(Struct, frozen=True):
    """A workspace's settings. `timezone` is for header times without one (IANA name or empty).

    `json_fields` maps fields of an article to the keys that hold them in a JSON dump. A file of
    more than `largest` bytes is not read. `follow_links`: links among the articles may lead
    anywhere.
    """

    name: str = ""
    timezone: str = ""
    fields: tuple[FieldSpec, ...] = ()
    json_fields: Mapping[str, str] = field(default_factory=dict[str, str])
    largest: int = LARGEST
    limits: Limits = Limits()
    follow_links: bool = False
