"""The base model's vocabulary cut to what news uses: half of a small model's weights are word embeddings.

A piece that is dropped costs nothing but length: WordPiece spells its words with shorter pieces, and every
single character stays.
"""

import json
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer


def piece_counts(base: Path, texts: Iterable[str]) -> np.ndarray:
    """Return how often each piece of the base model's vocabulary occurs in `texts`."""
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    counts = np.zeros(tokenizer.get_vocab_size(), np.int64)
    for text in texts:
        counts += np.bincount(tokenizer.encode(text, add_special_tokens=False).ids, minlength=len(counts))
    return counts


def cut(base: Path, counts: np.ndarray, least: int, target: Path) -> list[int]:
    """Write `target`, a tokenizer with the pieces seen at least `least` times; the kept rows of the base, in
    order.
    """
    spec = json.loads((base / "tokenizer.json").read_text(encoding="utf-8"))
    by_number = sorted(spec["model"]["vocab"].items(), key=lambda item: item[1])
    special = {token["content"] for token in spec["added_tokens"]}
    kept = [
        (piece, number)
        for piece, number in by_number
        if piece in special
        or counts[number] >= least
        or (len(piece.removeprefix("##")) == 1 and not piece.startswith("[unused"))
    ]
    spec["model"]["vocab"] = {piece: new for new, (piece, _) in enumerate(kept)}
    for token in spec["added_tokens"]:
        token["id"] = spec["model"]["vocab"][token["content"]]
    spec["truncation"] = spec["padding"] = spec["post_processor"] = None
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(spec, ensure_ascii=False), encoding="utf-8")
    return [number for _, number in kept]
