"""Resolution as a Prefect flow: what extraction found in all articles, to entities, claims and conflicts."""

from pathlib import Path

import polars as pl
from pandera.typing.polars import DataFrame
from prefect import flow

from flows.resolve.claims.matching.kept_decisions import decision_cache
from flows.resolve.claims.pairs.kept_answers import KeptAnswers, answer_cache
from flows.resolve.claims.resolve_claims import resolve_claims
from flows.resolve.conflicts.find_conflicts import find_conflicts
from flows.resolve.entities.resolve_entities import resolve_entities
from flows.resolve.identity.carry_ids import Parent
from flows.resolve.identity.redirects import redirects_table
from flows.resolve.judgements.read_judgements import judgements_file, read_judgements
from flows.resolve.stories.resolve_stories import resolve_stories
from flows.runtime.environment import collector_paused
from flows.runtime.progress import reporter
from flows.runtime.workspace import Workspace
from flows.settings import Settings
from flows.snapshots.output_folder.versions import withdrawn
from flows.snapshots.reader import Snapshot
from schemas.intermediate import FoundClaims, FoundMentions

STEPS = len(("names", "stories", "claims", "conflicts and ids"))
"""Of resolution, as a person at a terminal sees them."""


@flow(name="resolve", flow_run_name="resolve", validate_parameters=False, persist_result=False)
@collector_paused()
def resolve(
    workspace: Workspace, output: Path, seeds: str, previous: Snapshot | None, version: str, settings: Settings
) -> int:
    """Entities, claims and conflicts of all articles, with ids carried from the previous snapshot; how many claims.

    Leaves every published table but `rejects` in the workspace. Raises SettingsError where a judgement matches
    nothing.
    """
    report = reporter()
    report.start("resolve", STEPS, "steps")
    parent = Parent.read(previous) if previous else None
    articles = workspace.get("articles")
    judgements = read_judgements(judgements_file(seeds))
    found_mentions = DataFrame[FoundMentions](workspace.get("found_mentions"))
    entities = resolve_entities(articles, found_mentions, parent, judgements, settings.resolve, version)
    report.advance("resolve", 1, "names are resolved; finding stories")
    told = resolve_stories(articles, entities.mentions, parent, version)
    articles = told.articles
    report.advance("resolve", 1, "stories are found; comparing claims")
    model = KeptAnswers(answer_cache(output))
    claims = resolve_claims(
        articles,
        DataFrame[FoundClaims](workspace.get("found_claims")),  # read when it is wanted, and nobody else's
        entities, parent, judgements, settings.resolve, version, model, decision_cache(output),
    )  # fmt: skip
    report.advance("resolve", 1, "claims are compared; finding conflicts")
    called = dict(entities.entities.select("entity_id", "name").iter_rows())
    conflicts = find_conflicts(claims.open_pairs, model, articles, called)
    claims.open_pairs.kept.close()
    model.close()
    tables = {
        "articles": articles,
        "entity_mentions": entities.mentions,
        "entities": entities.entities,
        "claim_mentions": claims.mentions,
        "claims": claims.claims,
        "claim_conflicts": conflicts,
        "stories": told.stories,
        "resolution_edges": pl.concat([entities.edges, claims.edges]),
    }
    carried = {"entities": entities.carried.redirects, "claims": claims.redirects, "stories": told.redirects}
    left_behind = [Snapshot(folder).tables for folder in withdrawn(previous.folder)] if previous else []
    tables["redirects"] = redirects_table(parent, version, tables, carried, left_behind)
    for name, frame in tables.items():
        workspace.put(f"table-{name}", frame)
    report.finish(
        "resolve",
        f"{entities.entities.height} entities, {claims.claims.height} claims, {conflicts.height} conflicts",
    )
    return claims.claims.height
