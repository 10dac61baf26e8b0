"""The reader's door: hashes, windows, and readings that depend on their text alone."""

import json
import shutil
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.assets import asset
from flows.errors import ModelError
from flows.extract.named import named
from flows.extract.reader import Reader, load_spec, plan_windows
from flows.extract.reading import Encoded
from flows.extract.shapes import SHAPES, gaps, word_shape

FOLDER = asset("models/reader")
STORY = (
    "Harbour authority chief Lena Ostrow said on Monday that the Brightwater Council would pay for the new "
    "pier.\n\n“We cannot wait another winter,” she told reporters in Port Calder."
)


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(FOLDER)


def copy_of_reader(tmp_path):
    shutil.copytree(FOLDER, tmp_path / "reader")
    return tmp_path / "reader"


def test_an_altered_file_is_refused_by_name(tmp_path):
    folder = copy_of_reader(tmp_path)
    with (folder / "tokenizer.json").open("ab") as file:
        file.write(b" ")
    with pytest.raises(ModelError, match=r"tokenizer\.json was altered"):
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
    assert gaps(text, [0, 2, 4, 7, 8], [1, 3, 5, 8, 9]) == [3, 1, 2, 3, 0]


@given(st.integers(0, 2000), st.lists(st.integers(0, 1999), max_size=30))
def test_windows_cover_every_piece_and_overlap(length, breaks):
    marks = np.zeros(length, np.int64)
    marks[[b for b in breaks if b < length]] = 3
    empty = np.zeros(length, np.int64)
    cuts = list(plan_windows(Encoded(empty, empty, marks, empty, empty, empty), 254, 64))
    assert (cuts[0][0], cuts[-1][1]) == (0, length) if length else not cuts
    for (start, end), (after, further) in pairwise(cuts):
        assert start < after <= end - 64 < further
        assert end - start <= 254


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=300))
def test_any_text_can_be_read(reader, text):
    reading = reader.read(text)
    assert all(0 <= s < e <= len(text) for s, e in zip(reading.starts, reading.ends, strict=True))
    for name in named(reading):
        assert 0 <= name.start < name.end <= len(text)
