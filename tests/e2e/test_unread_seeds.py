"""A store that turns away costs nothing: the build fails as a fault of the place, and every id stays."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest

from flows.errors import PlaceError
from flows.settings import IngestSettings, Settings
from tests.e2e.conftest import Build, article, hashes

denied: set[str] = set()


class Store(BaseHTTPRequestHandler):
    """Twelve articles and their index; some of it is denied."""

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        body = article(int(name[:2])) if name else "".join(f"<a href='{n:02}.txt'>" for n in range(12))
        self.send_response(403 if name in denied else 200)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_: object) -> None:
        """Silent."""


@pytest.fixture
def address() -> Iterator[str]:
    denied.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/press/"
        server.shutdown()


def _is_nowhere(secret: str, output: Path) -> None:
    """Neither a file nor a run of the Prefect server has it."""
    from prefect.client.orchestration import get_client

    told = [path for path in output.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
    assert told == []
    with get_client(sync_client=True) as client:
        runs = client.read_flow_runs()
    seeds = [run.parameters["seeds"] for run in runs if "seeds" in run.parameters]
    assert any("://***@" in said for said in seeds)
    assert not any(secret in run.model_dump_json() for run in runs)


def test_a_store_that_turns_away_retires_no_id(build: Build, address: str, tmp_path: Path) -> None:
    output = tmp_path / "output"
    build(address.replace("://", "://ana:open-sesame@"), output)
    _is_nowhere("open-sesame", output)
    before, history = hashes(output / "latest"), (output / "versions.json").read_bytes()
    for some in ({"03.txt"}, {f"{n:02}.txt" for n in range(12)}, {""}):
        denied.update(some)
        with pytest.raises(PlaceError, match=r"0\d\.txt: cannot be fetched: the server answers 403|cannot be listed"):
            build(address, output)
        assert hashes(output / "latest") == before
        assert (output / "versions.json").read_bytes() == history
    assert not (output / "failed").exists()
    denied.clear()
    denied.add("03.txt")
    some = Settings(ingest=IngestSettings(max_unread_share=0.1))
    assert build(address, output, settings=some)["published"]
    rejects = pl.read_parquet(output / "latest" / "rejects.parquet").filter(pl.col("reason") == "unreadable")
    assert rejects["source_uri"].to_list() == ["03.txt"]


def test_a_folder_where_every_file_is_refused_publishes_why(build: Build, tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    for name in ("empty.txt", "picture.bin"):
        (tmp_path / "seeds" / name).write_bytes(b"\0" * len(name.partition(".bin")[1]))
    assert build(tmp_path / "seeds", tmp_path / "output")["published"]
    reasons = pl.read_parquet(tmp_path / "output" / "latest" / "rejects.parquet")["reason"]
    assert sorted(reasons) == ["empty", "unsupported_format"]


def test_where_nobody_answers_it_is_one_sentence(build: Build, tmp_path: Path) -> None:
    """And exit 3, as every PlaceError: tests/cli/test_exit_codes."""
    with pytest.raises(PlaceError, match="cannot be listed") as said:
        build("http://127.0.0.1:9/", tmp_path / "output")
    assert len(str(said.value).splitlines()) == 1
