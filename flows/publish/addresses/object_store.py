"""An object store that writes on conditions: what may be made only where nothing is, and replaced only as it was read.

S3 and what speaks its protocol. Other stores have such conditions under other names, and a store that passes over them
in silence cannot keep what is promised: it is found out by trying, before anything is published. The only importer of
fsspec in this stage.
"""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec

from flows.credentials import masked
from flows.errors import PlaceError, SettingsError, first_line
from flows.runtime.extras import from_extra

_NOTHING_THERE = {"IfNoneMatch": "*"}


@dataclass(frozen=True)
class Read:
    """An object as it was read; `etag` names this state of it."""

    data: bytes
    etag: str


@dataclass(frozen=True)
class ObjectStore:
    """Objects below one address, by their names there."""

    address: str
    system: Any
    bucket: str
    prefix: str

    def read(self, name: str) -> Read | None:
        """Return an object, or None where there is none."""
        with self._explained(f"{name} cannot be read"):
            try:
                found = self.system.call_s3("get_object", Bucket=self.bucket, Key=self._key(name))
            except FileNotFoundError:
                return None
            body = fsspec.asyn.sync(self.system.loop, found["Body"].read)
            return Read(body, found["ETag"])

    def write(self, name: str, data: bytes, over: Read | None) -> bool:
        """Write an object where it is as it was read (`over`; None: where there is none); False where it is not.

        A request that was repeated because its answer was lost finds its own work there, which is success.
        """
        condition = {"IfMatch": over.etag} if over else _NOTHING_THERE
        with self._explained(f"{name} cannot be written"):
            try:
                self.system.call_s3("put_object", Bucket=self.bucket, Key=self._key(name), Body=data, **condition)
            except OSError as error:
                if not _refused(error):
                    raise
                there = self.read(name)
                return there is not None and there.data == data
        return True

    def upload(self, path: Path, name: str) -> None:
        """Write a file, whatever is there."""
        with self._explained(f"{name} cannot be written"):
            self.system.put_file(str(path), f"{self.bucket}/{self._key(name)}")

    def sizes(self, folder: str) -> dict[str, int]:
        """Return names and sizes of all objects below a folder."""
        base = f"{self.bucket}/{self._key('')}"
        with self._explained(f"{folder} cannot be listed"):
            found = self.system.find(f"{base}{folder}", detail=True)
            return {name.removeprefix(base): int(facts["size"]) for name, facts in found.items()}

    def delete(self, names: Iterable[str]) -> None:
        """Delete objects; one that is not there is no error."""
        paths = [f"{self.bucket}/{self._key(name)}" for name in names]
        with self._explained("objects cannot be deleted"):
            if paths:
                self.system.rm(paths)

    def _key(self, name: str) -> str:
        return f"{self.prefix}/{name}" if self.prefix else name

    @contextmanager
    def _explained(self, what: str) -> Any:
        try:
            yield
        except PlaceError:
            raise
        except Exception as error:  # each store's library has errors of its own
            raise PlaceError(
                f"{self.address}: {what}: {first_line(error)}; what was published there stays as it was"
            ) from error


def open_store(address: str, options: Mapping[str, str]) -> ObjectStore:
    """Return the store behind an address. options: of fsspec's file system, e.g. endpoint_url.

    Raises SettingsError for an address that is not of S3, PlaceError where the store cannot be used, or does not keep
    to conditions.
    """
    scheme, _, place = address.partition("://")
    bucket, _, prefix = place.strip("/").partition("/")
    if scheme != "s3" or not bucket or "@" in bucket:  # credentials come from the environment, as S3's tools take them
        raise SettingsError(
            f"{masked(address)} is no s3://BUCKET/PREFIX: only stores that speak S3's protocol have the conditional "
            "writes that snapshots need; copy a snapshot's folder elsewhere with a tool of that store, or publish "
            "`--to delta`"
        )
    with from_extra("s3", "publishing to S3"):
        import s3fs  # noqa: F401 - fsspec looks for it
    system = fsspec.filesystem("s3", use_listings_cache=False, skip_instance_cache=True, **options)
    store = ObjectStore(address, system, bucket, prefix)
    _demand_conditions(store)
    return store


def _demand_conditions(store: ObjectStore) -> None:
    """Raise PlaceError where a store writes over an object that it was told to leave."""
    name = f".probe-{secrets.token_hex(8)}"
    store.write(name, b"1", None)
    try:
        there = store.read(name)
        kept = not store.write(name, b"2", None) and not store.write(name, b"3", Read(b"", '"of nothing"'))
        if there is None or not kept:
            raise PlaceError(
                f"{store.address} passes over the conditions of writes (If-None-Match, If-Match), so two publishers "
                "could destroy each other's work there; use a store that has them"
            )
    finally:
        store.delete([name])


def _refused(error: BaseException) -> bool:
    """Tell whether a store refused a write for its condition, or for another write at the same moment."""
    cause = error.__cause__ or error
    code = str(getattr(cause, "response", {}).get("Error", {}).get("Code", ""))
    return isinstance(error, FileExistsError) or code in {
        "PreconditionFailed",
        "ConditionalRequestConflict",
        "412",
        "409",
    }
