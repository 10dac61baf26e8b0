"""A reader that learns from larger networks: what teachers say, what is lost by saying otherwise, what is kept."""

import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="training needs the extra `train`")
pytest.importorskip("onnx", reason="training needs the extra `train`")

from safetensors.torch import save_file  # noqa: E402

from flows.extract.reader.model import Pieces  # noqa: E402
from flows.train.data.corpora import LABELS, Document  # noqa: E402
from flows.train.data.window_arrays import Windows, arrays_of, runs_of_cues  # noqa: E402
from flows.train.model import batched_losses, distillation, release, training_loop  # noqa: E402
from flows.train.model.earlier_release import blended, load_release  # noqa: E402
from flows.train.model.network import Encoder, ReaderNetwork  # noqa: E402
from flows.train.model.teacher_network import load_teacher, relative_bucket  # noqa: E402

SIZES = {head: len(names) for head, names in LABELS.items()}
WIDTH = 24
CONFIG = {"hidden_size": WIDTH, "intermediate_size": 48, "num_attention_heads": 2, "num_hidden_layers": 2}
CONFIG |= {"max_position_embeddings": 256}
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *'abcdefghijklmnopqrstuvwxyz.,"', "said", "the", "mayor"]


@pytest.fixture
def tokenizer(tmp_path):
    spec = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "post_processor": None,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"}, "decoder": None,
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {word: n for n, word in enumerate(WORDS)}},
    }  # fmt: skip
    path = tmp_path / "tokenizer.json"
    path.write_text(json.dumps(spec))
    return path


@pytest.fixture
def windows(tokenizer, tmp_path):
    """Windows of one annotated text, of one that nobody annotated."""
    text = 'the mayor said the a b c. "a b", said the mayor.'
    attributions = [{"content": [[15, 24]], "source": [0, 9], "cue": [10, 14]}]
    documents = [Document("a", text, attributions), Document("b", text, None)]
    arrays = arrays_of(documents, Pieces(tokenizer), noise=False, seed="s")
    np.savez(tmp_path / "windows.npz", **arrays)
    return Windows([tmp_path / "windows.npz"], "cpu")


def network(seed: int = 5) -> ReaderNetwork:
    torch.manual_seed(seed)
    made = ReaderNetwork(Encoder(CONFIG, len(WORDS)), SIZES)
    for weight in made.parameters():
        if weight.ndim > 1:
            torch.nn.init.normal_(weight, std=0.3)
    return made.eval()


def outputs(made: ReaderNetwork, batch):
    logits, link, _ = distillation.run(made, batch)
    return logits, batched_losses.link_scores(made, link, batch)


def test_a_window_holds_the_cue_and_what_belongs_to_it(windows):
    batch = windows.batch(torch.tensor([0, 1]))
    assert batch["valid"].sum(1).tolist() == [1, 0]
    assert batch["annotated"].tolist() == [True, False]
    first, last = batch["cues"][0, 0].tolist()
    assert [WORDS[i] for i in batch["ids"][0, first : last + 1].tolist()] == ["said"]
    content, source = (batch["ids"][0][batch["links"][0, 0, kind]].tolist() for kind in (0, 1))
    assert [WORDS[i] for i in content] == ["the", "a", "b", "c"]
    assert [WORDS[i] for i in source] == ["the", "mayor"]


def test_batched_link_scores_are_those_of_the_network(windows):
    made = network()
    batch = windows.batch(torch.tensor([0]))
    _, link, _ = made(batch["ids"], batch["shapes"], batch["gaps"], batch["mask"])
    cues = torch.tensor([[0, *batch["cues"][0, 0].tolist()]])
    expected = made.link_logits(link, cues, batch["sentences"], batch["paragraphs"])
    assert torch.allclose(batched_losses.link_scores(made, link, batch)[0, 0], expected[0], atol=1e-4)


def test_nothing_is_lost_by_saying_what_the_teacher_says(windows):
    batch = windows.batch(torch.tensor([0, 1]))
    logits, scores = outputs(network(), batch)
    taught = distillation.probabilities(logits)
    same = batched_losses.taught_losses(logits, scores, batch, taught, scores)
    other = batched_losses.taught_losses(*outputs(network(6), batch), batch, taught, scores)
    assert all(abs(float(loss.detach())) < 1e-4 for loss in same.values())
    assert all(float(other[name].detach()) > 1e-3 for name in ("taught content", "taught cue", "taught link"))


def test_teachers_may_be_left_unheard_where_people_annotated(windows):
    windows.arrays |= {n: torch.from_numpy(v) for n, v in distillation.teach([network(6)], windows).items()}
    everywhere = distillation.Course(1.0)
    made = network()

    def lost(course, row):
        return distillation.losses_of(course)(made, windows.batch(torch.tensor([row])))["taught content"].item()

    assert lost(replace(everywhere, everywhere=False), 0) == 0
    assert lost(replace(everywhere, everywhere=False), 1) == pytest.approx(lost(everywhere, 1))


def test_annotated_windows_keep_their_cues_and_others_get_the_teachers(windows):
    found = distillation.teach([network()], windows)
    assert found["count"][0] == 1
    assert found["cues"][0, 0].tolist() == windows.arrays["cues"][0, 0].tolist()
    assert np.isfinite(found["link_scores"].astype(np.float32)).all()


def test_cues_are_runs_that_end_where_another_begins():
    probability = np.zeros((1, 8, 3))
    probability[0, :, 0] = 1
    probability[0, 2:4] = [0.1, 0.1, 0.8]
    probability[0, 4] = [0.1, 0.8, 0.1]
    probability[0, 6] = [0.65, 0.2, 0.15]  # a weak one
    cues, count = runs_of_cues(probability, np.ones((1, 8), bool))
    assert cues[0, : count[0]].tolist() == [[2, 3], [4, 4]]


def test_a_reader_learns_from_teachers_by_the_clock(windows):
    windows.arrays |= {n: torch.from_numpy(v) for n, v in distillation.teach([network(6)], windows).items()}
    made, batch = network(), windows.batch(torch.tensor([0, 1]))
    course = distillation.Course(1.5, batch=2)
    losses = distillation.losses_of(course, network())
    before = {name: float(loss.detach()) for name, loss in losses(made, batch).items()}
    steps = distillation.train_by_clock(made, windows, training_loop.Recipe(dropout=0.0), course, losses)
    made.eval()
    after = {name: float(loss.detach()) for name, loss in losses(made, batch).items()}
    assert steps > 1
    assert after["taught content"] < before["taught content"]
    assert sum(after.values()) < sum(before.values())


def test_a_released_reader_becomes_a_network_that_is_released_the_same(tokenizer, tmp_path):
    made = network()
    release.write(made, tokenizer.parent, tmp_path / "one", facts={}, decoding={}, quantised=True)
    again = load_release(tmp_path / "one")
    release.write(again, tokenizer.parent, tmp_path / "two", facts={}, decoding={}, quantised=True)
    ids = torch.tensor([[2, 34, 36, 3]])
    assert torch.allclose(again(ids, ids * 0, ids * 0)[0], made(ids, ids * 0, ids * 0)[0], atol=0.3)
    assert (tmp_path / "one/model.onnx").read_bytes() == (tmp_path / "two/model.onnx").read_bytes()


def test_a_blend_lies_between(tokenizer):
    first, second = network(5), network(6)
    expected = 0.25 * first.meaning.weight + 0.75 * second.meaning.weight
    assert torch.allclose(blended([first, second], [0.25, 0.75]).meaning.weight, expected)


def test_relative_distances_are_exact_when_short_and_differ_by_side():
    rows = relative_bucket(torch.arange(-300, 301))
    assert rows[300 - 7 : 301].tolist() == [7, 6, 5, 4, 3, 2, 1, 0]
    assert rows[301:308].tolist() == [17, 18, 19, 20, 21, 22, 23]
    assert rows.min() == 0
    assert rows.max() == 31
    assert torch.equal(rows[300:].unique(), torch.tensor([0, *range(17, 32)]))


def test_a_teacher_sees_the_readers_pieces_with_its_own_rows(tmp_path):
    theirs = {"<s>": 0, "<pad>": 1, "</s>": 2, "[UNK]": 3, "<mask>": 4, "b": 5, "a": 6}
    state = {
        "embeddings.word_embeddings.weight": torch.arange(7.0)[:, None].expand(7, WIDTH).clone(),
        "embeddings.position_embeddings.weight": torch.arange(20.0)[:, None].expand(20, WIDTH).clone(),
        "embeddings.LayerNorm.weight": torch.ones(WIDTH),
        "embeddings.LayerNorm.bias": torch.zeros(WIDTH),
        "encoder.relative_attention_bias.weight": torch.zeros(32, 2),
    }
    for number in range(2):
        old = f"encoder.layer.{number}."
        shapes = {f"attention.attn.{name}": (WIDTH, WIDTH) for name in "qkvo"}
        shapes |= {"intermediate.dense": (48, WIDTH), "output.dense": (WIDTH, 48)}
        for name, shape in shapes.items():
            state |= {f"{old}{name}.weight": torch.randn(shape), f"{old}{name}.bias": torch.zeros(shape[0])}
        for name in ("attention.LayerNorm", "output.LayerNorm"):
            state |= {f"{old}{name}.weight": torch.ones(WIDTH), f"{old}{name}.bias": torch.zeros(WIDTH)}
    save_file(state, tmp_path / "model.safetensors")
    (tmp_path / "config.json").write_text(json.dumps(CONFIG | {"layer_norm_eps": 1e-5}))
    (tmp_path / "tokenizer.json").write_text(json.dumps({"model": {"vocab": theirs}}))
    pieces = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "a": 4, "b": 5}
    made = load_teacher(tmp_path, pieces, SIZES, places=16)
    assert made.encoder.words.weight[:, 0].tolist() == [1, 3, 0, 2, 6, 5]
    assert made.encoder.positions.weight[0, 0] == 2
    ids = torch.tensor([[2, 4, 5, 3, 0, 0]])
    mask = ids != 0
    whole = made.eval()(ids, ids * 0, ids * 0, mask)[0][0, :4]
    alone = made(ids[:, :4], ids[:, :4] * 0, ids[:, :4] * 0, mask[:, :4])[0][0]
    assert torch.allclose(whole, alone, atol=1e-4)
