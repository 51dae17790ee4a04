"""Articles as lines of JSON: between processes, and in the cache of readings."""

from __future__ import annotations

import json
from typing import Any, cast

from tui.articles.documents import Passed
from tui.model.articles import Article, Caption, Section
from tui.model.spans import Extent

_FIELDS = Article.__struct_fields__


def packed(found: Article | Passed) -> bytes:
    """One line of ASCII with everything the article holds, or the entry that was passed over."""
    if isinstance(found, Passed):
        value: dict[str, Any] = {"passed": found}
    else:
        value = {name: getattr(found, name) for name in _FIELDS if getattr(found, name)}
        value["entry"] = found.entry
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode("ascii")


def unpacked(line: bytes) -> Article | Passed:
    """What a line was made of. Raises ValueError for a line that is not one of `packed`."""
    try:
        value = cast(dict[str, Any], json.loads(line))
        if "passed" in value:
            entry, why = cast(list[str], value["passed"])
            return Passed(str(entry), str(why))
        return _article(value)
    except (TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ValueError("this line holds no article") from error


def _article(value: dict[str, Any]) -> Article:
    headline = value.get("headline")
    value["headline"] = Extent(*headline) if headline else None
    value["header"] = tuple(Extent(*each) for each in value.get("header", ()))
    value["sections"] = tuple(Section(*each) for each in value.get("sections", ()))
    value["captions"] = tuple(
        Caption(start, end, name, affiliation, Extent(*block))
        for start, end, name, affiliation, block in value.get("captions", ())
    )
    fields: dict[str, Any] = {"text": "", "revision": "", **value}
    return Article(**fields)
