"""A released reader's folder as a network again: its int8 weights as floats, to go on training from."""

import json
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper

from flows.train.model.network import Encoder, ReaderNetwork

_ONNX_PARTS = {"weight": "gamma", "bias": "beta"}
"""What the parts of a layer norm are called in the graph (flows.train.model.onnx_export)."""


def load_release(folder: Path, dropout: float = 0.1) -> ReaderNetwork:
    """Return the network that a folder of `release.write` holds, up to the rounding of its weights."""
    graph = onnx.load(folder / "model.onnx").graph
    found = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    spec = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    words = _embedding(found, "words")
    places = found["positions.table"][0]
    layers = sum(name.endswith(".qkv.bias") for name in found)
    mixing = next(node for node in graph.node if node.op_type == "MultiHeadAttention")
    heads = next(a.i for a in mixing.attribute if a.name == "num_heads")
    config = {
        "hidden_size": words.shape[1],
        "max_position_embeddings": len(places),
        "intermediate_size": len(found["encoder.layers.0.up.bias"]),
        "num_attention_heads": heads,
        "num_hidden_layers": layers,
    }
    network = ReaderNetwork(
        Encoder(config, len(words), dropout), {head: len(names) for head, names in spec["labels"].items()}
    )
    state = {"encoder.words.weight": words, "encoder.positions.weight": places}
    for name in network.state_dict():
        if name not in state:
            state[name] = _weight(found, spec["link_bias"], name)
    tensors = {name: torch.from_numpy(np.array(value, np.float32)) for name, value in state.items()}
    network.load_state_dict(tensors)
    return network.eval()


def _embedding(found: dict[str, np.ndarray], name: str) -> np.ndarray:
    table = found[f"{name}.table"].astype(np.float32)
    return table * found[f"{name}.scale"] if f"{name}.scale" in found else table


def _weight(found: dict[str, np.ndarray], link_bias: dict, name: str) -> np.ndarray:
    """One tensor of the network by its name in `state_dict`."""
    stem, part = name.rsplit(".", 1)
    if stem == "link_bias":
        return np.array(link_bias[part])
    if stem in ("encoder.shapes", "encoder.gaps"):
        return _embedding(found, stem.removeprefix("encoder."))
    if "norm" in stem:
        return found[f"{'embedding' if stem == 'encoder.norm' else stem}.{_ONNX_PARTS[part]}"]
    value = found[f"{stem}.{part}"]
    if part == "bias":
        return value
    return (value * found[f"{stem}.scale"] if f"{stem}.scale" in found else value).T


def blended(networks: list[ReaderNetwork], shares: list[float]) -> ReaderNetwork:
    """Return the first network with the weighted mean of all their weights.

    Networks that were trained from the same weights stay near enough for it (Wortsman and others 2022, "Robust
    fine-tuning of zero-shot models"): the mean keeps most of what each has learned.
    """
    states = [network.state_dict() for network in networks]
    mean = {name: sum(s * state[name] for s, state in zip(shares, states, strict=True)) for name in states[0]}
    networks[0].load_state_dict(mean)
    return networks[0]
