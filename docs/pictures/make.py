"""Makes docs/pictures/desk.svg: the desk after two articles, by pressing keys at the application.

`make docs` runs it; `.venv/bin/python docs/pictures/make.py FILE` writes to another place.
"""

from __future__ import annotations

import asyncio
import html
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from textual.pilot import Pilot

from tui.app import PressmarkApp
from tui.config import State, load_settings
from tui.desk import Desk
from tui.keymap import Keymap
from tui.samples import sample_articles

PICTURE = Path(__file__).with_name("desk.svg")
SIZE = (120, 36)
NAMED = {" ": "space"}
ENTER, CLEAR, UNFOCUS = ("enter",), ("ctrl+u",), ("escape",)

# What kim presses: words are typed as they are, tuples are named keys.
MARKED: tuple[str | tuple[str, ...], ...] = (
    *("j", "j", "8"),  # the lull may be short: a forecast
    *("j", "1", "c", ENTER, "rb2"),  # since mid-January
    *("j", "1", "c", ENTER),  # sent about 11,000, without a source
    *("jj", "2", "c", ENTER, ";a", CLEAR, "National Intelligence Service", ENTER, "rb3"),
    *("jjj", "9"),  # unseen "for about two weeks"
    *("M", "j", "2", "c", ENTER, UNFOCUS),
    *("J", "j", "2", "c", ENTER, "rc3", UNFOCUS),
    *("KK", "gg", "jjj", "]"),
)
ACCEPTED = 1  # of kim's claims in the first article, the one that lee accepts


def main(target: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "news"
        root.mkdir()
        for article in sample_articles().glob("*.txt"):
            shutil.copy(article, root)
        state = State(root.parent / "state.json", tour_offered=True)
        state.layout["proposals"] = False  # so that the keys mean what was marked
        asyncio.run(pressed(root, state, MARKED))
        reviewed(root)
        state.layout["proposals"] = True
        picture = asyncio.run(pressed(root, state, ()))
    target.write_text(fitted(picture), encoding="utf-8")


async def pressed(root: Path, state: State, keys: tuple[str | tuple[str, ...], ...]) -> str:
    """The screen as SVG, after these keys."""
    desk = opened(root, "kim")
    app = PressmarkApp(desk, Keymap.default(), state)
    try:
        async with app.run_test(size=SIZE) as pilot:
            await settled(app, pilot)
            app.reading.proposing.begin()
            await settled(app, pilot)
            for word in keys:
                for key in word:
                    await pilot.press(NAMED.get(key, key))
                await pilot.pause()
            desk.flush()
            await settled(app, pilot)
            picture = app.export_screenshot(title="Pressmark", simplify=True)
            app.save()
        return picture
    finally:
        desk.close()


async def settled(app: PressmarkApp, pilot: Pilot[Any]) -> None:
    """Wait until all articles were read and everything is painted."""
    while app.reading.scanning.under_way:
        await pilot.pause()
    for _ in range(3):
        await pilot.pause()


def reviewed(root: Path) -> None:
    """A second analyst accepts one of the claims."""
    desk = opened(root, "lee")
    try:
        while desk.scan():
            pass
        first = next(iter(desk.entries()))
        claims = list(desk.annotations(first.id).all_claims())
        desk.review(claims[ACCEPTED - 1].id, "accept")
        desk.flush()
    finally:
        desk.close()


def opened(root: Path, analyst: str) -> Desk:
    """The desk of an analyst on the workspace."""
    locks = root.parent / "locks"
    return Desk.open((root,), root=root, analyst=analyst, locks=locks, settings=load_settings(root))


# Rich measures a text in characters, and asks for a font from the network: widths are set in
# cells here, and the font is whatever the reader has.
TEXT = re.compile(r'(<text [^>]*?)textLength="([^"]+)"([^>]*>)([^<]+)(</text>)')
CELL = 12.2
FONT = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, "Noto Sans Mono CJK KR", monospace'


def fitted(svg: str) -> str:
    """The picture with widths in cells and fonts that are there."""
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("font-family: Fira Code, monospace", f"font-family: {FONT}")
    svg = re.sub(r"\s*font-variant-east-asian: [^;]*;", "", svg)
    svg = svg.replace("<svg ", '<svg xml:space="preserve" ', 1)  # some drop leading blanks else
    svg = svg.replace("font-size: 20px", "font-size: 20.26px")  # 12.2 wide in the usual 0.602 em
    return TEXT.sub(_measured, svg)


def _measured(found: re.Match[str]) -> str:
    before, _, middle, text, after = found.groups()
    width = cell_len(html.unescape(text)) * CELL
    return f'{before}textLength="{width:g}"{middle}{text}{after}'


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else PICTURE)
