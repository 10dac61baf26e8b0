"""What can go wrong, and the exit code that each kind ends the command line with.

    OnrecordError           3     anything that onrecord raises on purpose; by itself, an error of onrecord
    ├── InputError          2     seeds that cannot be used at all: no folder, no files
    ├── SettingsError       2     a setting, lexicon, correction or judgement that makes no sense
    ├── ModelError          2     a model file that is missing, altered or of another interface
    ├── ContractError       1     tables that break the contract; nothing was published
    ├── GateError           1     written files that the quality gate refused; nothing was published
    ├── SnapshotError       2     a snapshot or version that is missing or damaged
    ├── UnknownNameError    1     a speaker, outlet, story or claim that a snapshot does not have
    └── PlaceError          3     storage, scheduler or disk that failed: nothing is wrong with what was asked
        └── LostWorkerError 3     a worker process that ended while it worked

A message says what, where, how many, up to three examples, and what to do.
"""

from collections.abc import Sequence

from flows.credentials import masked


class OnrecordError(Exception):
    """Base of every error that onrecord raises on purpose."""

    exit_code = 3

    def __init__(self, said: str) -> None:
        super().__init__(masked(said))


class InputError(OnrecordError):
    """The seeds cannot be used at all."""

    exit_code = 2


class SettingsError(OnrecordError):
    """A setting, lexicon, correction or judgement makes no sense."""

    exit_code = 2


class ModelError(OnrecordError):
    """A model folder is missing, altered or of another interface."""

    exit_code = 2


class ContractError(OnrecordError):
    """Tables break the contract; nothing was published."""

    exit_code = 1


class GateError(OnrecordError):
    """The quality gate refused the written files; nothing was published."""

    exit_code = 1


class SnapshotError(OnrecordError):
    """A snapshot or a version is missing or damaged."""

    exit_code = 2


class UnknownNameError(OnrecordError):
    """Nothing in the snapshot is called so; the message names the nearest that is."""

    exit_code = 1

    def __init__(self, kind: str, asked: str, nearest: Sequence[str] = ()) -> None:
        offered = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no {kind} is called {asked!r}{offered}")
        self.nearest = tuple(nearest)


class PlaceError(OnrecordError):
    """Storage, scheduler, worker or disk failed; the same command may do once the place is in order."""


class LostWorkerError(PlaceError):
    """A worker ended while it worked, or was asked for work when it had been ended."""


def unwritable(what: object, error: OSError) -> OnrecordError:
    """Return what is said of a file or folder that cannot be written: a fault of the name asked for, or of the disk."""
    in_the_way = isinstance(error, FileExistsError | NotADirectoryError | IsADirectoryError)
    return (SettingsError if in_the_way else PlaceError)(f"{what} cannot be written: {error.strerror or error}")


def first_line(error: Exception) -> str:
    """Return what an error says, without the layers of causes below it; its kind where it says nothing."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def examples(values: Sequence[object], most: int = 3) -> str:
    """Return up to `most` values for a message, and how many more there are."""
    shown = ", ".join(repr(value) for value in values[:most])
    more = len(values) - most
    return f"{shown} and {more} more" if more > 0 else shown
