"""Targets of the meaning head: the base model's own embedding of each span, read alone.

The base is a sentence embedder (mean of its last states, normalised); a base that is none still gives
usable targets, but no meaning worth the name.
"""

from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer

from flows.train.data.corpora import Document
from flows.train.model.network import load_base


@torch.no_grad()
def embed(base: Path, texts: list[str], autocast: bool = True, batch: int = 64) -> np.ndarray:
    """Unit vectors [len(texts), width] of the base model, float16; texts are cut at 256 pieces."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(256)
    encoder = load_base(base).eval()
    ids = [coded.ids for coded in tokenizer.encode_batch(texts)]
    order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
    found = np.zeros((len(texts), encoder.width), np.float16)
    for at in range(0, len(order), batch):
        rows = order[at : at + batch]
        longest = max(len(ids[i]) for i in rows)
        coded = torch.zeros(len(rows), longest, dtype=torch.long)
        mask = torch.zeros(len(rows), longest, dtype=torch.bool)
        for k, i in enumerate(rows):
            coded[k, : len(ids[i])] = torch.tensor(ids[i])
            mask[k, : len(ids[i])] = True
        nothing = torch.zeros_like(coded)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=autocast):
            states = encoder(coded, nothing, nothing, mask).float()
        mean = (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        found[rows] = torch.nn.functional.normalize(mean, dim=-1).numpy().astype(np.float16)
    return found


def add_targets(documents: list[Document], base: Path, cache: Path) -> np.ndarray:
    """Number every span of `documents` that has a meaning, and its target vectors, computed once into
    `cache`.
    """
    texts = [doc.text[s:e] for doc in documents for s, e, _ in doc.meanings]
    number = 0
    for doc in documents:
        doc.meanings = [(s, e, number + k) for k, (s, e, _) in enumerate(doc.meanings)]
        number += len(doc.meanings)
    if cache.exists():
        targets = np.load(cache)
        if len(targets) == number:
            return targets
    targets = embed(base, texts)
    np.save(cache, targets)
    return targets
