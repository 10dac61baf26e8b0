"""A made-up snapshot of any size: every table of the contract, filled by drawing from a few frames of sentences.

Nothing here is read from real articles. The same arguments give the same files.
"""

import datetime as dt
import itertools
import json
import random
from pathlib import Path
from typing import Any

import polars as pl

from flows.resolve.stories.resolve_stories import resolve_stories
from flows.snapshots.output_folder.history import Entry, History
from flows.snapshots.output_folder.store import Store
from flows.snapshots.reader import Snapshot
from flows.validate.derived_counts import DERIVED_TABLES, with_derived
from schemas import ids
from schemas.statements import render
from schemas.tables import TABLES, polars_schema

PEOPLE = [
    ("Marta Ilves", "mayor of Harwick"),
    ("Tobias Renn", "harbour master"),
    ("Adaeze Okoro", "transport minister"),
    ("Liam Fairweather", "opposition leader"),
    ("Søren Dahl", "fishermen's spokesman"),
    ("Yusra Haddad", "chief engineer"),
    ("Pilar Quintana", "environment commissioner"),
    ("Henryk Wolny", "union secretary"),
]
BODIES = [("Harbour Authority", "ORG"), ("Green Coast", "ORG"), ("Harwick", "GPE"), ("North Quay", "FAC")]
PUBLISHERS = ["Harwick Courier", "The Coast Post", "Daily Ledger", "Evening Tide", "Northern Wire"]
FACTS = [
    "the new breakwater at {place} will cost {n} million euros",
    "work on the breakwater at {place} will start in March",
    "{body} has received {n} complaints about the dredging",
    "no fish were harmed by the dredging near {place}",
    "the ferry to {place} was cancelled {n} times last year",
    "{body} must publish the full survey before the vote",
    "the storm damaged {n} boats in the harbour of {place}",
    "the council of {place} could reject the plan",
]
CUES = ["said", "told reporters", "announced", "warned", "insisted", "added"]
REASONS = {
    "empty": "the file has no bytes",
    "binary": "the file starts like an image (PNG)",
    "not_english": "the text is in German (de), 99 % sure",
    "exact_duplicate": "the text is that of another file",
    "truncated": "the page ends inside a tag",
}


TOLD = {2: (0,), 5: (0, -2)}
"""By the number of a statement, modulo six: which sentences of its article are told before it."""


class _Builder:
    """Rows of every table, grown article by article."""

    def __init__(self, seed: int, piers: int) -> None:
        self.piers = piers
        self.random = random.Random(seed)  # noqa: S311 - made-up articles, no secret
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
        self.entities: dict[str, dict[str, Any]] = {}
        self.claims: dict[str, dict[str, Any]] = {}
        self.first: dict[tuple[str, str], str] = {}

    def entity(self, name: str, kind: str, role: str | None = None) -> dict[str, Any]:
        row = self.entities.get(name)
        if row is None:
            row = self.entities[name] = {
                "entity_id": ids.entity_id(f"men_{name}"),
                "name": name,
                "entity_type": kind,
                "aliases": [name],
                "country_code": "NO" if kind == "GPE" else None,
                "wikidata_id": None,
                "description": role,
                "described_in": None,
                "described_on": None,
                "stands_for": None,
                "mention_count": 0,
                "article_count": 0,
                "since_version": "2.2.0",
                "articles": set(),
            }
        return row

    def edge(self, table: str, key: str, row_id: str, reason: str) -> None:
        """Joins a row to the first one of its entity or claim."""
        first = self.first.setdefault((table, key), row_id)
        if first != row_id:
            low, high = sorted((first, row_id))
            self.rows["resolution_edges"].append(
                {
                    "table": table,
                    "left_id": low,
                    "right_id": high,
                    "judgement": "positive",
                    "score": 0.93,
                    "reason": reason,
                }
            )

    def article(self, number: int, sentences: int) -> None:
        """An article of `sentences` statements by two speakers, with every offset counted.

        Before every third statement the first sentence is told, and before every sixth the last one, too: its
        backgrounds.
        """
        pick = self.random.choice
        speakers = self.random.sample(PEOPLE, 2)
        parts, mentions, claims, at, lines = [], [], [], 0, []

        def write(piece: str) -> tuple[int, int]:
            nonlocal at
            parts.append(piece)
            at += len(piece)
            return at - len(piece), at

        for line in range(sentences):
            opening, (name, role) = at, speakers[line % 2]
            person = self.entity(name, "PERSON", role)
            surface = name if line < 2 else name.split()[-1]
            body, kind = pick(BODIES[:2])
            place, place_kind = pick(BODIES[2:])
            fact = pick(FACTS).format(place=place, body=body, n=pick([3, 12, 40, 75]))
            if self.piers:
                fact += f" at pier {self.random.randrange(self.piers)}"
            style = pick(["direct", "indirect", "indirect", "mixed", "narrated"])
            about = [self.entity(n, k) for n, k in ((body, kind), (place, place_kind)) if n in fact]
            speaker = cue = None
            if style == "narrated":
                content = [write(fact[0].upper() + fact[1:])]
                write(".")
            elif style == "direct" and line % 3 == 0:
                middle = fact.find(" ", len(fact) // 2)
                content = [write("“" + fact[:middle] + ",”")]
                write(" ")
                speaker = write(surface)
                write(" ")
                cue = write(pick(CUES))
                write(", ")
                content.append(write("“" + fact[middle + 1 :] + ".”"))
            else:
                speaker = write(surface)
                write(" ")
                cue = write(pick(CUES))
                write(" " if style != "direct" else ": ")
                words = {"direct": f"“{fact}”", "indirect": f"that {fact}", "mixed": f"that “{fact}”"}[style]
                content = [write(words)]
                write(".")
            lines.append((opening, at))
            write("\n\n" if line % 2 else " ")
            claims.append(
                (content, speaker, cue, style, person, about, fact, [lines[n] for n in TOLD.get(line % 6, ())])
            )
            if speaker:
                mentions.append((*speaker, surface, person))
            text = "".join(parts)
            for entity in about:
                found = text.find(entity["name"], content[0][0])
                if found >= 0:  # a quotation broken in the middle of the name has it nowhere
                    mentions.append((found, found + len(entity["name"]), entity["name"], entity))
        write("Picture: the harbour 🌊 on a calm day.")
        self._keep(number, "".join(parts), mentions, claims)

    def _keep(self, number: int, text: str, mentions: list[Any], claims: list[Any]) -> None:
        article = ids.article_id(text)
        published = dt.date(2024, 1, 1) + dt.timedelta(days=number % 90)
        self.rows["articles"].append(
            {
                "article_id": article,
                "title": f"{claims[0][4]['name']} on the harbour, day {number}",
                "publisher": PUBLISHERS[number % len(PUBLISHERS)] if number % 11 else None,
                "author": None,
                "published_on": published if number % 7 else None,
                "url": f"https://news.example/{number}",
                "language": "en",
                "text": text,
                "word_count": len(text.split()),
                "source_uri": f"articles/{number:05d}.md",
                "source_sha256": f"{number:064x}",
                "duplicate_of": None,
                "revision_of": None,
                "story_id": None,
                "modified_on": None,
                "truncated": False,
            }
        )
        for start, end, surface, entity in mentions:
            row_id = ids.mention_id(article, start, end)
            entity["mention_count"] += 1
            entity["articles"].add(article)
            if entity["description"]:
                entity |= {"described_in": article, "described_on": published if number % 7 else None}
            if surface not in entity["aliases"]:
                entity["aliases"].append(surface)
            self.rows["entity_mentions"].append(
                {
                    "mention_id": row_id,
                    "article_id": article,
                    "start_char": start,
                    "end_char": end,
                    "surface": surface,
                    "mention_type": "name",
                    "entity_type": entity["entity_type"],
                    "entity_id": entity["entity_id"],
                }
            )
            self.edge("entity_mentions", entity["entity_id"], row_id, "same surname 0.9, same article 0.6")
        for claim in claims:
            self._claim(article, text, claim)

    def _claim(self, article: str, text: str, made: tuple[Any, ...]) -> None:
        content, speaker, cue, style, person, about, fact, before = made
        row_id = ids.claim_mention_id(article, content, speaker, cue)
        words = " ".join(text[a:b] for a, b in content)
        entity_ids = sorted(entity["entity_id"] for entity in about)
        number = next((w for w in fact.split() if w.isdigit()), None)
        parts = [{"start_char": a, "end_char": b, "kind": "verbatim"} for a, b in content]
        parts = [*({"start_char": a, "end_char": b, "kind": "background"} for a, b in before), *parts]
        nothing = {"unit": None, "bound": None, "base_value": None, "base_unit": None}
        claim = self.claims.setdefault(
            fact,
            {
                "claim_id": ids.claim_id(row_id),
                "text": render(text, parts),
                "cohesion": 1.0,
                "polarity": "negated" if fact.startswith("no ") else "affirmed",
                "modality": "future" if " will " in fact else "asserted",
                "entity_ids": entity_ids,
                "speakers": set(),
                "articles": set(),
                "mention_count": 0,
            },
        )
        claim["mention_count"] += 1
        claim["articles"].add(article)
        if speaker:
            claim["speakers"].add(person["entity_id"])
        self.rows["claim_mentions"].append(
            {
                "claim_mention_id": row_id,
                "attribution_id": ids.attribution_id(article, content, speaker, cue) if speaker else None,
                "statement": render(text, parts),
                "statement_parts": parts,
                "context_start_char": content[0][0],
                "context_end_char": content[-1][1],
                "said_on": None,
                "speaker_ids": [person["entity_id"]] if speaker else [],
                "claim_id": claim["claim_id"],
                "article_id": article,
                "start_char": content[0][0],
                "end_char": content[-1][1],
                "spans": [{"start_char": a, "end_char": b} for a, b in content],
                "text": words,
                "attribution": style,
                "speaker_id": person["entity_id"] if speaker else None,
                "speaker_surface": text[slice(*speaker)] if speaker else None,
                "speaker_start_char": speaker[0] if speaker else None,
                "speaker_end_char": speaker[1] if speaker else None,
                "cue": text[slice(*cue)] if cue else None,
                "cue_start_char": cue[0] if cue else None,
                "cue_end_char": cue[1] if cue else None,
                "polarity": claim["polarity"],
                "modality": claim["modality"],
                "entity_ids": entity_ids,
                "quantities": [{**nothing, "value": float(number), "surface": number}] if number else [],
                "dates": [{"iso": "2024-03", "surface": "March"}] if "March" in fact else [],
                "confidence": 0.87,
            }
        )
        self.edge("claim_mentions", claim["claim_id"], row_id, "meaning 0.94, same entities")

    def frames(self) -> dict[str, pl.DataFrame]:
        articles = {row["article_id"]: row for row in self.rows["articles"]}
        for entity in self.entities.values():
            self.rows["entities"].append({**entity, "article_count": len(entity["articles"])})
        for fact, claim in self.claims.items():
            rows = [articles[a] for a in claim["articles"]]
            days = [r["published_on"] for r in rows if r["published_on"]]
            claim |= {
                "speaker_ids": sorted(claim["speakers"]),
                "article_count": len(rows),
                "independent_count": len(rows),
                "publisher_count": len({r["publisher"] for r in rows} - {None}),
                "first_published_on": min(days, default=None),
                "last_published_on": max(days, default=None),
                "since_version": "2.2.0",
            }
            self.rows["claims"].append(claim)
            claim["shape"] = "".join("#" if c.isdigit() else c for c in fact).replace("##", "#")
        self._conflicts()
        tables = {name: self._frame(name) for name in TABLES if name not in {"stories", *DERIVED_TABLES}}
        told = resolve_stories(tables["articles"], tables["entity_mentions"], None, "2.2.0")
        return with_derived({**tables, "articles": told.articles, "stories": told.stories})

    def _conflicts(self) -> None:
        alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
        for claim in sorted(self.claims.values(), key=lambda c: c["claim_id"]):
            alike.setdefault((claim["shape"], *claim["entity_ids"]), []).append(claim)
        for group in alike.values():
            for one, other in itertools.combinations(group[:6], 2):
                self.rows["claim_conflicts"].append(
                    {
                        "conflict_id": ids.conflict_id(one["claim_id"], other["claim_id"], "quantity"),
                        "claim_id_a": one["claim_id"],
                        "claim_id_b": other["claim_id"],
                        "conflict_type": "quantity",
                        "entity_ids": one["entity_ids"],
                        "words_a": _figure(one["text"]),
                        "words_b": _figure(other["text"]),
                        "story_id": None,
                        "explanation": "The two give different figures for the same thing.",
                        "confidence": 0.8,
                    }
                )

    def _frame(self, name: str) -> pl.DataFrame:
        table = TABLES[name]
        schema = polars_schema(table.model)
        rows = [{column: row[column] for column in schema} for row in self.rows[name]]
        frame = pl.DataFrame(rows, schema=schema, orient="row")
        return frame.unique(table.key, keep="first", maintain_order=True).sort(table.order)


def _figure(text: str) -> str:
    """The figure of a claim, or the claim where it has none."""
    return next((word for word in text.split() if word.isdigit()), text)


def build(
    folder: Path, *, articles: int = 24, sentences: int = 6, seed: int = 7, piers: int = 0, hostile: str | None = None
) -> Path:
    """Writes a snapshot of `articles` made-up articles.

    piers: how many places a fact may be about, for many distinct claims; 0: the facts as they are. hostile: text,
    title, publisher and speaker of one more article.
    """
    builder = _Builder(seed, piers)
    for number in range(articles):
        builder.article(number, sentences)
    if hostile is not None:
        PERSON = builder.entity(hostile, "PERSON", hostile)  # noqa: N806 - reads as a row
        text = f"{hostile} said that {hostile} is here. {hostile}"
        start = len(hostile) + 6
        content = [(start, start + 5 + len(hostile) + 8)]
        said = (len(hostile) + 1, len(hostile) + 5)
        claim = (content, (0, len(hostile)), said, "indirect", PERSON, [PERSON], hostile, [])
        builder._keep(articles + 1, text, [(0, len(hostile), hostile, PERSON)], [claim])
        builder.rows["articles"][-1] |= {"title": hostile, "publisher": hostile, "url": "javascript:alert(1)"}
    for reason, detail in REASONS.items():
        for copy in range(1 + len(reason) % 4):
            builder.rows["rejects"].append(
                {
                    "stage": "ingest",
                    "source_uri": f"bad/{reason}{copy}.txt",
                    "reason": reason,
                    "detail": detail,
                    "payload": None,
                }
            )
    builder.rows["redirects"].append(
        {"table": "claims", "retired_id": ids.claim_id("gone"), "current_id": None, "since_version": "2.2.1"}
    )
    frames = builder.frames()
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in frames.items():
        frame.write_parquet(folder / f"{name}.parquet", compression="zstd")
    (folder / "manifest.json").write_text(json.dumps(manifest(frames), indent=1), encoding="utf-8")
    return folder


def said(snapshot: Snapshot) -> dict[str, str]:
    """What the source of each claim mention says: its statement made anew of the parts that are no background."""
    made = snapshot.table("claim_mentions").join(
        snapshot.table("articles").select("article_id", body="text"), "article_id"
    )
    return {
        row["claim_mention_id"]: render(
            row["body"], [part for part in row["statement_parts"] if part["kind"] != "background"]
        )
        for row in made.to_dicts()
    }


def manifest(frames: dict[str, pl.DataFrame], version: str = "2.2.1") -> dict[str, Any]:
    """Facts of the made-up run."""
    return {
        "version": version,
        "parent": "2.2.0",
        "contract_version": "2.2",
        "created_at": "2024-04-01T06:00:00Z",
        "code": {"package_version": "0.1.0", "git_commit": "0" * 40},
        "settings": {},
        "inputs": [],
        "tables": {
            name: {"rows": frame.height, "bytes": 1024, "sha256": "0" * 64, "logical_sha256": "0" * 64}
            for name, frame in frames.items()
        },
        "model": {"package": "reader", "version": "1", "hash": "0" * 64},
        "changes": {
            "claims": {"added": 12, "removed": 1, "changed": 3, "causes": {"input": 16}},
            "articles": {"added": 4, "removed": 0, "changed": 0, "causes": {"input": 4}},
        },
        "quality": {"speaker_resolved_share": 0.98, "claim_mentions_per_article": 6.0, "entity_ids_kept": None},
        "validation": {"success": True, "checks": [
            _check("claims", "expect_column_values_to_be_unique", "a claim has one row"),
            _check("articles", "expect_table_row_count_to_be_between", "there are articles"),
        ]},
        "seconds": {"ingest": 1.2, "extract": 8.4, "resolve": 2.1, "validate": 1.0, "publish": 0.4},
    }  # fmt: skip


def _check(table: str, expectation: str, meaning: str, success: bool = True) -> dict[str, Any]:
    """An outcome of the quality gate."""
    return {
        "table": table,
        "expectation": expectation,
        "meaning": meaning,
        "success": success,
        "observed": "0 rows",
    }


def output(root: Path, **arguments: Any) -> Path:
    """An output folder that holds one made-up snapshot, as a build leaves it."""
    build(root / "snapshots" / "2.2.1", **arguments)
    entry = Entry("2.2.1", "2.2.0", "2.1", "2026-03-02T10:00:00+00:00")
    Store(root).write_history(History(entry.version, (entry,)))
    (root / "latest").symlink_to(Path("snapshots") / "2.2.1")
    return root
