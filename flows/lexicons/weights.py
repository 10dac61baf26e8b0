"""The weights of linear models that ship with the program: `seeds/models/*.csv`, a feature a row."""

from functools import cache
from pathlib import Path

import numpy as np

from flows.errors import SettingsError, examples
from flows.lexicons import rows
from flows.lexicons.paths import asset

MODELS = asset("models")
"""Folder of the fitted and judged weights; each row says where its weight comes from and of what date it is."""

BIAS = "bias"
"""The feature that every pair has."""


@cache
def load_weights(table: str, kind: str = "", folder: Path = MODELS) -> dict[str, float]:
    """Load what each feature adds to the log odds, `bias` included; of a table of several models those of `kind`.

    Raises SettingsError where the table is missing, has no bias, names a feature twice or has no number for one.
    """
    columns = ("feature", "weight", "source", "date", *(("kind",) if kind else ()))
    found: dict[str, float] = {}
    for row in rows(folder, table, columns):
        if kind and row["kind"] != kind:
            continue
        if row["feature"] in found:
            raise SettingsError(f"weights {folder / table}.csv name the feature {row['feature']!r} twice; remove one")
        try:
            found[row["feature"]] = float(row["weight"])
        except ValueError as error:
            raise SettingsError(f"weights {folder / table}.csv have no number for {row['feature']!r}") from error
    if BIAS not in found:
        raise SettingsError(f"weights {folder / table}.csv have no bias{f' for {kind}' if kind else ''}; add the row")
    return found


@cache
def load_linear(table: str, features: tuple[str, ...], folder: Path = MODELS) -> tuple[float, np.ndarray]:
    """Load the bias of a table and the weights of `features` in their order, for many rows at once.

    Raises SettingsError as `load_weights` does, and where the table has other features than these.
    """
    found = load_weights(table, folder=folder)
    other = sorted({BIAS, *features} ^ found.keys())
    if other:
        raise SettingsError(f"weights {folder / table}.csv and the program differ in {examples(other)}; fit them anew")
    return found[BIAS], np.array([found[name] for name in features])
