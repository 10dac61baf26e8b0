"""The fit of confidence: sparse weights, labels found again by their row, and rows that are made worse."""

import random
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from flows.probabilities import logistic
from flows.train.logistic_fit import fit_sparse
from flows.train.statement_quality.__main__ import fitted, ranked
from flows.train.statement_quality.rows import LabelledRow, fingerprint, read_labels


def test_a_sparse_fit_finds_the_features_that_count_and_leaves_the_others_at_zero():
    rng = np.random.default_rng(3)
    x = (rng.random((4000, 30)) < 0.3).astype(float)
    odds = 2.0 * x[:, 0] - 1.5 * x[:, 1] - 0.5
    good = (rng.random(len(x)) < logistic(odds)).astype(float)
    weights = fit_sparse(csr_matrix(x), good, np.ones(len(x)), 8.0)
    assert np.allclose(weights[[0, 1, -1]], [2.0, -1.5, -0.5], atol=0.4)
    assert (np.abs(weights[2:-1]) < 0.2).all() and (weights[2:-1] == 0).sum() > 8


def row(given: str, good: bool | None, length: float, number: int, closed: bool = False) -> LabelledRow:
    wording = [f"has {word}" for word in given.lower().split()]
    return LabelledRow(given, given, {"length": length}, wording, "news", good, "", closed, number % 5)


def test_labels_and_a_teacher_weigh_a_wording_and_closed_rows_teach_nothing():
    whole, hanging = "the dam broke", "that is great"
    rows = [row(whole, True, 3.0 + n % 2, n) for n in range(40)] + [
        row(hanging, False, 3.0 + n % 2, n) for n in range(40)
    ]
    taught = [row("it leaks", None, 3.0 + n % 2, n) for n in range(40)]
    closed = [row(whole, False, 3.0 + n % 2, n, closed=True) for n in range(200)]
    answers = np.array([np.nan] * 80 + [0.05] * 40 + [0.0] * 200, np.float32)
    table, probability = fitted([*rows, *taught, *closed], answers)
    assert dict(table)["has dam"] > 0 > dict(table)["has great"]
    assert probability[:40].min() > probability[40:120].max()


def test_a_ranking_is_right_where_every_good_row_is_above_every_bad_one():
    good = np.array([False, True, False, True])
    assert ranked(np.array([0.1, 0.8, 0.2, 0.9]), good) == 1.0
    assert ranked(np.array([0.9, 0.1, 0.8, 0.2]), good) == 0.0


def test_a_label_belongs_to_the_statement_that_was_read_and_to_no_other(tmp_path):
    (tmp_path / "labels.csv").write_text(
        "source,document,start_char,statement,usable,why_not\n"
        f"news,a,12,{fingerprint('The dam broke')},1,\nnews,a,40,{fingerprint('It broke')},0,refers\n"
    )
    labels = read_labels(tmp_path / "labels.csv")["a"]
    assert labels[12, fingerprint("The dam broke")] == (True, "")
    assert labels[40, fingerprint("It broke")] == (False, "refers")
    assert (40, fingerprint("[The dam] broke")) not in labels


def test_a_row_is_made_worse_in_its_statement_alone():
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from flows.train.statement_quality.teacher import made_worse

    rng = random.Random(1)  # noqa: S311 - no secret
    one = LabelledRow(
        "direct Aas , said : [The old dam] will be closed in May for good", "", {}, [], "news", None, "", False, 0
    )
    worse = {made_worse(one, rng) for _ in range(30)} - {None}
    assert len(worse) > 5 and asdict(one)["given"] not in worse
    assert all(text.startswith("direct Aas , said : ") for text in worse)


def test_a_teacher_answers_every_row_and_the_same_again(tiny: Path) -> None:
    pytest.importorskip("torch", reason="training needs the extra `train`")
    from flows.train.statement_quality.teacher import answers

    whole, hanging = "direct Aas , said : [The dam] broke in May by night", "direct Aas , said : that is great"
    rows = [row((whole, hanging)[n % 2], (n % 2 == 0, None)[n > 40], 3.0, n, closed=n > 34) for n in range(60)]
    told = answers(rows, tiny, tiny / "tokenizer.json", "cpu")
    assert told.shape == (60,) and ((told > 0) & (told < 1)).all()
    assert np.array_equal(told, answers(rows, tiny, tiny / "tokenizer.json", "cpu"))
