"""The sample articles: in the package when it is installed, in the checkout otherwise."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

_FOLDER = "seeds"


def sample_articles() -> Path:
    """Return the folder of the sample articles, which may be read-only.

    A wheel carries them inside the package; an editable install and a checkout have them at the
    top of the project.

    Raises:
        FileNotFoundError: The package was installed without its sample articles.
    """
    installed = resources.files("tui") / _FOLDER
    checkout = Path(__file__).resolve().parents[2] / _FOLDER
    for folder in (installed, checkout):
        if isinstance(folder, Path) and any(folder.glob("*.txt")):
            return folder
    raise FileNotFoundError(
        f"the sample articles are not in {installed} nor in {checkout}: install Pressmark again"
    )
