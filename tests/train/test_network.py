"""The trained network and the exported file say the same, and an interrupted training goes on where it
stopped.
"""

import json

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")
onnxruntime = pytest.importorskip("onnxruntime")
pytest.importorskip("onnx", reason="training needs the extra `train`")

from safetensors.torch import save_file  # noqa: E402

from flows.extract.reader import reading as run_time  # noqa: E402
from flows.extract.reader.model import Reader  # noqa: E402
from flows.train import __main__ as command  # noqa: E402
from flows.train.data.corpora import LABELS, Document, read_documents  # noqa: E402
from flows.train.model import network as networks  # noqa: E402
from flows.train.model import onnx_export, release, training_loop  # noqa: E402

WORDS = [
    "[PAD]",
    "[UNK]",
    "[CLS]",
    "[SEP]",
    "[MASK]",
    *'abcdefghijklmnopqrstuvwxyz.,"',
    "said",
    "the",
    "mayor",
    "##s",
]


@pytest.fixture
def base(tmp_path):
    """A tiny base with random weights, laid out as a downloaded one."""
    torch.manual_seed(3)
    config = {"hidden_size": 32, "intermediate_size": 64, "num_attention_heads": 4, "num_hidden_layers": 2}
    config |= {"max_position_embeddings": 512}
    encoder = networks.Encoder(config, len(WORDS))
    state = {}
    for name, value in {
        "word_embeddings.weight": encoder.words.weight,
        "position_embeddings.weight": encoder.positions.weight,
        "token_type_embeddings.weight": torch.zeros(2, 32),
        "LayerNorm.weight": torch.ones(32),
        "LayerNorm.bias": torch.zeros(32),
    }.items():
        state[f"embeddings.{name}"] = value.detach().clone()
    for number in range(2):
        for name, (rows, columns) in {
            "attention.self.query": (32, 32), "attention.self.key": (32, 32), "attention.self.value": (32,
            32), "attention.output.dense": (32, 32), "intermediate.dense": (64, 32), "output.dense": (32, 64),
        }.items():  # fmt: skip
            state[f"encoder.layer.{number}.{name}.weight"] = torch.randn(rows, columns) * 0.1
            state[f"encoder.layer.{number}.{name}.bias"] = torch.zeros(rows)
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            state[f"encoder.layer.{number}.{name}.weight"] = torch.ones(32)
            state[f"encoder.layer.{number}.{name}.bias"] = torch.zeros(32)
    folder = tmp_path / "base"
    folder.mkdir()
    save_file(state, folder / "model.safetensors")
    (folder / "config.json").write_text(json.dumps(config))
    tokenizer = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "post_processor": None,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {word: n for n, word in enumerate(WORDS)}},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    return folder


@pytest.fixture
def work(base, tmp_path):
    folder = tmp_path / "work"
    folder.mkdir()
    (folder / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
    (folder / "kept.json").write_text(json.dumps(list(range(len(WORDS)))))
    return folder


def documents() -> list[Document]:
    text = 'the mayor said the a b c. "a b", said the mayor.'
    attributions = [{"content": [[15, 24]], "source": [0, 9], "cue": [10, 14]}]
    return [Document(f"d{n}", text, attributions) for n in range(4)]


def fresh(base):
    torch.manual_seed(5)
    return networks.ReaderNetwork(networks.load_base(base), {k: len(v) for k, v in LABELS.items()}).eval()


def test_the_exported_float_model_computes_what_the_network_does(base, tmp_path):
    network = fresh(base)
    onnx_export.save(network, tmp_path / "model.onnx", quantised=False)
    session = onnxruntime.InferenceSession(str(tmp_path / "model.onnx"))
    rng = np.random.default_rng(1)
    feed = {name: rng.integers(0, high, (1, 19)) for name, high in (("ids", 30), ("shapes", 9), ("gaps", 4))}
    logits, link, meaning = session.run(("logits", "link", "meaning"), feed)
    with torch.no_grad():
        expected = network(*(torch.tensor(feed[name]) for name in ("ids", "shapes", "gaps")))
    assert np.allclose(logits, expected[0].numpy(), atol=1e-4)
    assert np.allclose(link, expected[1].numpy().reshape(link.shape), atol=1e-4)
    assert np.allclose(meaning, expected[2].numpy(), atol=1e-4)


def test_distances_fall_into_the_same_buckets_in_training_and_in_reading():
    distances = np.arange(-400, 401)
    trained = networks.distance_bucket(torch.tensor(distances)).numpy()
    assert np.array_equal(trained, run_time.distance_bucket(distances))


def test_a_training_ends_in_a_folder_that_reads(base, work, tmp_path):
    recipe = training_loop.Recipe(epochs=2, batch_pieces=512)
    training_loop.train(0, training_loop.Run(documents(), base, work, recipe))
    network, facts = release.load_checkpoint(work, base)
    release.write(network, work, tmp_path / "reader", facts=facts, decoding={}, quantised=True)
    reading = Reader(tmp_path / "reader").read("the mayor said a b.")
    assert len(reading) == 6
    assert facts["epoch"] == 2


def test_an_interrupted_training_ends_with_the_same_weights(base, work, tmp_path, monkeypatch):
    recipe = training_loop.Recipe(epochs=2, batch_pieces=512)
    whole = tmp_path / "whole"
    whole.mkdir()
    for name in ("tokenizer.json", "kept.json"):
        (whole / name).write_bytes((work / name).read_bytes())
    training_loop.train(0, training_loop.Run(documents(), base, whole, recipe))

    run_epoch = training_loop.run_epoch

    def stops(trainer, epoch):
        if epoch == 1:
            raise KeyboardInterrupt
        run_epoch(trainer, epoch)

    monkeypatch.setattr(training_loop, "run_epoch", stops)
    with pytest.raises(KeyboardInterrupt):
        training_loop.train(0, training_loop.Run(documents(), base, work, recipe))
    monkeypatch.setattr(training_loop, "run_epoch", run_epoch)
    training_loop.train(0, training_loop.Run(documents(), base, work, recipe))
    first, second = (release.load_checkpoint(folder, base)[0].state_dict() for folder in (whole, work))
    assert all(torch.equal(first[name], second[name]) for name in first)


def test_two_stages_are_one_command(base, tmp_path, monkeypatch):
    """The first stage teaches links pair by pair, the second goes on from its weights with all losses."""
    corpus, work = tmp_path / "corpus.jsonl", tmp_path / "work"
    rows = [{"doc_id": d.doc_id, "text": d.text, "attributions": d.attributions} for d in documents()]
    corpus.write_text("".join(json.dumps(row) + "\n" for row in rows))
    taught = []

    def run_epoch(trainer, epoch):
        taught.append((trainer.run.work.name, trainer.run.recipe.link, epoch))
        original(trainer, epoch)

    original = training_loop.run_epoch
    monkeypatch.setattr(training_loop, "run_epoch", run_epoch)
    monkeypatch.setattr(command.embedding_targets, "add_targets", lambda *_: None)
    monkeypatch.setattr(
        "sys.argv",
        ["train", str(corpus), "--base", str(base), "--work", str(work), "--least-count", "0", "--pairs-first", "1",
         "--epochs", "1", "--batch-pieces", "512"],
    )  # fmt: skip
    command.main()
    assert taught == [("pairs", "pairs", 0), ("work", "all", 0)]
    command.main()  # both stages are behind: nothing is trained again
    assert len(taught) == 2
    first, second = (release.load_checkpoint(f, base)[0].state_dict() for f in (work / "pairs", work))
    assert not all(torch.equal(first[name], second[name]) for name in first)


def test_corpora_are_read_with_their_silver_labels(tmp_path):
    row = {"doc_id": "a", "text": "Ann left Rome.", "entities": [{"start": 0, "end": 3, "type": "Person"}]}
    (tmp_path / "corpus.jsonl").write_text(json.dumps(row) + "\n")
    (document,) = read_documents([tmp_path / "corpus.jsonl"], [])
    assert document.names == [(0, 3, "PERSON")]
    assert document.attributions is None
