"""How a key's action finds the method that does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen

Run = Callable[[str], None]
Method = TypeVar("Method", bound=Callable[..., None])
_MARK = "_does"


def does(*actions: str) -> Callable[[Method], Method]:
    """Mark a method as what the actions with these ids do; it takes the key's argument."""

    def mark(method: Method) -> Method:
        setattr(method, _MARK, actions)
        return method

    return mark


class Hands:
    """One area's actions. Holds no state but its own area's; the place belongs to the screen."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen

    def actions(self) -> dict[str, Run]:
        """Action ids to bound methods."""
        found: dict[str, Run] = {}
        for name in dir(type(self)):
            for action in getattr(getattr(type(self), name), _MARK, ()):
                found[action] = getattr(self, name)
        return found


def gathered(hands: Iterable[Hands]) -> dict[str, Run]:
    """The actions of all areas; raises ValueError if two claim one."""
    found: dict[str, Any] = {}
    for hand in hands:
        for action, method in hand.actions().items():
            if action in found:
                raise ValueError(f"two methods do {action}")
            found[action] = method
    return found
