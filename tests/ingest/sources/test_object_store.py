"""Seeds in an object store: listed and read over S3's protocol, which a server of this process speaks."""

import os
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, unquote, urlsplit

import fsspec
import pytest

from flows.errors import InputError, PlaceError
from flows.ingest.documents import RawDocument, Reject
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources.open_source import list_sources
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason

OBJECTS = {
    "seeds/ferry.txt": b"The harbour master said that the ferry would sail again in June.",
    "seeds/north/bridge.txt": b"The mayor said that the bridge was safe.",
    "other/weather.txt": b"The office said that it would rain.",
}
LISTING = """<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><IsTruncated>false</IsTruncated>{}</ListBucketResult>"""
ENTRY = "<Contents><Key>{}</Key><Size>{}</Size><LastModified>2024-05-06T07:08:09.000Z</LastModified></Contents>"


class Bucket(BaseHTTPRequestHandler):
    """One bucket, `press`, read-only: lists by prefix, sends objects whole or in part."""

    denied: tuple[str, ...] = ()

    def do_HEAD(self) -> None:
        self.answer(OBJECTS.get(self.key()), with_body=False)

    def do_GET(self) -> None:
        asked = parse_qs(urlsplit(self.path).query)
        if "list-type" not in asked:
            self.answer(OBJECTS.get(self.key()))
            return
        prefix = asked.get("prefix", [""])[0]
        found = [ENTRY.format(name, len(body)) for name, body in OBJECTS.items() if name.startswith(prefix)]
        self.answer(LISTING.format("".join(found)).encode())

    def key(self) -> str:
        return unquote(urlsplit(self.path).path).removeprefix("/press").lstrip("/")

    def answer(self, body: bytes | None, *, with_body: bool = True) -> None:
        ranged = self.headers.get("Range", "")
        if any(part in self.path for part in self.denied):
            body = None
        self.send_response((403 if self.denied else 404) if body is None else 206 if ranged else 200)
        body = body or b""
        if ranged:
            first, _, last = ranged.removeprefix("bytes=").partition("-")
            size, body = len(body), body[int(first) : int(last or len(body)) + 1]
            self.send_header("Content-Range", f"bytes {first}-{int(first) + len(body) - 1}/{size}")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"e"')
        self.send_header("Last-Modified", "Mon, 06 May 2024 07:08:09 GMT")
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Bucket) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.server_port}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "no secret")
        monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-north-1")
        fsspec.get_filesystem_class("s3").clear_instance_cache()  # one that knows another address
        yield
        server.shutdown()


@pytest.mark.usefixtures("bucket")
def test_a_folder_of_a_bucket_is_listed_and_read() -> None:
    sources = list_sources("s3://press/seeds")
    assert [source.uri for source in sources] == ["ferry.txt", "north/bridge.txt"]
    for source in sources:
        (found,) = read_source(source, IngestSettings())
        assert isinstance(found, RawDocument)
        assert found.text == OBJECTS[f"seeds/{source.uri}"].decode()


@pytest.mark.usefixtures("bucket")
def test_the_proxy_of_the_environment_is_asked_for_a_bucket_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", os.environ["AWS_ENDPOINT_URL"])
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://store.example")
    (found,) = read_source(list_sources("s3://press/seeds")[0], IngestSettings())
    assert isinstance(found, RawDocument)


@pytest.mark.usefixtures("bucket")
def test_a_bucket_that_turns_away_is_at_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    sources = list_sources("s3://press/seeds")
    monkeypatch.setattr(Bucket, "denied", ("ferry",))
    found = [item for source in sources for item in read_source(source, IngestSettings())]
    assert isinstance(found[0], Reject)
    assert (found[0].reason, "Forbidden" in found[0].detail) == (RejectReason.UNREADABLE, True)
    assert isinstance(found[1], RawDocument)
    monkeypatch.setattr(Bucket, "denied", ("list-type",))
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    with pytest.raises(PlaceError, match="cannot be listed"):
        list_sources("s3://press/seeds")


@pytest.mark.usefixtures("bucket")
def test_an_empty_folder_of_a_bucket_is_said_to_be_empty() -> None:
    with pytest.raises(InputError, match="there are no files"):
        list_sources("s3://press/nothing/")


def test_a_store_that_does_not_answer_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "reader")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "no secret")
    monkeypatch.setenv("AWS_MAX_ATTEMPTS", "1")
    stores = fsspec.get_filesystem_class("s3")
    stores.clear_instance_cache()
    monkeypatch.setattr(stores, "retries", 1)
    with pytest.raises(PlaceError, match="cannot be listed"):
        list_sources("s3://press/seeds")
