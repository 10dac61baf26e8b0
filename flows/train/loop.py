"""The training loop: seeded, resumable at epochs, on one device or on several single-thread CPU processes.

On small machines two processes of one thread each train about half as fast again as one process of two threads;
their gradients are averaged over gloo, so that `processes` changes the batch, never the objective.
"""

import json
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
import torch.nn.functional as F
from torch import Tensor

from flows.extract.reader import Pieces
from flows.train.data import IGNORE, LABELS, SIZE, Batch, Document, Window, collate, label, windows
from flows.train.network import ReaderNetwork, load_base

HEAD_WEIGHT = {"content": 1.0, "cue": 1.0, "source": 1.0, "names": 1.0, "ontonotes": 0.5, "tag": 0.3}
LINK_SCALE = 32.0  # pieces of a typical content: the linking loss of a cue is a sum over pieces, divided by this


@dataclass(frozen=True)
class Recipe:
    """Everything that shapes the weights, written into the model card."""

    epochs: int = 5
    batch_pieces: int = 4096  # word pieces a step, over all processes
    encoder_rate: float = 2e-4
    head_rate: float = 1e-3
    warm_up: float = 0.04  # share of all steps
    dropout: float = 0.1
    weight_decay: float = 0.01
    clip: float = 1.0
    noise: float = 1.0  # share of documents that pass through the noise of flows.train.augment
    seed: int = 7
    processes: int = 1


def losses(network: ReaderNetwork, batch: Batch, targets: Tensor | None, device: torch.device) -> dict[str, Tensor]:
    """The loss of every task that the batch has labels for."""

    def to(array: np.ndarray) -> Tensor:
        return torch.from_numpy(array).to(device)

    mask = None if batch.mask.all() else to(batch.mask)
    with torch.autocast(device.type, dtype=torch.bfloat16):
        logits, link, meaning = network(to(batch.ids), to(batch.shapes), to(batch.gaps), mask)
    found: dict[str, Tensor] = {}
    for name, scores, gold in zip(
        LABELS, logits.float().split(list(network.head_sizes.values()), dim=-1), to(batch.labels), strict=True
    ):
        if (gold != IGNORE).any():
            loss = F.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
            found[name] = HEAD_WEIGHT[name] * loss
    if len(batch.cues):
        cues = to(batch.cues)
        scores = network.link_logits(link, cues[:, 0], cues[:, 1], cues[:, 2])
        real = to(batch.mask)[cues[:, 0]]
        loss = F.binary_cross_entropy_with_logits(scores, to(batch.links).float(), reduction="none")
        found["link"] = (loss * real[:, None, :]).sum() / LINK_SCALE / len(cues)
    if targets is not None and len(batch.meanings):
        rows, first, last, number = to(batch.meanings).unbind(1)
        place = torch.arange(meaning.shape[1], device=device)
        inside = ((place >= first[:, None]) & (place < last[:, None])).float()
        member = torch.zeros(len(rows), meaning.shape[0], device=device)
        member[torch.arange(len(rows), device=device), rows] = 1
        weights = member[:, :, None] * inside[:, None, :] / inside.sum(1)[:, None, None]
        pooled = weights.flatten(1) @ meaning.float().flatten(0, 1)
        found["meaning"] = 1 - F.cosine_similarity(pooled, targets[number].to(device).float()).mean()
    return found


def batches(work: list[Window], pieces: Pieces, budget: int, rng: random.Random) -> Iterator[list[Window]]:
    """Windows of about equal length in groups of at most `budget` pieces, in random order."""
    work = list(work)
    rng.shuffle(work)
    groups: list[list[Window]] = []
    chunk = 40 * max(1, budget // SIZE)
    for at in range(0, len(work), chunk):
        group: list[Window] = []
        for window in sorted(work[at : at + chunk], key=lambda w: w.start - w.end):
            longest = (group[0].end - group[0].start if group else window.end - window.start) + 2
            if group and longest * (len(group) + 1) > budget:
                groups.append(group)
                group = []
            group.append(window)
        groups.append(group)
    rng.shuffle(groups)
    yield from groups


def optimizer_of(network: ReaderNetwork, recipe: Recipe) -> torch.optim.AdamW:
    """AdamW with the encoder's own, lower rate; no decay on norms, biases and embeddings."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, weight in network.named_parameters():
        fresh = not name.startswith("encoder.") or name.startswith(("encoder.shapes", "encoder.gaps"))
        rate = recipe.head_rate if fresh else recipe.encoder_rate
        embedding = name.startswith(("encoder.words", "encoder.positions", "encoder.shapes", "encoder.gaps"))
        decay = 0.0 if weight.ndim < 2 or embedding else recipe.weight_decay
        groups.setdefault((rate, decay), []).append(weight)
    return torch.optim.AdamW([{"params": w, "lr": r, "rate": r, "weight_decay": d} for (r, d), w in groups.items()])


def rate_at(done: float, recipe: Recipe) -> float:
    """Share of the full learning rate when `done` of all steps are behind."""
    return min(1.0, done / recipe.warm_up) * max(0.02, 1.0 - done)


def average_gradients(network: ReaderNetwork, processes: int) -> None:
    """One all-reduce over all gradients; a process whose batch lacks a task counts as zero for it."""
    grads = []
    for weight in network.parameters():
        if weight.grad is None:
            weight.grad = torch.zeros_like(weight)
        grads.append(weight.grad)
    flat = torch.cat([g.flatten() for g in grads])
    dist.all_reduce(flat)
    flat /= processes
    at = 0
    for grad in grads:
        grad.copy_(flat[at : at + grad.numel()].view_as(grad))
        at += grad.numel()


def train(
    rank: int, documents: list[Document], base: Path, work: Path, recipe: Recipe, device_name: str, port: int
) -> None:
    """Trains in `work`, which holds tokenizer.json, kept.json and meaning.npy; writes checkpoint.pt after each epoch."""
    if recipe.processes > 1:
        dist.init_process_group("gloo", f"tcp://127.0.0.1:{port}", rank=rank, world_size=recipe.processes)
    device = torch.device(device_name)
    if device.type == "cpu":
        torch.set_num_threads(1 if recipe.processes > 1 else torch.get_num_threads())
    torch.manual_seed(recipe.seed)
    pieces = Pieces(work / "tokenizer.json")
    kept = json.loads((work / "kept.json").read_text())
    network = ReaderNetwork(load_base(base, kept, recipe.dropout), {k: len(v) for k, v in LABELS.items()}).to(device)
    optimizer = optimizer_of(network, recipe)
    targets = torch.from_numpy(np.load(work / "meaning.npy")) if (work / "meaning.npy").exists() else None
    begin = 0
    if (work / "checkpoint.pt").exists():
        state = torch.load(work / "checkpoint.pt", map_location=device, weights_only=False)
        network.load_state_dict(state["network"])
        optimizer.load_state_dict(state["optimizer"])
        begin = state["epoch"]
    for epoch in range(begin, recipe.epochs):
        torch.manual_seed(recipe.seed * 1000 + epoch * recipe.processes + rank)
        run_epoch(network, optimizer, documents, pieces, targets, recipe, epoch, rank, device)
        if rank == 0:
            state = {"network": network.state_dict(), "optimizer": optimizer.state_dict(), "epoch": epoch + 1}
            torch.save(state | {"recipe": asdict(recipe)}, work / "checkpoint.part")
            (work / "checkpoint.part").replace(work / "checkpoint.pt")
    if recipe.processes > 1:
        dist.destroy_process_group()


def run_epoch(network, optimizer, documents, pieces, targets, recipe, epoch, rank, device) -> None:
    """One pass over this process's share of the documents, with fresh noise and fresh windows."""
    shared = random.Random(f"{recipe.seed}/{epoch}")
    order = list(range(len(documents)))
    shared.shuffle(order)
    rng = random.Random(f"{recipe.seed}/{epoch}/{rank}")
    mine: list[Window] = []
    for number in order[rank :: recipe.processes]:
        noise = rng if rng.random() < recipe.noise else None
        mine += windows(label(documents[number], pieces, noise), rng)
    plan = list(batches(mine, pieces, recipe.batch_pieces // recipe.processes, rng))
    steps = len(plan)
    if recipe.processes > 1:
        least = torch.tensor([steps])
        dist.all_reduce(least, op=dist.ReduceOp.MIN)
        steps = int(least)
    network.train()
    sums: dict[str, list[float]] = {}
    seen, started = 0, time.monotonic()
    for step, group in enumerate(plan[:steps]):
        share = rate_at((epoch + step / steps) / recipe.epochs + 1e-9, recipe)
        for part in optimizer.param_groups:
            part["lr"] = part["rate"] * share
        batch = collate(group, pieces, rng)
        found = losses(network, batch, targets, device)
        optimizer.zero_grad(set_to_none=True)
        sum(found.values()).backward()
        if recipe.processes > 1:
            average_gradients(network, recipe.processes)
        torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        optimizer.step()
        for name, loss in found.items():
            sums.setdefault(name, []).append(float(loss.detach()))
        seen += int(batch.mask.sum())
        if rank == 0 and (step % 25 == 24 or step + 1 == steps):
            speed = seen * recipe.processes / (time.monotonic() - started)
            parts = " ".join(f"{k} {np.mean(v[-25:]):.3f}" for k, v in sums.items())
            print(f"epoch {epoch} step {step + 1}/{steps} {speed:.0f} pieces/s  {parts}", file=sys.stderr, flush=True)
