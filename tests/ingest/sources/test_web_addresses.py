"""Seeds at an address whose server is hostile, broken or behind a proxy: bounded, and never outside the address."""

import base64
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.errors import InputError, PlaceError
from flows.ingest.documents import RawDocument, Reject
from flows.ingest.formats import dispatch
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources import web_addresses
from flows.ingest.sources.local_files import Source
from flows.ingest.sources.open_source import list_sources
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason as Why

TEXT = b"The harbour master said that the ferry would sail again in June."
Answer = Callable[[BaseHTTPRequestHandler], None]
asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    """Answers each path as `pages` says: with bytes, or by calling what is there."""

    pages: dict[str, bytes | Answer] = {}  # noqa: RUF012 - set by each test

    def do_GET(self) -> None:
        asked.append(f"{self.headers['Host']} {self.path}")
        found = self.pages.get(self.path)
        if callable(found):
            found(self)
        else:
            answer(self, 200 if found is not None else 404, found or b"")

    def log_message(self, *_: object) -> None:
        """Silent."""


def answer(handler: BaseHTTPRequestHandler, status: int, body: bytes = b"", **headers: str) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)


def leads_to(target: str) -> Answer:
    return lambda handler: answer(handler, 302, Location=target)


def packed(body: bytes, by: str = "gzip") -> Answer:
    return lambda handler: answer(handler, 200, body, **{"Content-Encoding": by})


def drips(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        for _ in range(200):
            handler.wfile.write(b"x")
            time.sleep(0.05)
    except OSError:
        pass


def is_cut(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", str(2 * len(TEXT)))
    handler.end_headers()
    handler.wfile.write(TEXT)


def endless(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    try:
        while True:
            handler.wfile.write(b"The mayor said so. " * 4096)
    except OSError:
        pass


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., str]]:
    """Serves pages, and returns the address of the server."""
    monkeypatch.setattr(dispatch, "LIMITS", replace(dispatch.LIMITS, pause_seconds=0.01))
    quick = replace(web_addresses.LIMITS, silent_seconds=0.5, slow_seconds=0.4)
    monkeypatch.setattr(web_addresses, "LIMITS", quick)
    asked.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()

        def serve(**pages: bytes | Answer) -> str:
            Handler.pages = {f"/{name}": page for name, page in pages.items()}
            return f"http://127.0.0.1:{server.server_port}/"

        yield serve
        server.shutdown()


def read(address: str, **settings: object) -> RawDocument | Reject:
    (found,) = read_source(Source("a.txt", address, remote=True), IngestSettings(**settings))
    return found


def test_a_folder_is_listed_and_read_as_far_as_it_goes(served: Callable[..., str]) -> None:
    index = b"""<a href="a.txt">a</a> <A class=x HREF='sub/'>sub</A> <a href=../up.txt> <a href="/seeds/%2e%2e/b.txt">
        <a href="http://elsewhere.example/c.txt"> <a href="file:///etc/passwd"> <a href="//elsewhere.example/d.txt">
        <a href="?C=N;O=D"> <a href="/seeds/"> <a href="/seeds/e&amp;f.txt#top"> <a href="http://[/x.txt">"""
    root = served(**{
        "seeds/": index, "seeds/a.txt": TEXT, "seeds/sub/": b"<a href='g.txt'> <a href='../a.txt'>", "up.txt": b"secret"
    })  # fmt: skip
    sources = list_sources(f"{root}seeds/")
    assert [source.uri for source in sources] == ["a.txt", "e&f.txt", "sub/g.txt"]
    (found,) = read_source(sources[0], IngestSettings())
    assert isinstance(found, RawDocument)
    assert found.text == TEXT.decode()


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (leads_to("file:///etc/passwd"), "redirects out of the folder"),
        (leads_to("/login.html"), "redirects out of the folder"),
        (leads_to("http://127.0.0.2:1/seeds/a.txt"), "redirects out of the folder"),
        (leads_to("/seeds/../b.txt"), "redirects out of the folder"),
        (leads_to("/seeds/a.txt"), "redirects more than"),
        (lambda handler: answer(handler, 403), "answers 403"),
        (lambda handler: answer(handler, 503), "answers 503"),
        (is_cut, "cannot be fetched"),
        (drips, "too slow"),
        (lambda _: time.sleep(1), "nothing came"),
        (packed(gzip.compress(TEXT)[:-9]), "ends in the middle"),
        (packed(b"<p>not packed at all</p>"), "sends as gzip is none"),
        (packed(TEXT, "br"), "packs what it sends by br, which was not asked for"),
    ],
    ids=["file", "same-host", "other-host", "up", "itself", "403", "503", "cut", "slow", "silent", "packed-cut",
         "packed-not", "packed-otherwise"],
)  # fmt: skip
def test_what_does_not_come_is_unreadable(served: Callable[..., str], page: Answer, said: str) -> None:
    root = served(**{"seeds/a.txt": page, "login.html": b"<p>Please log in.</p>", "b.txt": TEXT})
    found = read(f"{root}seeds/a.txt")
    assert isinstance(found, Reject)
    assert (found.reason, said in found.detail) == (Why.UNREADABLE, True), found.detail
    assert len(asked) == {
        "answers 503": 3, "cannot be fetched": 3, "ends in the middle": 3, "redirects more than": 5
    }.get(said, 1)  # fmt: skip


def test_a_redirect_within_the_folder_is_followed(served: Callable[..., str]) -> None:
    root = served(**{"seeds/a.txt": leads_to("new/a.txt"), "seeds/new/a.txt": TEXT})
    assert isinstance(read(f"{root}seeds/a.txt"), RawDocument)


def test_what_has_no_end_is_too_large(served: Callable[..., str]) -> None:
    found = read(f"{served(**{'a.txt': endless})}a.txt", max_file_bytes=1_000_000)
    assert isinstance(found, Reject)
    assert found.reason == Why.TOO_LARGE


def test_index_pages_without_end_are_given_up(served: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = served()
    numbers = iter(range(10**6))

    class Endless(dict[str, bytes]):
        def get(self, *_: object) -> bytes:
            return b"".join(b"<a href=%d/>" % next(numbers) for _ in range(20))

    Handler.pages = Endless()
    monkeypatch.setattr(web_addresses, "LIMITS", replace(web_addresses.LIMITS, listed_addresses=500))
    with pytest.raises(PlaceError, match="no end of index pages"):
        list_sources(root)
    Handler.pages = {"/": endless}
    monkeypatch.setattr(web_addresses, "LIMITS", replace(web_addresses.LIMITS, index_bytes=100_000))
    with pytest.raises(PlaceError, match="larger than"):
        list_sources(root)
    Handler.pages = {"/": lambda handler: answer(handler, 403)}
    with pytest.raises(PlaceError, match="403"):
        list_sources(root)


def test_the_proxy_of_the_environment_is_asked(served: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    root = served(**{"": b""})
    Handler.pages = {"http://press.example/a.txt": TEXT}
    monkeypatch.setenv("http_proxy", root)
    monkeypatch.delenv("no_proxy", raising=False)
    assert isinstance(read("http://press.example/a.txt"), RawDocument)
    assert asked == ["press.example http://press.example/a.txt"]


def test_an_answer_that_is_packed_unasked_is_unpacked_and_a_packed_file_is_read_as_one(
    served: Callable[..., str],
) -> None:
    once = gzip.compress(TEXT)
    root = served(
        **{"a.txt": packed(once), "b.txt.gz": packed(once, "x-gzip"), "c.txt": packed(gzip.compress(b"so " * 10**7))}
    )
    for name in ("a.txt", "b.txt.gz"):
        (found,) = read_source(Source(name, f"{root}{name}", remote=True), IngestSettings())
        assert isinstance(found, RawDocument)
        assert found.text == TEXT.decode()
    found = read(f"{root}c.txt", max_file_bytes=1_000_000)
    assert isinstance(found, Reject)
    assert found.reason == Why.TOO_LARGE


def test_names_and_passwords_are_the_addresss_or_the_users(
    served: Callable[..., str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    told = []
    root = served(
        **{"a.txt": lambda handler: (told.append(handler.headers["Authorization"]), answer(handler, 200, TEXT))}
    )
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    read(f"{root}a.txt")
    (tmp_path / "netrc").write_text("machine 127.0.0.1 login ada password lace\n", encoding="utf-8")
    read(f"{root}a.txt")
    read(f"{root.replace('//', '//eve:moe@')}a.txt")
    users = [base64.b64decode(line.removeprefix("Basic ")) if line else None for line in told]
    assert users == [None, b"ada:lace", b"eve:moe"]


def test_a_server_that_is_not_there_is_told_with_the_reason(served: Callable[..., str]) -> None:
    served()
    with socket.socket() as free:  # bound, and nobody listens
        free.bind(("127.0.0.1", 0))
        found = read(f"http://127.0.0.1:{free.getsockname()[1]}/a.txt")
    assert isinstance(found, Reject)
    assert "cannot be fetched" in found.detail
    assert "Connect call failed" in found.detail


@pytest.mark.parametrize(
    "address",
    ["simplecache::http://a.example/", "zip://a.txt::http://a.example/x.zip", "local:///etc", "data://x",
     "filecache://x", "reference://x", "nonsense://x"],
)  # fmt: skip
def test_an_address_that_leads_through_another_is_refused(address: str) -> None:
    with pytest.raises(InputError, match=r"addresses that lead through another|are no address that can be read"):
        list_sources(address)


@pytest.mark.parametrize("secret", ["secret", "sec/secret"])
def test_credentials_of_a_bucket_are_not_for_its_address(secret: str) -> None:
    with pytest.raises(InputError, match="AWS_ACCESS_KEY_ID") as refused:
        list_sources(f"s3://ada:{secret}@news/onrecord")
    assert "secret" not in str(refused.value)


def test_a_name_of_a_store_that_climbs_is_not_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    import fsspec

    system = fsspec.filesystem("memory")
    system.pipe_file("/press/seeds/a.txt", TEXT)
    listed = ["/press/seeds/a.txt", "/press/seeds/../secret.txt", "/etc/passwd", "/press/seeds//etc/passwd"]
    monkeypatch.setattr(type(system), "find", lambda *_, **__: {name: {} for name in listed})
    sources = list_sources("memory://press/seeds")
    refused = {source.uri: source.problem[0] for source in sources if source.problem}
    assert len(sources) == 4
    assert len(refused) == 3
    assert set(refused.values()) == {Why.OUTSIDE_FOLDER}
