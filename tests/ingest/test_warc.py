"""WARC archives that the tests write, read from disk and over HTTP on loopback."""

import datetime as dt
import gzip
import http.server
import threading
from functools import partial
from pathlib import Path

import pytest

from flows.ingest.documents import RawDocument, Reject
from flows.ingest.read import read_source
from flows.ingest.sources import list_sources
from flows.settings import IngestSettings
from schemas.vocab import RejectReason as Why

BODY = (
    "<html><head><title>{title}</title>{meta}</head><body><article><p>{title}: the council said on Monday "
    "that the road will be closed for a year.</p><p>Nobody asked the people who live beside it, said the "
    "owner of the shop at the corner, who has been there for thirty years.</p></article></body></html>"
)
DATED = (
    '<meta property="og:site_name" content="Sample Post"><meta property="article:published_time" content="2024-02-03">'
)


def record(url: str, body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK") -> bytes:
    answer = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:0>\r\nWARC-Target-URI: {url}\r\n"
        f"WARC-Date: 2024-02-05T06:07:08Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(answer)}\r\n\r\n"
    ).encode()
    return head + answer + b"\r\n\r\n"


def archive() -> list[bytes]:
    return [
        record("https://www.post.example/1", BODY.format(title="Road closed", meta=DATED).encode()),
        record(
            "https://www.other.example/2",
            BODY.format(title="Café shut", meta="").encode("latin-1"),
            "text/html; charset=latin-1",
        ),
        record("https://www.post.example/3.png", b"\x89PNG\r\n\x1a\n", "image/png"),
        record("https://www.post.example/4", b"gone", status="404 Not Found"),
    ]


def outcome(folder: str) -> list[tuple[str, object]]:
    found = [item for source in list_sources(folder) for item in read_source(source, IngestSettings())]
    return [(item.source_uri, item.reason if isinstance(item, Reject) else item) for item in found]


@pytest.mark.parametrize("packed", [False, True])
def test_records_become_documents(tmp_path: Path, packed: bool) -> None:
    name = "a.warc.gz" if packed else "a.warc"
    (tmp_path / name).write_bytes(b"".join(gzip.compress(one) if packed else one for one in archive()))
    (first, second, third, fourth) = outcome(str(tmp_path))
    assert isinstance(first[1], RawDocument)
    assert first[0] == f"{name}#1"
    assert (first[1].url, first[1].publisher) == ("https://www.post.example/1", "Sample Post")
    assert first[1].published_on == dt.date(2024, 2, 3)
    assert isinstance(second[1], RawDocument)
    assert "Café shut" in second[1].text
    assert (second[1].publisher, second[1].published_on) == ("other.example", dt.date(2024, 2, 5))
    assert [third[1], fourth[1]] == [Why.UNSUPPORTED_FORMAT, Why.NO_TEXT]


def test_an_archive_that_breaks_off(tmp_path: Path) -> None:
    whole = b"".join(gzip.compress(one) for one in archive()[:2])
    (tmp_path / "a.warc.gz").write_bytes(whole[:-40])
    found = outcome(str(tmp_path))
    assert isinstance(found[0][1], RawDocument)
    assert found[-1] == ("a.warc.gz", Why.TRUNCATED)


def test_over_http(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.warc.gz").write_bytes(b"".join(map(gzip.compress, archive())))
    (tmp_path / "b.txt").write_text("The mayor said that the road is closed.")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Nothing: the test's output stays clean."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/"
        folder = outcome(address)
        single = outcome(address + "sub/a.warc.gz")
        server.shutdown()
    assert [uri for uri, _ in folder] == ["b.txt", *(f"sub/a.warc.gz#{n}" for n in (1, 2, 3, 4))]
    assert [uri for uri, _ in single] == [f"a.warc.gz#{n}" for n in (1, 2, 3, 4)]
    assert isinstance(single[0][1], RawDocument)
