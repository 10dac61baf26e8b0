"""The reader's losses over whole batches of equal shape, from annotations or from teachers' probabilities.

The same objective as flows.train.model.training_loop, written without loops and without shapes that depend on the
data, which is what a graphics processor is fast at. A batch is a dictionary of tensors (`Windows.batch`).
"""

import torch
from torch import Tensor
from torch.nn import functional

from flows.train.data.corpora import IGNORE, LABELS
from flows.train.model.losses import HEAD_WEIGHT, LINK_SCALE
from flows.train.model.network import FAR_PARAGRAPHS, FAR_SENTENCES, LINK_WIDTH, ReaderNetwork, distance_bucket

SIZES = {head: len(names) for head, names in LABELS.items()}
TAUGHT = ("content", "cue", "source", "names")
"""The heads whose probabilities a teacher hands on; the other two have silver labels for every text."""
TAUGHT_LABELS = sum(SIZES[head] for head in TAUGHT)
_OFF = -1e4

Batch = dict[str, Tensor]


def by_head(logits: Tensor) -> dict[str, Tensor]:
    """Return the logits of each head [B, T, labels]."""
    return dict(zip(LABELS, logits.float().split(list(SIZES.values()), dim=-1), strict=True))


def link_scores(network: ReaderNetwork, link: Tensor, batch: Batch) -> Tensor:
    """Scores [B, K, 2, T] of every piece for the K cues of each window (`ReaderNetwork.link_logits`)."""
    link = link.float()
    first, last = batch["cues"][..., :1], batch["cues"][..., 1:]
    place = torch.arange(link.shape[1], device=link.device)
    inside = ((place >= first) & (place <= last)).float()
    cue = torch.einsum("bkt,btcw->bkcw", inside / inside.sum(-1, keepdim=True), link[:, :, 0::2])
    score = torch.einsum("bkcw,btcw->bkct", cue, link[:, :, 1::2]) * LINK_WIDTH**-0.5
    offset = torch.where(place < first, place - first, (place - last).clamp(min=0))
    bias = functional.embedding(distance_bucket(offset), network.link_bias["distance"].t())
    for name, far in (("sentence", FAR_SENTENCES), ("paragraph", FAR_PARAGRAPHS)):
        numbers = batch[f"{name}s"]
        steps = numbers[:, None, :] - numbers.gather(1, batch["cues"][..., 0])[..., None]
        bias = bias + functional.embedding(steps.clamp(-far, far) + far, network.link_bias[name].t())
    return score + bias.permute(0, 1, 3, 2)


def weighted_mean(values: Tensor, weights: Tensor) -> Tensor:
    """Return the mean of the values that have a weight; zero where none has."""
    return (values * weights).sum() / weights.sum().clamp(min=1.0)


def shares(scores: Tensor, batch: Batch) -> tuple[Tensor, Tensor]:
    """Log shares [B, K, T]: of each cue in a piece among the window's cues, of each piece in a cue's source."""
    owner = scores[:, :, 0].masked_fill(~batch["valid"][..., None], _OFF).log_softmax(1)
    speaker = scores[:, :, 1].masked_fill(~batch["mask"][:, None], _OFF).log_softmax(-1)
    return owner, speaker


def _link_mean(pairs: Tensor, batch: Batch) -> Tensor:
    real = batch["mask"][:, None, None, :]
    return weighted_mean((pairs * real).sum((2, 3)) / LINK_SCALE, batch["valid"].float())


def annotated_losses(logits: Tensor, scores: Tensor, batch: Batch) -> dict[str, Tensor]:
    """Return the losses of what people annotated: heads, links, whose a content is, where a source is."""
    found = {}
    for number, (name, part) in enumerate(by_head(logits).items()):
        gold = batch["labels"][:, number]
        each = functional.cross_entropy(part.flatten(0, 1), gold.flatten(), ignore_index=IGNORE, reduction="none")
        found[name] = HEAD_WEIGHT[name] * weighted_mean(each.view_as(gold), (gold != IGNORE).float())
    links = batch["links"]
    pairs = functional.binary_cross_entropy_with_logits(scores, links.float(), reduction="none")
    found["link"] = _link_mean(pairs, batch)
    owner, speaker = shares(scores, batch)
    held = links[:, :, 0] & batch["valid"][..., None]
    found["owner"] = weighted_mean(-(owner * held).sum(1), (held.sum(1) == 1).float())
    named = (links[:, :, 1].any(-1) & batch["valid"]).float()
    found["speaker"] = 0.5 * weighted_mean(-speaker.masked_fill(~links[:, :, 1], _OFF).logsumexp(-1), named)
    return found


def _divergence(target: Tensor, log_guess: Tensor) -> Tensor:
    return torch.xlogy(target, target) - target * log_guess


def taught_losses(logits: Tensor, scores: Tensor, batch: Batch, taught: Tensor, links: Tensor) -> dict[str, Tensor]:
    """Divergence from teachers (Hinton and others 2015); zero for a reader that says the same.

    taught: the probabilities [B, T, TAUGHT_LABELS] of the heads in TAUGHT; links: the teachers' link scores.
    """
    found, at, parts = {}, 0, by_head(logits)
    real = batch["mask"].float()
    for name in TAUGHT:
        target = taught[..., at : at + SIZES[name]]
        at += SIZES[name]
        each = _divergence(target, parts[name].log_softmax(-1)).sum(-1)
        found[f"taught {name}"] = HEAD_WEIGHT[name] * weighted_mean(each, real)
    sure = links.sigmoid()
    pairs = functional.binary_cross_entropy_with_logits(scores, sure, reduction="none")
    found["taught link"] = _link_mean(pairs - functional.binary_cross_entropy(sure, sure, reduction="none"), batch)
    theirs, ours = (shares(values, batch) for values in (links, scores))
    content = (1 - taught[..., 0]) * real * (batch["valid"].sum(1, keepdim=True) > 1)
    owner = _divergence(theirs[0].exp(), ours[0]).masked_fill(~batch["valid"][..., None], 0).sum(1)
    found["taught owner"] = weighted_mean(owner, content)
    speaker = _divergence(theirs[1].exp(), ours[1]).masked_fill(~batch["mask"][:, None], 0).sum(-1)
    found["taught speaker"] = 0.5 * weighted_mean(speaker, batch["valid"].float() * sure[:, :, 1].amax(-1))
    return found
