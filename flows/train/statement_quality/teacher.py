"""A large network reads rows: how probably each may be published. Its answers teach the weights that ship.

MPNet-base over what is given of a row and the text around it; the answer comes from the first piece. Five networks,
each trained on four fifths of the labelled rows that are not closed, first on rows that were made worse (a pronoun for
what stands in brackets, an end cut off, words of the next sentence joined). A labelled row has the answer of the
network that did not see it, every other row the mean of all. Needs the `train` extra; half a minute a network on one
H200.
"""

import argparse
import random
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from flows.train.claim_pairs.network import TeacherNetwork, load_base
from flows.train.claim_pairs.rows.mixture import base_rows
from flows.train.claim_pairs.training import Recipe, alike_in_length, optimizer_of
from flows.train.closed_parts import read_lines
from flows.train.statement_quality.rows import FOLDS, LabelledRow

GIVEN, PIECES = 96, 192
"""Pieces of what is given of a row, and of that and the text around it."""
RATE, HEAD_RATE, WARM_UP, BATCH = 4e-5, 5e-4, 0.06, 64
PASSES = 5
"""Over the labelled rows, after one over those that were made worse."""
WORSE = 0.25
"""Share of the rows without a label that are made worse, and what such a row counts in the second training."""
PRONOUNS = ("He", "She", "It", "They", "This", "That", "He", "It", "They")
_BRACKETS = re.compile(r"\[[^\]]*\]")


@dataclass(frozen=True)
class Example:
    """A row as the network reads it, whether it is good, and what it counts."""

    given: str
    around: str
    good: float
    importance: float


@dataclass(frozen=True)
class Framed:
    """Examples in pieces: `[CLS] given [SEP] around [SEP]`, and how long the first part is."""

    pieces: list[list[int]]
    first: list[int]

    def batch(self, chosen: Sequence[int], device: str) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Pieces, marks (0 of the first part, 1 of the second), lengths of the first parts and mask."""
        length = max(len(self.pieces[n]) for n in chosen)
        ids = torch.tensor([self.pieces[n] + [0] * (length - len(self.pieces[n])) for n in chosen], device=device)
        place = torch.arange(length, device=device)
        first = torch.tensor([self.first[n] for n in chosen], device=device)
        sizes = torch.tensor([len(self.pieces[n]) for n in chosen], device=device)
        return ids, (place >= first[:, None]).long(), first, place < sizes[:, None]


def framed(examples: Sequence[Example], tokenizer: Tokenizer) -> Framed:
    """Return the examples in pieces; what is too long loses its end."""
    start, stop = (tokenizer.token_to_id(name) or 0 for name in ("[CLS]", "[SEP]"))
    pieces, first = [], []
    for example in examples:
        given = tokenizer.encode(example.given, add_special_tokens=False).ids[:GIVEN]
        around = tokenizer.encode(example.around, add_special_tokens=False).ids[: PIECES - 3 - len(given)]
        pieces.append([start, *given, stop, *around, stop])
        first.append(len(given) + 2)
    return Framed(pieces, first)


def made_worse(row: LabelledRow, rng: random.Random) -> str | None:
    """Return what is given of a row with its statement made worse; None where that cannot be done."""
    head, _, statement = row.given.partition(" : ")
    words, dice = statement.split(), rng.random()
    bracket = _BRACKETS.match(statement)
    if bracket and dice < 0.5:
        return f"{head} : {rng.choice(PRONOUNS)}{statement[bracket.end() :]}"
    if len(words) > 6 and dice < 0.8:
        cut = words[rng.randint(1, 3) :] if dice < 0.6 else words[: -rng.randint(1, 4)]
        return f"{head} : {' '.join(cut)}"
    _, found, behind = row.around.partition(words[-1])
    tail = behind.split()[: rng.randint(1, 4)] if found else []
    return f"{head} : {statement} {' '.join(tail)}" if tail else None


def worse_and_whole(rows: Sequence[LabelledRow], rng: random.Random) -> list[Example]:
    """Return rows without a label that were made worse, and each as it was."""
    found = []
    for row in rows:
        worse = made_worse(row, rng) if row.good is None and rng.random() < WORSE else None
        if worse is not None:
            found += [Example(worse, row.around, 0.0, WORSE), Example(row.given, row.around, 1.0, WORSE)]
    return found


def fit(network: TeacherNetwork, examples: Sequence[Example], read: Framed, passes: int, seed: int) -> None:
    """Train a network in place, batches of about equal length in random order."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    device = str(next(network.parameters()).device)
    optimizer = optimizer_of(network, Recipe(rate=RATE, head_rate=HEAD_RATE), device)
    plan = [batch for _ in range(passes) for batch in _batches(read, rng)]
    network.train()
    for step, batch in enumerate(plan):
        factor = min(1.0, (step + 1) / (WARM_UP * len(plan))) * max(0.01, 1 - step / len(plan))
        for group in optimizer.param_groups:
            group["lr"] = group["rate"] * factor
        good = torch.tensor([examples[n].good for n in batch], device=device)
        counts = torch.tensor([examples[n].importance for n in batch], device=device)
        with torch.autocast(device.partition(":")[0], dtype=torch.bfloat16):
            odds = network(*read.batch(batch, device))[:, 0].float()
        loss = functional.binary_cross_entropy_with_logits(odds, good, counts, reduction="sum") / counts.sum()
        optimizer.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()


def _batches(read: Framed, rng: np.random.Generator) -> list[list[int]]:
    lengths = np.array([len(pieces) for pieces in read.pieces])
    batches = alike_in_length(rng.permutation(len(lengths)), lengths, BATCH)
    return [batches[n].tolist() for n in rng.permutation(len(batches))]


@torch.inference_mode()
def answered(network: TeacherNetwork, read: Framed) -> np.ndarray:
    """Return how probably each example is good."""
    network.eval()
    device = str(next(network.parameters()).device)
    order = sorted(range(len(read.pieces)), key=lambda n: len(read.pieces[n]))
    found = np.zeros(len(order), np.float32)
    for at in range(0, len(order), 8 * BATCH):
        batch = order[at : at + 8 * BATCH]
        with torch.autocast(device.partition(":")[0], dtype=torch.bfloat16):
            found[batch] = network(*read.batch(batch, device))[:, 0].float().sigmoid().cpu().numpy()
    return found


def answers(rows: Sequence[LabelledRow], base: Path, tokenizer_file: Path, device: str) -> np.ndarray:
    """Return the teacher's answer to each row [N]."""
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    asked = framed([Example(row.given, row.around, 0, 0) for row in rows], tokenizer)
    worse = worse_and_whole(rows, random.Random(5))  # noqa: S311 - as above
    total, unseen = np.zeros(len(rows), np.float32), np.full(len(rows), np.nan, np.float32)
    for fold in range(FOLDS):
        open_rows = [row for row in rows if row.good is not None and not row.closed and row.fold != fold]
        labelled = [Example(row.given, row.around, float(row.good or 0), 1.0) for row in open_rows]
        network = load_base(base, base_rows(base, tokenizer_file), kind=TeacherNetwork, seed=fold).to(device)
        fit(network, worse, framed(worse, tokenizer), 1, 10 + fold)
        both = [*labelled * PASSES, *worse[::4]]
        fit(network, both, framed(both, tokenizer), 1, 20 + fold)
        told = answered(network, asked)
        total += told / FOLDS
        held = np.array([row.good is not None and not row.closed and row.fold == fold for row in rows])
        unseen[held] = told[held]
    return np.where(np.isnan(unseen), total, unseen)


def main() -> None:
    """Train, answer, write."""
    parser = argparse.ArgumentParser(prog="python -m flows.train.statement_quality.teacher", description=__doc__)
    parser.add_argument("rows", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--base", type=Path, required=True, help="folder of MPNet-base or all-mpnet-base-v2")
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the pair model")
    parser.add_argument("--device", default="cpu")
    arguments = parser.parse_args()
    rows = [LabelledRow(**line) for line in read_lines(arguments.rows)]
    told = answers(rows, arguments.base, arguments.tokenizer, arguments.device)
    np.savez_compressed(arguments.answers, answers=told)


if __name__ == "__main__":
    main()
