"""The model card: what a trained reader learned from, how well it reads, how far to trust it, and what it is
not for.
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

from flows.runtime.fingerprints import file_sha256
from flows.train.evaluation.metrics import Figures
from flows.train.evaluation.reliability_plot import reliability

_HEAD = """# Reader

Reads news in English: who says what (content, source, cue), and which people, bodies and places are named.
It is what `flows/extract/reader/model.py` loads; nothing else is needed at run time but onnxruntime and tokenizers.

| | |
|---|---|
| kind | BERT-style encoder with word shapes and layout, linear heads, biaffine links, distilled meaning |
| base | {base} |
| labels | {labels} |
| size | {size:.1f} MB, matrices and word embeddings in int8, {pieces} word pieces |
| model.onnx | SHA-256 `{model_hash}` |
| weights from | {epochs} epochs, seed {seed} |
"""

_ATTRIBUTIONS = """## Attributions
In percent, precision / recall / F1; straight from the text, no other stage. A content counts from token F1
0.5 up, a triple when source and cue overlap too; exact: F1 of contents with exactly the gold's words.

"""
_NAMES = """## Names
F1 of exact spans in percent, the reader alone.

"""
_CONFIDENCE = """## Confidence
Fitted on {fitted_on}: the probability that content, source and cue are all right.

![Share of attributions that are right, by confidence](reliability.svg)

"""
_LIMITS = """## Limits
- English news. Other languages, poetry, transcripts of dialogue without verbs of speech: not measured.
- The attribution corpus is United States political news of 2012–2016: the definition of an attribution,
  beliefs and intentions included, is that corpus's; annotators agree with each other on 82 of 100 contents.
- Attributions inside quotations are not annotated in the corpus; the reader finds few of them.
- A window is 256 word pieces: a source named further away from its verb of speech is not linked to it.
- `confidence` is calibrated on the corpus named above; on other kinds of text it is a ranking more than a
  probability.
- Offsets, hashes and results repeat to the byte on one kind of processor; another one may differ in the last
  bit.
"""


@dataclass
class Facts:
    """What the card says beside what reader.json holds."""

    base: str
    data: list[dict] = field(default_factory=list)  # name, documents, words, licence, used_for
    figures: dict[str, Figures] = field(default_factory=dict)
    names: dict[str, dict[str, float]] = field(default_factory=dict)
    reliability: list[tuple[float, float, int]] = field(default_factory=list)
    fitted_on: str = ""
    note: str = ""


def _row(*cells: object) -> str:
    return "| " + " | ".join(str(cell) for cell in cells) + " |"


def _table(head: tuple[str, ...], rows: list[tuple]) -> str:
    return "\n".join([_row(*head), "|" + "---|" * len(head), *(_row(*row) for row in rows)])


def _percent(values: tuple[float, ...]) -> str:
    return " / ".join(f"{100 * value:.1f}" for value in values)


def _attribution_rows(figures: dict[str, Figures]) -> list[tuple]:
    rows = []
    for name, found in figures.items():
        kinds = ", ".join(f"{k} {100 * found.kinds_hit[k] / n:.0f}" for k, n in sorted(found.kinds.items()))
        exact = f"{100 * found.exact_f1():.1f}"
        rows.append(
            (name, found.total, _percent(found.prf(found.content)), _percent(found.prf(found.triple)), exact, kinds)
        )
    return rows


def write_card(folder: Path, facts: Facts) -> None:
    """Write FOLDER/README.md, and FOLDER/reliability.svg, from the folder's reader.json and `facts`; the same input
    gives the same text.
    """
    spec = json.loads((folder / "reader.json").read_text(encoding="utf-8"))
    recipe = spec["training"]["recipe"]
    pieces = len(json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"])
    size = sum(path.stat().st_size for path in folder.iterdir() if path.suffix not in (".md", ".svg")) / 1e6
    parts = [
        _HEAD.format(
            base=facts.base,
            labels=", ".join(f"{head} ({len(names)})" for head, names in spec["labels"].items()),
            size=size,
            pieces=pieces,
            model_hash=file_sha256(folder / "model.onnx"),
            epochs=spec["training"]["epoch"],
            seed=recipe["seed"],
        ),
        "## Data\nThe corpora's text is in neither the repository nor the weights' folder.\n\n"
        + _table(
            ("corpus", "documents", "characters", "licence", "teaches"),
            [(d["name"], d["documents"], d["characters"], d["licence"], d["teaches"]) for d in facts.data],
        ),
        "## Recipe\n" + ", ".join(f"{name} {value}" for name, value in recipe.items()) + ". " + facts.note,
    ]
    if facts.figures:
        table = _table(
            ("corpus", "gold", "content", "triple", "exact", "recall by kind"), _attribution_rows(facts.figures)
        )
        parts.append(_ATTRIBUTIONS + table)
    if facts.names:
        named = [
            (name, ", ".join(f"{kind} {100 * f1:.1f}" for kind, f1 in by_class.items()))
            for name, by_class in facts.names.items()
        ]
        parts.append(_NAMES + _table(("corpus", "F1"), named))
    if facts.reliability:
        bins = [(f"{mean:.2f}", f"{share:.2f}", number) for mean, share, number in facts.reliability]
        table = _table(("mean confidence", "share right", "attributions"), bins)
        parts.append(_CONFIDENCE.format(fitted_on=facts.fitted_on) + table)
        (folder / "reliability.svg").write_text(
            reliability([(round(mean, 2), round(share, 2), number) for mean, share, number in facts.reliability]),
            encoding="utf-8",
        )
    parts.append(_LIMITS)
    (folder / "README.md").write_text("\n\n".join(part.strip() for part in parts) + "\n", encoding="utf-8")
