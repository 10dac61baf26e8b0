"""Compiled modules kept for the processes that tests and benchmarks start, as any installation keeps them."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def compile_once() -> None:
    """Keep compiled modules in a folder of the tests where the shell forbids them beside their sources.

    Each of a hundred processes would else compile all its libraries anew, which is half of what a small build takes.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        folder = os.environ.setdefault("PYTHONPYCACHEPREFIX", str(ROOT / ".pytest_cache" / "bytecode"))
        sys.dont_write_bytecode, sys.pycache_prefix = False, folder
