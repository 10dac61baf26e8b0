"""Different values of an array, as NumPy finds them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from flows.whole_numbers import distinct


@given(st.lists(st.integers(-(2**63), 2**63 - 1) | st.integers(0, 5)))
def test_values_are_those_that_numpy_finds(values: list[int]) -> None:
    array = np.array(values, np.int64)
    assert distinct(array).tolist() == np.unique(array).tolist()
