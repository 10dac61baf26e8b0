"""Skips that nobody foresaw fail."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.skips import FORESEEN

ROOT = Path(__file__).resolve().parents[1]
FILES = {
    "a foreseen reason": (f"import pytest\ndef test(): pytest.skip({FORESEEN[0]!r})", 0),
    "another reason": ("import pytest\ndef test(): pytest.skip('not today')", 1),
    "a missing library": ("import pytest\npytest.importorskip('no_such_library')\ndef test(): pass", 2),
    "an expected failure": ("import pytest\n@pytest.mark.xfail\ndef test(): assert False", 0),
}


@pytest.mark.parametrize("case", FILES)
def test_what_is_skipped_is_foreseen_or_fails(case: str, tmp_path: Path) -> None:
    text, code = FILES[case]
    (tmp_path / "test_it.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.skips", "-p", "no:cacheprovider", "-c", "/dev/null"]
    done = subprocess.run([*command, tmp_path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stdout
    assert ("does not foresee" in done.stdout) == (code > 0)
