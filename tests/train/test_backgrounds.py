"""The fit of what stands before a statement: a model of what readers chose, and how surely a row is understood."""

import numpy as np
import pytest

from flows.extract.claims.statements.background_candidates import Candidate
from flows.extract.claims.statements.background_choice import Best, Choice, Offered, best_of
from flows.extract.claims.statements.background_features import ArticleWords, Measured
from flows.extract.claims.thresholds import THRESHOLDS
from flows.extract.syntax.sentences import Word
from flows.lexicons.weights import MODELS
from flows.probabilities import logistic
from flows.spans import Span
from flows.train.backgrounds import Wanted, fit_choice, is_understood, wanted
from flows.train.understood import Rated, calibrated, fit_understood, readings

WEIGHTS = {"bias": 0.0, "alone_names": 0.0, "names": 1.0, "noise": 0.0}


def offered(number: int, names: float, words: str, article: ArticleWords, at: int | None = None) -> Offered:
    """A candidate of so many names, at a place of its own or at another."""
    start = 1000 * (number if at is None else at)
    spoken = [Word(start + n, start + n + 1, form, "NN") for n, form in enumerate(words.split())]
    stems = {word.start: article_word for word, article_word in zip(spoken, words.split(), strict=True)}
    measured = Measured(spoken, ArticleWords(stems, article.weights, article.topical, article.counts))
    features = {"names": names, "noise": float(number % 2)}
    return Offered(Candidate(Span(start, start + len(spoken) + 1)), measured, features)


def choice(alone: float, *names: float, words: tuple[str, ...] = (), at: tuple[int, ...] = ()) -> Choice:
    """A statement that needs something the less, the higher `alone`, and candidates with so many names; words: theirs,
    of which each weighs the same; at: their places.
    """
    told = words or tuple(f"word{number}" for number in range(len(names)))
    forms = {form: 5.0 for said in told for form in said.split()}
    article = ArticleWords({}, forms, forms, {})
    made = [
        offered(number, count, said, article, at[number] if at else None)
        for number, (count, said) in enumerate(zip(names, told, strict=True))
    ]
    return Choice({"alone_names": alone}, made)


def test_a_choice_is_learned_from_what_readers_accept():
    rng = np.random.default_rng(1)
    choices = [choice(float(n % 2), *rng.integers(0, 5, 4).astype(float)) for n in range(300)]
    wants = []
    for made in choices:
        names = [each.features["names"] for each in made.candidates]
        best = tuple(n for n, count in enumerate(names, 1) if count == max(names))
        wants.append(Wanted(not made.alone["alone_names"], best, True))
    weights = fit_choice(choices, wants)
    assert weights["names"] > 1 > abs(weights["noise"])
    assert best_of(choice(0.0, 1.0, 4.0, 0.0), weights, most=1).numbers == (2,)
    assert best_of(choice(9.0, 0.0), weights).numbers == ()


def test_a_second_is_chosen_where_the_first_is_unsure():
    sure, unsure = (best_of(choice(0.0, 6.0, count), WEIGHTS) for count in (0.0, 5.5))
    assert sure.numbers == (1,)
    assert unsure.numbers == (1, 2)
    assert unsure.told > 0.9 > best_of(choice(0.0, 6.0, 5.5), WEIGHTS, most=1).told


def test_two_share_no_words_and_do_not_tell_the_same():
    assert best_of(choice(0.0, 4.0, 3.5, at=(1, 1)), WEIGHTS).numbers == (1,)
    assert best_of(choice(0.0, 4.0, 3.5, words=("raid on the mill", "raid on the mill")), WEIGHTS).numbers == (1,)
    half = best_of(choice(0.0, 4.0, 3.5, words=("raid on the mill", "raid on a yard")), WEIGHTS)
    apart = best_of(choice(0.0, 4.0, 3.5, words=("raid on the mill", "mayor of that town")), WEIGHTS)
    assert half.numbers == apart.numbers == (1, 2)
    assert half.told < apart.told


def test_of_two_that_an_article_opens_with_one_is_enough_and_what_stands_near_is_favoured():
    made = choice(0.0, 6.0, 5.5, 5.4)
    first, second, near = made.candidates
    opening = [each._replace(place=each.place._replace(opens=True)) for each in (first, second)]
    assert (
        best_of(Choice(made.alone, opening), WEIGHTS).told < best_of(Choice(made.alone, [first, second]), WEIGHTS).told
    )
    assert best_of(Choice(made.alone, [*opening, near]), WEIGHTS).numbers == (1, 3)


@pytest.mark.parametrize(
    ("quoted", "most"), [(False, THRESHOLDS.words_before_report), (True, THRESHOLDS.words_before_quotation)]
)
def test_several_have_no_more_words_than_a_reader_will_read(quoted, most):
    within, beyond = ([" ".join(f"{c}{n}" for n in range(count)) for c in "ab"] for count in (most // 2, most // 2 + 1))
    both, one = (
        choice(0.0, 4.0, 4.0, words=(within[0], other[1]))._replace(quoted=quoted) for other in (within, beyond)
    )
    assert best_of(both, WEIGHTS).numbers == (1, 2)
    assert best_of(one, WEIGHTS).numbers == (1,)


def test_a_quotation_has_three_where_a_report_has_two():
    unsure = choice(0.0, 4.0, 4.0, 4.0)
    assert len(best_of(unsure, WEIGHTS).numbers) == THRESHOLDS.backgrounds_of_reports == 2
    found = best_of(unsure._replace(quoted=True), WEIGHTS)
    assert found.numbers == (1, 2, 3)
    assert found.told > best_of(unsure, WEIGHTS).told
    same = choice(0.0, 4.0, 4.0, 4.0, words=("mill", "yard", "yard"))._replace(quoted=True)
    assert len(best_of(same, WEIGHTS).numbers) == 2


def test_a_word_has_its_price():
    long = " ".join(f"a{n}" for n in range(40))
    assert best_of(choice(0.0, 4.0, 3.98, words=(long, "short")), WEIGHTS, most=1).numbers == (2,)
    assert best_of(choice(9.0, 6.6, words=(long,)), {**WEIGHTS, "alone_names": 1.0}).numbers == ()
    assert best_of(choice(9.0, 6.6, words=("short",)), {**WEIGHTS, "alone_names": 1.0}).numbers == (1,)


@pytest.mark.parametrize(
    ("want", "chosen", "understood"),
    [
        (Wanted(False, (), False), (), True),
        (Wanted(False, (), False), (3,), True),
        (Wanted(True, (2, 1), True), (1,), True),
        (Wanted(True, (2, 1), False), (2,), False),
        (Wanted(True, (2, 1), True), (3,), False),
        (Wanted(True, (2,), True), (1, 2), True),
        (Wanted(True, (2,), True), (1, 3), False),
        (Wanted(True, (2,), True), (), False),
    ],
)
def test_a_statement_is_understood_where_it_needs_nothing_or_has_what_tells_it(want, chosen, understood):
    assert is_understood(want, chosen) == understood


def test_a_row_is_of_use_the_more_the_surer_its_background_was():
    rng = np.random.default_rng(2)
    told = rng.random(4000)
    good = rng.random(4000) < 1 / (1 + np.exp(1 - 3 * told))
    rows = [Rated(0.7, Best((1,), 0.0, each), float(right)) for each, right in zip(told.tolist(), good, strict=True)]
    assert dict(fit_understood(rows))["told"] == pytest.approx(3.0, abs=0.3)


def test_a_confidence_holds_for_rows_as_they_are_shown():
    rng = np.random.default_rng(4)
    rows = [Rated(0.5, Best((1,), 0.0, told), float(rng.random() < 0.4 + 0.3 * told)) for told in rng.random(4000)]
    weights = dict(calibrated([("bias", 1.0), ("found", 0.5), ("alone", 1.0), ("told", 4.0)], rows))
    for told in (0.1, 0.5, 0.9):
        assert logistic(weights["bias"] + weights["told"] * told) == pytest.approx(0.4 + 0.3 * told, abs=0.04)
    assert calibrated(list(weights.items()), []) == list(weights.items())


def test_the_readings_that_ship_name_each_row_once():
    path = MODELS / "background_readings.csv"
    assert len(readings(path)) == sum(1 for _ in path.open(encoding="utf-8")) - 1 > 200


def test_the_labels_that_ship_name_each_statement_once():
    path = MODELS / "background_labels.csv"
    lines = wanted(path)
    assert len(lines) == sum(1 for _ in path.open(encoding="utf-8")) - 1 > 1000
    assert all(line.fitting for line in lines.values() if line.understood)
