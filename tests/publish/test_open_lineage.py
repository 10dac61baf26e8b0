"""Events of OpenLineage: their form, where they go, and that no build fails for a catalogue."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from flows.publish.open_lineage import API_KEY, URL, told_as_lineage
from schemas.contract import current
from tests.builders.synthetic import documents, publish

FACETS = {
    "type": "object",
    "additionalProperties": {
        "type": "object",
        "required": ["_producer", "_schemaURL"],
        "properties": {"_producer": {"format": "uri"}, "_schemaURL": {"format": "uri", "pattern": "^https://.*#/"}},
    },
}
DATASETS = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["namespace", "name"],
        "properties": {"facets": FACETS, "inputFacets": FACETS, "outputFacets": FACETS},
    },
}
RUN_EVENT = Draft202012Validator(
    {
        "type": "object",
        "required": ["eventTime", "producer", "schemaURL", "run", "job"],
        "properties": {
            "eventTime": {"type": "string", "format": "date-time"},
            "eventType": {"enum": ["START", "RUNNING", "COMPLETE", "ABORT", "FAIL", "OTHER"]},
            "producer": {"type": "string", "format": "uri"},
            "schemaURL": {"const": "https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent"},
            "run": {
                "required": ["runId"],
                "properties": {"runId": {"type": "string", "format": "uuid"}, "facets": FACETS},
            },
            "job": {"required": ["namespace", "name"], "properties": {"facets": FACETS}},
            "inputs": DATASETS,
            "outputs": DATASETS,
        },
        "additionalProperties": False,
    },
    format_checker=FormatChecker(),
)
"""What the specification demands of a RunEvent, in words of our own."""


@pytest.fixture
def catalogue() -> Iterator[tuple[str, list[tuple[str, str | None, dict]]]]:
    """A server that keeps what it is sent: path, authorization, event."""
    kept: list[tuple[str, str | None, dict]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            kept.append((self.path, self.headers.get("Authorization"), json.loads(body)))
            self.send_response(201)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", kept
    server.shutdown()


def test_a_build_is_told_to_a_catalogue(
    catalogue: tuple[str, list[tuple[str, str | None, dict]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, kept = catalogue
    monkeypatch.setenv(URL, f"{url}/")
    monkeypatch.setenv(API_KEY, "a-key")
    folder = publish(tmp_path, documents(2))
    with told_as_lineage("s3://user:secret@news/articles/2024") as published:
        published(folder)
    assert [(path, key) for path, key, _ in kept] == [("/api/v1/lineage", "Bearer a-key")] * 2
    start, end = (event for _, _, event in kept)
    for event in (start, end):
        RUN_EVENT.validate(event)
        assert event["inputs"] == [{"namespace": "s3://news", "name": "articles/2024"}]
    assert (start["eventType"], end["eventType"]) == ("START", "COMPLETE")
    assert start["run"]["runId"] == end["run"]["runId"]
    assert [one["name"] for one in end["outputs"]] == [str(tmp_path / name) for name in current().names]
    articles = end["outputs"][0]
    assert articles["outputFacets"]["outputStatistics"]["rowCount"] == 2
    assert articles["facets"]["version"]["datasetVersion"] == "2.2.0"
    assert "secret" not in json.dumps(kept)


def test_a_failed_build_is_told_into_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(URL, str(tmp_path / "lineage/events.jsonl"))
    with pytest.raises(ValueError, match="no articles"), told_as_lineage(str(tmp_path / "seeds")):
        raise ValueError("no articles")
    events = [json.loads(line) for line in (tmp_path / "lineage/events.jsonl").read_text().splitlines()]
    for event in events:
        RUN_EVENT.validate(event)
    assert [event["eventType"] for event in events] == ["START", "FAIL"]
    assert events[1]["run"]["facets"]["errorMessage"]["message"] == "ValueError: no articles"
    assert events[0]["inputs"] == [{"namespace": "file", "name": str(tmp_path / "seeds")}]


@pytest.mark.parametrize("where", ["http://127.0.0.1:9", "/proc/nowhere/events.jsonl"])
def test_a_catalogue_that_is_away_fails_no_build(
    where: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(URL, where)
    with told_as_lineage("seeds"):
        pass
    assert "lineage was not told" in caplog.text


def test_nobody_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.chdir(tmp_path)
    with told_as_lineage("seeds") as published:
        published(None)
    assert list(tmp_path.iterdir()) == []
