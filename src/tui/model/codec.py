"""Records to JSON and back: fields equal to their default are left out, unknown fields survive.

A field of a type in `Always[...]` is written whatever its value.
"""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Mapping
from typing import Annotated, Any, TypeGuard, TypeVar, cast

from msgspec import NODEFAULT, Struct
from msgspec.structs import fields

T = TypeVar("T")
Always = Annotated[T, "always"]
Convert = Callable[[Any], Any]


class MisshapenError(ValueError):
    """A JSON value that does not have the shape its record asks for; says which field."""


class _Field(Struct, frozen=True):
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
    if _is_record(hint):
        return lambda value: _object(hint, value)
    if hint is float:
        return lambda value: _expect(value, (int, float), where)
    kind = _class(hint)

    def plain(value: Any) -> Any:
        return value if type(value) is kind else _expect(value, (kind,), where)

    return plain


def _union_reader(args: tuple[Any, ...], where: str) -> Convert:
    plain = tuple(_class(a) for a in args if not _is_record(a))
    shaped = [a for a in args if _is_record(a)]
    if not shaped:
        return lambda value: _expect(value, plain, where)
    inner = _reader(shaped[0], where)
    return lambda value: value if isinstance(value, plain) else inner(value)


def _is_record(hint: Any) -> TypeGuard[type[Struct]]:
    return isinstance(hint, type) and issubclass(hint, Struct)


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
        shaped = [a for a in args if _is_record(a)]
        return (lambda value: to_json(value) if value is not None else None) if shaped else _same
    if origin is not None and issubclass(origin, Mapping):
        return dict
    return to_json if _is_record(hint) else _same


@functools.cache
def _fields(cls: type[Any]) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for f in fields(cls):
        if f.name == "extra":
            continue
        default = f.default_factory() if f.default_factory is not NODEFAULT else f.default
        key, hint, always = f.name.rstrip("_"), f.type, f.required
        if typing.get_origin(hint) is Annotated:
            hint, always = typing.get_args(hint)[0], True
        read = _reader(hint, f"{cls.__name__.lower()}.{key}")
        found.append(_Field(f.name, key, default, f.required, always, read, _writer(hint)))
    return tuple(found)


def to_json(value: Any) -> dict[str, Any]:
    """The JSON object of a record of the model: defaults left out, unknown fields put back."""
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
    """The record `cls` read from a JSON object; fields it does not know go into `extra`.

    But for `type` and `sum`, which say what the whole object is. Raises MisshapenError, which
    names the field, if the object does not fit.
    """
    return _object(cls, data, ("type", "sum"))


def _object(cls: type[T], data: Any, aside: tuple[str, ...] = ()) -> T:
    if not isinstance(data, dict):
        raise MisshapenError(f"{cls.__name__.lower()} is {type(data).__name__}, not an object")
    given = cast(dict[str, Any], data)
    shape = cast(type[Any], cls)
    known, required = _known(shape)
    values: dict[str, Any] = {}
    extra: dict[str, Any] = {}
    for key, value in given.items():  # most objects have few of their fields
        field = known.get(key)
        if field is not None:
            values[field[0]] = field[1](value)
        elif key not in aside:
            extra[key] = value
    for key in required:
        if key not in given:
            raise MisshapenError(f"{cls.__name__.lower()}.{key} is missing")
    if extra and "extra" in shape.__struct_fields__:
        values["extra"] = extra
    return cls(**values)


@functools.cache
def _known(shape: type[Any]) -> tuple[Mapping[str, tuple[str, Convert]], tuple[str, ...]]:
    """The name of each field and how it is read, by its key; and the keys that are required."""
    known = _fields(shape)
    return {f.key: (f.name, f.read) for f in known}, tuple(f.key for f in known if f.required)
