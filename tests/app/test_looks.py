"""How the main screen looks: pictures of it, compared with those that were looked at."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from tests.app.robot import Robot, application

from tui.app import PressmarkApp

KOREAN = "2025-02-12-naru-ilbo-additional-deployment.txt"
Act = Callable[[Robot], Awaitable[None]]
SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])


async def slowly(user: Robot, *words: str) -> None:
    """Press keys one after the other, each painted before the next: rows may have to make room."""
    for word in words:
        for key in (word,) if word[0] == "<" else word:
            await user.keys(key)
            await user.settle()


async def marked_up(user: Robot) -> None:
    """A sentence tagged, one claimed, graded and accepted, one tagged twice over two pieces."""
    await slowly(user, "j", "1", "}", "c", "<enter>", "r", "b", "2", "a", "jjj", "2", "3", "j")


async def korean(user: Robot) -> None:
    """The Korean sample, with a claim and a selection."""
    user.screen.go_to(user.desk.find(KOREAN))
    await slowly(user, "}", "c", "<enter>", "r", "b", "2", "j", "1", "j", "w", "v", "e", "e")


async def claiming(user: Robot) -> None:
    """A claim that is open."""
    await slowly(user, "}", "c", ";p", "Kursk", "<enter>")


async def timeline(user: Robot) -> None:
    """The timeline of all claims of the marked-up article, one of them with a time and a figure."""
    await slowly(user, "j", "c", "<enter>", "}", "c", "<enter>", "r", "b", "2", "a", "}", "c")
    await slowly(user, "<enter>", "}", "c", "<enter>", "}", "c", "<enter>", "T", "gg")


async def figures(user: Robot) -> None:
    """What those claims count."""
    await timeline(user)
    await slowly(user, "#")


async def claims(user: Robot) -> None:
    """The list of the same claims under their statuses, two of them selected."""
    await timeline(user)
    await slowly(user, "L", "H", "H", "H", "gg", "v", "v", "k")


def shot(act: Act, app: PressmarkApp) -> Callable[[Any], Awaitable[None]]:
    """What is done before the picture is taken; all is saved in it, and nothing is said."""

    async def before(pilot: Any) -> None:
        user = Robot(app)
        await user.scanned()
        await act(user)
        await user.saved()
        user.screen.message = ""
        user.screen.sync()
        await user.settle()

    return before


@SIZES
@pytest.mark.parametrize("act", [marked_up, korean, claiming], ids=lambda act: act.__name__)
def test_the_main_screen(
    snap_compare: Callable[..., bool], root: Path, act: Act, size: tuple[int, int]
) -> None:
    with application(root) as app:
        assert snap_compare(app, terminal_size=size, run_before=shot(act, app))


@pytest.mark.parametrize("act", [timeline, figures], ids=lambda act: act.__name__)
def test_the_timeline(snap_compare: Callable[..., bool], root: Path, act: Act) -> None:
    with application(root) as app:
        assert snap_compare(app, terminal_size=(80, 24), run_before=shot(act, app))


@SIZES
def test_the_list_of_claims(
    snap_compare: Callable[..., bool], root: Path, size: tuple[int, int]
) -> None:
    with application(root) as app:
        assert snap_compare(app, terminal_size=size, run_before=shot(claims, app))
