"""The pair model's network: one BERT-style encoder over both statements, five answers from its first piece.

Pieces carry a mark of what their word is to the other statement (`flows.resolve.claims.pairs.pair_input`). The encoder
is any BERT of the kind of all-MiniLM-L6-v2, or an MPNet, which scores distances between pieces as well; fewer layers
than the base has can be kept.
"""

import json
import math
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from flows.train.model.network import Layer

ANSWERS = 5
MARKS = 22  # two sides with len(pair_input.MARKS) marks each; a test holds the two together
POSITIONS = 104  # of one statement
DISTANCES = 32


class PairNetwork(nn.Module):
    """Pieces and marks of pairs to five logits a pair.

    The first `apart` layers read each statement by itself, as the base was trained to, so that what they find can be
    kept and used for every pair of the statement; the others read both. The answer comes from the first piece and from
    the means of both statements, whose likeness the base was trained for.
    """

    places = POSITIONS

    def __init__(self, config: dict, vocabulary: int, apart: int, dropout: float = 0.1):
        super().__init__()
        width = config["hidden_size"]
        self.apart, self.dropout, self.heads = apart, dropout, config["num_attention_heads"]
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(self.places, width)
        self.marks = nn.Embedding(MARKS, width)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], self.heads, dropout) for _ in range(config["num_hidden_layers"])
        )
        self.distances = nn.Embedding(DISTANCES, self.heads) if config["model_type"] == "mpnet" else None
        self.hidden = nn.Linear(3 * width + 1, width)
        self.answer = nn.Linear(width, ANSWERS)

    def forward(self, ids: Tensor, marks: Tensor, first: Tensor, mask: Tensor) -> Tensor:
        """Logits [B, 5]; `first` [B] is the length of the first statement, `mask` [B, T] the pieces that are there."""
        place = torch.arange(ids.shape[1], device=ids.device)
        second = place >= first[:, None]
        place = torch.where(second, place - first[:, None], place).clamp(max=POSITIONS - 1)
        x = functional.dropout(self.norm(self.words(ids) + self.positions(place)), self.dropout, self.training)
        both = mask[:, None, None, :]
        alone = both & (second[:, None, :, None] == second[:, None, None, :])
        bias = None if self.distances is None else self.distances(distance_bucket(place)).permute(0, 3, 1, 2)
        for number, layer in enumerate(self.layers):
            if number == self.apart:
                x = x + self.marks(marks)
            x = layer(x, visible(alone if number < self.apart else both, bias, x))
        return self.answer(functional.gelu(self.hidden(self.features(x, second, mask))))

    def features(self, x: Tensor, second: Tensor, mask: Tensor) -> Tensor:
        """First piece, distance and product of the statements' means, and their cosine: [B, 3 * width + 1]."""
        means = []
        for side in (mask & ~second, mask & second):
            weight = side[:, :, None].to(x.dtype)
            means.append(functional.normalize((x * weight).sum(1) / weight.sum(1), dim=1))
        a, b = means
        scale = x.shape[2] ** 0.5
        product = a * b * scale * scale
        return torch.cat([x[:, 0], (a - b).abs() * scale, product, product.mean(1, keepdim=True) * 4], dim=1)


class TeacherNetwork(PairNetwork):
    """Both statements as one text, read together by every layer: places run on, the first piece alone answers.

    This is how its base was trained to read. Places that start anew with the second statement cost a teacher of MPNet's
    kind, whose layers weigh the distance of two pieces, 18 to 24 points of average precision.
    """

    places = 2 * POSITIONS

    def __init__(self, config: dict, vocabulary: int, apart: int, dropout: float = 0.1):
        super().__init__(config, vocabulary, apart, dropout)
        self.hidden = nn.Linear(config["hidden_size"], config["hidden_size"])

    def forward(self, ids: Tensor, marks: Tensor, first: Tensor, mask: Tensor) -> Tensor:  # noqa: ARG002 - as above
        """Logits [B, 5]; as those of `PairNetwork`, `first` not being needed."""
        place = torch.arange(ids.shape[1], device=ids.device)[None]
        x = functional.dropout(self.norm(self.words(ids) + self.positions(place)), self.dropout, self.training)
        x = x + self.marks(marks)
        bias = None if self.distances is None else self.distances(distance_bucket(place)).permute(0, 3, 1, 2)
        seen = visible(mask[:, None, None, :], bias, x)
        for layer in self.layers:
            x = layer(x, seen)
        return self.answer(functional.gelu(self.hidden(x[:, 0])))


def visible(mask: Tensor, bias: Tensor | None, x: Tensor) -> Tensor:
    """The attention mask as numbers to add, with the base's scores of distances, in the computation's precision."""
    kind = torch.get_autocast_dtype(x.device.type) if torch.is_autocast_enabled(x.device.type) else x.dtype
    added = torch.zeros(mask.shape, dtype=kind, device=x.device).masked_fill(~mask, -1e4)
    return added if bias is None else added + bias.to(kind)


def distance_bucket(place: Tensor) -> Tensor:
    """MPNet's buckets of distances between pieces: [B, T, T], half for each direction, logarithmic from 8 on."""
    distance = place[:, :, None] - place[:, None, :]
    half, exact = DISTANCES // 2, DISTANCES // 4
    size = distance.abs()
    log = exact + (torch.log(size.clamp(min=1).float() / exact) / math.log(128 / exact) * (half - exact)).long()
    return torch.where(size < exact, size, log.clamp(max=half - 1)) + half * (distance < 0)


def load_base(
    folder: Path,
    kept: Sequence[int],
    layers: Sequence[int] = (),
    apart: int = 0,
    dropout: float = 0.1,
    kind: type[PairNetwork] = PairNetwork,
    seed: int = 0,
) -> PairNetwork:
    """Return a network with the base's weights: `kept` rows of its vocabulary, `layers` of its layers, in order; what
    the base has not is drawn from `seed`."""
    torch.manual_seed(seed)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    layers = list(layers) or list(range(config["num_hidden_layers"]))
    network = kind({**config, "num_hidden_layers": len(layers)}, len(kept), apart, dropout)
    state = network.state_dict()
    mpnet = config["model_type"] == "mpnet"
    state["words.weight"] = weights["embeddings.word_embeddings.weight"][torch.tensor(kept)]
    start = 2 if mpnet else 0  # MPNet counts positions from behind its padding piece
    state["positions.weight"] = weights["embeddings.position_embeddings.weight"][start : start + kind.places]
    if not mpnet:
        state["positions.weight"] = state["positions.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    if mpnet:
        state["distances.weight"] = weights["encoder.relative_attention_bias.weight"]
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for new, old in enumerate(layers):
            for name, source in (MPNET_LAYER if mpnet else BERT_LAYER).items():
                state[f"layers.{new}.{name}.{part}"] = torch.cat(
                    [weights[f"encoder.layer.{old}.{one}.{part}"] for one in source]
                )
    network.load_state_dict(state)
    return network


_SHARED = {"up": ("intermediate.dense",), "down": ("output.dense",), "norm2": ("output.LayerNorm",)}
BERT_LAYER = {
    "qkv": tuple(f"attention.self.{name}" for name in ("query", "key", "value")),
    "out": ("attention.output.dense",),
    "norm1": ("attention.output.LayerNorm",),
    **_SHARED,
}
MPNET_LAYER = {
    "qkv": tuple(f"attention.attn.{name}" for name in "qkv"),
    "out": ("attention.attn.o",),
    "norm1": ("attention.LayerNorm",),
    **_SHARED,
}
