"""Snapshots at an address: a real S3 server, publishers at once, one that is stopped, stores that err."""

import json
import threading
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from flows.cli.main import app
from flows.errors import PlaceError, SettingsError, SnapshotError
from flows.publish.addresses import snapshots
from flows.publish.addresses.object_store import ObjectStore, open_store
from tests.builders.synthetic import documents, publish


@pytest.fixture
def s3(s3_bucket: tuple[str, str]) -> tuple[str, dict[str, str]]:
    """An address in a bucket of its own, and the options that lead to it."""
    bucket, endpoint = s3_bucket
    return f"s3://{bucket}/onrecord", {"endpoint_url": endpoint}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Three versions of an output folder."""
    root = tmp_path_factory.mktemp("published")
    return [folder for size in (2, 3, 4) if (folder := publish(root, documents(size)))]


LATER = b'{"latest": null, "versions": [], "branches": {}}'


def at(store: ObjectStore, name: str) -> bytes:
    read = store.read(name)
    assert read is not None
    return read.data


def test_a_snapshot_is_there_whole_and_latest_moves_last(s3: tuple[str, dict[str, str]], published: list[Path]) -> None:
    address, options = s3
    assert snapshots.current(address, options) is None
    assert snapshots.publish(published[0], address, options) is None
    assert snapshots.publish(published[1], address, options) == published[0].name
    store = open_store(address, options)
    for folder in published[:2]:
        for path in folder.rglob("*"):
            if path.is_file():
                name = f"snapshots/{folder.name}/{path.relative_to(folder).as_posix()}"
                assert at(store, name) == path.read_bytes()
    history = json.loads(at(open_store(address, options), "versions.json"))
    assert history["latest"] == published[1].name
    assert [entry["version"] for entry in history["versions"]] == [folder.name for folder in published[:2]]
    before = open_store(address, options).sizes("")
    assert snapshots.publish(published[1], address, options) == published[1].name
    assert open_store(address, options).sizes("") == before
    assert snapshots.publish(published[0], address, options) == published[1].name
    assert snapshots.current(address, options) == published[0].name, "a rollback is followed"


def test_a_publisher_that_is_stopped_leaves_the_latest_and_the_next_goes_on(
    s3: tuple[str, dict[str, str]], published: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    address, options = s3
    snapshots.publish(published[0], address, options)
    real, sent = ObjectStore.upload, []

    def stops(store: ObjectStore, path: Path, name: str) -> None:
        if len(sent) == 3:
            raise PlaceError("the network is gone")
        sent.append(name)
        real(store, path, name)

    monkeypatch.setattr(ObjectStore, "upload", stops)
    with pytest.raises(PlaceError, match="the network is gone"):
        snapshots.publish(published[1], address, options)
    assert snapshots.current(address, options) == published[0].name
    sent.clear()
    monkeypatch.setattr(ObjectStore, "upload", lambda store, path, name: (sent.append(name), real(store, path, name)))
    snapshots.publish(published[1], address, options)
    assert snapshots.current(address, options) == published[1].name
    assert len(sent) == len(list(published[1].glob("*"))) - 1 - 3, "what was there is not sent again"


def test_another_snapshot_of_the_same_number_is_refused(
    s3: tuple[str, dict[str, str]], published: list[Path], tmp_path: Path
) -> None:
    address, options = s3
    snapshots.publish(published[0], address, options)
    other = publish(tmp_path, documents(6))
    assert other is not None and other.name == published[0].name
    with pytest.raises(SnapshotError, match="has another snapshot"):
        snapshots.publish(other, address, options)
    ids = pl.read_parquet(published[0] / "articles.parquet")["article_id"]
    assert snapshots.holding(address, ids, options) == [published[0].name]


def test_publishers_at_once_all_get_in(s3: tuple[str, dict[str, str]], published: list[Path]) -> None:
    address, options = s3
    threads = [threading.Thread(target=snapshots.publish, args=(folder, address, options)) for folder in published]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    history = json.loads(at(open_store(address, options), "versions.json"))
    assert {entry["version"] for entry in history["versions"]} == {folder.name for folder in published}
    assert history["latest"] in {folder.name for folder in published}


def test_other_versions_can_be_forgotten(s3: tuple[str, dict[str, str]], published: list[Path]) -> None:
    address, options = s3
    for folder in published:
        snapshots.publish(folder, address, options)
    snapshots.publish(published[0], address, options, forget_others=True)
    assert {name.split("/")[1] for name in open_store(address, options).sizes("snapshots")} == {published[0].name}
    history = json.loads(at(open_store(address, options), "versions.json"))
    assert [entry["pruned"] for entry in history["versions"]] == [False, True, True]


@pytest.mark.parametrize(("there", "said"), [(b'{"versions": [', "makes no sense"), (LATER, "a later onrecord")])
def test_a_history_that_is_not_understood_is_not_written_over(
    s3: tuple[str, dict[str, str]], published: list[Path], there: bytes, said: str
) -> None:
    store = open_store(*s3)
    store.write("versions.json", there, None)
    with pytest.raises(SnapshotError, match=said):
        snapshots.publish(published[0], *s3)
    assert at(store, "versions.json") == there


def test_a_store_without_conditions_is_found_out(
    s3: tuple[str, dict[str, str]], published: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import s3fs

    real = s3fs.S3FileSystem.call_s3

    def deaf(system: object, method: str, *arguments: object, **named: object) -> object:
        return real(system, method, *arguments, **{k: v for k, v in named.items() if not k.startswith("If")})

    monkeypatch.setattr(s3fs.S3FileSystem, "call_s3", deaf)
    with pytest.raises(PlaceError, match="passes over the conditions"):
        snapshots.publish(published[0], *s3)


@pytest.mark.parametrize(
    "address", ["gs://news/onrecord", "https://news.example/onrecord", "lake", "s3://", "s3://ada:secret@news/onrecord"]
)
def test_what_is_no_such_store_is_refused(address: str, published: list[Path]) -> None:
    with pytest.raises(SettingsError, match="no s3://BUCKET/PREFIX") as refused:
        snapshots.publish(published[0], address)
    assert "secret" not in str(refused.value)


def test_a_store_that_turns_away_is_a_fault_of_the_place(s3: tuple[str, dict[str, str]], published: list[Path]) -> None:
    _, options = s3
    with pytest.raises(PlaceError, match="what was published there stays"):
        snapshots.publish(published[0], "s3://no-such-bucket-here/onrecord", options)


@pytest.mark.parametrize("command", [["build", "seeds"], ["versions"], ["publish", "lake"], ["forget", "art_1"]])
@pytest.mark.parametrize("given", ["option", "environment"])
def test_an_address_as_output_is_refused_at_once(
    command: list[str], given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    option = ["--output", "s3://news/onrecord"] if given == "option" else []
    named = {"ONRECORD_OUTPUT": "s3://news/onrecord"} if given == "environment" else {}
    done = CliRunner().invoke(app, [*command, *option], env=named)
    assert isinstance(done.exception, SettingsError)
    assert "onrecord publish s3://news/onrecord --to snapshots --output FOLDER" in str(done.exception)
    assert list(tmp_path.iterdir()) == []


def test_the_command_says_what_is_current(s3: tuple[str, dict[str, str]], published: list[Path]) -> None:
    address, options = s3
    output = published[0].parent.parent
    for version in (published[1].name, published[0].name):
        arguments = ["publish", address, "--to", "snapshots", "--snapshot", version, "--output", str(output)]
        done = CliRunner().invoke(
            app, [*arguments, "--storage", f"endpoint_url={options['endpoint_url']}"], catch_exceptions=False
        )
        assert done.exit_code == 0
    assert f"current: {published[1].name} → {published[0].name}" in done.stdout
    assert address in (output / "published.json").read_text()
