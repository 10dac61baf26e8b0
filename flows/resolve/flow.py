"""Resolution as a Prefect flow: what extraction found in all articles, to entities, claims and conflicts."""

import polars as pl
from prefect import flow

from flows.progress import reporter
from flows.resolve.carry import Parent
from flows.resolve.claims import resolve_claims
from flows.resolve.entities import resolve_entities
from flows.resolve.judgements import load_judgements
from flows.resolve.redirects import redirects_table
from flows.settings import Settings
from flows.workspace import Workspace


@flow(name="resolve", validate_parameters=False, persist_result=False)
def resolve(workspace: Workspace, seeds: str, parent: Parent | None, version: str, settings: Settings) -> int:
    """Entities, claims and conflicts of all articles, with ids carried from `parent`; how many claims there are.

    Leaves every published table but `rejects` in the workspace. Raises SettingsError where a judgement matches
    nothing.
    """
    report = reporter()
    report.start("resolve", None, "tables")
    articles = workspace.get("articles")
    judgements = load_judgements(seeds)
    entities = resolve_entities(
        articles, workspace.get("found_mentions"), parent, judgements, settings.resolve, version
    )
    claims = resolve_claims(
        articles, workspace.get("found_claims"), entities, parent, judgements, settings.resolve, version
    )
    judgements.require_all_used()
    tables = {
        "articles": articles,
        "entity_mentions": entities.mentions,
        "entities": entities.entities,
        "claim_mentions": claims.mentions,
        "claims": claims.claims,
        "claim_conflicts": claims.conflicts,
        "resolution_edges": pl.concat([entities.edges, claims.edges]),
    }
    carried = {"entities": entities.redirects, "claims": claims.redirects}
    tables["redirects"] = redirects_table(parent, version, tables, carried)
    for name, frame in tables.items():
        workspace.put(f"table-{name}", frame)
    report.finish(
        "resolve",
        f"{entities.entities.height} entities, {claims.claims.height} claims, {claims.conflicts.height} conflicts",
    )
    return claims.claims.height
