"""Events of a build for catalogues that speak OpenLineage (https://openlineage.io), to an address or into a file.

Asked for with `ONRECORD_OPENLINEAGE_URL`: the address of a server (events go to `/api/v1/lineage` there, with
`ONRECORD_OPENLINEAGE_API_KEY` as bearer token where it is set), or the path of a file, which gets an event a line. A
build tells its start, then that it is complete or has failed. A catalogue that does not answer fails no build.
"""

import json
import os
import re
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from flows.publish.limits import LIMITS
from flows.runtime.progress import log
from flows.snapshots import manifest
from schemas.contract import current, type_name

URL = "ONRECORD_OPENLINEAGE_URL"
API_KEY = "ONRECORD_OPENLINEAGE_API_KEY"
_SPEC = "https://openlineage.io/spec"
_EVENT = f"{_SPEC}/2-0-2/OpenLineage.json#/$defs/RunEvent"

Event = dict[str, Any]


@contextmanager
def told_as_lineage(seeds: str) -> Iterator[Callable[[Path | None], None]]:
    """Tell the run of a build within this block; the block is given what notes the snapshot that it published.

    Nothing happens unless the environment asks for it.
    """
    where = os.environ.get(URL)
    if not where:
        yield lambda _: None
        return
    run, published = str(uuid.uuid4()), list[Path]()
    send(where, event("START", run, seeds))
    try:
        yield lambda folder: published.append(folder) if folder else None
    except BaseException as error:
        send(where, event("FAIL", run, seeds, error=error))
        raise
    send(where, event("COMPLETE", run, seeds, published[-1] if published else None))


def event(kind: str, run: str, seeds: str, snapshot: Path | None = None, error: BaseException | None = None) -> Event:
    """Return a RunEvent: kind is START, COMPLETE or FAIL; run is a UUID. snapshot: folder of what was published."""
    run_facets = {"processing_engine": _facet("1-1-1", "ProcessingEngineRunFacet", name="onrecord", version=_version())}
    if error is not None:
        said = {"message": f"{type(error).__name__}: {error}", "programmingLanguage": "python"}
        run_facets["errorMessage"] = _facet("1-0-1", "ErrorMessageRunFacet", **said)
    job_type = _facet("2-0-3", "JobTypeJobFacet", processingType="BATCH", integration="ONRECORD", jobType="BUILD")
    return {
        "eventType": kind,
        "eventTime": datetime.now(UTC).isoformat(),
        "producer": _producer(),
        "schemaURL": _EVENT,
        "run": {"runId": run, "facets": run_facets},
        "job": {"namespace": "onrecord", "name": "build-snapshot", "facets": {"jobType": job_type}},
        "inputs": [_dataset(seeds)],
        "outputs": _outputs(snapshot) if snapshot else [],
    }


def _outputs(snapshot: Path) -> list[Event]:
    """A data set for each table, under the same name in every version, with its version, columns and rows."""
    said, contract = manifest.read(snapshot), current()
    home = snapshot.resolve().parent.parent
    found = []
    for table in contract.tables:
        facts = said.tables[table.name]
        fields = [{"name": c.name, "type": type_name(c.dtype), "description": c.description} for c in table.columns]
        counted = _facet("1-0-2", "OutputStatisticsOutputDatasetFacet", rowCount=facts.rows, size=facts.bytes)
        facets = {
            "schema": _facet("1-1-1", "SchemaDatasetFacet", fields=fields),
            "version": _facet("1-0-1", "DatasetVersionDatasetFacet", datasetVersion=said.version),
        }
        named = _dataset(str(home / table.name))
        found.append({**named, "facets": facets, "outputFacets": {"outputStatistics": counted}})
    return found


def _dataset(place: str) -> Event:
    """A folder or address by OpenLineage's rules of naming, without what stands before an @: it may be a password."""
    parts = urlsplit(place)
    if "://" not in place or parts.scheme == "file":
        return {"namespace": "file", "name": str(Path(place.removeprefix("file://")).resolve())}
    return {"namespace": f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}", "name": parts.path.strip("/") or "/"}


def _facet(version: str, kind: str, /, **said: object) -> Event:
    return {"_producer": _producer(), "_schemaURL": f"{_SPEC}/facets/{version}/{kind}.json#/$defs/{kind}", **said}


def _version() -> str:
    return metadata.version("onrecord")


def _producer() -> str:
    return f"urn:onrecord:{_version()}"


def send(where: str, told: Event) -> None:
    """Send an event to a server, or write it at the end of a file; a warning where that cannot be done."""
    text = json.dumps(told, ensure_ascii=False)
    try:
        if re.match(r"https?://", where):
            headers = {"Content-Type": "application/json"}
            if key := os.environ.get(API_KEY):
                headers["Authorization"] = f"Bearer {key}"
            address = f"{where.rstrip('/')}/api/v1/lineage"
            asked = urllib.request.Request(address, text.encode(), headers)  # noqa: S310 - http or https
            with urllib.request.urlopen(asked, timeout=LIMITS.lineage_seconds):  # noqa: S310 - as above
                return
        path = Path(where.removeprefix("file://"))
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as lines:
            lines.write(text + "\n")
    except (OSError, ValueError) as error:
        kept = where.rpartition("@")[2]
        log.warning(f"lineage was not told to {kept}: {error}")
