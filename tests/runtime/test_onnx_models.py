"""A model folder of somebody else: what its graph says about other files is not followed, and nobody is called."""

from pathlib import Path

import numpy as np
import onnxruntime
import pytest
from tokenizers import Tokenizer
from tokenizers.models import WordLevel

from flows.errors import ModelError
from flows.lexicons.paths import asset
from flows.runtime.onnx_models import LARGEST_WEIGHT, PRODUCTS, onnx_session, special_pieces

FLOATS = b"\x00\x00\x80\x3f" * 4


def number(field: int, value: int) -> bytes:
    """A field of a protocol buffer; all numbers here are below 128."""
    return bytes([field << 3, value])


def block(field: int, content: bytes) -> bytes:
    size = bytes([len(content)]) if len(content) < 128 else bytes([len(content) & 127 | 128, len(content) >> 7])
    return bytes([field << 3 | 2]) + size + content


def graph(location: str | None) -> bytes:
    """A graph that adds four numbers to its input; they lie in the file at `location`, or in the graph."""
    entries = {"location": str(location), "offset": "0", "length": "16"}
    outside = b"".join(block(13, block(1, k.encode()) + block(2, v.encode())) for k, v in entries.items())
    weights = number(1, 4) + number(2, 1) + block(8, b"w") + (outside + number(14, 1) if location else block(9, FLOATS))
    kind = block(2, block(1, number(1, 1) + block(2, block(1, number(1, 4)))))
    node = block(1, b"w") + block(1, b"x") + block(2, b"y") + block(4, b"Add")
    parts = (block(1, node), block(2, b"g"), block(5, weights), block(11, block(1, b"x") + kind))
    return number(1, 8) + block(7, b"".join(parts) + block(12, block(1, b"y") + kind)) + block(8, number(2, 17))


@pytest.mark.parametrize("location", ["../secret.bin", "inside.bin", "link.bin", "absolute"])
def test_weights_in_other_files_are_refused(
    tmp_path: Path, location: str, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "model"
    folder.mkdir()
    for path in (tmp_path / "secret.bin", folder / "inside.bin"):
        path.write_bytes(FLOATS)
    (folder / "link.bin").symlink_to("../secret.bin")
    named = str(tmp_path / "secret.bin") if location == "absolute" else location
    (folder / "whole.onnx").write_bytes(graph(None))
    (folder / "other.onnx").write_bytes(graph(named))
    monkeypatch.chdir(folder)
    assert onnx_session(folder / "whole.onnx", 1).get_inputs()[0].shape == [4]
    with pytest.raises(ModelError, match="cannot be run"):
        onnx_session(folder / "other.onnx", 1)
    assert capfd.readouterr().err == ""


def test_products_of_bytes_are_exact_on_whatever_processor() -> None:
    rows = np.random.default_rng(3).integers(0, 256, (7, 64)).astype(np.uint8)
    rows[0] = 255  # two of these products are more than sixteen bits hold
    found = onnx_session(asset(PRODUCTS), 1).run(None, {"a": rows})[0]
    assert (found == LARGEST_WEIGHT * rows.astype(np.int32).sum(axis=1, keepdims=True)).all()


def test_the_library_sends_no_events(monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib

    from flows.runtime import onnx_models

    called: list[bool] = []
    monkeypatch.setattr(onnxruntime, "disable_telemetry_events", lambda: called.append(True))
    importlib.reload(onnx_models)
    assert called == [True]


def test_a_tokenizer_without_the_special_pieces_is_told() -> None:
    pieces = {"[PAD]": 0, "[CLS]": 1, "[SEP]": 2}
    assert special_pieces(Tokenizer(WordLevel(pieces, unk_token="[PAD]")), "reader") == [1, 2, 0]  # noqa: S106
    del pieces["[SEP]"]
    with pytest.raises(ModelError, match=r"The pair model's tokenizer lacks the piece \[SEP\]"):
        special_pieces(Tokenizer(WordLevel(pieces, unk_token="[PAD]")), "pair model")  # noqa: S106
