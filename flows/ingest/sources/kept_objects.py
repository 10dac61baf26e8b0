"""Objects of a store as they were fetched, under `cache/objects`: one whose etag is the same is not fetched again.

A file has the SHA-256 of the object and then its bytes; one that was damaged is fetched anew. Bounded: what the store
does not list any more goes, and what passes the bound is not kept. Safe to delete at any time.
"""

import contextlib
import hashlib
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO

from flows.ingest.sources.limits import LIMITS
from flows.ingest.sources.local_files import Source

FOLDER = "objects"
_HEAD = len(f"{hashlib.sha256().hexdigest()}\n")


def kept_under(folder: Path, sources: Iterable[Source], max_bytes: int) -> list[Source]:
    """Return the sources with the place where each is kept, or will be; remove what is of none of them.

    Those without a state are not kept, nor those past `max_bytes`, in the order given.
    """
    placed, total = [], 0
    for source in sources:
        total += source.size if source.state else 0
        fits = source.state is not None and total <= max_bytes
        placed.append(replace(source, kept=str(folder / str(source.state))) if fits else source)
    wanted = {source.kept for source in placed if source.kept}
    if folder.is_dir():
        for path in folder.iterdir():
            if str(path) not in wanted:
                path.unlink(missing_ok=True)
    return placed


@contextlib.contextmanager
def read_kept(place: str) -> Iterator[BinaryIO | None]:
    """Open an object that was kept; None where it was not, or is not as it was."""
    try:
        stream = Path(place).open("rb")  # noqa: SIM115 - closed below
    except OSError:
        yield None
        return
    with stream:
        stated, digest = stream.read(_HEAD), hashlib.sha256()
        while chunk := stream.read(LIMITS.chunk_bytes):
            digest.update(chunk)
        if stated != f"{digest.hexdigest()}\n".encode():
            Path(place).unlink(missing_ok=True)
            yield None
            return
        stream.seek(_HEAD)
        yield stream


class Keeping:
    """A stream that writes down what is read of it; kept when it was read to its end and has the size that was listed.

    A disk that refuses keeps nothing, and the reading goes on.
    """

    def __init__(self, stream: Any, place: str, size: int) -> None:
        self._stream, self._place, self._size = stream, Path(place), size
        self._partial = self._place.with_name(f"{secrets.token_hex(8)}.partial")
        self._digest, self._written = hashlib.sha256(), 0
        self._sink: BinaryIO | None = None
        with contextlib.suppress(OSError):
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._sink = self._partial.open("wb")
            self._sink.write(b" " * _HEAD)

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, `size` at most."""
        data: bytes = self._stream.read(size)
        try:
            if self._sink and data:
                self._sink.write(data)
                self._digest.update(data)
                self._written += len(data)
            elif self._sink and size:
                self._finish(self._sink)
        except OSError:
            self.close()
        return data

    def _finish(self, sink: BinaryIO) -> None:
        if self._written == self._size:
            sink.seek(0)
            sink.write(f"{self._digest.hexdigest()}\n".encode())
            sink.close()
            self._partial.replace(self._place)
        self.close()

    def close(self) -> None:
        """Leave nothing half-made."""
        if self._sink:
            with contextlib.suppress(OSError):
                self._sink.close()
            self._partial.unlink(missing_ok=True)
        self._sink = None
