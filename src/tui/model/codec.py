"""Records to JSON and back: fields equal to their default are left out, unknown fields survive.

A field with `always` in its metadata is written whatever its value.
"""

from __future__ import annotations

import dataclasses
import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast

type_hints = typing.get_type_hints

Json = None | bool | int | float | str | list[Any] | dict[str, Any]
T = TypeVar("T")
Convert = Callable[[Any], Any]


class MisshapenError(ValueError):
    """A JSON value that does not have the shape its record asks for; says which field."""


@dataclasses.dataclass(frozen=True, slots=True)
class _Field:
    name: str
    key: str
    default: Any
    required: bool
    always: bool
    read: Convert
    write: Convert


def _same(value: Any) -> Any:
    return value


def _reader(hint: Any, where: str) -> Convert:
    """A function that turns JSON into a value of the type `hint`, or raises MisshapenError."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return _same
    if origin in (types.UnionType, typing.Union):
        return _union_reader(args, where)
    if origin is tuple:
        item = _reader(args[0], where)
        return lambda value: tuple(item(v) for v in _expect(value, (list,), where))
    if origin is not None and issubclass(origin, Mapping):
        return lambda value: dict(_expect(value, (dict,), where))
    if dataclasses.is_dataclass(hint):
        return lambda value: _object(cast(type[Any], hint), value)
    if hint is float:
        return lambda value: _expect(value, (int, float), where)
    return lambda value: _expect(value, (_class(hint),), where)


def _union_reader(args: tuple[Any, ...], where: str) -> Convert:
    plain = tuple(_class(a) for a in args if not dataclasses.is_dataclass(a))
    shaped = [a for a in args if dataclasses.is_dataclass(a)]
    if not shaped:
        return lambda value: _expect(value, plain, where)
    inner = _reader(shaped[0], where)
    return lambda value: value if isinstance(value, plain) else inner(value)


def _class(hint: Any) -> type:
    return cast(type, hint)


def _expect(value: Any, wanted: tuple[type, ...], where: str) -> Any:
    if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
        names = " or ".join(kind.__name__ for kind in wanted)
        raise MisshapenError(f"{where} is {type(value).__name__}, not {names}")
    return value


def _writer(hint: Any) -> Convert:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin is tuple:
        item = _writer(args[0])
        return lambda value: [item(v) for v in value]
    if origin in (types.UnionType, typing.Union):
        shaped = [a for a in args if dataclasses.is_dataclass(a)]
        return (lambda value: to_json(value) if value is not None else None) if shaped else _same
    if origin is not None and issubclass(origin, Mapping):
        return dict
    return to_json if dataclasses.is_dataclass(hint) else _same


@functools.cache
def _fields(cls: type[Any]) -> tuple[_Field, ...]:
    hints = type_hints(cls)
    found: list[_Field] = []
    for f in dataclasses.fields(cls):
        if f.name == "extra":
            continue
        if f.default_factory is not dataclasses.MISSING:
            default, required = f.default_factory(), False
        else:
            default, required = f.default, f.default is dataclasses.MISSING
        key = f.name.rstrip("_")
        hint = hints[f.name]
        always = required or bool(f.metadata.get("always"))
        read = _reader(hint, f"{cls.__name__.lower()}.{key}")
        found.append(_Field(f.name, key, default, required, always, read, _writer(hint)))
    return tuple(found)


def to_json(value: Any) -> dict[str, Any]:
    """The JSON object of a dataclass of the model: defaults left out, unknown fields put back."""
    found: dict[str, Any] = dict(getattr(value, "extra", {}))
    shape = cast(type[Any], type(value))
    kind: str | None = getattr(shape, "type", None)
    if kind is not None:
        found["type"] = kind
    for f in _fields(shape):
        item = getattr(value, f.name)
        if f.always or item != f.default:
            found[f.key] = f.write(item)
    return found


def from_json(cls: type[T], data: Any) -> T:
    """The dataclass `cls` read from a JSON object; fields it does not know go into `extra`.

    But for `type` and `sum`, which say what the whole object is. Raises MisshapenError, which
    names the field, if the object does not fit.
    """
    return _object(cls, data, ("type", "sum"))


def _object(cls: type[T], data: Any, aside: tuple[str, ...] = ()) -> T:
    if not isinstance(data, dict):
        raise MisshapenError(f"{cls.__name__.lower()} is {type(data).__name__}, not an object")
    given = cast(dict[str, Any], data)
    shape = cast(type[Any], cls)
    known = _fields(shape)
    values: dict[str, Any] = {}
    for f in known:
        if f.key in given:
            values[f.name] = f.read(given[f.key])
        elif f.required:
            raise MisshapenError(f"{cls.__name__.lower()}.{f.key} is missing")
    if any(f.name == "extra" for f in dataclasses.fields(shape)):
        keys = {f.key for f in known}
        extra = {k: v for k, v in given.items() if k not in keys and k not in aside}
        if extra:
            values["extra"] = extra
    return cls(**values)
