"""Libraries that only some need: where one is missing, a sentence says which extra of this package brings it."""

from collections.abc import Iterator
from contextlib import contextmanager

from flows.errors import SettingsError


@contextmanager
def from_extra(name: str, purpose: str) -> Iterator[None]:
    """Import within this block what the extra `name` brings.

    Raises SettingsError, with the command that installs it, where a library is missing.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise SettingsError(f"{purpose} needs {error.name}: pip install 'onrecord[{name}]'") from error
