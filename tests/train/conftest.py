"""A base for trainings that are over in a second."""

import json
from pathlib import Path

import pytest

from flows.resolve.claims.pairs import pair_model


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """A base of two narrow layers whose vocabulary is single letters."""
    torch = pytest.importorskip("torch", reason="training needs the extra `train`")
    from safetensors.torch import save_file

    letters = [chr(number) for number in range(33, 127)]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *letters, *(f"##{letter}" for letter in letters)]
    vocabulary = {piece: number for number, piece in enumerate(pieces)}
    spec = json.loads((pair_model.FOLDER / "tokenizer.json").read_text(encoding="utf-8"))
    spec["model"]["vocab"] = vocabulary
    for token in spec["added_tokens"]:
        token["id"] = vocabulary[token["content"]]
    width, inner = 24, 48
    torch.manual_seed(1)
    shapes = {
        "embeddings.word_embeddings.weight": (len(pieces), width),
        "embeddings.position_embeddings.weight": (256, width),
        "embeddings.token_type_embeddings.weight": (2, width),
    }
    for number in range(2):
        layer = f"encoder.layer.{number}"
        shapes |= {f"{layer}.attention.self.{part}.weight": (width, width) for part in ("query", "key", "value")}
        shapes |= {f"{layer}.attention.output.dense.weight": (width, width)}
        shapes |= {f"{layer}.intermediate.dense.weight": (inner, width), f"{layer}.output.dense.weight": (width, inner)}
        norms = (f"{layer}.attention.output.LayerNorm", f"{layer}.output.LayerNorm")
        shapes |= {f"{norm}.weight": (width,) for norm in norms}
    shapes["embeddings.LayerNorm.weight"] = (width,)
    weights = {name: torch.randn(shape) * 0.3 for name, shape in shapes.items()}
    biases = {
        name.replace("weight", "bias"): torch.zeros(shape[0])
        for name, shape in shapes.items()
        if "embeddings.w" not in name
    }
    folder = tmp_path / "base"
    folder.mkdir()
    save_file(weights | biases, str(folder / "model.safetensors"))
    config = {"model_type": "bert", "hidden_size": width, "intermediate_size": inner, "num_attention_heads": 2,
              "num_hidden_layers": 2}  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    (folder / "tokenizer.json").write_text(json.dumps(spec), encoding="utf-8")
    return folder
