"""A figure that a proposition gives, as it is compared."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

_SHARE = re.compile(r"^(?:[^ ]+ ){1,4}?(?:in|out of(?: every)?) \w+|^(?:[^ ]+ ){0,3}?[^ ]+(?= of )")
"""The words of a share without what it is a share of: one in three, two thirds."""


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity as it is compared: value and unit, of the base unit of its kind where it has one, and its bound.

    measured: whether the unit is one of measurement (money, a share, a mass), which says nothing of what is measured;
    a noun that is counted does.
    """

    value: float
    unit: str | None
    bound: str | None
    surface: str
    measured: bool = False

    @classmethod
    def of(cls, quantity: Mapping[str, Any]) -> "Figure":
        """Return the figure of a list element of `schemas.claims.Quantities`; a share in words is one in percent."""
        value, surface = quantity["value"], quantity["surface"]
        if quantity["base_value"] is None and 0 < value < 1 and not any(map(str.isdigit, surface)):
            share = _SHARE.match(surface)
            return cls(100 * value, "percent", quantity["bound"], share[0] if share else surface, measured=True)
        based = quantity["base_value"] is not None
        return cls(
            quantity["base_value"] if based else value,
            quantity["base_unit"] if based else quantity["unit"],
            quantity["bound"],
            surface,
            based,
        )
