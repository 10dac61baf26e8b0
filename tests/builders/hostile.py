"""Folders of files made to break a program, and good articles damaged at random: the same ones for the same seed."""

import gzip
import json
import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

SENTENCE = "The harbour master said on Monday that the second ferry would not sail before spring. "
ARTICLE = SENTENCE * 4 + "“We have asked twice,” said Ines Baumann, who speaks for the islanders. "
PAGE = f"<html><head><title>Ferry</title></head><body><article><p>{ARTICLE}</p></article></body></html>"
SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".warc", ".txt.gz", ".html.gz", ".jsonl.gz", ".warc.gz")
Make = Callable[[random.Random], tuple[str, bytes]]


def _bytes(rng: random.Random) -> tuple[str, bytes]:
    return rng.choice(SUFFIXES), rng.randbytes(rng.randrange(4000))


def _cut(rng: random.Random) -> tuple[str, bytes]:
    suffix, whole = rng.choice(WHOLE)
    return suffix, whole[: rng.randrange(len(whole))]


def _flipped(rng: random.Random) -> tuple[str, bytes]:
    suffix, whole = rng.choice(WHOLE)
    data = bytearray(whole)
    for _ in range(rng.randrange(1, 40)):
        data[rng.randrange(len(data))] = rng.randrange(256)
    return suffix, bytes(data)


def _as_something_else(rng: random.Random) -> tuple[str, bytes]:
    return rng.choice(SUFFIXES), rng.choice(WHOLE)[1]


def _other_encoding(rng: random.Random) -> tuple[str, bytes]:
    text = ARTICLE.replace("harbour", "café").replace("Ines", "Inès")
    names = ["utf-16", "utf-16-le", "utf-32-be", "cp1252", "mac-roman", "cp037", "shift_jis", "utf-7"]
    return rng.choice((".txt", ".md", ".html")), text.encode(rng.choice(names), errors="replace")


def _characters(rng: random.Random) -> tuple[str, bytes]:
    """Text with characters that are no text: NUL, directions, joiners, private use, halves of surrogate pairs."""
    odd = ["\0", "\u202e", "\u2066", "\u200b", "\ufeff", "\ue000", "\x1b[31m", "\u0301" * 30, "\ud800", "\U000e0041"]
    text = "".join(letter + (rng.choice(odd) if rng.random() < 0.05 else "") for letter in ARTICLE)
    return rng.choice((".txt", ".md", ".html")), text.encode("utf-8", errors="surrogatepass")


def _surrogates(rng: random.Random) -> tuple[str, bytes]:
    half = rng.choice([r"\ud800", r"\udfff", r"\ude00\ud83d"])
    record = json.dumps({"title": "@", "text": ARTICLE + "@"}).replace("@", half)
    return rng.choice((".json", ".jsonl")), record.encode()


def _record(rng: random.Random) -> tuple[str, bytes]:
    odd = [None, 7, [], {}, "", " ", "9999-99-99", "javascript:alert(1)", "../../etc/passwd", ["<script>"], 1e308, True]
    record = {key: rng.choice(odd) for key in ("title", "publisher", "author", "date", "url", "published_on")}
    record["text"] = rng.choice([ARTICLE, ARTICLE, *odd])
    return rng.choice((".json", ".jsonl")), json.dumps(record).encode()


def _deep(rng: random.Random) -> tuple[str, bytes]:
    depth = rng.choice([100, 3_000, 30_000])
    nested = [
        (".json", b"[" * depth), (".json", b'{"a":' * depth + b"1" + b"}" * depth),
        (".html", b"<div>" * depth + ARTICLE.encode() + b"</div>" * depth),
        (".html", f"<html><body>{'<p><b><i>' * depth}{ARTICLE}</body></html>".encode()),
        (".md", b"---\na: " + b"[" * depth + b"\n---\n" + ARTICLE.encode()),
    ]  # fmt: skip
    return rng.choice(nested)


def _aliases(rng: random.Random) -> tuple[str, bytes]:
    """Front matter whose aliases would grow to billions, or that asks for a Python object."""
    lines = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    asked = "a: !!python/object/apply:os.system ['true']"
    return ".md", f"---\n{rng.choice([chr(10).join(lines), asked])}\n---\n{ARTICLE}".encode()


def _entities(rng: random.Random) -> tuple[str, bytes]:
    lines = "".join(f"<!ENTITY e{n} '&e{n - 1};&e{n - 1};'>" for n in range(1, 40))
    outside = "<!ENTITY e39 SYSTEM 'file:///etc/hostname'>"
    head = f"<!DOCTYPE html [<!ENTITY e0 'x'>{rng.choice([lines, outside])}]>"
    return ".html", f"{head}<html><body><p>{ARTICLE} &e39;</p></body></html>".encode()


def _script(rng: random.Random) -> tuple[str, bytes]:
    evil = rng.choice(
        ["<script>alert(1)</script>", "</script><img src=x onerror=alert(1)>", "{{7*7}}", "=cmd|'/C x'!A0"]
    )
    return rng.choice((".txt", ".md", ".json")), json.dumps(
        {"title": evil, "text": f"{evil} {ARTICLE} {evil}"}
    ).encode()


def _repeated(rng: random.Random) -> tuple[str, bytes]:
    """One thing very often: marks, spaces, letters, digits, line ends, until a bound or the language refuses it."""
    one = rng.choice(
        ["“", '"', "'", "(", " ", "\n", "a", "7", "- ", "> ", "said ", "A. ", "https://", "&amp;", "\u0301"]
    )
    return rng.choice((".txt", ".md", ".html")), (one * rng.choice([50, 2_000, 20_000]) + ARTICLE).encode()


def _repeated_text(rng: random.Random) -> tuple[str, bytes]:
    """English that never ends: no full stop, quotation marks that are never closed, one name, one clause in another."""
    unit = rng.choice([
        "the mayor said that ", "“we said that ", "Ana Maria ", "and the price of 3 million ", "of the ministry of ",
        "who said, when asked, ", "(which he denied ", "on 3 May 2020 ", "not only but also ", "“‘no’ ",
    ])  # fmt: skip
    return ".txt", (SENTENCE + unit * rng.choice([20, 100, 600])).encode()


_HTTP = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
WHOLE: list[tuple[str, bytes]] = [
    (".txt", ARTICLE.encode()),
    (".md", f"---\ntitle: Ferry\ndate: 2024-02-03\n---\n\n{ARTICLE}".encode()),
    (".html", PAGE.encode()),
    (".json", json.dumps({"title": "Ferry", "text": ARTICLE}).encode()),
    (".jsonl", b"\n".join(json.dumps({"text": f"{ARTICLE} {n}"}).encode() for n in range(3))),
    (".txt.gz", gzip.compress(ARTICLE.encode(), mtime=0)),
    (".html.gz", gzip.compress(PAGE.encode(), mtime=0)),
    (
        ".warc",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/1\r\n"
        b"WARC-Date: 2024-02-03T00:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000001>\r\nContent-Type: application/http\r\n"
        + f"Content-Length: {len(_HTTP) + len(PAGE.encode())}\r\n\r\n".encode()
        + _HTTP
        + PAGE.encode()
        + b"\r\n\r\n",
    ),
]
MAKERS: tuple[Make, ...] = (
    _bytes, _cut, _flipped, _as_something_else, _other_encoding, _characters, _surrogates, _record, _deep, _aliases,
    _entities, _script, _repeated, _repeated_text,
)  # fmt: skip
HUGE: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("quotes.txt", lambda: "“".encode() * 10_000_000),
    ("sentence.txt", lambda: b"The mayor said that " + b"word " * 1_000_000),
    ("almost.txt", lambda: SENTENCE.encode() + "“no, ".encode() * 199_000),
    ("bomb.txt.gz", lambda: gzip.compress(b"a" * 300_000_000, mtime=0)),
    ("bomb.html.gz", lambda: gzip.compress(b"<div>" * 20_000_000, mtime=0)),
    ("nested.html", lambda: b"<div>" * 2_000_000),
    ("attributes.html", lambda: b"<html><body><p " + b"a=b " * 2_000_000 + b">x</p></body></html>"),
    ("line.jsonl", lambda: b'{"text": "' + b"x" * 70_000_000),
    ("letters.txt", lambda: b"a" * 70_000_000),
)


def write(folder: Path, count: int, seed: int = 1, *, huge: bool = False) -> list[str]:
    """`count` malformed files, the huge ones among them if wanted, and what is no file; the names of all."""
    rng = random.Random(seed)  # noqa: S311  # generated test data
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in HUGE if huge else ():
        (folder / name).write_bytes(make())
    oddities(folder)
    for number in range(count - sum(1 for _ in folder.iterdir())):
        suffix, data = MAKERS[number % len(MAKERS)](rng)
        odd = rng.choice(["", "", "", "\n", "\u202e", "'; rm -rf $HOME;", " ", "%2e%2e", "#1", "é" * 50])
        (folder / f"{number:05d}{odd}{suffix}").write_bytes(data)
    return sorted(path.name for path in folder.iterdir())


def oddities(folder: Path) -> None:
    """What a folder can hold beside files that can be read: links, loops, pipes, names of no encoding."""
    (folder / "loop-a.txt").symlink_to("loop-b.txt")
    (folder / "loop-b.txt").symlink_to("loop-a.txt")
    (folder / "dangling.txt").symlink_to("nowhere.txt")
    (folder / "outside.txt").symlink_to("/etc/hostname")
    (folder / "up.txt").symlink_to("../../../../../../etc/hostname")
    (folder / "here").symlink_to(".")
    os.mkfifo(folder / "pipe.txt")
    (folder / "secret.txt").write_text(ARTICLE)
    (folder / "secret.txt").chmod(0)
    (folder / "empty.txt").touch()
    Path(os.fsdecode(os.fsencode(folder) + b"/name-\xff\xfe.txt")).write_text(ARTICLE)


def damaged(articles: list[bytes], count: int, seed: int = 1) -> Iterator[tuple[str, bytes]]:
    """(name, bytes) of good articles in which pieces are cut, doubled, moved, swapped between articles or flipped."""
    rng = random.Random(seed)  # noqa: S311  # generated test data
    for number in range(count):
        data = bytearray(rng.choice(articles))
        for _ in range(rng.randrange(1, 6)):
            at, size = rng.randrange(len(data) + 1), rng.randrange(1, 200)
            piece = data[at : at + size]
            other = rng.choice(articles)
            start = rng.randrange(len(other))
            match rng.randrange(5):
                case 0:
                    del data[at : at + size]
                case 1:
                    data[at:at] = piece * rng.randrange(1, 30)
                case 2:
                    data[at:at] = other[start : start + size]
                case 3:
                    data[at : at + 1] = rng.choice(["“", "”", '"', "\n\n", ". ", "said ", "\0", "’", "("]).encode()
                case 4:
                    for place in range(at, min(at + 3, len(data))):
                        data[place] = rng.randrange(256)
        yield f"damaged-{number:05d}.txt", bytes(data)
