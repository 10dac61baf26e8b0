"""Fits the model's last layer: softmax regression on the network's answers and on what differs, counted.

The network learns late that equal sentences are the same and that a number of its own is a contradiction; the
regression says so from the first row. It is fitted to a sample of the rows in which pairs of one event are as frequent
as they are, so that its probabilities are those of a build.
"""

import random
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import torch

from flows.resolve.claims.pairs.pair_differences import FEATURES, differences
from flows.resolve.claims.pairs.pair_input import PairInput, in_order
from flows.resolve.claims.pairs.pair_model import ANSWERS, MIRRORED, last_layer_inputs
from flows.train.claim_pairs.rows.annotated_pairs import CROSSCLAIMS, INVENTED, Row
from flows.train.claim_pairs.rows.mixture import overlap

SHARES = {
    "conjnli": 0.04, "breaking_nli": 0.08, "factor_news": 0.7, "summedits_news": 0.5, "nanco": 0.2, "within": 0.15,
    "edits": 0.1, "sts_news": 1.0, INVENTED: 0.0,
}  # fmt: skip
"""Share of each corpus's rows that the fit reads; none of invented events, where contradictions are far more frequent
than in news."""

EVENT_SHARES = {"reworded": 0.12, "same": 1.0, "conflict": 1.0, "trap": 1.0}
OTHER_SHARES = ((0.2, 0.012), (0.3, 0.08), (1.01, 0.5))
"""The same for other pairs of one event, by the words they have in common: below, share."""

HEAVIEST, DAMPED, FAVOURED = 30.0, 0.75, 2.0
"""A row that stands for many counts as 30 at most, to the power of 0.75; same pairs and conflicts count twice."""

STEPS, RATE, DECAY = 600, 0.01, 0.2


def sample(rows: Sequence[Row], seed: int) -> list[Row]:
    """Rows to fit on; `times` is how many rows each stands for."""
    rng = random.Random(f"{seed}/last")  # noqa: S311 - training data, no secret
    chosen = []
    for row in rows:
        if row.part in ("closed", "unlabelled") or (row.corpus == CROSSCLAIMS and " in_one" in row.kind):
            continue
        share, stands_for = share_of(row)
        if row.part == "tune" and row.corpus != CROSSCLAIMS:
            share = min(1.0, share * 2)
        if rng.random() < share:
            chosen.append(replace(row, times=stands_for))
    return chosen


def share_of(row: Row) -> tuple[float, float]:
    """Return the share of such rows that is read, and how many rows one of them stands for."""
    if row.corpus != CROSSCLAIMS:
        return SHARES[row.corpus], 1.0
    share = EVENT_SHARES.get(row.kind.split()[0])
    if share is not None:
        return share, 1.0
    found = overlap(row)
    share = next(share for below, share in OTHER_SHARES if found < below)
    return share, 1 / share


def fit(read: np.ndarray, rows: Sequence[Row], made: PairInput, seed: int) -> dict:
    """The layer as `model.json` has it; `read` [n, 5] are the network's answers, each in the order of its row."""
    inputs, right = features(read, rows, made)
    weights = np.minimum([row.times for row in rows], HEAVIEST) ** DAMPED
    favoured = [row.corpus == CROSSCLAIMS and row.kind.split()[0] in ("same", "conflict") for row in rows]
    weights = torch.tensor(np.where(favoured, FAVOURED, 1.0) * weights, dtype=torch.float32)
    mean, scale = inputs.mean(0), inputs.std(0) + 1e-3
    known = torch.tensor((inputs - mean) / scale, dtype=torch.float32)
    wrong = torch.tensor(right == 0)
    torch.manual_seed(seed)
    layer = torch.nn.Linear(inputs.shape[1], len(ANSWERS))
    optimizer = torch.optim.AdamW(layer.parameters(), lr=RATE, weight_decay=DECAY)
    for step in range(STEPS):
        for part in optimizer.param_groups:
            part["lr"] = RATE * (1 - step / STEPS)
        scores = torch.log_softmax(layer(known), 1).masked_fill(wrong, -1e4)
        loss = -(weights * torch.logsumexp(scores, 1)).mean() / weights.mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return {
        "features": FEATURES,
        "mean": np.round(mean, 5).tolist(),
        "scale": np.round(scale, 5).tolist(),
        "weight": np.round(layer.weight.detach().numpy().astype(float), 5).tolist(),
        "bias": np.round(layer.bias.detach().numpy().astype(float), 5).tolist(),
    }


def features(read: np.ndarray, rows: Sequence[Row], made: PairInput) -> tuple[np.ndarray, np.ndarray]:
    """The layer's inputs and the right answers [n, 5] of the rows, in the order in which the model reads a pair."""
    right = np.array([[answer in row.answers for answer in range(len(ANSWERS))] for row in rows], np.float32)
    read, counted = read.copy(), []
    for number, row in enumerate(rows):
        a, b = made.statement(row.a), made.statement(row.b)
        if not in_order(a, b):
            a, b = b, a
            read[number], right[number] = read[number][MIRRORED], right[number][MIRRORED]
        counted.append(differences(a, b))
    return last_layer_inputs(read, np.array(counted)), right
