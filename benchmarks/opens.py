"""Whether every article of some folders opens as it should.

    python -m benchmarks opens --folder FOLDER [--folder FOLDER ...] [--body FIELD]

Each must have a title, and no replaced character that the bytes of its file do not have. `--body`
names the field of JSON files that holds the text, as `[json]` of a workspace would.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.made import ANALYST
from benchmarks.measuring import heading, say


def check(folder: Path, body: str) -> None:
    """Print how many articles a folder gives, and how many of them fall short, and which."""
    from tui.desk import Desk
    from tui.model.settings import Settings

    settings = Settings(json_fields={"body": body} if body else {})
    with TemporaryDirectory() as locks:
        desk = Desk.open(
            [folder], root=folder, analyst=ANALYST, locks=Path(locks), settings=settings
        )
        desk.scan()
        untitled: list[str] = []
        replaced: list[str] = []
        for entry in desk.entries():
            article = desk.article(entry.id)
            if not entry.title.strip():
                untitled.append(entry.path)
            own = (folder / entry.path).read_bytes().count("\ufffd".encode())
            if article.replaced or article.text.count("\ufffd") > own:
                replaced.append(entry.path)
        say(str(folder.name), f"{len(desk.entries()):,} articles")
        say("  without a title", _named(untitled))
        say("  with a replaced character not in the file", _named(replaced))
        say("  files and entries passed over", _named(desk.troubles))
        desk.close()


def _named(found: Sequence[str]) -> str:
    return f"{len(found):9,}" + "".join(f"\n      {each}" for each in list(found)[:5])


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, action="append", required=True)
    parser.add_argument("--body", default="", help="field of JSON files that holds the text")
    given = parser.parse_args(arguments)
    heading("Opening every article")
    for folder in given.folder:
        check(folder.resolve(), given.body)


if __name__ == "__main__":
    main()
