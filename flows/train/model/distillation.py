"""Teachers of a larger kind, what they say of every window, and the reader that learns from it.

Three steps, each of a given number of seconds, with a learning rate that falls by the clock: how far a training gets on
a borrowed machine then depends on the machine, not on a guess.

Windows that nobody annotated are taught in every step by an earlier reader. Without that, a strong teacher learns to
tell the annotated corpus from other news and finds no cues outside it.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from flows.train.data.window_arrays import Windows, runs_of_cues
from flows.train.model.batched_losses import (
    TAUGHT,
    Batch,
    annotated_losses,
    by_head,
    link_scores,
    taught_losses,
    weighted_mean,
)
from flows.train.model.network import ReaderNetwork
from flows.train.model.training_loop import Recipe, optimizer_of, rate_at

SILVER = frozenset({"ontonotes", "tag"})
_CUE = slice(3, 6)  # of the probabilities that are taught


@dataclass(frozen=True)
class Course:
    """How one network is trained.

    seconds; batch: windows a step; annotated: weight of the annotations beside what is taught; everywhere: whether
    annotated windows are taught too; report: steps between two lines of losses.
    """

    seconds: float
    batch: int = 64
    annotated: float = 1.0
    everywhere: bool = True
    report: int = 200


def run(network: ReaderNetwork, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
    """Return the outputs of a network for a batch, in bfloat16 arithmetic."""
    with torch.autocast(batch["ids"].device.type, dtype=torch.bfloat16):
        logits, link, meaning = network(batch["ids"], batch["shapes"], batch["gaps"], batch["mask"])
    return logits, link, meaning


def probabilities(logits: Tensor) -> Tensor:
    """Return the probabilities of the heads in TAUGHT, side by side."""
    parts = by_head(logits)
    return torch.cat([parts[head].softmax(-1) for head in TAUGHT], dim=-1)


def train_by_clock(
    network: ReaderNetwork,
    windows: Windows,
    recipe: Recipe,
    course: Course,
    losses: Callable[[ReaderNetwork, Batch], dict[str, Tensor]],
) -> int:
    """Train for `course.seconds`; the number of steps taken. Losses go to standard error."""
    optimizer = optimizer_of(network, recipe)
    network.train()
    begun, steps, done = time.monotonic(), 0, 0.0
    while done < 1:
        for rows in windows.shuffled(course.batch):
            done = (time.monotonic() - begun) / course.seconds
            if done >= 1:
                break
            for group in optimizer.param_groups:
                group["lr"] = group["rate"] * rate_at(done + 1e-3, recipe)
            found = losses(network, windows.batch(rows))
            optimizer.zero_grad(set_to_none=True)
            torch.stack(list(found.values())).sum().backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), recipe.clip)
            optimizer.step()
            steps += 1
            if steps % course.report == 0:
                parts = " ".join(f"{name} {float(loss.detach()):.3f}" for name, loss in found.items())
                print(f"step {steps}, {done:.0%}: {parts}", file=sys.stderr, flush=True)
    return steps


def losses_of(course: Course, earlier: ReaderNetwork | None = None) -> Callable[[ReaderNetwork, Batch], dict]:
    """The losses of a step: annotations, what teachers said of the window, and the meaning of an earlier reader."""

    def losses(network: ReaderNetwork, batch: Batch) -> dict[str, Tensor]:
        logits, link, meaning = run(network, batch)
        scores = link_scores(network, link, batch)
        own = batch | {"valid": batch["valid"] & batch["annotated"][:, None]}
        found = annotated_losses(logits, scores, own)
        found = {name: loss * (1.0 if name in SILVER else course.annotated) for name, loss in found.items()}
        if "taught" in batch:
            heard = torch.ones_like(batch["annotated"]) if course.everywhere else ~batch["annotated"]
            there = batch | {name: batch[name] & heard[:, None] for name in ("mask", "valid")}
            found |= taught_losses(logits, scores, there, batch["taught"].float(), batch["link_scores"].float())
        if earlier is not None:
            with torch.no_grad():
                aim = run(earlier, batch)[2].float()
            found["meaning"] = meaning_loss(meaning.float(), aim, batch)
        return found

    return losses


def meaning_loss(meaning: Tensor, aim: Tensor, batch: Batch) -> Tensor:
    """Return how far the sentences' vectors, and the pieces' own, are from those of an earlier reader."""
    real = batch["mask"][..., None].float()
    inside = torch.nn.functional.one_hot(batch["sentences"]).float() * real
    ours, theirs = (torch.einsum("bts,btw->bsw", inside, values * real) for values in (meaning, aim))
    apart = 1 - torch.nn.functional.cosine_similarity(ours, theirs, dim=-1, eps=1e-4)
    by_piece = ((meaning - aim) ** 2 * real).sum() / (aim**2 * real).sum()
    return 2 * weighted_mean(apart, (inside.sum(1) > 3).float()) + 0.2 * by_piece


@torch.no_grad()
def teach(networks: list[ReaderNetwork], windows: Windows, size: int = 192) -> dict[str, np.ndarray]:
    """Return what networks say of every window together: `taught`, `link_scores`, and the cues of windows that nobody
    annotated.
    """
    parts: dict[str, list[np.ndarray]] = {name: [] for name in ("taught", "link_scores", "cues", "count")}
    for network in networks:
        network.eval()
    for rows in torch.arange(len(windows), device=windows.device).split(size):
        batch = windows.batch(rows)
        outputs = [run(network, batch)[:2] for network in networks]
        taught = torch.stack([probabilities(logits) for logits, _ in outputs]).mean(0)
        cues, count = runs_of_cues(taught[..., _CUE].cpu().numpy(), batch["mask"].cpu().numpy())
        marked = batch["annotated"].cpu().numpy()
        cues = np.where(marked[:, None, None], batch["cues"].cpu().numpy(), cues)
        count = np.where(marked, batch["valid"].sum(1).cpu().numpy(), count)
        seen = batch | {"cues": torch.from_numpy(cues).to(windows.device).long()}
        scores = [link_scores(n, link, seen) for n, (_, link) in zip(networks, outputs, strict=True)]
        for name, values in (("taught", taught), ("link_scores", torch.stack(scores).mean(0))):
            parts[name].append(values.half().cpu().numpy())
        parts["cues"].append(cues.astype(np.int16))
        parts["count"].append(count.astype(np.int8))
    return {name: np.concatenate(values) for name, values in parts.items()}
