"""`onrecord forget ARTICLE`: take an article down, and say where it still is and what removes it there."""

import datetime as dt
import json
import shlex
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from flows.cli.options import OUTPUT, Output
from flows.cli.publish import storage_option
from flows.credentials import masked_option
from flows.errors import OnrecordError, UnknownNameError

if TYPE_CHECKING:
    from flows.snapshots.take_downs.forgotten import Forgotten
    from flows.snapshots.take_downs.targets import Target


@dataclass(frozen=True)
class TakenDown:
    """What was done, what still holds the article, and the commands that remove it there, in their order."""

    articles: list[str]
    removed_from_cache: int
    removed_reports: list[str]
    versions: list[str]
    latest: str | None
    places: dict[str, list[str]] = field(default_factory=dict)
    unknown: dict[str, str] = field(default_factory=dict)
    commands: list[str] = field(default_factory=list)


def forget(
    article: Annotated[str, typer.Argument(help="Id of an article, its url, or its source_uri.")],
    output: Output = OUTPUT,
    reason: Annotated[str, typer.Option(help="Why, for the file forgotten.json; name nobody.")] = "",
    storage: Annotated[
        list[str] | None,
        typer.Option(help="NAME=VALUE for the object stores of Delta tables; repeatable."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was done and what is left as JSON.")] = False,
) -> None:
    """Take an article down: no later snapshot has it; name the versions and Delta tables that still hold it."""
    from flows.snapshots.output_folder.store import publishing
    from flows.snapshots.output_folder.versions import existing
    from flows.snapshots.take_downs import forgotten, take_down

    existing(output)
    with publishing(output, wait_seconds=60) as store:
        known = forgotten.read(output)
        try:
            what = take_down.find(store, article)
        except UnknownNameError:  # perhaps asked once more, when nothing of it is left here
            what = forgotten.named(output, article, take_down.withheld_sources(store, article))
            if not what:
                raise
        if (what | known) != known:
            forgotten.add(output, what, dt.datetime.now(dt.UTC).date().isoformat(), reason)
        removed = take_down.remove(store, what)
        held = take_down.holding(store, what)
        latest = store.history().latest
    options = dict(storage_option(text) for text in storage or [])
    places, unknown = _places(output, what, options)
    commands = [*_of_versions(output, held, latest), *_of_places(output, places, options)]
    done = TakenDown(
        sorted(what.article_ids), removed.cached, list(removed.reports), list(held), latest, places, unknown, commands
    )
    typer.echo(json.dumps(asdict(done), indent=2) if as_json else "\n".join(_said(done)))


def _places(output: Path, what: "Forgotten", options: dict[str, str]) -> tuple[dict[str, list[str]], dict[str, str]]:
    """Delta versions that hold it by the tables' address; and where that cannot be told, why."""
    from flows.snapshots.take_downs.targets import targets

    held: dict[str, list[str]] = {}
    unknown: dict[str, str] = {}
    for target in targets(output):
        try:
            if found := _held(target, what, options):
                held[target.address] = found
        except OnrecordError as error:
            unknown[target.address] = str(error)
    return held, unknown


def _held(target: "Target", what: "Forgotten", options: dict[str, str]) -> list[str]:
    """The versions of a place that have it: numbers of Delta, or of snapshots."""
    if target.kind == "delta":
        from flows.publish import delta

        return [str(version) for version in delta.holding(target.address, what.article_ids, options)]
    from flows.publish.addresses import snapshots

    return snapshots.holding(target.address, what.article_ids, options)


def _of_versions(output: Path, held: tuple[str, ...], latest: str | None) -> list[str]:
    """A build first, where `latest` may not be dropped. What is read is for its operator to say: nothing here knows."""
    if not held:
        return []
    first = [f"onrecord build --seeds YOUR_SEEDS --output {shlex.quote(str(output))}"] if latest in held else []
    drops = " ".join(f"--drop {version}" for version in held)
    return [*first, f"onrecord prune {drops} --output {shlex.quote(str(output))}"]


def _of_places(output: Path, places: dict[str, list[str]], options: dict[str, str]) -> list[str]:
    from flows.snapshots.take_downs.targets import targets

    stores = "".join(
        f" --storage {shlex.quote(f'{name}={masked_option(name, value)}')}" for name, value in options.items()
    )
    return [
        f"onrecord publish {shlex.quote(target.address)} --to {target.kind} --forget-others "
        f"--output {shlex.quote(str(output))}{stores if '://' in target.address else ''}"
        for target in targets(output)
        if target.address in places
    ]


def _said(done: TakenDown) -> list[str]:
    reports = f"{len(done.removed_reports)} report{'' if len(done.removed_reports) == 1 else 's'} of refused runs"
    lines = [
        f"{', '.join(done.articles) or 'what was asked for'}: no later snapshot has it",
        f"removed: {done.removed_from_cache} rows of the cache, {reports}",
    ]
    if done.versions:
        named = ", ".join(f"{v} (latest)" if v == done.latest else v for v in done.versions)
        lines.append(f"versions that still hold it: {named}")
    lines += [f"{place} holds it in versions {', '.join(versions)}" for place, versions in done.places.items()]
    lines += [f"{place} could not be asked: {why}" for place, why in done.unknown.items()]
    if done.commands:
        lines += ["to remove it there, too, in this order:", *(f"  {command}" for command in done.commands)]
    return [*lines, "The seeds still have it where you keep them, and so do copies that others made."]
