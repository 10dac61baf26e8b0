"""How many records of a container in a row are unusable: a bomb has one in every three bytes, each a row of rejects."""

from collections.abc import Iterable

from flows.ingest.documents import Reject
from schemas.vocabularies import RejectReason


class UnusableRun:
    """Counts over the records of one container, in their order, whoever read them, until too many are unusable."""

    def __init__(self, uri: str, most: int) -> None:
        self._uri = uri
        self._most = most
        self._length = 0
        self.over = False

    def admitted(self, usable: Iterable[bool]) -> int:
        """Return how many of the next records count: all, or those before the one with which the run is `over`."""
        admitted = 0
        for good in usable:
            self._length = 0 if good else self._length + 1
            if self._length > self._most:
                self.over = True
                break
            admitted += 1
        return admitted

    @property
    def verdict(self) -> Reject:
        """Why the container was given up: a row in the place of all that follows."""
        detail = f"more than {self._most:,} records in a row are unusable; what follows them was not read"
        return Reject(self._uri, RejectReason.MALFORMED, detail)
