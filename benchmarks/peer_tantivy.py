"""Tantivy on a folder of texts, run by a Python that has it: seconds and bytes, as JSON.

    PYTHON benchmarks/peer_tantivy.py TEXTS INDEX QUESTIONS

QUESTIONS is a JSON object of questions by name. Imports nothing of this project.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

LONG, LEAST, BEST = 1.0, 3, 50


def main() -> None:
    import tantivy  # pyright: ignore[reportMissingImports] - only that Python has it

    texts, place, questions = Path(sys.argv[1]), Path(sys.argv[2]), json.loads(sys.argv[3])
    place.mkdir()
    builder: Any = tantivy.SchemaBuilder()
    builder.add_text_field("title", stored=True)
    builder.add_text_field("body", stored=False)
    begun, work = time.perf_counter(), time.process_time()
    index: Any = tantivy.Index(builder.build(), path=str(place))
    writer: Any = index.writer(100_000_000, 1)
    files = sorted(texts.glob("[0-9]*/*.txt"))
    for file in files:
        head, _, body = file.read_text("utf-8").partition("\n")
        writer.add_document(tantivy.Document(title=head, body=body))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    found: dict[str, list[float]] = {
        "index": [(time.process_time() - work) / len(files)],
        "index, whole": [time.perf_counter() - begun],
        "size": [sum(f.stat().st_size for f in place.iterdir()) / 1e6],
    }
    searcher: Any = index.searcher()
    for name, words in questions.items():
        times: list[float] = []
        while sum(times) < LONG or len(times) < LEAST:
            begun = time.perf_counter()
            query: Any = index.parse_query(words, ["title", "body"])
            hits: Any = searcher.search(query, BEST).hits
            [searcher.doc(address)["title"] for _, address in hits]
            times.append(time.perf_counter() - begun)
        found[name] = times[1:200]
    print(json.dumps(found))


if __name__ == "__main__":
    main()
