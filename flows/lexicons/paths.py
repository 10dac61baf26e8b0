"""Where the data that ships with the code lies: lexicons and the trained reader."""

from pathlib import Path

_CHECKOUT = Path(__file__).resolve().parents[2] / "seeds"
_INSTALLED = Path(__file__).resolve().parents[1] / "_seeds"  # a wheel carries a copy of seeds/ inside the package


def asset(name: str) -> Path:
    """A file or folder of `seeds/`, in a checkout or in an installed package, e.g. `asset("lexicons/bodies.csv")`."""
    root = _CHECKOUT if _CHECKOUT.is_dir() else _INSTALLED
    return root / name
