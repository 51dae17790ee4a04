"""All parts, or one of them.

    python -m benchmarks [--news FOLDER] [--gum FOLDER]
    python -m benchmarks PART [arguments of the part]

FOLDERs hold corpora that are not part of this project: --news a large folder of articles
(BBC news, 2,225 texts), --gum the GUM treebank. What needs a folder that is not named is left out.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.measuring import heading, machine, say

PARTS = {
    "start": "start",
    "keys": "keys",
    "article": "article_view",
    "annotate": "annotate",
    "store": "store",
    "scan": "scan",
    "anchors": "anchors",
    "compare": "compare",
    "sentences": "sentences",
    "sizes": "sizes",
    "long": "long",
    "opens": "opens",
    "encodings": "encodings",
    "extraction": "extraction",
    "attribution": "attribution",
    "learning": "learning",
    "dates": "dates",
    "suggest": "suggesting",
    "search": "search",
    "conflicts": "conflicts",
    "loss": "loss",
    "exchange": "exchange",
    "export": "export",
    "corpus": "corpus",
    "scale": "scale",
    "peers": "peers",
    "soak": "soak",
    "record": "record",
}


def run(part: str, arguments: Sequence[str]) -> None:
    """Run one part with its own arguments."""
    importlib.import_module(f"benchmarks.{PARTS[part]}").main(arguments)


def run_all(news: Path | None, gum: Path | None) -> None:
    """Run all parts, one after the other."""
    articles = ["--news", str(news)] if news is not None else []
    if news is None:
        say("with --news FOLDER also", "a large folder: start, annotate, scan")
    for part in ("start", "keys", "article"):
        run(part, articles if part == "start" else [])
    run("annotate", articles)
    run("store", [])
    run("scan", articles)
    if gum is None:
        heading("Sentences (beside pysbd)")
        say("left out", "name the folder of the GUM treebank with --gum")
    else:
        for wrap in ("0", "72"):
            heading("Sentences (beside pysbd)")
            run("sentences", [str(gum), "--wrap", wrap])
    run("loss", [])
    say("load at the end", f"{os.getloadavg()[0]:9.1f}")


def main() -> None:
    given = sys.argv[1:]
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        description=(__doc__ or "").partition("\n")[0],
        epilog=f"parts: {', '.join(PARTS)}; PART --help says what each takes",
    )
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a large folder of articles")
    parser.add_argument("--gum", type=Path, metavar="FOLDER", help="the GUM treebank")
    if given and given[0] in PARTS:
        print(machine())
        run(given[0], given[1:])
        return
    asked = parser.parse_args()
    for folder in (asked.news, asked.gum):
        if folder is not None and not folder.is_dir():
            parser.error(f"{folder} is no folder: name one that holds the corpus")
    print(machine())
    run_all(asked.news, asked.gum)


if __name__ == "__main__":
    main()
