"""The card of a pair model: data, licences, recipe, figures on closed parts, limits."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from flows.resolve.claims.pairs.pair_model import FILES
from flows.train.claim_pairs.evaluate import Judged, figures
from flows.train.claim_pairs.rows.annotated_pairs import TRAINED_ON, Row
from flows.train.claim_pairs.rows.mining import SOURCES

_HEAD = """# Pair model

Reads two statements and says what they are to each other: the same, the first says more, the second says more, they
contradict each other, or another matter. It is what `flows/resolve/claims/pairs/pair_model.py` loads; nothing else
is needed at run time but onnxruntime and tokenizers.

| | |
|---|---|
| kind | BERT-style encoder: {apart} layers read each statement alone, {joint} read both; softmax regression on top |
| base | {base} |
| teacher | {teacher} |
| size | {size:.1f} MB packed by gzip; matrices and word embeddings in int8, {pieces} word pieces |
| share-alike data | breaking_nli and the grades of STS (CC BY-SA 4.0) |

Each word piece has a mark of what its word is to the other statement: on both sides or on one, word, name, number or
negation. The softmax regression gets the network's five answers and the same differences as counts.

## Data
The corpora's text is in neither the repository nor the weights' folder. Corpora for research or non-commercial use
only measure: MSRP, ClaimDiff, KnownLie, and the parts of STS that are no headlines.

| corpus | pairs trained on | licence |
|---|---|---|
"""

_LIMITS = """## Limits
- English news. A statement is read alone: what "he" or "the company" is must be in it (`statement`, with brackets).
- An edit of one word is seen; a contradiction between statements that are worded freely mostly is not, and statements
  of one event in other words are often taken for a contradiction where a word or name differs. `contradicts` means
  little unless the statements agree on most words.
- Roles that change places ("A accused B", "B accused A") are taken for the same.
- Probabilities are calibrated on pairs of one event; between events nearly all that the model calls the same with less
  than 0.9 needs another look.
- A statement is cut at 100 word pieces.
- Results repeat to the byte on one kind of processor; they are rounded to four decimals, and another one may still
  differ in the last of them.
"""


def write_card(folder: Path, rows: Sequence[Row], found: Judged, names: dict[str, str], note: str) -> None:
    """Write README.md; `rows` are all of the training, `found` the closed ones, `names` base and teacher."""
    spec = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    recipe = spec["training"]["recipe"]
    pieces = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    size = sum((folder / name).stat().st_size for name in FILES[:2]) / 1e6
    layers = spec["training"]["layers"]
    text = _HEAD.format(apart=recipe["apart"], joint=layers - recipe["apart"], size=size, pieces=len(pieces), **names)
    text += "\n".join([*_data(rows), "", "## Recipe", "", _recipe(recipe), "", note, "", ""])
    text += "## Figures\nIn percent, on events, sentences and questions of which nothing was read in training.\n\n"
    text += "\n".join("\n".join([f"### {heading}", "", *lines, ""]) for heading, lines in figures(found))
    (folder / "README.md").write_text(text + "\n" + _LIMITS, encoding="utf-8")


def _data(rows: Sequence[Row]) -> list[str]:
    amounts = Counter(row.corpus for row in rows if row.part in ("train", "unlabelled"))
    sources = ", ".join(f"{name} ({licence})" for name, licence in SOURCES.items())
    made = {
        "edits": "sentences with an edit",
        "within": "two sentences of one article",
        "mined": "like sentences of two articles, answered by the teacher",
        "mined edits": "the same with an edit",
        "asked": "pairs that a build asks about, answered by the teacher",
        "asked edits": "the same with an edit",
    }
    known = [f"| {name} | {amounts[name]} | {licence} |" for name, licence in TRAINED_ON.items()]
    return known + [f"| {what} | {amounts[name]} | {sources} |" for name, what in made.items()]


def _recipe(recipe: dict) -> str:
    return ", ".join(f"{name} {value}" for name, value in recipe.items() if value != []) + "."
