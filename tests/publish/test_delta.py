"""Delta tables: a version a snapshot, time travel by snapshot version, safe to repeat."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.errors import PlaceError, SettingsError, SnapshotError
from flows.publish import delta
from schemas.contract import current
from tests.builders.synthetic import documents, publish

NAMES = current().names


@pytest.fixture(scope="module")
def snapshots(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    root = tmp_path_factory.mktemp("delta")
    return [folder for size in (2, 3, 4) if (folder := publish(root, documents(size)))]


def stop_at_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lose the network when the table of claims is written."""
    real = delta.write_deltalake

    def stopping(uri: str, *arguments: object, **options: object) -> None:
        if uri.endswith("/claims"):
            raise OSError("the network is gone")
        real(uri, *arguments, **options)

    monkeypatch.setattr(delta, "write_deltalake", stopping)


def test_one_delta_version_a_snapshot_and_time_travel(snapshots: list[Path], tmp_path: Path) -> None:
    for number, folder in enumerate(snapshots):
        published = delta.publish(folder, str(tmp_path))
        assert [(table.table, table.delta_version, table.was_there) for table in published] == [
            (name, number, False) for name in NAMES
        ]
    for name in NAMES:
        uri = str(tmp_path / name)
        assert delta.versions(uri) == {"2.2.0": 0, "2.2.1": 1, "2.2.2": 2}
        for folder in snapshots:
            assert delta.table_as_of(uri, folder.name).equals(pl.read_parquet(folder / f"{name}.parquet"))
    assert pl.read_delta(str(tmp_path / "articles")).height == 4
    assert pl.read_delta(str(tmp_path / "articles"), version=0).height == 2


def test_publishing_once_more_changes_nothing_and_a_stopped_run_goes_on(
    snapshots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_at_claims(monkeypatch)
    with pytest.raises(PlaceError, match="the network is gone"):
        delta.publish(snapshots[0], str(tmp_path))
    monkeypatch.undo()
    published = delta.publish(snapshots[0], str(tmp_path))
    assert [table.was_there for table in published].count(True) == NAMES.index("claims")
    assert {table.delta_version for table in delta.publish(snapshots[0], str(tmp_path))} == {0}


def test_after_a_rollback_the_current_version_is_that_of_the_chosen_snapshot(
    snapshots: list[Path], tmp_path: Path
) -> None:
    to = str(tmp_path)
    for folder in (snapshots[0], snapshots[1], snapshots[0]):
        delta.publish(folder, to)
        now = delta.current(to)
        assert now is not None and now.version == folder.name and set(now.tables) == set(NAMES)
        for name in NAMES:
            held = pl.read_parquet(folder / f"{name}.parquet")
            assert pl.read_delta(f"{to}/{name}").equals(held)
            assert pl.read_delta(f"{to}/{name}", version=now.tables[name]).equals(held)
    assert delta.versions(f"{to}/claims") == {"2.2.0": 2, "2.2.1": 1}
    delta.publish(snapshots[2], to)
    assert pl.read_delta(f"{to}/articles").height == 4


def test_all_tables_or_none_by_the_marker(
    snapshots: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to = str(tmp_path)
    assert delta.current(to) is None
    delta.publish(snapshots[0], to)
    before = delta.current(to)
    stop_at_claims(monkeypatch)
    with pytest.raises(PlaceError, match="current_snapshot is as it was"):
        delta.publish(snapshots[1], to)
    monkeypatch.undo()
    assert before is not None and delta.current(to) == before
    for name, version in before.tables.items():
        assert pl.read_delta(f"{to}/{name}", version=version).equals(pl.read_parquet(snapshots[0] / f"{name}.parquet"))
    delta.publish(snapshots[1], to)
    after = delta.current(to)
    assert after is not None and after.version == "2.2.1"


def test_another_snapshot_of_the_same_number_is_refused(snapshots: list[Path], tmp_path: Path) -> None:
    other = publish(tmp_path / "other", documents(5))
    assert other is not None and other.name == snapshots[0].name
    delta.publish(snapshots[0], str(tmp_path / "lake"))
    with pytest.raises(SnapshotError, match=r"holds another snapshot 2\.2\.0"):
        delta.publish(other, str(tmp_path / "lake"))
    with pytest.raises(SnapshotError, match=r"holds no snapshot 2\.2\.2; it holds 2\.2\.0"):
        delta.table_as_of(str(tmp_path / "lake/claims"), "2.2.2")


def test_other_versions_are_forgotten_with_their_words(snapshots: list[Path], tmp_path: Path) -> None:
    to = str(tmp_path)
    delta.publish(snapshots[2], to)
    texts = [pl.read_delta(f"{to}/articles").row(row, named=True) for row in range(4)]
    gone = next(row for row in texts if row["article_id"] not in _ids(snapshots[0]))
    delta.publish(snapshots[0], to)
    assert delta.holding(to, [gone["article_id"]]) == [0]
    delta.publish(snapshots[0], to, forget_others=True)
    assert delta.holding(to, [gone["article_id"]]) == []
    for path in tmp_path.rglob("*"):
        if path.is_file() and path.suffix != ".parquet":
            assert gone["source_uri"] not in path.read_text(errors="replace")
    assert not [p for p in (tmp_path / "articles").glob("*.parquet") if gone["article_id"] in _ids_in(p)]
    now = delta.current(to)
    assert now is not None
    assert pl.read_delta(f"{to}/articles", version=now.tables["articles"])["article_id"].to_list() == _ids(snapshots[0])
    assert {table.was_there for table in delta.publish(snapshots[0], to)} == {True}
    delta.publish(snapshots[1], to)
    assert pl.read_delta(f"{to}/articles").height == 3


@pytest.fixture
def denying(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """A store that answers 403 to everything; the options that lead to it."""

    class Denied(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(403)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_PUT = do_HEAD = do_POST = do_GET  # noqa: N815 - as the library calls them

        def log_message(self, *_: object) -> None:
            """Silent."""

    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION"):
        monkeypatch.setenv(name, "us-east-1")
    with ThreadingHTTPServer(("127.0.0.1", 0), Denied) as server:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield {"endpoint_url": f"http://127.0.0.1:{server.server_port}", "allow_http": "true"}
        server.shutdown()


def test_a_store_that_turns_away_is_a_fault_of_the_place(snapshots: list[Path], denying: dict[str, str]) -> None:
    """Also where it is asked for an article that was taken down: what cannot be read is not gone."""
    for ask in (
        lambda: delta.current("s3://lake/news", denying),
        lambda: delta.publish(snapshots[0], "s3://lake/news", denying),
        lambda: delta.holding("s3://lake/news", ["art_0"], denying),
    ):
        with pytest.raises(PlaceError, match=r"s3://lake/news/\w+ cannot be") as said:
            ask()
        assert "\n" not in str(said.value)


def test_what_was_deleted_holds_nothing_and_what_is_damaged_is_told(snapshots: list[Path], tmp_path: Path) -> None:
    to, ids = str(tmp_path), _ids(snapshots[0])
    delta.publish(snapshots[0], to)
    files = list((tmp_path / "articles").glob("*.parquet"))
    for path in files:
        path.write_bytes(b"PAR1")
    with pytest.raises(PlaceError, match="articles cannot be read"):
        delta.holding(to, ids)
    for path in files:
        path.unlink()
    assert delta.holding(to, ids) == []


def test_an_address_that_no_table_has_is_refused(snapshots: list[Path]) -> None:
    with pytest.raises(SettingsError, match="is no address that Delta tables have"):
        delta.publish(snapshots[0], "https://lake.example/news")
    done = CliRunner().invoke(app, ["publish", "s3://ada:sec/ret@lake/news"])
    assert isinstance(done.exception, SettingsError) and "ret@" not in str(done.exception)


def _ids(folder: Path) -> list[str]:
    return _ids_in(folder / "articles.parquet")


def _ids_in(file: Path) -> list[str]:
    return pl.read_parquet(file)["article_id"].to_list()
