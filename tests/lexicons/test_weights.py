"""Tables of weights: what ships fits the program, and a table that does not is refused by name."""

import numpy as np
import pytest

from flows.errors import SettingsError
from flows.lexicons.weights import load_linear


def test_weights_come_in_the_order_of_the_features(tmp_path):
    (tmp_path / "some.csv").write_text(
        "feature,weight,source,date\nb,2,hand,2026\nbias,-1,hand,2026\na,0.5,hand,2026\n"
    )
    bias, weights = load_linear("some", ("a", "b"), tmp_path)
    assert bias == -1
    assert weights.tolist() == [0.5, 2.0]
    assert weights.dtype == np.float64


@pytest.mark.parametrize("features", [("a",), ("a", "b", "c")], ids=["one is not used", "one is missing"])
def test_a_table_of_other_features_is_refused(tmp_path, features):
    (tmp_path / "some.csv").write_text(
        "feature,weight,source,date\nbias,-1,hand,2026\na,0.5,hand,2026\nb,2,hand,2026\n"
    )
    with pytest.raises(SettingsError, match=r"some\.csv and the program differ in '[bc]'"):
        load_linear("some", features, tmp_path)
