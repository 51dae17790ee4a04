"""Label Studio's own validator and converter on a folder: what they say and make, as JSON.

python labelstudio_client.py FOLDER OUTPUT
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any


def main() -> None:
    folder, output = Path(sys.argv[1]), Path(sys.argv[2])
    config = (folder / "labels.xml").read_text(encoding="utf-8")
    tasks: list[Any] = json.loads((folder / "tasks.json").read_text(encoding="utf-8"))
    interface: Any = importlib.import_module("label_studio_sdk.label_interface").LabelInterface(
        config
    )
    interface.validate()
    said = [
        problem
        for task in tasks
        for annotation in task["annotations"]
        for problem in interface._validate_object(annotation, return_errors=True)
    ]
    complete = all(interface.validate_task({"data": task["data"]}) for task in tasks)
    valid = all(interface.validate_annotation(a) for task in tasks for a in task["annotations"])
    made: Any = importlib.import_module("label_studio_sdk.converter").Converter(config, str(folder))
    for name in ("JSON_MIN", "CONLL2003", "CSV"):
        made.convert(str(folder / "tasks.json"), str(output / name), name, is_dir=False)
    (small,) = (output / "JSON_MIN").glob("*.json")
    (lines,) = (output / "CONLL2003").glob("*.conll")
    found = {
        "said": said,
        "valid": valid and complete,
        "small": json.loads(small.read_text(encoding="utf-8")),
        "conll": lines.read_text(encoding="utf-8"),
        "csv": len(list((output / "CSV").glob("*.csv"))),
    }
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
