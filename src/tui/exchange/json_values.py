"""JSON of other programs: values of the kind that is expected, or empty ones; arrays in pieces."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from tui.exchange import native
from tui.exchange.files import ExchangeError


def parsed(text: str, name: str) -> object:
    """The value in a file of JSON; raises ExchangeError, with one sentence, if there is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ExchangeError(f"{name}: no JSON ({error}); export it again") from error


def listed(value: object) -> list[Any]:
    """What JSON-LD lets stand alone or in a list, as a list."""
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def objects_in(value: object) -> list[dict[str, Any]]:
    """The JSON objects among what stands alone or in a list."""
    return [cast("dict[str, Any]", each) for each in listed(value) if isinstance(each, dict)]


def object_in(value: object) -> dict[str, Any]:
    """The first of them, or an empty one."""
    return (objects_in(value) or [{}])[0]


def words(given: Mapping[str, Any], *keys: str) -> str:
    """The first of some keys that has a text, or the empty string."""
    return next((v for k in keys if isinstance(v := given.get(k), str) and v), "")


def carried(given: Mapping[str, Any]) -> native.Packed:
    """Our records in an object of another program; raises ValueError if they are none."""
    return native.unpacked(given[native.KEY]) if native.KEY in given else native.Packed()


def as_json(value: object) -> str:
    """A value as JSON in ASCII; raises ValueError for a number that JSON has no word for."""
    return json.dumps(value, allow_nan=False)


def array(values: Iterable[object]) -> Iterator[str]:
    """An array that comes value by value, a line each; where one is None it is a pause."""
    yield "["
    comma = "\n"
    for value in values:
        if value is None:
            yield ""
            continue
        yield f"{comma}{as_json(value)}"
        comma = ",\n"
    yield "\n]"


def array_in(head: Mapping[str, Any], key: str, values: Iterable[object]) -> Iterator[str]:
    """An object that ends with such an array; its end is `]}`."""
    yield f"{as_json(head)[:-1]}, {as_json(key)}: "
    yield from array(values)
    yield "}"
