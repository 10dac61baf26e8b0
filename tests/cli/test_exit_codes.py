"""Every way that a command can end is an exit code and one sentence, never a traceback."""

import errno
import re

import pytest

from flows.cli import main as command_line
from flows.errors import (
    ContractError,
    GateError,
    InputError,
    LostWorkerError,
    ModelError,
    OnrecordError,
    PlaceError,
    SettingsError,
    SnapshotError,
)


def ended(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: BaseException) -> tuple[int, str]:
    """The exit code of a command that raises, and what it said."""

    def fails(**_: object) -> None:
        raise error

    monkeypatch.setattr(command_line, "app", fails)
    monkeypatch.setattr(command_line, "block_needless_imports", lambda: None)  # other tests of this process need it
    with pytest.raises(SystemExit) as stopped:
        command_line.main()
    return int(str(stopped.value.code)), capfd.readouterr().err


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ContractError("x"), 1), (GateError("x"), 1), (InputError("x"), 2), (SettingsError("x"), 2),
        (ModelError("x"), 2), (SnapshotError("x"), 2), (PlaceError("x"), 3), (LostWorkerError("x"), 3),
        (OnrecordError("x"), 3), (RuntimeError("first\nsecond"), 3), (KeyError("x"), 3), (MemoryError(), 3),
        (OSError(errno.EIO, "Input/output error", "/disk/x"), 3), (KeyboardInterrupt(), 130),
    ],
)  # fmt: skip
def test_an_error_is_a_code_and_a_sentence(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], error: BaseException, code: int
) -> None:
    found, said = ended(monkeypatch, capfd, error)
    assert found == code
    assert len(said.strip().splitlines()) == 1
    assert "Traceback" not in said


def test_what_nobody_foresaw_says_what_and_where(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    _, said = ended(monkeypatch, capfd, ValueError("no \x1b[31m such day"))
    assert re.search(r"ValueError in \S+, line \d+: no", said)
    assert "\x1b[31m such" not in said
    _, said = ended(monkeypatch, capfd, OSError(errno.EIO, "Input/output error", "/disk/x"))
    assert "Input/output error (/disk/x)" in said
