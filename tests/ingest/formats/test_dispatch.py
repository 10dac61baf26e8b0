"""Every form of input, good and bad: the document, or the reason why there is none."""

import datetime as dt
import gzip
import io
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.errors import InputError
from flows.ingest.documents import RawDocument, Reject
from flows.ingest.formats.dispatch import read_source
from flows.ingest.sources import bounded_streams
from flows.ingest.sources.open_source import list_sources
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason as Why
from tests.ingest.conftest import Read

SENTENCE = "The mayor of Überlingen said that the café’s owner had “no choice” in the matter."
PAGE = """<!DOCTYPE html><html lang="en"><head><title>Bridge to be closed | Daily Sample</title>
<meta property="og:site_name" content="Daily Sample">
<meta property="article:published_time" content="2023-05-04">
</head><body><nav><a href="/">Home</a></nav><article><h1>Bridge to be closed</h1>
<p>The bridge over the river will be closed for a year, the mayor said at a meeting on Tuesday evening.</p>
<p>“We have waited long enough,” said Jane Roe, who lives beside it and crosses it twice a day.</p>
</article><footer>Imprint</footer></body></html>"""


def one(found: list[RawDocument | Reject]) -> RawDocument | Reject:
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_in_any_usual_encoding(read: Read, encoding: str) -> None:
    document = one(read("a.txt", SENTENCE.encode(encoding)))
    assert isinstance(document, RawDocument)
    assert document.text.lstrip("\ufeff") == SENTENCE


def test_latin_1(read: Read) -> None:
    document = one(read("a.txt", "Señor Muñoz said that the café would stay open.".encode("latin-1")))
    assert isinstance(document, RawDocument)
    assert "Señor Muñoz" in document.text


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("empty.txt", b"", Why.EMPTY),
        ("blank.txt", b" \n\t\n", Why.EMPTY),
        ("image.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4, Why.BINARY),
        ("noise.txt", bytes(range(256)) * 20, Why.BINARY),
        ("half.html", PAGE[: len(PAGE) // 2].encode(), Why.TRUNCATED),
        ("cut.html", PAGE[: PAGE.index("<footer>") + 3].encode(), Why.TRUNCATED),
        ("menu.html", b"<html><body><img src='a.png'></body></html>", Why.NO_TEXT),
        ("broken.json", b'{"text": "The mayor said', Why.MALFORMED),
        ("list.json", b"[]", Why.EMPTY),
        ("deep.json", b"[" * 100_000, Why.MALFORMED),
        ("none.jsonl", b"\n\n", Why.EMPTY),
        ("no.jsonl", b'{"title": "x"}', Why.NO_TEXT),
        ("half.txt.gz", gzip.compress(SENTENCE.encode() * 50)[:-30], Why.TRUNCATED),
        ("not.txt.gz", SENTENCE.encode(), Why.MALFORMED),
        ("open.md", b"---\ntitle: x\nThe mayor said.", Why.MALFORMED),
        ("alias.md", b"---\na: &a [x, x]\nb: [*a, *a]\n---\nThe mayor said.", Why.MALFORMED),
        ("code.md", b"---\na: !!python/object/apply:os.system [id]\n---\nThe mayor said.", Why.MALFORMED),
        ("a.docx", b"PK\x03\x04", Why.UNSUPPORTED_FORMAT),
        ("none.warc", b"", Why.EMPTY),
    ],
)
def test_bad_input_has_a_reason_of_its_own(read: Read, name: str, data: bytes, why: Why) -> None:
    reject = one(read(name, data))
    assert isinstance(reject, Reject)
    assert reject.reason == why
    assert reject.detail
    assert reject.source_uri in {name, f"{name}#1"}


def test_too_large_is_refused_unread(tmp_path: Path) -> None:
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    (source,) = list_sources(str(tmp_path))
    reject = one(list(read_source(source, IngestSettings())))
    assert isinstance(reject, Reject)
    assert reject.reason == Why.TOO_LARGE
    assert reject.size in {None, 0}


@pytest.mark.parametrize("name", ["a.txt.gz", "a.jsonl.gz", "a.html.gz"])
def test_a_bomb_is_defused(read: Read, name: str) -> None:
    reject = one(read(name, gzip.compress(b"a" * 50_000_000)))
    assert isinstance(reject, Reject)
    assert reject.reason == Why.EXPANDS_TOO_FAR


def test_markdown_front_matter(read: Read) -> None:
    text = "---\ntitle: 'Bridge: closed'\nauthor: [A. One, B. Two]\npublished_on: 2023-05-04\n---\n# Bridge\n\n"
    document = one(read("a.md", (text + "It is *closed*, [they](http://x.example) **said**.\n> Quite.").encode()))
    assert isinstance(document, RawDocument)
    assert (document.title, document.author) == ("Bridge: closed", "A. One, B. Two")
    assert document.published_on == dt.date(2023, 5, 4)
    assert "It is closed, they said." in document.text
    assert "\nQuite." in document.text


@pytest.mark.parametrize("name", ["a.html", "a.txt", "a.htm.gz"])
def test_page(read: Read, name: str) -> None:
    data = PAGE.encode()
    document = one(read(name, gzip.compress(data) if name.endswith("gz") else data))
    assert isinstance(document, RawDocument)
    assert document.publisher == "Daily Sample"
    assert document.title == "Bridge to be closed"
    assert document.published_on == dt.date(2023, 5, 4)
    assert "said at a meeting on Tuesday evening.\n\n“We have waited" in document.text
    assert "Imprint" not in document.text


def test_records_by_any_usual_field_names(read: Read) -> None:
    record = {
        "Headline": "Bridge closed",
        "body": "It is closed.",
        "outlet": {"name": "Daily Sample"},
        "authors": ["A. One", "B. Two"],
        "publishedAt": "4 May 2023 10:00 GMT",
        "link": "https://sample.example/1",
    }
    lines = [json.dumps(record), "", "[1]", "{bad", json.dumps({"html": PAGE})]
    found = read("a.jsonl", "\n".join(lines).encode())
    assert [item.source_uri for item in found] == ["a.jsonl#1", "a.jsonl#3", "a.jsonl#4", "a.jsonl#5"]
    first, second, third, page = found
    assert isinstance(first, RawDocument)
    assert (first.title, first.publisher, first.author) == ("Bridge closed", "Daily Sample", "A. One, B. Two")
    assert (first.published_on, first.url) == (dt.date(2023, 5, 4), "https://sample.example/1")
    assert [item.reason for item in (second, third) if isinstance(item, Reject)] == [Why.MALFORMED] * 2
    assert isinstance(page, RawDocument)
    assert page.title == "Bridge to be closed"


@pytest.mark.parametrize("wrap", [lambda r: r, lambda r: {"articles": r}])
def test_an_array_of_records(read: Read, wrap) -> None:
    records = wrap([{"text": f"The mayor said {n}."} for n in range(3)])
    assert [d.source_uri for d in read("a.json", json.dumps(records).encode())] == [
        "a.json#1",
        "a.json#2",
        "a.json#3",
    ]


def test_what_was_read_before_an_archive_breaks_off_stays(read: Read) -> None:
    lines = b"\n".join(json.dumps({"text": f"Line {n}: {os.urandom(40).hex()}"}).encode() for n in range(3000))
    found = read("a.jsonl.gz", gzip.compress(lines)[:-2000])
    assert isinstance(found[0], RawDocument)
    assert isinstance(found[-1], Reject)
    assert (found[-1].source_uri, found[-1].reason) == ("a.jsonl.gz", Why.TRUNCATED)


@given(st.lists(st.sampled_from([b"", b" ", b"\r", b"\t\t", b"a", b" b ", b"\x0b", b"c" * 9, b"d" * 40]), max_size=40))
def test_blank_lines_count_and_cost_nothing(pieces: list[bytes]) -> None:
    data = b"\n".join(pieces)
    told = [
        (number, line) for number, line in bounded_streams.lines(io.BytesIO(data), 30) if line is None or line.strip()
    ]
    every = enumerate(data.split(b"\n"), 1)
    assert told == [(n, None if len(line) > 30 else line.rstrip(b"\r")) for n, line in every if line.strip()]


@pytest.mark.parametrize("name", ["a.jsonl", "a.json"])
def test_a_bomb_of_records_is_given_up(read: Read, name: str) -> None:
    bad, good = ["{}"] * 30, '{"text": "The ferry sails on Monday."}'
    for parts in ([*bad[:20], good, *bad[:20], good], [good, *bad, good]):
        data = "\n".join(parts) if name == "a.jsonl" else f"[{','.join(parts)}]"
        found = read(name, data.encode(), max_unusable_run=20)
        last = found[-1]
        assert (isinstance(last, Reject) and "was not read" in last.detail) == (parts[0] == good)
        assert len(found) <= 42


def test_places_that_must_not_be_opened(tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    (seeds / "sub").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("The password is known to the mayor.")
    (seeds / "good.txt").write_text(SENTENCE, encoding="utf-8")
    (seeds / "out.txt").symlink_to(tmp_path / "secret.txt")
    (seeds / "sub" / "loop").symlink_to(seeds)
    (seeds / "gone.txt").symlink_to(seeds / "nowhere")
    os.mkfifo(seeds / "pipe.txt")
    found = [item for source in list_sources(str(seeds)) for item in read_source(source, IngestSettings())]
    outcome = {item.source_uri: getattr(item, "reason", None) for item in found}
    assert outcome == {
        "good.txt": None,
        "gone.txt": Why.OUTSIDE_FOLDER,
        "out.txt": Why.OUTSIDE_FOLDER,
        "pipe.txt": Why.UNSUPPORTED_FORMAT,
        "sub/loop": Why.OUTSIDE_FOLDER,
    }


def test_names_that_no_line_can_hold(tmp_path: Path) -> None:
    for name in (b"new\nline.txt", b"bad\xff.txt", b"a#1.txt", "é.txt".encode(), "z\u202etxt.md".encode()):
        (tmp_path / os.fsdecode(name)).write_text(SENTENCE, encoding="utf-8")
    sources = list_sources(str(tmp_path))
    assert [source.uri for source in sources] == [
        "a%231.txt",
        "bad%FF.txt",
        "new%0Aline.txt",
        "z%E2%80%AEtxt.md",
        "é.txt",
    ]
    assert all(isinstance(one(list(read_source(source, IngestSettings()))), RawDocument) for source in sources)


def test_a_file_that_is_written_to_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text(SENTENCE, encoding="utf-8")
    (source,) = list_sources(str(tmp_path))
    import flows.ingest.formats.dispatch as module

    real = module.read_whole

    def slow(*arguments):
        data = real(*arguments)
        path.write_text(SENTENCE * 2, encoding="utf-8")
        return data

    monkeypatch.setattr(module, "read_whole", slow)
    reject = one(list(read_source(source, IngestSettings())))
    assert isinstance(reject, Reject)
    assert reject.reason == Why.CHANGED_WHILE_READ


@pytest.mark.parametrize("make", [lambda p: p / "none", lambda p: p, lambda p: p / "f::g"])
def test_no_seeds_is_one_clear_sentence(tmp_path: Path, make) -> None:
    with pytest.raises(InputError) as error:
        list_sources(str(make(tmp_path)))
    assert "\n" not in str(error.value)


def test_files_about_the_articles_are_no_articles(tmp_path: Path) -> None:
    for name in ("a.txt", "corrections.yml", "judgements.csv", "sub/judgements.csv"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("The mayor said so.", encoding="utf-8")
    assert [source.uri for source in list_sources(str(tmp_path))] == ["a.txt", "sub/judgements.csv"]
