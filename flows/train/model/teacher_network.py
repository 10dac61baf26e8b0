"""A larger network that teaches the reader: MPNet's encoder under the reader's own heads.

MPNet (Song and others 2020) is BERT with a bias by relative distance in every layer; its word pieces are BERT's, so
that teacher and reader see the same pieces. Its weights never ship.
"""

import json
import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from flows.train.model.network import Encoder, ReaderNetwork

DISTANCES = 32
"""Rows of the bias by relative distance."""
_FAR = 128
_FIRST_PLACE = 2  # positions before it are padding's
_SPECIAL = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
_HIDDEN = -3e4


def relative_bucket(distance: Tensor) -> Tensor:
    """Return the row of each signed distance in pieces: exact when short, then logarithmic to 128, as in T5."""
    half, exact = DISTANCES // 2, DISTANCES // 4
    size = distance.abs()
    log = torch.log(size.float().clamp(min=1) / exact) / math.log(_FAR / exact) * (half - exact)
    return (distance > 0).long() * half + torch.where(size < exact, size, (exact + log.long()).clamp(max=half - 1))


class RelativeEncoder(Encoder):
    """The reader's encoder with a bias by relative distance, the same in all layers; the bias is not trained."""

    def __init__(self, config: dict, vocabulary: int, dropout: float = 0.1):
        super().__init__(config, vocabulary, dropout)
        self.relative = nn.Embedding(DISTANCES, config["num_attention_heads"])
        self.relative.weight.requires_grad_(False)
        for module in self.modules():
            if isinstance(module, nn.LayerNorm):
                module.eps = config["layer_norm_eps"]

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor | None) -> Tensor:
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place) + self.shapes(shapes) + self.gaps(gaps)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        with torch.no_grad():
            bias = self.relative(relative_bucket(place[None, :] - place[:, None])).permute(2, 0, 1)[None]
            if mask is not None:
                bias = torch.where(mask[:, None, None, :], bias, bias.new_tensor(_HIDDEN))
        for layer in self.layers:
            x = layer(x, bias)
        return x


def load_teacher(folder: Path, pieces: dict[str, int], head_sizes: dict[str, int], places: int) -> ReaderNetwork:
    """Return a teacher with the weights of an MPNet in `folder` (config.json, model.safetensors, tokenizer.json).

    `pieces`: the reader's vocabulary, whose rows are taken from MPNet's; `places`: pieces in a window.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    theirs = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    weights = {k.removeprefix("mpnet."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    rows = [theirs[_SPECIAL.get(piece, piece)] for piece, _ in sorted(pieces.items(), key=lambda item: item[1])]
    encoder = RelativeEncoder(config | {"max_position_embeddings": places}, len(rows))
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"][rows],
        "positions.weight": weights["embeddings.position_embeddings.weight"][_FIRST_PLACE : _FIRST_PLACE + places],
        "relative.weight": weights["encoder.relative_attention_bias.weight"],
        "shapes.weight": encoder.shapes.weight.detach(),
        "gaps.weight": encoder.gaps.weight.detach(),
    }
    names = {
        "out": "attention.attn.o",
        "norm1": "attention.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        state[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for number in range(config["num_hidden_layers"]):
            old = f"encoder.layer.{number}."
            state[f"layers.{number}.qkv.{part}"] = torch.cat(
                [weights[f"{old}attention.attn.{name}.{part}"] for name in "qkv"]
            )
            for new, name in names.items():
                state[f"layers.{number}.{new}.{part}"] = weights[f"{old}{name}.{part}"]
    encoder.load_state_dict(state)
    return ReaderNetwork(encoder, head_sizes)
