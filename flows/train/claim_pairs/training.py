"""Training on packed pairs: seeded, the whole data on the device, several right answers a pair allowed.

The loss of a pair is -log of the probability of its right answers taken together, and, where teachers have answered,
the distance from their mean answer (Hinton, Vinyals and Dean 2015).
"""

import json
import math
import random
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from flows.train.claim_pairs.network import ANSWERS, PairNetwork

TRAIN, UNLABELLED = 0, 3
"""Numbers of the parts that are trained on (`packed.PARTS`)."""


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes the weights, written into the model card."""

    epochs: float = 4
    batch: int = 128
    rate: float = 1e-4
    head_rate: float = 5e-4
    warm_up: float = 0.06  # share of all steps
    dropout: float = 0.1
    weight_decay: float = 0.01
    layers: tuple[int, ...] = ()  # of the base, in order; none: all
    apart: int = 0  # layers that read each statement by itself
    soft: float = 1.0  # weight of the teachers' answers
    hard: float = 1.0  # weight of the annotation
    unlabelled: float = 1.0  # share of the unlabelled pairs in an epoch
    seed: int = 7


@dataclass
class Pairs:
    """Packed pairs on a device, padded; `right` [N, 5] of the annotation, `soft` [N, 5] of teachers or None."""

    ids: Tensor
    marks: Tensor
    sizes: Tensor
    first: Tensor
    right: Tensor
    soft: Tensor | None
    times: np.ndarray
    part: np.ndarray
    lengths: np.ndarray

    def batch(self, rows: np.ndarray) -> tuple[Tensor, tuple[Tensor, Tensor, Tensor, Tensor]]:
        """The rows on the device; pieces, marks, lengths of the first statements and mask, as long as the longest."""
        length = -(-int(self.lengths[rows].max()) // 8) * 8  # known here: the device is not waited for
        at = torch.from_numpy(rows).to(self.ids.device)
        mask = torch.arange(length, device=at.device) < self.sizes[at][:, None]
        return at, (self.ids[at, :length].long(), self.marks[at, :length].long(), self.first[at], mask)


def load_pairs(path: Path, device: str, soft: Sequence[Path] = ()) -> Pairs:
    """Pairs of a file of `packed.pack`; the teachers' answers are averaged."""
    data = np.load(path)
    sizes = np.diff(data["ends"], prepend=0)
    length = -(-int(sizes.max()) // 8) * 8
    ids = np.zeros((len(sizes), length), np.int16)
    marks = np.zeros((len(sizes), length), np.uint8)
    filled = np.arange(length) < sizes[:, None]
    ids[filled] = data["ids"].astype(np.int16)
    marks[filled] = data["marks"]
    right = (data["answers"][:, None] >> np.arange(ANSWERS)) & 1
    answers = None
    if soft:
        mean = np.zeros(right.shape, np.float32)  # rows beyond those that teachers have answered stay without answer
        for answered in soft:
            found = np.load(answered).astype(np.float32)
            mean[: len(found)] += found
        answers = torch.from_numpy(mean / mean.sum(1, keepdims=True).clip(min=1e-6)).to(device)
    return Pairs(
        torch.from_numpy(ids).to(device),
        torch.from_numpy(marks).to(device),
        torch.from_numpy(sizes).to(device),
        torch.from_numpy(data["first"].astype(np.int64)).to(device),
        torch.from_numpy(right.astype(np.float32)).to(device),
        answers,
        data["times"],
        data["part"],
        sizes,
    )


def plan_epoch(pairs: Pairs, recipe: Recipe, epoch: int) -> Iterator[np.ndarray]:
    """Rows of each batch: pairs as often as `times` says, of about equal length, in random order."""
    rng = np.random.default_rng([recipe.seed, epoch])
    times = np.where(pairs.part == TRAIN, pairs.times, 0.0)
    if pairs.soft is not None:
        times = np.where(pairs.part == UNLABELLED, recipe.unlabelled, times)
    count = np.floor(times + rng.random(len(times))).astype(np.int64)
    rows = np.repeat(np.arange(len(times)), count)
    rng.shuffle(rows)
    batches = alike_in_length(rows, pairs.lengths, recipe.batch)
    random.Random(f"{recipe.seed}/{epoch}").shuffle(batches)  # noqa: S311 - order of training, no secret
    return iter(batches)


def alike_in_length(rows: np.ndarray, lengths: np.ndarray, size: int) -> list[np.ndarray]:
    """Rows in batches of about equal length, each of `size` rows out of 64 batches that follow one another."""
    batches = []
    for at in range(0, len(rows), 64 * size):
        group = rows[at : at + 64 * size]
        group = group[np.argsort(lengths[group], kind="stable")]
        batches += [group[start : start + size] for start in range(0, len(group), size)]
    return batches


def loss_of(logits: Tensor, pairs: Pairs, rows: Tensor, recipe: Recipe) -> Tensor:
    """Mean loss of a batch."""
    scores = functional.log_softmax(logits.float(), dim=1)
    right = pairs.right[rows]
    known = right.sum(1) > 0
    hard = -torch.logsumexp(scores.masked_fill(right == 0, -1e4), dim=1)
    loss = recipe.hard * torch.where(known, hard, 0.0)
    if pairs.soft is not None:
        soft = pairs.soft[rows]
        loss = loss + recipe.soft * (soft * (soft.clamp(min=1e-5).log() - scores)).sum(1)
    return loss.mean()


def optimizer_of(network: PairNetwork, recipe: Recipe, device: str) -> torch.optim.AdamW:
    """AdamW; fresh parts learn faster, norms, biases and embeddings do not decay."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        rate = recipe.head_rate if name.startswith(("hidden", "answer", "marks")) else recipe.rate
        plain = weight.ndim < 2 or name.startswith(("words", "positions", "marks", "distances"))
        groups.setdefault((rate, 0.0 if plain else recipe.weight_decay), []).append(weight)
    parts = [{"params": w, "lr": rate, "rate": rate, "weight_decay": decay} for (rate, decay), w in groups.items()]
    return torch.optim.AdamW(parts, fused=device != "cpu")


def train(network: PairNetwork, pairs: Pairs, recipe: Recipe, device: str, limit_s: float = math.inf) -> dict:
    """Train `network` in place; the mean losses of each tenth of the training.

    limit_s: where the time on a device is short, the training ends after it; the rate falls with whichever goes faster.
    """
    torch.manual_seed(recipe.seed)
    network.to(device).train()
    optimizer = optimizer_of(network, recipe, device)
    whole = [list(plan_epoch(pairs, recipe, epoch)) for epoch in range(-(-int(recipe.epochs * 100) // 100))]
    plan = [batch for epoch in whole for batch in epoch]
    plan = plan[: max(1, int(len(plan) * recipe.epochs / len(whole)))]
    losses, shown, steps, started = [], [], 0, time.monotonic()
    for step, batch in enumerate(plan):
        done = max(step / len(plan), (time.monotonic() - started) / limit_s)
        if done >= 1:
            break
        factor = min(1.0, (done + 1e-4) / recipe.warm_up) * max(0.01, 1.0 - done)
        for part in optimizer.param_groups:
            part["lr"] = part["rate"] * factor
        rows, given = pairs.batch(batch)
        with torch.autocast(device.partition(":")[0], dtype=torch.bfloat16):
            logits = network(*given)
        loss = loss_of(logits, pairs, rows, recipe)
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        losses.append(loss.detach())
        steps += 1
        if (step + 1) % max(1, len(plan) // 10) == 0:
            shown.append(round(float(torch.stack(losses).mean()), 4))
            speed = (step + 1) / (time.monotonic() - started)
            print(f"step {step + 1}/{len(plan)} {speed:.1f} steps/s loss {shown[-1]}", file=sys.stderr, flush=True)
            losses = []
    return {"recipe": asdict(recipe), "steps": steps, "losses": shown}


@torch.inference_mode()
def answers(network: PairNetwork, pairs: Pairs, device: str, batch: int = 512) -> np.ndarray:
    """Probabilities [N, 5] of all pairs, as float16."""
    network.to(device).eval()
    order = np.argsort(pairs.lengths, kind="stable")
    found = torch.zeros(len(order), ANSWERS, device=device)
    for at in range(0, len(order), batch):
        rows, given = pairs.batch(order[at : at + batch])
        with torch.autocast(device.partition(":")[0], dtype=torch.bfloat16):
            logits = network(*given)
        found[rows] = logits.float().softmax(1)
    return found.cpu().numpy().astype(np.float16)


def save(network: PairNetwork, folder: Path, facts: dict, probabilities: np.ndarray) -> None:
    """weights.pt (float16), answers.npy and training.json."""
    folder.mkdir(parents=True, exist_ok=True)
    torch.save({k: v.half().cpu() for k, v in network.state_dict().items()}, folder / "weights.pt")
    np.save(folder / "answers.npy", probabilities)
    (folder / "training.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
