"""The second layer for names: labels by word, and the graph of several networks."""

import numpy as np
import onnxruntime
import pytest

pytest.importorskip("torch", reason="training needs the extra `train`")

from flows.extract.reader.model import Reader
from flows.lexicons.paths import asset
from flows.train.data.corpora import LABELS
from flows.train.name_layer import fit, graph, joined, labels_by_word


def test_each_word_of_a_name_has_its_label_and_the_longest_of_nested_names_counts():
    text = "Ann Kask left the Port of Tarn."
    reading = Reader(asset("models/reader")).read(text)
    names = [(26, 30, "LOC"), (18, 30, "ORG"), (0, 8, "PERSON"), (9, 13, None)]
    found = [LABELS["names"][number] for number in labels_by_word(reading, names)]
    assert found == ["B-PERSON", "I-PERSON", "O", "O", "B-ORG", "I-ORG", "I-ORG", "O"]


def test_the_graph_gives_the_mean_scores_of_its_networks():
    rng = np.random.default_rng(1)
    inputs, labels = rng.normal(3, 2, (64, 6)).astype(np.float32), rng.integers(0, len(LABELS["names"]), 64)
    networks = [fit(inputs, labels, seed) for seed in (1, 2)]
    scores = np.mean([np.maximum(inputs @ a.T + b, 0) @ c.T + d for a, b, c, d in networks], axis=0)
    expected = np.exp(scores) / np.exp(scores).sum(1, keepdims=True)
    session = onnxruntime.InferenceSession(graph(joined(networks)).SerializeToString())
    assert np.allclose(session.run(None, {"words": inputs})[0], expected, atol=2e-3)
