"""Input that is made to break a program: every outcome is an article or a reject, within bounds."""

import gzip
import json
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.ingest.documents import RawDocument, Reject, Unusable
from flows.ingest.formats import html
from flows.ingest.formats.dispatch import read_source
from flows.ingest.metadata.publication_date import published_on
from flows.ingest.pages.article import PageArticle
from flows.ingest.sources.local_files import list_files
from flows.ingest.sources.open_source import list_sources
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason as Why
from tests.ingest.conftest import Read

NAMES = ["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.warc", "a.txt.gz", "a.jsonl.gz", "a.warc.gz"]
PIECES = [
    b"<html>", b"<body>", b"</body>", b"<p>", b"<!--", b"-->", b"<script>",
    b"---\n", b"a: &b [*b]\n", b'{"text": "',
    b'"}', b"[", b"\n", b"\0", b"\xff\xfe", b"\xe2\x80", b"WARC/1.0\r\n", b"Content-Length: 99\r\n\r\n",
    b"The mayor said so. ", b"\\ud800", b"WARC-Type: response\r\n", b"HTTP/1.1 200 OK\r\n", b"\x1f\x8b\x08",
]  # fmt: skip


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(NAMES),
    st.binary(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=30).map(b"".join),
    st.booleans(),
)
def test_any_bytes_become_articles_or_rejects(read: Read, name: str, data: bytes, pack: bool) -> None:
    found = read(name, gzip.compress(data, mtime=0) if pack else data)
    assert found
    assert len({item.source_uri for item in found}) == len(found)
    for item in found:
        assert item.source_uri == name or item.source_uri.startswith(f"{name}#")
        if isinstance(item, Reject):
            assert item.detail
        else:
            assert isinstance(item, RawDocument)


@pytest.mark.parametrize(
    "page",
    [
        "<html><body>" + "<div>" * 15_000 + "word" + "</body></html>",
        "<html><body>" + "<p>x</p>" * 5_000 + "</body></html>",
        "<html><body><p " + "a=b " * 100_000 + ">text</p></body></html>",
        "<" * 15_000,
        "<p>" + "&amp;" * 100_000 + "</p>",
        "<!DOCTYPE x [<!ENTITY a 'xx'><!ENTITY b '&a;&a;'>]><html><body>&b;</body></html>",
        "<html><body>\0\0<p>\u202eword</p></body></html>",
    ],
)
def test_pages_made_to_hang(read: Read, page: str) -> None:
    assert len(read("a.html", page.encode())) == 1


def test_a_page_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    page = "<html><body>" + "<p>word " * (html.LIMITS.page_tags + 1) + "</body></html>"
    with pytest.raises(Unusable) as caught:
        html.read_page(page, "a", "0", 1, IngestSettings(max_seconds=0.05))
    assert caught.value.reason == Why.TOO_SLOW


def article_of(text: str) -> PageArticle:
    return PageArticle(text, None, None, None, None, None, None, ends_at_paywall=False, conflict=None, dropped=())


@pytest.mark.parametrize(
    ("tag", "apart"),
    [
        ("<p " + " ".join(f"a{n}=b" for n in range(200_000)) + ">", True),
        ("<p a='>' " + " ".join(f"a{n}" for n in range(200_000)) + ">", True),
        ("<script a='>' " + " ".join(f"a{n}" for n in range(200_000)) + "></script>", True),
        ("<script type='application/json' async id=data>" + '{"text": "a b c"},' * 10_000 + "</script>", False),
        ("<STYLE>" + "p { color: red }" * 10_000 + "</STYLE>", False),
    ],
)
def test_a_tag_of_very_many_attributes_is_bounded(monkeypatch: pytest.MonkeyPatch, tag: str, apart: bool) -> None:
    """Each attribute is compared with all before it; a long script is none and is not worth a process."""

    def elsewhere(*_: object) -> None:
        raise Unusable(Why.TOO_SLOW, "in a process of its own")

    monkeypatch.setattr(html, "_extract_apart", elsewhere)
    monkeypatch.setattr(html, "read_article", lambda *_: article_of("in this process"))
    page = f"<html><body>{tag}The mayor said so.</body></html>"
    assert len(page) < html.LIMITS.page_characters
    if apart:
        with pytest.raises(Unusable, match="of its own"):
            html.read_page(page, "a", "0", 1, IngestSettings())
    else:
        assert html.read_page(page, "a", "0", 1, IngestSettings()).text == "in this process"


def test_a_long_page_is_read_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "LIMITS", replace(html.LIMITS, page_tags=10))
    paragraph = "<p>The mayor said that the road will be closed for a year, and nobody asked why it had to be.</p>"
    page = f"<html><head><title>A road</title></head><body><article>{paragraph * 9}</article></body></html>"
    document = html.read_page(page, "a", "0", 1, IngestSettings(), url="https://www.post.example/1")
    assert document.text.startswith("The mayor said")
    assert document.publisher == "post.example"


def test_a_line_that_never_ends_is_skipped_not_held(read: Read) -> None:
    good = json.dumps({"text": "The mayor said that the road is closed."}).encode()
    found = read("a.jsonl", b"x" * 3_000_000 + b"\n" + good, max_file_bytes=1_000_000)
    assert [getattr(item, "reason", None) for item in found] == [Why.TOO_LARGE, None]
    assert found[1].source_uri == "a.jsonl#2"


def test_lone_surrogates_in_records(read: Read) -> None:
    (found,) = read("a.jsonl", rb'{"text": "A\ud800 mayor \ud83d\ude00 said so."}')
    assert isinstance(found, RawDocument)


def test_a_folder_in_memory(tmp_path) -> None:
    import fsspec

    with fsspec.open("memory://seeds/sub/a.txt", "wb") as file:
        file.write(b"The mayor said that the road is closed.")
    sources = list_sources("memory://seeds")
    assert [source.uri for source in sources] == ["sub/a.txt"]
    (found,) = read_source(sources[0], IngestSettings())
    assert isinstance(found, RawDocument)


TEXT = "The mayor said that the road is closed."
ODD_VALUES = [
    "1" + "0" * 400, "-" + "9" * 4000, "1e400", "NaN", "-Infinity", '"\\ud800"', "[null]", "[[[]]]", "{}", "true",
    '{"name": {"name": {"name": "x"}}}', "[" * 90 + "]" * 90, "[" * 600 + "]" * 600, '"' + "x" * 100_000 + '"',
]  # fmt: skip


@pytest.mark.parametrize("field", ["title", "publisher", "author", "date", "url", "text", "html", "other"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_record_of_odd_values_costs_no_other(read: Read, name: str, field: str) -> None:
    good = json.dumps({"text": TEXT})
    records = [f'{{"title": "x", "{field}": {value}, "x": 1}}' for value in ODD_VALUES]
    deep = ODD_VALUES.index("[" * 600 + "]" * 600)
    if name == "a.json":  # what is nested too deeply there makes the whole file no JSON of articles
        del records[deep]
    lines = [line for record in records for line in (record, good)]
    found = read(name, "\n".join(lines).encode() if name == "a.jsonl" else f"[{', '.join(lines)}]".encode())
    assert [item.source_uri for item in found] == [f"{name}#{n}" for n in range(1, len(lines) + 1)]
    assert all(isinstance(item, RawDocument) for item in found[1::2])
    assert not any("reading failed" in item.detail for item in found if isinstance(item, Reject))


@pytest.mark.parametrize(("depth", "usable"), [(95, True), (105, False), (900, False), (5000, False)])
def test_how_deep_a_record_may_be_does_not_depend_on_who_calls(read: Read, depth: int, usable: bool) -> None:
    (found,) = read("a.json", f'{{"text": "{TEXT}", "x": {"[" * depth + "]" * depth}}}'.encode())
    assert isinstance(found, RawDocument) == usable
    assert usable or "nested too deeply" in found.detail


@pytest.mark.parametrize(
    "value", ["1:" * 3000 + "1.5", "!!timestamp x", "!!bool maybe", "!!int", "!!float -", "2024-99-99"]
)
def test_front_matter_that_states_the_impossible(read: Read, value: str) -> None:
    (found,) = read("a.md", f"---\ndate: {value}\n---\n{TEXT}".encode())
    assert isinstance(found, Reject)
    assert found.detail.startswith("the front matter is no plain YAML")


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("title: Harbour plan: what the board says", "Harbour plan: what the board says"),
        ("title: Lind’s “No”: a town: divided  ", "Lind’s “No”: a town: divided"),
        ('title: "Quoted: already"', "Quoted: already"),
        ("title: The plan # a note: not a title", "The plan"),
        ("title: At 9:30 the gates open", "At 9:30 the gates open"),
    ],
)
def test_a_title_in_front_matter_may_have_a_colon(read: Read, line: str, title: str) -> None:
    (found,) = read("a.md", f"---\n{line}\npublisher: Example Post\n---\n{TEXT}".encode())
    assert isinstance(found, RawDocument)
    assert (found.title, found.publisher) == (title, "Example Post")


def test_a_gzip_file_of_no_bytes_is_empty_not_cut(read: Read) -> None:
    (found,) = read("a.txt.gz", b"")
    assert isinstance(found, Reject)
    assert found.reason == Why.EMPTY


def test_a_page_cannot_name_an_encoding_in_which_it_could_not_be_read(read: Read) -> None:
    page = f'<html><head><meta charset="utf-16"></head><body><article><p>{TEXT * 5}</p></article></body></html>'
    (found,) = read("a.html", page.encode())
    assert isinstance(found, RawDocument)
    assert TEXT in found.text


def test_a_folder_that_builds_publish_in_is_no_article(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The mill of Ostvik opened again on Monday, the owner said.")
    (tmp_path / "output" / "snapshots" / "2.0.0").mkdir(parents=True)
    (tmp_path / "output" / ".lock").touch()
    (tmp_path / "output" / "snapshots" / "2.0.0" / "report.html").write_text("<html><p>The mill.</p></html>")
    listed = {source.uri: source.problem and source.problem[0] for source in list_files(str(tmp_path))}
    assert listed == {"one.txt": None, "output": Why.OUTSIDE_FOLDER}


@pytest.mark.parametrize("value", [date(1, 1, 1), datetime(9999, 12, 31, 23, 59), "0001-01-01", "9999-12-31"])
def test_a_day_that_no_news_has_is_no_date(value: object) -> None:
    assert published_on(value) is None
