"""The training loop: seeded, resumable at epochs, on one device or on several single-thread CPU processes.

On small machines two processes of one thread each train about half as fast again as one process of two
threads; their gradients are averaged over gloo, so that `processes` changes the batch, never the objective.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist
from torch import Tensor

from flows.extract.reader.model import Pieces
from flows.train.data.corpora import LABELS, SIZE, Document, Window, collate, windows
from flows.train.data.labels import label
from flows.train.model.losses import COMPETING, losses
from flows.train.model.network import ReaderNetwork, load_base


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
    link: str = "all"  # "pairs": links are taught pair by pair, without the losses in COMPETING
    noise: float = 1.0  # share of documents that pass through the noise of flows.train.augment
    seed: int = 7
    processes: int = 1


def batches(work: list[Window], budget: int, rng: random.Random) -> Iterator[list[Window]]:
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
        if name.startswith("link_bias"):  # a few numbers that must move by whole units
            rate = recipe.head_rate * 20
        embedding = name.startswith(
            ("link_bias", "encoder.words", "encoder.positions", "encoder.shapes", "encoder.gaps")
        )
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


@dataclass(frozen=True)
class Run:
    """One training: its documents, the base's folder, the folder for checkpoints, the recipe and the
    device.
    """

    documents: list[Document]
    base: Path
    work: Path
    recipe: Recipe
    device: str = "cpu"
    port: int = 29511
    start: Path | None = None


@dataclass
class Trainer:
    """The state that an epoch works on."""

    run: Run
    rank: int
    network: ReaderNetwork
    optimizer: torch.optim.Optimizer
    pieces: Pieces
    targets: Tensor | None

    def save(self, epoch: int) -> None:
        """checkpoint.pt, replaced in one move."""
        state = {
            "network": self.network.state_dict(),
            "optimizer": self.optimizer.state_dict(),
            "epoch": epoch,
            "recipe": asdict(self.run.recipe),
        }
        torch.save(state, self.run.work / "checkpoint.part")
        (self.run.work / "checkpoint.part").replace(self.run.work / "checkpoint.pt")

    def resume(self) -> int:
        """Load checkpoint.pt where there is one; the epochs already behind."""
        path = self.run.work / "checkpoint.pt"
        if not path.exists():
            if self.run.start:
                weights = torch.load(self.run.start, map_location=self.run.device, weights_only=False)["network"]
                own = self.network.state_dict()
                fitting = {k: v for k, v in weights.items() if k in own and own[k].shape == v.shape}
                self.network.load_state_dict(fitting, strict=False)
            return 0
        state = torch.load(path, map_location=self.run.device, weights_only=False)
        self.network.load_state_dict(state["network"])
        self.optimizer.load_state_dict(state["optimizer"])
        return state["epoch"]


def train(rank: int, run: Run) -> None:
    """Train in `run.work`, which holds tokenizer.json, kept.json and meaning.npy; a checkpoint after each
    epoch.
    """
    recipe = run.recipe
    if recipe.processes > 1:
        address = f"tcp://127.0.0.1:{run.port}"
        dist.init_process_group("gloo", address, rank=rank, world_size=recipe.processes)
        torch.set_num_threads(1)
        if hasattr(os, "sched_setaffinity"):  # left to itself, the kernel may put two of them on one busy core
            cores = sorted(os.sched_getaffinity(0))
            os.sched_setaffinity(0, {cores[rank % len(cores)]})
    torch.manual_seed(recipe.seed)
    kept = json.loads((run.work / "kept.json").read_text())
    encoder = load_base(run.base, kept, recipe.dropout)
    network = ReaderNetwork(encoder, {head: len(names) for head, names in LABELS.items()}).to(run.device)
    meanings = run.work / "meaning.npy"
    targets = torch.from_numpy(np.load(meanings)) if meanings.exists() else None
    pieces = Pieces(run.work / "tokenizer.json")
    trainer = Trainer(run, rank, network, optimizer_of(network, recipe), pieces, targets)
    for epoch in range(trainer.resume(), recipe.epochs):
        torch.manual_seed(recipe.seed * 1000 + epoch * recipe.processes + rank)
        run_epoch(trainer, epoch)
        if rank == 0:
            trainer.save(epoch + 1)
    if recipe.processes > 1:
        dist.destroy_process_group()


def plan_epoch(trainer: Trainer, epoch: int, rng: random.Random) -> list[list[Window]]:
    """This process's batches: its share of the documents, with fresh noise and fresh windows."""
    recipe = trainer.run.recipe
    shared = random.Random(f"{recipe.seed}/{epoch}")  # noqa: S311 - order and noise of training, no secret
    order = list(range(len(trainer.run.documents)))
    shared.shuffle(order)
    mine: list[Window] = []
    for number in order[trainer.rank :: recipe.processes]:
        noise = rng if rng.random() < recipe.noise else None
        mine += windows(label(trainer.run.documents[number], trainer.pieces, noise), rng)
    plan = list(batches(mine, recipe.batch_pieces // recipe.processes, rng))
    if recipe.processes > 1:  # every process takes the same number of steps
        least = torch.tensor([len(plan)])
        dist.all_reduce(least, op=dist.ReduceOp.MIN)
        plan = plan[: int(least)]
    return plan


def run_epoch(trainer: Trainer, epoch: int) -> None:
    """One pass over the documents; prints the mean losses of every 25 steps to standard error."""
    recipe, network, optimizer = trainer.run.recipe, trainer.network, trainer.optimizer
    rng = random.Random(f"{recipe.seed}/{epoch}/{trainer.rank}")  # noqa: S311 - order and noise of training, no secret
    plan = plan_epoch(trainer, epoch, rng)
    network.train()
    sums: dict[str, list[float]] = {}
    seen, started = 0, time.monotonic()
    for step, group in enumerate(plan):
        share = rate_at((epoch + step / len(plan)) / recipe.epochs + 1e-9, recipe)
        for part in optimizer.param_groups:
            part["lr"] = part["rate"] * share
        batch = collate(group, trainer.pieces, rng)
        found = losses(network, batch, trainer.targets, torch.device(trainer.run.device))
        found = {name: loss for name, loss in found.items() if recipe.link == "all" or name not in COMPETING}
        optimizer.zero_grad(set_to_none=True)
        torch.stack(list(found.values())).sum().backward()
        if recipe.processes > 1:
            average_gradients(network, recipe.processes)
        torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
        optimizer.step()
        for name, loss in found.items():
            sums.setdefault(name, []).append(float(loss.detach()))
        seen += int(batch.mask.sum())
        if trainer.rank == 0 and (step % 25 == 24 or step + 1 == len(plan)):
            speed = seen * recipe.processes / (time.monotonic() - started)
            parts = " ".join(f"{name} {np.mean(values[-25:]):.3f}" for name, values in sums.items())
            line = f"epoch {epoch} step {step + 1}/{len(plan)} {speed:.0f} pieces/s  {parts}"
            print(line, file=sys.stderr, flush=True)
