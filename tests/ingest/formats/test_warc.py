"""WARC archives that the tests write, read from disk and over HTTP on loopback."""

import datetime as dt
import gzip
import http.server
import threading
import zlib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.ingest.documents import RawDocument, Reject
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources.open_source import list_sources
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason as Why

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
    assert (second[1].publisher, second[1].published_on) == ("other.example", None)
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


PAGE = BODY.format(title="Road closed", meta="").encode()


def chunked(body: bytes) -> bytes:
    parts = [body[at : at + 70] for at in range(0, len(body), 70)]
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in parts) + b"0\r\n\r\n"


def sent(body: bytes, *headers: str, of_record: str = "", longer: int = 0) -> bytes:
    """A record of an answer with these headers, which promises `longer` bytes more than it has."""
    answer = "".join(f"{line}\r\n" for line in ("HTTP/1.1 200 OK", "Content-Type: text/html", *headers, ""))
    block = answer.encode() + body
    head = f"WARC/1.0\r\nWARC-Type: response\r\n{of_record}Content-Type: application/http; msgtype=response\r\n"
    return f"{head}Content-Length: {len(block) + longer}\r\n\r\n".encode() + block + b"\r\n\r\n"


CHUNKS, PACKED = "Transfer-Encoding: chunked", "Content-Encoding: gzip"
READABLE = {
    "plain": sent(PAGE),
    "in chunks": sent(chunked(PAGE), CHUNKS),
    "packed": sent(gzip.compress(PAGE), PACKED),
    "packed, in chunks": sent(chunked(gzip.compress(PAGE)), CHUNKS, PACKED),
    "deflated": sent(zlib.compress(PAGE), "Content-Encoding: deflate"),
    "unpacked under the headers of the packed": sent(PAGE, CHUNKS, PACKED, "Content-Length: 99"),
    "packed, out of its chunks": sent(gzip.compress(PAGE), CHUNKS, PACKED),
    "wide": sent(PAGE.decode().encode("utf-16"), "Content-Length: 2"),
}


@pytest.mark.parametrize("how", READABLE)
def test_answers_as_archives_keep_them(tmp_path: Path, how: str) -> None:
    """And what follows them is read, too."""
    (tmp_path / "a.warc").write_bytes(READABLE[how] + sent(PAGE))
    found = [item for _, item in outcome(str(tmp_path))]
    assert len(found) == 2
    assert all(isinstance(item, RawDocument) and "thirty years" in item.text for item in found)


UNREADABLE = {
    "chunks that break off": (sent(chunked(PAGE)[:-90], CHUNKS), Why.MALFORMED),
    "packed data that breaks off": (sent(gzip.compress(PAGE)[:-9], PACKED), Why.TRUNCATED),
    "an unknown packing": (sent(b"\x28\xb5\x2f\xfd____", "Content-Encoding: zstd"), Why.MALFORMED),
    "a bomb": (sent(gzip.compress(b"<p>" * 3_000_000), PACKED), Why.EXPANDS_TOO_FAR),
    "a connection that broke off": (sent(PAGE, f"Content-Length: {len(PAGE) + 1}"), Why.TRUNCATED),
    "what the archive cut": (sent(PAGE, of_record="WARC-Truncated: length\r\n"), Why.TRUNCATED),
    "a type that was damaged": (sent(PAGE).replace(b"Type: response", b"Type: resqonse", 1), Why.MALFORMED),
    "a type of which the name was damaged": (sent(PAGE).replace(b"WARC-Type", b"WARC-Tipe", 1), Why.MALFORMED),
    "no answer": (sent(b"").replace(b"HTTP/1.1 200 OK", b"hello, 200 days"), Why.MALFORMED),
}


@pytest.mark.parametrize("how", UNREADABLE)
def test_an_answer_that_is_not_whole_costs_no_other(tmp_path: Path, how: str) -> None:
    record, reason = UNREADABLE[how]
    (tmp_path / "a.warc").write_bytes(sent(PAGE) + record + sent(PAGE))
    first, second, third = (item for _, item in outcome(str(tmp_path)))
    assert isinstance(first, RawDocument)
    assert second == reason
    assert isinstance(third, RawDocument)


@pytest.mark.parametrize("longer", [5, 500])
def test_a_record_longer_than_its_archive_is_no_article(tmp_path: Path, longer: int) -> None:
    """Though the page in it looks whole: four bytes after it are the end of the record."""
    (tmp_path / "a.warc").write_bytes(sent(PAGE) + sent(PAGE, longer=longer))
    first, second = (item for _, item in outcome(str(tmp_path)))
    assert isinstance(first, RawDocument)
    assert second == Why.TRUNCATED


def test_a_record_that_swallows_the_next_is_no_article(tmp_path: Path) -> None:
    """Were it one, the next would be lost in silence where the length ends with it."""
    following = sent(PAGE)
    (tmp_path / "a.warc").write_bytes(sent(PAGE, longer=len(following)) + following + sent(PAGE))
    first, second = (item for _, item in outcome(str(tmp_path)))
    assert first == Why.MALFORMED
    assert isinstance(second, RawDocument)


def test_a_damaged_member_of_a_gzip_archive_is_told(tmp_path: Path) -> None:
    """Only zeros after a member are padding."""
    whole, damaged = gzip.compress(sent(PAGE)), bytearray(gzip.compress(sent(PAGE)))
    damaged[0] ^= 1
    (tmp_path / "a.warc.gz").write_bytes(whole + bytes(700_000) + whole + bytes(damaged) + whole)
    (tmp_path / "b.warc.gz").write_bytes(whole + bytes(700_000))
    found = outcome(str(tmp_path))
    assert [uri for uri, _ in found] == ["a.warc.gz#1", "a.warc.gz#2", "a.warc.gz", "b.warc.gz#1"]
    assert [item for _, item in found if not isinstance(item, RawDocument)] == [Why.MALFORMED]


DAMAGE = st.tuples(
    st.integers(0, 10_000),
    st.sampled_from(["flip", "cut", "double", "put"]),
    st.integers(1, 90),  # no two cuts take out a whole record, of which nothing could be told
    st.sampled_from([b"\r\n\r\n", b"WARC/1.0\r\n", b"Content-Length: 5\r\n", b"\0", b"9" * 50]),
)


@settings(max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.booleans(), st.lists(DAMAGE, min_size=1, max_size=2))
def test_no_record_of_a_damaged_archive_is_lost_in_silence(
    tmp_path: Path, packed: bool, damage: list[tuple[int, str, int, bytes]]
) -> None:
    records = [READABLE["plain"], READABLE["packed, in chunks"], READABLE["in chunks"], READABLE["plain"]]
    data = bytearray(b"".join(gzip.compress(one, mtime=0) if packed else one for one in records))
    for place, kind, number, piece in damage:
        at = place % len(data)
        if kind == "flip":
            data[at] ^= number
        elif kind == "cut":
            del data[at : at + number]
        else:
            data[at:at] = data[at : at + number] if kind == "double" else piece
    (tmp_path / "a.warc").unlink(missing_ok=True)
    (tmp_path / "a.warc.gz").unlink(missing_ok=True)
    (tmp_path / ("a.warc.gz" if packed else "a.warc")).write_bytes(data)
    found = [item for source in list_sources(str(tmp_path)) for item in read_source(source, IngestSettings())]
    rejects = [item for item in found if isinstance(item, Reject)]
    assert not any("reading failed" in item.detail for item in rejects)
    told = any("#" not in item.source_uri or "the next record" in item.detail for item in rejects)
    assert told or len(found) >= len(records)
