"""Stories as schema.org claims: read back as triples and as rows, they say what the tables say."""

import json
from pathlib import Path

import polars as pl
import pytest
import rdflib

from flows.publish.exports.linked_data import export_jsonld, story_documents
from flows.snapshots import Snapshot, open_snapshot
from tests.builders import report_corpus

pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph")  # rdflib's own

SCHEMA = rdflib.Namespace("https://schema.org/")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return open_snapshot(report_corpus.build(tmp_path_factory.mktemp("linked") / "snapshot", articles=6))


def _graph(snapshot: Snapshot, folder: Path) -> rdflib.Graph:
    graph = rdflib.Graph()
    for path in export_jsonld(snapshot, folder):
        graph.parse(path, format="json-ld")
    return graph


def test_the_triples_are_the_rows(snapshot: Snapshot, tmp_path: Path) -> None:
    graph = _graph(snapshot, tmp_path)
    found = set()
    for claim, mention in graph.subject_objects(SCHEMA.appearance):
        article = graph.value(mention, SCHEMA.isPartOf)
        speakers = sorted(str(graph.value(agent, SCHEMA.name)) for agent in graph.objects(mention, SCHEMA.creator))
        outlet = graph.value(graph.value(article, SCHEMA.publisher), SCHEMA.name)
        date = graph.value(article, SCHEMA.datePublished)
        found.add(
            (
                str(claim).removeprefix("urn:onrecord:"),
                str(mention).removeprefix("urn:onrecord:"),
                str(graph.value(mention, SCHEMA.text)),
                str(graph.value(mention, SCHEMA.abstract)),
                "; ".join(speakers) or None,
                str(outlet) if outlet else None,
                str(date) if date else None,
            )
        )
    rows = snapshot.table("statements").select(
        "claim_id",
        "claim_mention_id",
        "text",
        "statement",
        "speakers",
        "publisher",
        pl.col("published_on").cast(pl.String),
    )
    assert found == set(rows.iter_rows())


def test_what_is_quoted_is_a_quotation_and_every_claim_has_its_text(snapshot: Snapshot, tmp_path: Path) -> None:
    graph = _graph(snapshot, tmp_path)
    quoted = {str(node) for node in graph.subjects(rdflib.RDF.type, SCHEMA.Quotation)}
    rows = snapshot.table("claim_mentions").filter(pl.col("attribution").is_in(["direct", "mixed"]))
    assert quoted == {f"urn:onrecord:{row_id}" for row_id in rows["claim_mention_id"]}
    claims = {str(node): str(graph.value(node, SCHEMA.text)) for node in graph.subjects(rdflib.RDF.type, SCHEMA.Claim)}
    assert claims == {
        f"urn:onrecord:{row_id}": text
        for row_id, text in snapshot.table("claims").select("claim_id", "text").iter_rows()
    }


def test_every_story_is_one_document_that_names_no_address_to_fetch(snapshot: Snapshot) -> None:
    documents = dict(story_documents(snapshot))
    assert list(documents) == snapshot.table("stories")["story_id"].to_list()
    for document in documents.values():
        assert document["@context"] == {"@vocab": "https://schema.org/", "onrecord": "urn:onrecord:"}
        nodes = {node["@id"] for node in document["@graph"]}
        leads = [ref["@id"] for node in document["@graph"] for ref in node.get("hasPart", []) + node.get("creator", [])]
        assert set(leads) <= nodes
        assert json.loads(json.dumps(document)) == document
