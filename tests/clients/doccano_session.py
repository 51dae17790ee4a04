"""Runs doccano's own import and export of a file for sequence labelling.

`doccano_session.py FILE FOLDER`, started with a Python that has doccano: makes its database in the
folder, a project that allows overlapping spans, and says as JSON what was wrong and what the spans
are; its export is `FOLDER/out/all.jsonl`.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import os
import sys
from pathlib import Path
from typing import Any


def main(file: Path, folder: Path) -> dict[str, Any]:
    spec = importlib.util.find_spec("backend")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    sys.path.insert(0, next(iter(spec.submodule_search_locations)))
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings.development",
        "DATABASE_URL": f"sqlite:///{folder}/doccano.db",
        "MEDIA_ROOT": str(folder / "media"),
    }
    django: Any = importlib.import_module("django")
    django.setup()

    def of(module: str, name: str) -> Any:
        return getattr(importlib.import_module(module), name)

    of("django.core.management", "call_command")("migrate", verbosity=0)
    user = of("django.contrib.auth", "get_user_model")().objects.create_user("min")
    project = of("projects.models", "SequenceLabelingProject").objects.create(
        name="claims",
        project_type="SequenceLabeling",
        created_by=user,
        allow_overlapping=True,
        collaborative_annotation=True,
    )
    form = of("data_import.pipeline.catalog", "create_file_format")("JSONL")
    name = of("data_import.pipeline.readers", "FileName")(str(file), file.name, file.name)
    dataset = of("data_import.datasets", "load_dataset")("SequenceLabeling", form, [name], project)
    dataset.save(user, batch_size=100)
    spans = of("labels.models", "Span").objects.select_related("label", "example")
    found = {
        "errors": [str(each.dict()) for each in dataset.errors],
        "spans": [
            [each.example.text, each.start_offset, each.end_offset, each.label.text]
            for each in spans
        ],
    }
    (folder / "out").mkdir()
    make = "data_export.pipeline.factories"
    of("data_export.celery_tasks", "create_collaborative_dataset")(
        project,
        str(folder / "out"),
        False,
        of(make, "create_formatter")(project, "JSONL"),
        of(make, "create_writer")("JSONL"),
    )
    return found


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*map(Path, sys.argv[1:3]))) + "\n")
