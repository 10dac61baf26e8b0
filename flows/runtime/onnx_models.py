"""Folders of a model: a description with the hash of every file, and graphs that onnxruntime runs. Its one door."""

import gzip
import hashlib
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from flows.errors import ModelError
from flows.lexicons.paths import asset
from flows.runtime.fingerprints import file_sha256

onnxruntime.disable_telemetry_events()  # some builds of the library send them

PRODUCTS = "models/products.onnx"
"""A product of matrices by which a processor is tried (`flows.train.model.products_graph`)."""
LARGEST_BYTE, LARGEST_WEIGHT = 255, 127


def verified_description(
    path: Path, files: Sequence[str], interface: int, what: str, trained_by: str
) -> tuple[dict[str, Any], str]:
    """Return what the description of a model says, and the SHA-256 of that file.

    path: the description, which has `interface` and the hashes of `files`, which stand beside it. what: the model's
    name in messages; trained_by: the module that writes it. Raises ModelError where a file is missing or was altered,
    or the description is of another interface.
    """
    fix = f"Fetch the folder again, or train it: python -m {trained_by} --help."
    if not path.is_file():
        raise ModelError(f"No {what} in {path.parent}: {path.name} is missing. {fix}")
    raw = path.read_bytes()
    try:
        described: dict[str, Any] = json.loads(raw)
        follows, hashes = described["interface"], described["files"]
    except (ValueError, KeyError, TypeError) as error:
        raise ModelError(f"{path} is no description of a {what} ({error!r}). {fix}") from error
    if follows != interface:
        raise ModelError(f"{path} follows interface {follows}, this version reads {interface}. {fix}")
    for file in (path.parent / name for name in files):
        if not file.is_file():
            raise ModelError(f"The {what} in {path.parent} lacks {file.name}. {fix}")
        found, told = file_sha256(file), str(hashes.get(file.name))
        if found != told:
            raise ModelError(f"{file} was altered: its SHA-256 is {found[:12]}…, {path.name} says {told[:12]}…. {fix}")
    return described, hashlib.sha256(raw).hexdigest()


def special_pieces(tokenizer: Any, what: str) -> list[int]:
    """Return the numbers of the word pieces that begin, end and fill up an input. what: the model's name in messages.

    Raises ModelError where the tokenizer lacks one.
    """
    numbers = {name: tokenizer.token_to_id(name) for name in ("[CLS]", "[SEP]", "[PAD]")}
    for name, number in numbers.items():
        if number is None:
            raise ModelError(f"The {what}'s tokenizer lacks the piece {name}; it is none of a BERT-style base.")
    return list(numbers.values())


def onnx_session(path: Path, threads: int) -> onnxruntime.InferenceSession:
    """Return a session of a graph, packed by gzip or not, on the processor. Raises ModelError where it cannot be run.

    The graph is handed over as bytes: one that keeps weights in other files, which nobody has hashed and which may lie
    anywhere, is refused. Products of bytes are exact whatever the processor.
    """
    return _session(path, threads, exact=products_saturate())


@cache
def products_saturate() -> bool:
    """Tell whether this processor cuts off sums of two products of bytes at sixteen bits.

    x86 without VNNI does: a graph of int8 weights says something else there. Sums of the largest products tell.
    """
    session = _session(asset(PRODUCTS), 1, exact=False)
    rows = np.full((8, session.get_inputs()[0].shape[1]), LARGEST_BYTE, np.uint8)
    found = session.run(None, {"a": rows})[0]
    return bool((found != rows.astype(np.int32).sum(axis=1, keepdims=True) * LARGEST_WEIGHT).any())


def _session(path: Path, threads: int, *, exact: bool) -> onnxruntime.InferenceSession:
    """Return a session; exact: by products of unsigned bytes, which are not cut off anywhere and take twice as long."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 4  # what goes wrong is raised
    # The graphs are written with the operators that run fastest; further fusion slows their layer norms down.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    if exact:  # a step of the next level
        options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
        options.add_session_config_entry("session.x64quantprecision", "1")
    try:
        graph = path.read_bytes()
        graph = gzip.decompress(graph) if path.suffix == ".gz" else graph
        return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime raises a family of its own for files that it cannot run
        raise ModelError(f"{path} cannot be run by onnxruntime: {error}") from error
