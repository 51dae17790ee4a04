"""brat's own parser on a folder: what it says of each document and of the configuration, as JSON.

    python brat_client.py SERVER_SRC FOLDER

SERVER_SRC is `server/src` of brat. Its way of opening files is of Python 2 and is replaced; as its
own does, lines end at all that Python ends a line at.
"""

from __future__ import annotations

import importlib
import io
import json
import sys
import types
from pathlib import Path
from typing import Any


def main() -> None:
    source, folder = Path(sys.argv[1]), Path(sys.argv[2])
    sys.path.insert(0, str(source))
    annotation: Any = importlib.import_module("annotation")
    documents = {ann.stem: _document(annotation, ann) for ann in sorted(folder.glob("*.ann"))}
    annotation.open_textfile = lambda name, _mode="r": io.StringIO(Path(name).read_text("utf-8"))
    said: list[str] = []
    sys.modules["config"] = types.ModuleType("config")
    sys.modules["config"].BASE_DIR = str(folder)  # type: ignore[attr-defined]
    message: Any = types.ModuleType("message")
    message.Messager = type(
        "Messager", (), dict.fromkeys(("warning", "error", "info", "debug"),
                                      staticmethod(lambda text, *_, **__: said.append(text))),
    )  # fmt: skip
    sys.modules["message"] = message
    config: Any = importlib.import_module("projectconfig")
    project = config.ProjectConfiguration(str(folder))
    sys.stdout.write(
        json.dumps(
            {
                "documents": documents,
                "types": project.get_entity_types(),
                "relations": [r.storage_form() for r in config.get_relation_type_list(str(folder))],
                "attributes": project.get_attribute_types(),
                "labels": config.get_labels(str(folder)),
                "said": said,
            }
        )
    )


def _document(annotation: Any, ann: Path) -> dict[str, Any]:
    text = ann.with_suffix(".txt").read_bytes().decode()
    read = annotation.TextAnnotations(text=text, source=ann.read_bytes().decode())
    messages = read.get_messages()
    return {
        "spans": [[a.type, a.spans, a.text] for a in read.get_textbounds()],
        "notes": [[a.target, a.get_text()] for a in read.get_oneline_comments()],
        "attributes": [[a.type, a.target, a.value] for a in read.get_attributes()],
        "relations": [[a.type, a.arg1, a.arg2] for a in read.get_relations()],
        "failed": read.failed_lines,
        "said": [*messages.errors, *messages.warnings],
        "same": str(read) == ann.read_bytes().decode(),
    }


if __name__ == "__main__":
    main()
