"""Credentials of an address are in no text that leaves the process that uses them."""

import pytest

from flows.credentials import has_credentials, hide, masked, reveal
from flows.errors import PlaceError
from flows.ingest.documents import Reject, rejects_frame
from schemas.vocabularies import RejectReason


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("https://ana:p%40ss@press.example/a/", "https://***@press.example/a/"),
        ("s3://AKIA:se/cret@bucket/a", "s3://***@bucket/a"),
        ("s3://bucket/a:b@c", "s3://bucket/a:b@c"),
        ("s3://AKIA:secret@bucket/a", "s3://***@bucket/a"),
        ("https://press.example/a?x=1&sig=abc%2F&y=2", "https://press.example/a?x=1&sig=***&y=2"),
        ("https://b.example/a?X-Amz-Signature=00ff&X-Amz-Credential=AKIA", "https://b.example/a?X-Amz-Signature=***&X-Amz-Credential=***"),
        ("https://press.example/@ana/a?key=7", "https://press.example/@ana/a?key=7"),
        ("/home/ana/articles", "/home/ana/articles"),
    ],
)  # fmt: skip
def test_an_address_is_masked_and_found_again(address: str, shown: str) -> None:
    assert hide(address) == masked(address) == shown
    assert reveal(shown) == address


@pytest.mark.parametrize(
    ("address", "has"),
    [("s3://AKIA:se/cret@bucket/a", True), ("hdfs://ana:x@host/a", True), ("https://a.example/?sig=x", True),
     ("abfss://lake@account.dfs.example/a", False), ("s3://bucket/a", False), ("lake/a@b:c", False)],
)  # fmt: skip
def test_a_container_of_a_store_is_no_credential(address: str, has: bool) -> None:
    assert has_credentials(address) == has


def test_what_lies_below_a_masked_address_is_found_again() -> None:
    hide("https://ana:secret@press.example/seeds/")
    assert reveal("https://***@press.example/seeds/a.txt") == "https://ana:secret@press.example/seeds/a.txt"
    assert reveal("https://press.example/seeds/a.txt") == "https://press.example/seeds/a.txt"


def test_errors_and_rejects_mask_what_libraries_say() -> None:
    said = "no answer from https://ana:secret@press.example/a\x1b[31m"
    assert "secret" not in str(PlaceError(said))
    detail = rejects_frame([Reject("a.txt", RejectReason.UNREADABLE, said)])["detail"].item()
    assert detail == "no answer from https://***@press.example/a␛[31m"
