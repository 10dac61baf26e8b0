"""Where the data that ships with the code lies, in a checkout and in an installed package: the only file that knows."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1]
_INSTALLED = _PACKAGE / "_seeds"
"""A wheel carries a copy of seeds/lexicons and seeds/models inside the package."""

CHECKOUT = None if _INSTALLED.is_dir() else _PACKAGE.parent
"""Root of the checkout that this code runs from; None where it is installed from a wheel."""


def asset(name: str) -> Path:
    """Return a file or folder of `seeds/` by its path there, e.g. `asset("lexicons/bodies.csv")`."""
    return (CHECKOUT / "seeds" if CHECKOUT else _INSTALLED) / name


def reader_folder(named: str | None) -> Path:
    """Return the folder of the reader that the settings name, or of the one that ships where they name none."""
    return Path(named).absolute() if named else asset("models/reader")
