"""Extraction alone, one process, beside what people would use for parts of it, on the same texts in the same run.

Usage: python -m tests.benchmarks.extraction [--shared ../shared] [--articles N] [--quick]
textacy finds quotations with their speakers in texts that spaCy has parsed; GraphRAG's model-free extraction
(`extract_graph_nlp`, with its parsing extractor) finds noun phrases and which stand in one text. Each is a process of
its own, loading its models included; each is skipped with a message where it is not installed.
"""

import argparse
import importlib.util
import json
import tempfile
from pathlib import Path

from tests.benchmarks._measured import Measured, model, python, sample

OURS = """
import json, sys
import polars as pl
from flows.lexicons.paths import reader_folder
from flows.extract.extract_articles import extract_articles
from flows.settings import ExtractSettings
texts = json.load(open(sys.argv[1], encoding="utf-8"))
rows = pl.DataFrame({"article_id": [f"art_{n:016x}" for n in range(len(texts))], "text": texts}).with_columns(
    published_on=pl.lit(None, pl.Date))
mentions, claims = extract_articles(rows, reader_folder(None), ExtractSettings())
print(f"result: {mentions.height:,} mentions, {claims.height:,} claims, none lost", file=sys.stderr)
"""

TEXTACY = """
import importlib, json, sys
from textacy.extract.triples import direct_quotations
texts = json.load(open(sys.argv[1], encoding="utf-8"))
found = failed = 0
for doc in importlib.import_module(sys.argv[2]).load().pipe(texts):
    try:
        found += len(list(direct_quotations(doc)))
    except ValueError:
        failed += 1
print(f"result: {found:,} quotations, {failed:,} texts refused", file=sys.stderr)
"""

GRAPHRAG = """
import asyncio, json, sys
from graphrag.index.operations.build_noun_graph.build_noun_graph import build_noun_graph
from graphrag.index.operations.build_noun_graph.np_extractors.syntactic_parsing_extractor import (
    SyntacticNounPhraseExtractor)

class Texts:
    def __init__(self, texts):
        self.texts = texts
    async def length(self):
        return len(self.texts)
    async def __aiter__(self):
        for number, text in enumerate(self.texts):
            yield {"id": str(number), "text": text}

class NoCache:
    def child(self, name):
        return self
    async def get(self, key):
        return None
    async def set(self, key, value):
        return None

extractor = SyntacticNounPhraseExtractor(
    model_name=sys.argv[2], max_word_length=15, include_named_entities=True, exclude_entity_tags=["DATE"],
    exclude_pos_tags=["DET", "PRON", "INTJ", "X"], exclude_nouns=[], word_delimiter=" ")
texts = Texts(json.load(open(sys.argv[1], encoding="utf-8")))
nodes, edges = asyncio.run(build_noun_graph(texts, extractor, normalize_edge_weights=True, cache=NoCache()))
print(f"result: {len(nodes):,} noun phrases, {len(edges):,} pairs", file=sys.stderr)
"""


def report(name: str, took: Measured, characters: int, base: Measured) -> None:
    """One line of figures."""
    print(
        f"{name:<34}{took.seconds:8.1f} s {took.cpu_seconds:8.1f} CPU s {characters / took.cpu_seconds:9,.0f} "
        f"characters/CPU s {took.cpu_seconds / base.cpu_seconds:6.2f} × onrecord's time {took.peak_mib:7,.0f} MiB   "
        f"{took.result}",
        flush=True,
    )


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--articles", type=int, default=500)
    parser.add_argument("--quick", action="store_true", help="50 articles")
    arguments = parser.parse_args()
    rows = sample(arguments.shared, 50 if arguments.quick else arguments.articles)
    texts = [row["text"] for row in rows]
    characters = sum(map(len, texts))
    print(f"{len(texts):,} articles, {characters:,} characters")
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "texts.json"
        file.write_text(json.dumps(texts), encoding="utf-8")
        base = python(OURS, file)
        report("onrecord, extraction", base, characters, base)
        name = model()
        if name and importlib.util.find_spec("textacy"):
            report("spaCy and textacy's quotations", python(TEXTACY, file, name), characters, base)
        else:
            print("textacy: skipped, it or spaCy's small English model is not installed (pip install -e '.[bench]')")
        if name and importlib.util.find_spec("graphrag"):
            report("GraphRAG, extract_graph_nlp", python(GRAPHRAG, file, name), characters, base)
        else:
            print("GraphRAG: skipped, it or spaCy's small English model is not installed (pip install graphrag)")


if __name__ == "__main__":
    main()
