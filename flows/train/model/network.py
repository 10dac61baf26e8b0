"""The reader's network: a BERT-style encoder, token heads, cue-conditioned maps and a meaning projection.

The only file that defines torch modules. The encoder is any BERT of the kind of all-MiniLM-L6-v2 (post-norm,
learned positions); its input embedding is widened by the word's shape and the layout in front of it.

- Token heads are linear (one matrix, sliced by head).
- Linking is a biaffine score in the manner of Dozat and Manning (2017): for a cue and a piece, the
  probability that the piece belongs to the cue's content, and to its source. One mechanism thus gives which
  content and source belong to a cue, fragments of one content, shared sources and nesting.
- Meaning is distilled from the base model's own sentence embedding (Reimers and Gurevych 2020): the mean of
  the pieces' projections over a span approximates the embedding of that span read alone.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from flows.extract.reader.token_features import GAPS, SHAPES

LINK_WIDTH = 96
FAR_SENTENCES, FAR_PARAGRAPHS = 4, 3
BUCKETS = 2 * 24 + 1


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distances in pieces as bucket numbers 0 … BUCKETS - 1: exact up to 8, then logarithmic to
    256.
    """
    size = distance.abs()
    log = 8 + (torch.log2(size.clamp(min=8).float() / 8) * 3.2).long()
    bucket = torch.where(size <= 8, size, log).clamp(max=24)
    return torch.where(distance < 0, 24 - bucket, 24 + bucket)


class Layer(nn.Module):
    """One post-norm transformer layer with fused query, key and value."""

    def __init__(self, width: int, inner: int, heads: int, dropout: float):
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=1e-12)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = self.out(mixed.transpose(1, 2).reshape(batch, length, width))
        x = self.norm1(x + functional.dropout(mixed, self.dropout, self.training))
        inner = self.down(functional.gelu(self.up(x)))
        return self.norm2(x + functional.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces with shapes and gaps to one vector a piece."""

    def __init__(self, config: dict, vocabulary: int, dropout: float = 0.1):
        super().__init__()
        width = config["hidden_size"]
        self.width, self.dropout = width, dropout
        self.words = nn.Embedding(vocabulary, width)
        self.positions = nn.Embedding(config["max_position_embeddings"], width)
        self.shapes = nn.Embedding(len(SHAPES), width)
        self.gaps = nn.Embedding(len(GAPS), width)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.gaps.weight)
        self.norm = nn.LayerNorm(width, eps=1e-12)
        self.layers = nn.ModuleList(
            Layer(width, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"])
        )

    def forward(self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor | None) -> Tensor:
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.words(ids) + self.positions(place) + self.shapes(shapes) + self.gaps(gaps)
        x = functional.dropout(self.norm(x), self.dropout, self.training)
        visible = None if mask is None else mask[:, None, None, :]
        for layer in self.layers:
            x = layer(x, visible)
        return x


def load_base(folder: Path, kept: list[int] | None = None, dropout: float = 0.1) -> Encoder:
    """Return the encoder with the base model's weights; `kept` are the rows of its vocabulary to keep, in order.

    Shapes and gaps start at zero, so that the fresh encoder computes exactly what the base does.
    """
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    weights = {k.removeprefix("bert."): v.float() for k, v in load_file(folder / "model.safetensors").items()}
    words = weights["embeddings.word_embeddings.weight"]
    words = words if kept is None else words[torch.tensor(kept)]
    encoder = Encoder(config, len(words), dropout)
    state = {
        "words.weight": words,
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "shapes.weight": encoder.shapes.weight.detach(),
        "gaps.weight": encoder.gaps.weight.detach(),
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "out": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for number in range(config["num_hidden_layers"]):
        old = f"encoder.layer.{number}."
        for part in ("weight", "bias"):
            state[f"layers.{number}.qkv.{part}"] = torch.cat(
                [weights[f"{old}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for new, name in names.items():
                state[f"layers.{number}.{new}.{part}"] = weights[f"{old}{name}.{part}"]
    encoder.load_state_dict(state)
    return encoder


class ReaderNetwork(nn.Module):
    """Encoder and heads. `head_sizes` maps a head's name to its number of labels, in a fixed order."""

    def __init__(self, encoder: Encoder, head_sizes: dict[str, int]):
        super().__init__()
        width = encoder.width
        self.encoder = encoder
        self.head_sizes = dict(head_sizes)
        self.heads = nn.Linear(width, sum(head_sizes.values()))
        self.link_hidden = nn.Linear(width, width)
        self.link = nn.Linear(width, 4 * LINK_WIDTH)  # cue → content, content, cue → source, source
        # Two rows each: content, source. How far a piece is from the cue says much about a link.
        self.link_bias = nn.ParameterDict(
            {
                "distance": nn.Parameter(torch.full((2, BUCKETS), -2.0)),
                "sentence": nn.Parameter(torch.zeros(2, 2 * FAR_SENTENCES + 1)),
                "paragraph": nn.Parameter(torch.zeros(2, 2 * FAR_PARAGRAPHS + 1)),
            }
        )
        self.meaning = nn.Linear(width, width)

    def forward(
        self, ids: Tensor, shapes: Tensor, gaps: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Logits of all heads [B, T, labels], link vectors [B, T, 4, LINK_WIDTH], meaning [B, T, width]."""
        x = self.encoder(ids, shapes, gaps, mask)
        dropped = functional.dropout(x, self.encoder.dropout, self.training)
        link = self.link(functional.gelu(self.link_hidden(dropped)))
        return self.heads(dropped), link.view(*link.shape[:2], 4, LINK_WIDTH), self.meaning(x)

    def link_logits(self, link: Tensor, cues: Tensor, sentences: Tensor, paragraphs: Tensor) -> Tensor:
        """Scores [C, 2, T] of every piece for C cues, each a row (window, first piece, last piece inclusive).

        `sentences` and `paragraphs` [B, T] number the pieces' sentences and paragraphs.
        """
        rows, first, last = cues.unbind(1)
        link = link.float()
        length = link.shape[1]
        place = torch.arange(length, device=link.device)
        inside = ((place >= first[:, None]) & (place <= last[:, None])).float()
        window = link[rows]  # [C, T, 4, W]
        cue = torch.einsum("ct,ctkw->ckw", inside / inside.sum(1, keepdim=True), window[:, :, 0::2])
        score = torch.einsum("ckw,ctkw->ckt", cue, window[:, :, 1::2]) * LINK_WIDTH**-0.5
        offset = torch.where(place < first[:, None], place - first[:, None], (place - last[:, None]).clamp(min=0))
        bias = self.link_bias["distance"][:, distance_bucket(offset)]
        for name, numbers, far in (
            ("sentence", sentences, FAR_SENTENCES),
            ("paragraph", paragraphs, FAR_PARAGRAPHS),
        ):
            numbered = numbers[rows]
            steps = numbered - numbered.gather(1, first[:, None])
            bias = bias + self.link_bias[name][:, steps.clamp(-far, far) + far]
        return score + bias.transpose(0, 1)
