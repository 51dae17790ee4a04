"""The sample articles: inside the package when it is installed, in the checkout otherwise."""

from __future__ import annotations

from pathlib import Path


def sample_articles() -> Path:
    """Return the folder of the sample articles, which may be read-only.

    A wheel carries them inside the package; a checkout, and an editable install of it, has them
    at the top. (Not by `importlib.resources`: that costs 10 ms, and both are plain folders.)

    Raises:
        FileNotFoundError: The package was installed without its sample articles.
    """
    package = Path(__file__).resolve().parent
    installed, checkout = package / "seeds", package.parents[1] / "seeds"
    for folder in (installed, checkout):
        if any(folder.glob("*.txt")):
            return folder
    raise FileNotFoundError(
        f"the sample articles are neither in {installed} nor in {checkout}: install Pressmark again"
    )
