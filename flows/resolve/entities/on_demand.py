"""Objects that are made when they are first asked for: of a large corpus most never are, and columns say enough."""

from collections.abc import Callable
from typing import TypeVar

Made = TypeVar("Made")


class OnDemand(dict[int, Made]):
    """Objects by number; it holds those that were asked for."""

    def __init__(self, make: Callable[[int], Made]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, number: int) -> Made:
        """Make an object and keep it."""
        made = self[number] = self._make(number)
        return made
