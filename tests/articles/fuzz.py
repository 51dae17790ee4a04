"""Look for documents that a reader cannot bear, led by what they reach in the code.

    pip install atheris
    python -m tests.articles.fuzz READER [--minutes 10] [--seed 1]

It ends with the first document that crashes the reader, costs more than 2 s of work or lets
something out that no article may hold, and says where that document lies. Not a part of the suite:
it needs atheris (libFuzzer), which is there for few platforms.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.articles.made import column, epub, pdf

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document
from tui.articles.formats import FORMATS
from tui.articles.packing import packed, unpacked
from tui.articles.reading import read_as
from tui.model.articles import Article
from tui.model.visible import visible

# Processor time: what the machine does besides makes no document slow.
LONGEST_SECONDS = 2
PAGE = """<!doctype html><html lang="en"><head><title>Bridge</title>
<meta property="og:title" content="Bridge"><link rel="canonical" href="https://x.example/1">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge"}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Bridge</h1>
<time datetime="2025-02-05">5 Feb</time>
<p>The mayor said on <b>Monday</b> that it closes.</p><ul><li>One</li><li>Two</li></ul>
<blockquote>“No,” she said.</blockquote></article></body></html>"""
FACTS = "<dc:title>Book</dc:title><dc:language>en</dc:language>"
WIRE = """date 2025-02-05 [News] “HEAD”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News
[LEAD]
Text of it.
"""
PLAIN = """Title
By Jane Doe
2025-02-05

[LEAD]
Text of it.

Kim Min-su/ Institute
He said so.
"""
TEXTS = {
    "plain": PLAIN,
    "wire": WIRE,
    "markdown": "---\ntitle: A\ndate: 2025-02-05\n---\n# Title\n\nText *of* it.\n\n- one\n",
    "html": PAGE,
}


def sound(name: str) -> Sequence[bytes]:
    """Sound documents of a format, to begin with."""
    if name in TEXTS:
        return [TEXTS[name].encode(), TEXTS[name].encode("utf-16")]
    if name == "pdf":
        return [pdf([column(["The mayor said on Monday", "that the bridge closes."])])]
    if name == "epub":
        return [epub(FACTS, {"one": PAGE, "two": PAGE}), PAGE.encode()]
    return importlib.import_module("tests.articles.test_damage").SOUND[name]


def as_document(name: str, data: bytes) -> bytes:
    """What to read: in a book whatever is no archive is a chapter, or all would end at the door."""
    if name != "epub" or data.startswith(b"PK"):
        return data
    return epub(FACTS, {"one": data.decode("utf-8", "replace"), "two": PAGE})


def check(name: str, data: bytes) -> None:
    """Read a document; AssertionError for anything that may not come out of it."""
    began = time.process_time()
    said = ""
    try:
        for found in read_as(FORMATS[name], Document(data, "a")):
            assert unpacked(packed(found)) == found
            if isinstance(found, Article):
                assert "\r" not in found.text
                assert all(0 <= a <= b <= len(found.text) for a, b in found.header)
                shown = visible(found.text + found.title + found.outlet + found.byline)
                assert not any((c < " " and c != "\n") or "\x7f" <= c <= "\x9f" for c in shown)
    except UnreadableError as error:
        said = str(error)
    assert "\n" not in said
    assert time.process_time() - began <= LONGEST_SECONDS, "too slow"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("reader", choices=sorted(FORMATS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["tui"]):
        importlib.import_module(FORMATS[given.reader].module)
    folder = Path(tempfile.mkdtemp(prefix=f"fuzz-{given.reader}-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, data in enumerate(sound(given.reader)):
        (corpus / str(number)).write_bytes(data)
    options: Mapping[str, object] = {
        "max_total_time": round(given.minutes * 60),
        # Of the clock, for what never ends.
        "timeout": 30,
        "rss_limit_mb": 1500,
        "max_len": 20_000,
        "seed": given.seed,
        "artifact_prefix": f"{folder}/",
        "print_final_stats": 1,
        "verbosity": 0,
    }
    line = [sys.argv[0], str(corpus), *(f"-{name}={value}" for name, value in options.items())]
    atheris.Setup(line, lambda data: check(given.reader, as_document(given.reader, data)))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
