"""What a person at a terminal sees: something at once, and nothing in colour where that is not wanted."""

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import own_environment

ROOT = Path(__file__).resolve().parents[2]


def seen_on_a_terminal(*arguments: object, **variables: str) -> str:
    """All that a command writes to the terminal that it runs on."""
    ours, theirs = pty.openpty()
    screen = {"TERM": "xterm-256color", "COLUMNS": "100", "PYTHONPATH": str(ROOT)}
    environment = own_environment(**screen | variables)
    command = [sys.executable, "-m", "flows", *map(str, arguments)]
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=ROOT) as running:
        os.close(theirs)
        shown = b""
        try:
            while part := os.read(ours, 4096):
                shown += part
        except OSError:  # the other end is closed
            pass
        running.wait(60)
    os.close(ours)
    return shown.decode()


def test_a_build_says_at_once_what_it_reads(tmp_path: Path) -> None:
    shown = seen_on_a_terminal("build", tmp_path / "missing", "-o", tmp_path / "output")
    first, *_ = shown.replace("\r", "").splitlines()
    assert first == f"Reading {tmp_path / 'missing'}, publishing to {tmp_path / 'output'}"
    assert "error:" in shown


@pytest.mark.parametrize("arguments", [("--help",), ("versions", "-o", "/nowhere")])
def test_no_colour_is_used_where_none_is_wanted(arguments: tuple[str, ...]) -> None:
    coloured = re.compile(r"\x1b\[(?:[0-9]+;)*[39][0-7][;m]")
    assert coloured.search(seen_on_a_terminal(*arguments))
    assert not coloured.search(seen_on_a_terminal(*arguments, NO_COLOR="1"))
