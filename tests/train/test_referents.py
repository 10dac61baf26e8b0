"""The labels and weights of referents that ship."""

from flows.extract.claims.statements.referents import REFERENT_FEATURES
from flows.lexicons.weights import MODELS, load_linear
from flows.train.referents import labels


def test_the_labels_that_ship_name_each_bracket_once():
    path = MODELS / "referent_labels.csv"
    found = labels(path)
    assert len(found) == sum(1 for _ in path.open(encoding="utf-8")) - 1 > 800
    assert all(start < end for _, _, start, end in found)
    assert 0.1 < 1 - sum(found.values()) / len(found) < 0.3


def test_names_that_came_between_speak_against_a_referent():
    _, weights = load_linear("referents", REFERENT_FEATURES)
    by_name = dict(zip(REFERENT_FEATURES, weights.tolist(), strict=True))
    assert by_name["rivals"] < 0 < by_name["same_sentence"]
    assert by_name["told"] < 0 < by_name["main"]
