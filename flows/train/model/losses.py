"""What the network is taught by: a loss for every task that a batch has labels for."""

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from flows.train.data.corpora import IGNORE, LABELS, Batch
from flows.train.model.network import ReaderNetwork

HEAD_WEIGHT = {"content": 1.0, "cue": 1.0, "source": 1.0, "names": 1.0, "ontonotes": 0.5, "tag": 0.3}


LINK_SCALE = 32.0  # pieces of a typical content: the linking loss of a cue is a sum over pieces, divided by this


COMPETING = frozenset({"owner", "speaker"})
"""Losses in which cues compete for a content and pieces for being the source (`link_losses`)."""


def losses(network: ReaderNetwork, batch: Batch, targets: Tensor | None, device: torch.device) -> dict[str, Tensor]:
    """Return the loss of every task that the batch has labels for."""

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
            loss = functional.cross_entropy(scores.flatten(0, 1), gold.flatten(), ignore_index=IGNORE)
            found[name] = HEAD_WEIGHT[name] * loss
    if len(batch.cues):
        found |= link_losses(network, batch, link)
    if targets is not None and len(batch.meanings):
        rows, first, last, number = to(batch.meanings).unbind(1)
        place = torch.arange(meaning.shape[1], device=device)
        inside = ((place >= first[:, None]) & (place < last[:, None])).float()
        member = torch.zeros(len(rows), meaning.shape[0], device=device)
        member[torch.arange(len(rows), device=device), rows] = 1
        weights = member[:, :, None] * inside[:, None, :] / inside.sum(1)[:, None, None]
        pooled = weights.flatten(1) @ meaning.float().flatten(0, 1)
        found["meaning"] = 1 - functional.cosine_similarity(pooled, targets[number].to(device).float()).mean()
    return found


def link_losses(network: ReaderNetwork, batch: Batch, link: Tensor) -> dict[str, Tensor]:
    """Return what the maps from cues are taught by.

    "link": is the piece in the cue's content, in its source (binary, each pair for itself). "owner": of the
    window's cues, which one owns a piece of content (softmax over cues, as over heads in dependency parsing).
    "speaker": where the cue's source is (softmax over pieces, any piece of it).
    """
    device = link.device
    cues = torch.from_numpy(batch.cues).to(device)
    gold = torch.from_numpy(batch.links).to(device)
    sentences, paragraphs = (torch.from_numpy(a).to(device) for a in (batch.sentences, batch.paragraphs))
    scores = network.link_logits(link, cues, sentences, paragraphs)
    rows = cues[:, 0]
    real = torch.from_numpy(batch.mask).to(device)[rows]
    pairs = functional.binary_cross_entropy_with_logits(scores, gold.float(), reduction="none")
    found = {"link": (pairs * real[:, None, :]).sum() / LINK_SCALE / len(cues)}
    # Cues come window by window; `order` is a cue's number within its window.
    counts = torch.bincount(rows, minlength=link.shape[0])
    order = torch.arange(len(rows), device=device) - (counts.cumsum(0) - counts)[rows]
    shape = (link.shape[0], int(counts.max()), link.shape[1])
    table = scores.new_full(shape, -1e4).index_put((rows, order), scores[:, 0])
    owned = gold.new_zeros(shape).index_put((rows, order), gold[:, 0])
    once = owned.sum(1) == 1
    if once.any():
        by_piece = table.transpose(1, 2)[once]
        found["owner"] = functional.cross_entropy(by_piece, owned.transpose(1, 2)[once].float().argmax(1))
    named = gold[:, 1].any(1)
    if named.any():
        places = scores[:, 1].masked_fill(~real, -1e4).log_softmax(1)[named]
        found["speaker"] = -places.masked_fill(~gold[named, 1], -1e4).logsumexp(1).mean() * 0.5
    return found
