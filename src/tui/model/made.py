"""Sequences whose items are made when they are asked for."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")


class Made(Sequence[T], ABC, Generic[T]):
    """A sequence that says its length and makes an item; a slice is a list of them."""

    __slots__ = ()

    @abstractmethod
    def _made(self, index: int) -> T:
        """The item at a place, counted from 0."""

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...

    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return [self._made(each) for each in range(len(self))[index]]
        return self._made(range(len(self))[index])
