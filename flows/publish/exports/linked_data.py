"""Stories as linked data: schema.org claims with the quotations and articles in which they appear (JSON-LD).

https://schema.org/Claim, https://schema.org/Quotation. The context names the vocabulary and nothing to fetch.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import polars as pl

from flows.snapshots.reader import Snapshot

CONTEXT = {"@vocab": "https://schema.org/", "onrecord": "urn:onrecord:"}
QUOTED = ("direct", "mixed")
AGENTS = {"PERSON": "Person", "ORG": "Organization"}

Node = dict[str, Any]


def export_jsonld(snapshot: Snapshot, target: Path) -> list[Path]:
    """Write one file a story, named by its id."""
    target.mkdir(parents=True, exist_ok=True)
    written = []
    for story_id, document in story_documents(snapshot):
        path = target / f"{story_id}.jsonld"
        text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
        path.write_text(text, encoding="utf-8", newline="\n")
        written.append(path)
    return written


def story_documents(snapshot: Snapshot) -> Iterator[tuple[str, Node]]:
    """Return the id and the JSON-LD document of each story, in the order of the table."""
    agents = {row["entity_id"]: _agent(row) for row in snapshot.table("entities").iter_rows(named=True)}
    claims = dict(snapshot.table("claims").select("claim_id", "text").iter_rows())
    articles = {row["article_id"]: row for row in snapshot.table("articles").drop("text").iter_rows(named=True)}
    made = snapshot.scan("claim_mentions").join(
        snapshot.scan("articles").select("article_id", "story_id"), on="article_id"
    )
    in_stories = made.filter(pl.col("story_id").is_not_null())
    ordered = in_stories.sort("article_id", "start_char", "end_char", "claim_mention_id").collect()
    by_story = ordered.partition_by("story_id", as_dict=True)
    for story in snapshot.table("stories").iter_rows(named=True):
        mentions = by_story.get((story["story_id"],))
        rows = mentions.to_dicts() if mentions is not None else []
        yield story["story_id"], _story(story, rows, claims, agents, articles)


def _story(
    story: Node,
    mentions: list[Node],
    claims: Mapping[str, str],
    agents: Mapping[str, Node],
    articles: Mapping[str, Node],
) -> Node:
    by_claim: dict[str, list[Node]] = {}
    for row in mentions:
        by_claim.setdefault(row["claim_id"], []).append(row)
    named = sorted({speaker for row in mentions for speaker in row["speaker_ids"]})
    return {
        "@context": CONTEXT,
        "@graph": [
            _stated(
                {
                    "@type": "CreativeWork",
                    "@id": _urn(story["story_id"]),
                    "name": story["title"],
                    "about": [_reference(entity) for entity in story["entity_ids"]],
                    "hasPart": [_reference(claim) for claim in sorted(by_claim)],
                }
            ),
            *(_claim(claim, claims[claim], by_claim[claim]) for claim in sorted(by_claim)),
            *(_mention(row) for row in mentions),
            *(agents[speaker] for speaker in named),
            *(_article(articles[key]) for key in sorted({row["article_id"] for row in mentions})),
        ],
    }


def _claim(claim_id: str, text: str, mentions: list[Node]) -> Node:
    return {
        "@type": "Claim",
        "@id": _urn(claim_id),
        "text": text,
        "appearance": [_reference(row["claim_mention_id"]) for row in mentions],
    }


def _mention(row: Node) -> Node:
    """What is between quotation marks is a Quotation; a report of it is a CreativeWork with the same properties."""
    return _stated(
        {
            "@type": "Quotation" if row["attribution"] in QUOTED else "CreativeWork",
            "@id": _urn(row["claim_mention_id"]),
            "text": row["text"],
            "abstract": row["statement"],
            "creator": [_reference(speaker) for speaker in row["speaker_ids"]],
            "creditText": row["speaker_surface"],
            "dateCreated": row["said_on"] and row["said_on"].isoformat(),
            "isPartOf": _reference(row["article_id"]),
            "identifier": f"char={row['start_char']},{row['end_char']}",
        }
    )


def _article(row: Node) -> Node:
    return _stated(
        {
            "@type": "NewsArticle",
            "@id": _urn(row["article_id"]),
            "headline": row["title"],
            "publisher": row["publisher"] and {"@type": "Organization", "name": row["publisher"]},
            "datePublished": row["published_on"] and row["published_on"].isoformat(),
            "url": row["url"],
            "inLanguage": row["language"],
        }
    )


def _agent(row: Node) -> Node:
    same = f"http://www.wikidata.org/entity/{row['wikidata_id']}" if row["wikidata_id"] else None
    described = {"name": row["name"], "description": row["description"], "sameAs": same}
    return _stated({"@type": AGENTS.get(row["entity_type"], "Thing"), "@id": _urn(row["entity_id"]), **described})


def _stated(node: Node) -> Node:
    """The node without what is not known."""
    return {name: value for name, value in node.items() if value not in (None, [], "")}


def _urn(row_id: str) -> str:
    return f"urn:onrecord:{row_id}"


def _reference(row_id: str) -> Node:
    return {"@id": _urn(row_id)}
