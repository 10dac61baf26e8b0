"""The reader's door: hashes, windows, and readings that depend on their text alone."""

import json
import re
import shutil

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.errors import ModelError
from flows.extract.reader.model import Reader, load_spec, plan_windows
from flows.extract.reader.name_decoding import named
from flows.extract.reader.name_layer import judged_words, layer_inputs
from flows.extract.reader.reading import Encoded
from flows.extract.reader.token_features import SHAPES, gaps, word_shape
from flows.lexicons.paths import asset

FOLDER = asset("models/reader")
STORY = (
    "Harbour authority chief Lena Ostrow said on Monday that the Brightwater Council would pay for the new "
    "pier.\n\n“We cannot wait another winter,” she told reporters in Port Calder."
)


def copy_of_reader(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "reader")
    return tmp_path / "reader"


@pytest.mark.parametrize("name", ["tokenizer.json", "names.onnx"])
def test_an_altered_file_is_refused_by_name(tmp_path, name):
    folder = copy_of_reader(tmp_path)
    with (folder / name).open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=f"{re.escape(name)} was altered"):
        Reader(folder)


def test_a_missing_file_is_refused_by_name(tmp_path):
    folder = copy_of_reader(tmp_path)
    (folder / "model.onnx").unlink()
    with pytest.raises(ModelError, match=r"lacks model\.onnx"):
        Reader(folder)


def test_another_interface_is_refused(tmp_path):
    folder = copy_of_reader(tmp_path)
    spec = json.loads((folder / "reader.json").read_text())
    (folder / "reader.json").write_text(json.dumps(spec | {"interface": 99}))
    with pytest.raises(ModelError, match="interface 99"):
        load_spec(folder)


def test_a_folder_without_a_reader_says_how_to_get_one(tmp_path):
    with pytest.raises(ModelError, match=r"flows\.train"):
        Reader(tmp_path)


def test_a_reading_is_the_same_whatever_was_read_before(reader):
    alone = Reader(FOLDER).read(STORY)
    others = list(reader.read_all(["A short line.", STORY * 9, STORY]))
    for head, probabilities in alone.heads.items():
        assert np.array_equal(probabilities, others[2].heads[head])
    assert np.array_equal(alone.link_vectors, others[2].link_vectors)


def test_paragraphs_that_were_read_before_are_not_run_again(reader, monkeypatch):
    lead = "\n\n".join(f"Pier {number} of Port Calder is to be rebuilt, the council said." for number in range(12))
    runs = []
    session = Reader(FOLDER)._session

    class Counted:
        """The session, with a note of each run."""

        def run(self, *arguments):
            runs.append(arguments)
            return session.run(*arguments)

    monkeypatch.setattr(reader, "_session", Counted())
    first, second = reader.read_all([f"{lead}\n\n{STORY * 3}", f"{lead}\n\n{STORY * 3} He declined to say more."])
    assert 0 < len(runs) < 2 * len(list(plan_windows(reader._pieces.encode(first.text), 254, 32)))
    assert np.array_equal(second.link_vectors, Reader(FOLDER).read(second.text).link_vectors)


def test_words_of_a_long_text_are_all_read_and_in_order(reader):
    reading = reader.read(STORY * 12)
    assert (reading.starts[1:] >= reading.ends[:-1]).all()
    covered = "".join(STORY * 12)[reading.starts[0] : reading.ends[-1]]
    assert len(covered) == len((STORY * 12).strip())
    assert all(len(p) == len(reading) for p in reading.heads.values())
    assert np.allclose([p.sum() for p in reading.heads["tag"]], 1, atol=1e-5)


def test_meaning_is_nearer_for_a_paraphrase_than_for_another_statement(reader):
    text = (
        "The council will close the old bridge in May. The old bridge is to be shut by the council in May. "
        "Wheat prices fell for a third day."
    )
    first = reader.read(text)
    bridge, again, wheat = (
        first.meaning(text.index(part), text.index(part) + len(part))
        for part in ("The council will close the old bridge in May.",
                     "The old bridge is to be shut by the council in May.",
                     "Wheat prices fell for a third day.")
    )  # fmt: skip
    assert np.linalg.norm(bridge) == pytest.approx(1, abs=1e-5)
    assert bridge @ again > bridge @ wheat + 0.2
    assert not first.meaning(len(text), len(text)).any()


def test_a_reader_without_a_second_layer_for_names_reads_with_its_head_alone(tmp_path, reader):
    folder = copy_of_reader(tmp_path)
    spec = json.loads((folder / "reader.json").read_text())
    del spec["files"]["names.onnx"]
    (folder / "reader.json").write_text(json.dumps(spec))
    text = f"Rain fell and wheat prices fell for a third day, and nobody knew why it did. {STORY}"
    alone, judged = Reader(folder).read(text), reader.read(text)
    changed = (alone.heads["names"] != judged.heads["names"]).any(axis=1)
    assert set(np.flatnonzero(changed)) <= set(judged_words(alone))
    assert changed[alone.surfaces.index("Lena")]
    assert not changed[alone.surfaces.index("wheat")]
    assert np.allclose(judged.heads["names"].sum(axis=1), 1, atol=1e-5)
    assert np.array_equal(alone.heads["content"], judged.heads["content"])


def test_what_a_word_is_elsewhere_is_read_with_it(reader):
    once, twice = reader.read(STORY), reader.read(f"{STORY}\n\nOstrow left.")
    word = once.surfaces.index("Ostrow")
    count = once.heads["names"].shape[1]
    assert not layer_inputs(once, judged_words(once))[list(judged_words(once)).index(word), -count:].any()
    assert layer_inputs(twice, judged_words(twice))[list(judged_words(twice)).index(word), -count:].any()


def test_a_text_without_words_has_no_names(reader):
    assert not len(reader.read("").heads["names"])


def test_people_bodies_and_places_are_named(reader):
    found = {STORY[n.start : n.end]: n.entity_type for n in named(reader.read(STORY))}
    assert found["Lena Ostrow"] == "PERSON"
    assert found["Port Calder"] in ("GPE", "LOC")


@pytest.mark.parametrize(
    ("word", "shape"),
    [
        ("said", "lower"),
        ("Lena", "Title"),
        ("NATO", "UPPER"),
        ("A", "Initial"),
        ("eBay", "miXed"),
        ("42", "digits"),
        ("G7", "alphanumeric"),
        ("“", "opening quote"),
        ('"', "straight quote"),
        ("…", "stop"),
        ("東", "caseless"),
    ],
)
def test_shapes(word, shape):
    assert SHAPES[word_shape(word)] == shape


def test_gaps_tell_spaces_lines_and_paragraphs():
    text = "a b\nc\n\nd,"
    assert gaps(text, [0, 2, 4, 7, 8], [1, 3, 5, 8, 9]).tolist() == [3, 1, 2, 3, 0]


def marked(length: int, paragraphs: list[int], sentences: list[int]) -> Encoded:
    """Pieces of which some begin a paragraph or, after a stop, a sentence."""
    layout, shapes = np.ones(length, np.int64), np.full(length, SHAPES.index("Title"))
    layout[[p for p in paragraphs if p < length]] = 3
    shapes[[s - 1 for s in sentences if s < length]] = SHAPES.index("stop")
    empty = np.zeros(length, np.int64)
    return Encoded(empty, shapes, layout, empty, empty, empty)


@given(
    st.integers(0, 2000),
    st.lists(st.integers(0, 1999), max_size=30),
    st.lists(st.integers(1, 1999), max_size=30),
    st.integers(66, 300),
)
def test_windows_keep_every_piece_once(length, paragraphs, sentences, room):
    windows = list(plan_windows(marked(length, paragraphs, sentences), room, 32))
    assert [piece for window in windows for piece in range(window.first, window.last)] == list(range(length))
    for start, end, first, last in windows:
        assert start <= first < last <= end <= start + room


def test_a_window_is_whole_paragraphs_where_they_fit_and_sees_context_where_none_begins():
    assert list(plan_windows(marked(400, [90, 240, 260], []), 254, 32)) == [(0, 240, 0, 240), (240, 400, 240, 400)]
    assert list(plan_windows(marked(300, [90], [90, 230, 250]), 254, 32)) == [(0, 254, 0, 230), (198, 300, 230, 300)]
    assert list(plan_windows(marked(300, [], []), 254, 32)) == [(0, 254, 0, 238), (206, 300, 238, 300)]


@settings(max_examples=25)
@given(st.text(max_size=300))
def test_any_text_can_be_read(reader, text):
    reading = reader.read(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(reading.starts, reading.ends, strict=True))
    for name in named(reading):
        assert 0 <= name.start < name.end <= len(text)
