"""Word pieces and their places, beside those of the library that the models were trained with."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from flows.errors import ModelError
from flows.lexicons.paths import asset
from flows.runtime.word_pieces import WordPieces

FILES = {name: asset(f"models/{name}/tokenizer.json") for name in ("reader", "claim_pairs")}
OURS = {name: WordPieces(file) for name, file in FILES.items()}
THEIRS = {name: Tokenizer.from_file(str(file)) for name, file in FILES.items()}
TEXTS = {
    "news": "“The ferry won't sail,” harbour-master Edda Lindqvist said; it cost $3.50—or 12% more.\n\n\tShe’d left.",
    "accents": "Škoda’s Zoë Ångström, à la carte: naïve İSTANBUL, E\u0301mile, ﬁne print, ΣΊΣΥΦΟΣ, Straße",
    "scripts": "Киев 東京タワー 서울 각하 مرحبا भारत a中b",
    "left out": "so\u00adlar\u200b po\ufeffwer\u202e \x00\x07\x85now\ufffd\u2028then \ue000",
    "blanks": "  a\u00a0b\u3000c \r\n ",
    "pieces by name": "the [MASK] of[SEP]Skarholm [CLS [UNK]]",
    "long": f"{'a' * 100} {'b' * 101} {'na' * 400}: {'x,' * 300}",
    "no word": "☃ 🙂🙂a ₿ ~^`",
    "nothing": "",
}


def columns(name: str, text: str) -> tuple[list[Any], list[Any]]:
    """Numbers, places and words of the pieces, ours and theirs."""
    coded, theirs = OURS[name].encode(text), THEIRS[name].encode(text, add_special_tokens=False)
    ours = [
        coded.ids.tolist(),
        list(zip(coded.starts.tolist(), coded.ends.tolist(), strict=True)),
        coded.words.tolist(),
    ]
    return ours, [theirs.ids, theirs.offsets, theirs.word_ids]


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("text", TEXTS)
def test_the_pieces_are_those_of_the_library(name: str, text: str) -> None:
    ours, theirs = columns(name, TEXTS[text])
    assert ours == theirs


# of scripts that are as old as the library's tables of marks
LETTERS = st.characters(max_codepoint=0x05FF, exclude_categories=("Cs", "Cn")) | st.sampled_from(
    "ﬁ각中—’ \u200b\u00ad🙂"
)


@given(st.lists(st.text(LETTERS, max_size=6) | st.sampled_from(["said ", "[SEP]", "un", "ing", ", "])).map("".join))
def test_whatever_the_text_they_are(text: str) -> None:
    ours, theirs = columns("reader", text)
    assert ours == theirs


def test_case_and_accents_stay_where_the_vocabulary_has_them(tmp_path: Path) -> None:
    spec = json.loads(FILES["reader"].read_text(encoding="utf-8"))
    spec["normalizer"]["lowercase"] = False
    spec["model"]["vocab"] |= {"Zoë": len(spec["model"]["vocab"])}
    (tmp_path / "tokenizer.json").write_text(json.dumps(spec), encoding="utf-8")
    pieces = WordPieces(tmp_path / "tokenizer.json")
    assert pieces.encode("Zoë zoe").ids[0] == pieces.vocabulary["Zoë"]
    assert pieces.encode("ZOË").ids.tolist() != pieces.encode("zoe").ids.tolist()


def test_a_text_without_blanks_is_not_kept() -> None:
    pieces = WordPieces(FILES["reader"])
    assert len(pieces.encode("ab," * 20_000).ids) == len(pieces.encode("ab,").ids) * 20_000
    assert pieces._remembered.cache_info().currsize == 1


def other(spec: dict[str, Any], way: str) -> str:
    """A description of pieces that are made in another way, or none."""
    if way == "another kind":
        spec["model"]["type"] = "BPE"
    elif way == "other settings":
        spec["normalizer"]["clean_text"] = False
    elif way == "a piece with blanks":
        spec["added_tokens"][4]["lstrip"] = True
    elif way == "no unknown piece":
        del spec["model"]["vocab"]["[UNK]"]
    elif way == "no normalizer":
        spec["normalizer"] = None
    return json.dumps(spec) if way != "no JSON" else "{"


@pytest.mark.parametrize(
    "way", ["another kind", "other settings", "a piece with blanks", "no unknown piece", "no normalizer", "no JSON"]
)
def test_another_way_of_making_pieces_is_refused(way: str, tmp_path: Path) -> None:
    file = tmp_path / "tokenizer.json"
    file.write_text(other(json.loads(FILES["reader"].read_text(encoding="utf-8")), way), encoding="utf-8")
    with pytest.raises(ModelError, match=re.escape(f"{file} is no vocabulary of a BERT-style base")):
        WordPieces(file)
