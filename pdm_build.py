"""What ships with the code from outside its folders (a hook of pdm-backend, which builds the wheel)."""

from pathlib import Path
from typing import Any


def pdm_build_update_files(context: Any, files: dict[str, Path]) -> None:
    """Put the lexicons and the models into a wheel, where `flows.lexicons.paths` looks for them."""
    if context.target == "wheel":
        seeds = context.root / "seeds"
        for path in (path for name in ("lexicons", "models") for path in (seeds / name).rglob("*") if path.is_file()):
            files[f"flows/_seeds/{path.relative_to(seeds).as_posix()}"] = path
