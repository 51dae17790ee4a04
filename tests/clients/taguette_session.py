"""Runs Taguette's own code on a project and a codebook; started with a Python that has it.

`taguette_session.py PROJECT CODEBOOK FOLDER`: opens the project as Taguette does a stranger's,
copies it into a new database of its own (which is what its import does, with all its checks), and
exports highlights and codebook. Says it as JSON.
"""

from __future__ import annotations

import csv
import io
import json
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any


def main(project: Path, codebook: Path, folder: Path) -> None:
    from taguette import (  # type: ignore[import-not-found]
        convert,
        database,
        export,
        extract,
        import_codebook,
    )

    theirs: Any = database.connect(f"sqlite:///{project}", external=True)()
    copy = folder / "copy.sqlite3"
    ours: Any = database.connect(f"sqlite:///{copy}")()
    ours.add(database.User(login="admin"))
    ours.commit()
    key = database.copy_project(theirs, ours, 1, "admin")
    rows = io.StringIO()
    export.highlights_csv(ours, key, "", rows)
    marked = [
        (
            convert.html_to_plaintext(h.snippet),
            convert.html_to_plaintext(
                extract.extract(h.document.contents, h.start_offset, h.end_offset)
            ),
        )
        for h in ours.query(database.Highlight)
    ]
    tags = ours.query(database.Tag).all()
    out = folder / "codebook.csv"
    export.codebook_csv(tags, str(out))
    export.codebook_xml(tags, str(folder / "theirs.qdc"))
    with codebook.open("rb") as file:
        listed = import_codebook.list_tags(file)
    found = {
        "version": version("taguette"),
        "rows": list(csv.DictReader(io.StringIO(rows.getvalue()))),
        "marked": marked,
        "listed": listed,
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
