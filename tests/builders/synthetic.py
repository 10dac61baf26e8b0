"""Small made-up snapshots that keep the whole contract: documents in, all tables out, ids carried.

A stand-in for the stages before validation, exact instead of clever: one name is one entity, one wording is
one claim. Every sentence is made up; names of places and people are nobody's.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from flows.publish.commit import Staged, commit, discard, stage, unchanged
from flows.publish.diff import side_of
from flows.resolve.identity.carry_ids import Parent, carry_ids
from flows.resolve.identity.redirects import redirects_table
from flows.resolve.stories.resolve_stories import resolve_stories
from flows.snapshots.manifest import Code, InputFile, Manifest
from flows.snapshots.output_folder.store import publishing
from flows.snapshots.output_folder.versions import next_version
from flows.snapshots.reader import Snapshot
from schemas import derived, ids
from schemas.contract import current
from schemas.statements import render

NAMES = {
    "Marta Ilves": "PERSON",
    "Tobias Renn": "PERSON",
    "Adaeze Okoro": "PERSON",
    "Søren Dahl": "PERSON",
    "Harbour Authority": "ORG",
    "Green Coast": "ORG",
    "Harwick": "GPE",
    "Østvik": "GPE",
}


@dataclass(frozen=True)
class Statement:
    """A sentence: who says what, or nobody (narrated)."""

    content: str
    speaker: str | None = None
    polarity: str = "affirmed"


@dataclass(frozen=True)
class Document:
    """An article as the sum of its statements."""

    uri: str
    statements: tuple[Statement, ...]
    publisher: str = "Harwick Courier"
    published_on: dt.date | None = dt.date(2024, 3, 1)
    duplicate_of: str | None = None
    revision_of: str | None = None
    lead: str = "A café on the quay stayed open 🌊 all night."

    @property
    def text(self) -> str:
        """Lead and statements, a sentence each."""
        said = [f"{s.speaker} said that {s.content}." if s.speaker else f"{s.content}." for s in self.statements]
        return "\n".join([self.lead, *said])

    @property
    def article_id(self) -> str:
        """Id of the text."""
        return ids.article_id(self.text)


SPEECHES = [
    Statement("the breakwater at Harwick will cost 40 million euros", "Marta Ilves"),
    Statement("the breakwater at Harwick will cost 65 million euros", "Tobias Renn"),
    Statement("Harbour Authority has answered every complaint", "Søren Dahl"),
    Statement("no fish were harmed by the dredging near Østvik", "Adaeze Okoro", "negated"),
    Statement("the ferry to Østvik was cancelled twelve times last year"),
    Statement("Green Coast wants a vote before work starts", "Marta Ilves"),
]


def documents(count: int, first: int = 0) -> list[Document]:
    """Documents of three statements each; neighbours share statements, so claims recur across articles."""
    return [
        Document(
            uri=f"news/{number:03}.txt",
            statements=tuple(SPEECHES[(number + i) % len(SPEECHES)] for i in range(3)),
            publisher=("Harwick Courier", "The Coast Post", "Evening Tide")[number % 3],
            published_on=dt.date(2024, 1, 1) + dt.timedelta(days=number) if number % 4 else None,
            lead=f"Report {number} from the quay — „naïve“ 🌊 readers ask what happens next.",
        )
        for number in range(first, first + count)
    ]


@dataclass
class _Rows:
    articles: list[dict] = field(default_factory=list)
    mentions: list[dict] = field(default_factory=list)
    claims: list[dict] = field(default_factory=list)


def build(docs: Sequence[Document], parent: Parent | None = None, version: str = "2.2.0") -> dict[str, pl.DataFrame]:
    """All tables of a corpus, with the ids of `parent` carried on."""
    rows = _Rows()
    for doc in docs:
        _read(doc, rows)
    entity_of, entity_redirects = _carried(rows.mentions, "mention_id", "name", parent, entities=True)
    claim_of, claim_redirects = _carried(rows.claims, "claim_mention_id", "wording", parent, entities=False)
    tables = _tables(docs, rows, entity_of, claim_of, version)
    told = resolve_stories(tables["articles"], tables["entity_mentions"], parent, version)
    tables |= {"articles": told.articles, "stories": told.stories}
    tables |= {"coverage": derived.coverage(tables), "statements": derived.statements(tables)}
    carried = {"entities": entity_redirects, "claims": claim_redirects, "stories": told.redirects}
    tables["redirects"] = redirects_table(parent, version, tables, carried)
    contract = current()
    return {name: contract.table(name).ordered(tables[name]) for name in contract.names}


def _read(doc: Document, rows: _Rows) -> None:
    text, article = doc.text, doc.article_id
    rows.articles.append(
        {
            "article_id": article, "title": None, "publisher": doc.publisher, "author": None,
            "published_on": doc.published_on, "url": None, "language": "en", "text": text,
            "word_count": len(re.findall(r"\w+", text)), "source_uri": doc.uri,
            "source_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "duplicate_of": doc.duplicate_of, "revision_of": doc.revision_of, "story_id": None,
            "modified_on": None, "truncated": False,
        }
    )  # fmt: skip
    for name, kind in NAMES.items():
        for match in re.finditer(re.escape(name), text):
            start, end = match.span()
            rows.mentions.append(
                {"mention_id": ids.mention_id(article, start, end), "article_id": article,
                 "start_char": start, "end_char": end, "surface": name, "mention_type": "name", "entity_type": kind,
                 "name": name}
            )  # fmt: skip
    for statement in doc.statements:
        rows.claims.append(_claim(doc, statement, text))


def _claim(doc: Document, statement: Statement, text: str) -> dict:
    content = f"that {statement.content}" if statement.speaker else statement.content
    start = text.index(f"{statement.speaker} said {content}" if statement.speaker else content)
    speaker = (start, start + len(statement.speaker)) if statement.speaker else None
    cue = (speaker[1] + 1, speaker[1] + 5) if speaker else None
    start = cue[1] + 1 if cue else start
    span = (start, start + len(content))
    numbers = re.findall(r"\d+", statement.content)
    parts = [{"start_char": span[0], "end_char": span[1], "kind": "verbatim"}]
    return {
        "attribution_id": ids.attribution_id(doc.article_id, [span], speaker, cue) if speaker else None,
        "statement": render(text, parts), "statement_parts": parts,
        "context_start_char": text.rfind("\n", 0, span[0]) + 1, "context_end_char": span[1] + 1,
        "claim_mention_id": ids.claim_mention_id(doc.article_id, [span], speaker, cue),
        "article_id": doc.article_id, "start_char": span[0], "end_char": span[1],
        "spans": [{"start_char": span[0], "end_char": span[1]}], "text": content,
        "attribution": "indirect" if speaker else "narrated", "speaker_surface": statement.speaker,
        "speaker_start_char": speaker and speaker[0], "speaker_end_char": speaker and speaker[1],
        "cue": "said" if cue else None, "cue_start_char": cue and cue[0], "cue_end_char": cue and cue[1],
        "polarity": statement.polarity, "modality": "asserted",
        "quantities": [
            {"value": float(n), "unit": "million euros", "surface": n, "bound": None, "base_value": float(n) * 1e6,
             "base_unit": "euros"}
            for n in numbers
        ],
        "dates": [], "said_on": None, "confidence": 0.9, "wording": statement.content, "speaker": statement.speaker,
        "about": sorted(name for name in NAMES if name in statement.content),
    }  # fmt: skip


def _carried(
    rows: list[dict], key: str, thing: str, parent: Parent | None, *, entities: bool
) -> tuple[dict[str, tuple[str, str | None]], pl.DataFrame]:
    """Id and since_version by name or wording."""
    order = {name: number for number, name in enumerate(dict.fromkeys(row[thing] for row in rows))}
    members = pl.DataFrame(
        [(order[row[thing]], row[key], f"{row['article_id']}-{row['start_char']:06}") for row in rows],
        schema={"cluster": pl.Int64, "member_id": pl.String, "rank": pl.String}, orient="row",
    ).unique("member_id", maintain_order=True)  # fmt: skip
    old = parent and (parent.entity_members() if entities else parent.claim_members())
    keys = parent_keys = None
    if parent:
        keys = pl.DataFrame({"cluster": [*order.values()], "key": [*order]})
        owners = parent.entities if entities else parent.claims
        parent_keys = owners.select(
            id="entity_id" if entities else "claim_id",
            key=pl.col("name") if entities else pl.col("text").map_elements(_wording, pl.String),
        )
    carried = carry_ids(
        members, old, ids.entity_id if entities else ids.claim_id, keys=keys, parent_keys=parent_keys,
        retired=parent.retired("entities" if entities else "claims") if parent else frozenset(),
    )  # fmt: skip
    by_cluster = {cluster: (id_, since) for cluster, id_, since in carried.ids.iter_rows()}
    return {name: by_cluster[number] for name, number in order.items()}, carried.redirects


def _tables(
    docs: Sequence[Document], rows: _Rows, entity_of: dict, claim_of: dict, version: str
) -> dict[str, pl.DataFrame]:
    contract = current()
    entity = {name: id_ for name, (id_, _) in entity_of.items()}
    for row in rows.mentions:
        row["entity_id"] = entity[row["name"]]
    for row in rows.claims:
        row["claim_id"] = claim_of[row["wording"]][0]
        row["speaker_id"] = entity.get(row["speaker"])
        row["speaker_ids"] = [row["speaker_id"]] if row["speaker_id"] else []
        row["entity_ids"] = sorted(entity[name] for name in row["about"])
    claims = _claims(docs, rows, claim_of, version)
    raw = {
        "articles": rows.articles,
        "entity_mentions": rows.mentions,
        "entities": _entities(rows, entity_of, version),
        "claim_mentions": rows.claims,
        "claims": claims,
        "claim_conflicts": _conflicts(claims),
        "resolution_edges": [
            *_edges("entity_mentions", ((r["name"], r["mention_id"]) for r in rows.mentions)),
            *_edges("claim_mentions", ((r["wording"], r["claim_mention_id"]) for r in rows.claims)),
        ],
        "rejects": [
            {
                "stage": "ingest",
                "source_uri": "news/empty.txt",
                "reason": "empty",
                "detail": "no bytes",
                "payload": None,
            }
        ],
    }
    return {name: _frame(contract.table(name), found) for name, found in raw.items()}


def _frame(table, rows: Iterable[dict]) -> pl.DataFrame:
    names = table.schema.names()
    return pl.DataFrame([{name: row[name] for name in names} for row in rows], schema=table.schema)


def _entities(rows: _Rows, entity_of: dict, version: str) -> list[dict]:
    found = []
    for name, (entity_id, since) in entity_of.items():
        of = [row for row in rows.mentions if row["name"] == name]
        found.append(
            {"entity_id": entity_id, "name": name, "entity_type": NAMES[name], "aliases": [name],
             "country_code": None, "wikidata_id": None, "description": None, "described_in": None,
             "described_on": None, "stands_for": None,
             "mention_count": len(of), "article_count": len({row["article_id"] for row in of}),
             "since_version": since or version}
        )  # fmt: skip
    return found


def _claims(docs: Sequence[Document], rows: _Rows, claim_of: dict, version: str) -> list[dict]:
    by_id = {doc.article_id: doc for doc in docs}
    found = []
    for wording, (claim_id, since) in claim_of.items():
        of = [row for row in rows.claims if row["wording"] == wording]
        articles = {row["article_id"] for row in of}
        dates = sorted(by_id[a].published_on for a in articles if by_id[a].published_on)
        roots = {by_id[a].duplicate_of or by_id[a].revision_of or a for a in articles}
        found.append(
            {"claim_id": claim_id, "text": max((row["statement"] for row in of), key=len),
             "polarity": of[0]["polarity"], "modality": "asserted",
             "entity_ids": sorted({e for row in of for e in row["entity_ids"]}),
             "speaker_ids": sorted({row["speaker_id"] for row in of if row["speaker_id"]}),
             "mention_count": len(of), "article_count": len(articles), "independent_count": len(roots),
             "publisher_count": len({by_id[a].publisher for a in articles}),
             "first_published_on": dates[0] if dates else None,
             "last_published_on": dates[-1] if dates else None, "cohesion": 1.0,
             "since_version": since or version}
        )  # fmt: skip
    return found


def _conflicts(claims: list[dict]) -> list[dict]:
    cost = sorted((c for c in claims if "will cost" in c["text"]), key=lambda c: c["claim_id"])
    found = []
    for i, a in enumerate(cost):
        for b in cost[i + 1 :]:
            found.append(  # noqa: PERF401
                {"conflict_id": ids.conflict_id(a["claim_id"], b["claim_id"], "quantity"),
                 "claim_id_a": a["claim_id"], "claim_id_b": b["claim_id"], "conflict_type": "quantity",
                 "entity_ids": sorted({*a["entity_ids"]} & {*b["entity_ids"]}),
                 "words_a": _figure(a["text"]), "words_b": _figure(b["text"]), "story_id": None,
                 "explanation": f"One says “{a['text']}”, the other “{b['text']}”.", "confidence": 0.8}
            )  # fmt: skip
    return found


def _figure(text: str) -> str:
    return re.findall(r"\d+ \w+ \w+", text)[0]


def _wording(text: str) -> str:
    """The content that a claim's text was made of, whichever contract it was published under."""
    bare = re.sub(r"^that ", "", text, flags=re.IGNORECASE)
    return next((s.content for s in SPEECHES if s.content.lower() == bare.lower()), bare)


def _edges(table: str, members: Iterable[tuple[str, str]]) -> list[dict]:
    first: dict[str, str] = {}
    edges = []
    for thing, member in members:
        before = first.setdefault(thing, member)
        if before != member:
            left, right = sorted((before, member))
            edges.append(
                {"table": table, "left_id": left, "right_id": right, "judgement": "positive", "score": 1.0,
                 "reason": "same words"}
            )  # fmt: skip
    return edges


def publish(root: Path, docs: Sequence[Document], **facts: object) -> Path | None:
    """Build and publish as the flow does, without Prefect; None where nothing changed. facts: fields of the
    manifest."""
    with publishing(root) as store:
        latest = store.history().latest
        before = side_of(Snapshot(store.folder(latest))).tables if latest else None
        parent = Parent.of(latest, before) if latest and before else None
        staged = stage(store, build(docs, parent, next_version(store)))
        if unchanged(staged):
            discard(staged)
            return None
        return commit(staged, described(staged, docs, **facts))


def described(staged: Staged, docs: Sequence[Document], **facts: object) -> Manifest:
    """A manifest of what was staged."""
    inputs = [
        InputFile(
            source_uri=doc.uri,
            sha256=hashlib.sha256(doc.text.encode()).hexdigest(),
            bytes=len(doc.text.encode()),
            article_id=doc.article_id,
        )
        for doc in docs
    ]
    given = {
        "version": staged.version,
        "parent": staged.parent,
        "contract_version": current().version,
        "created_at": "2026-01-01T00:00:00+00:00",
        "code": Code(package_version="0.1.0"),
        "inputs": inputs,
        "tables": staged.tables,
    }
    return Manifest(**{**given, **facts})
