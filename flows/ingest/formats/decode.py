"""Character decoding: what kind of data it is and which encoding it is in.

The only file that imports charset-normalizer. Order of trust: a byte order mark, UTF-16 or UTF-32 by its
pattern of NUL bytes, what the document itself declares, UTF-8 where it is valid, then statistics over the
encodings that news is found in.
"""

import codecs
import logging
import re
from itertools import pairwise

from charset_normalizer import from_bytes

from flows.ingest.documents import Unusable
from flows.ingest.formats.limits import LIMITS
from schemas.vocabularies import RejectReason

logging.getLogger("charset_normalizer").setLevel(logging.CRITICAL)

# longest first: the mark of UTF-32 starts with that of UTF-16
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip data without the ending .gz"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\x00", "xz data"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"RIFF", "a RIFF image or recording"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
)
# encodings of English-language news first, then those in which other languages come, so that these are
# recognised as text and refused for their language rather than for their bytes
_CANDIDATES = [
    "cp1252", "latin_1", "iso8859_15", "mac_roman", "cp1250", "iso8859_2", "cp1251", "koi8_r", "cp1253",
    "cp1254", "cp1255", "cp1256", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_CONTROL = bytes(set(range(32)) - {7, 8, 9, 10, 11, 12, 13, 27}) + b"\x7f"
_TEXT = bytes(range(32, 127)) + b"\t\n\r\x0c"
_CP1252_PUNCTUATION = frozenset(
    b"\x80\x82\x84\x85\x8b\x91\x92\x93\x94\x95\x96\x97\x99\x9b\xa0\xa3\xa9\xab\xad\xae\xb0\xb7\xbb\xbd"
)
_WORD_BYTE = re.compile(rb"[A-Za-z\x80-\xff]")


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of `data`; `declared` is the encoding that the document or its transport names.

    Raises Unusable: `empty`, `binary`, `undecodable`.
    """
    if not data.strip(b" \t\r\n\x0b\x0c\x00"):
        raise Unusable(RejectReason.EMPTY, f"{len(data)} bytes, none of them a character")
    for magic, kind in _MAGIC:
        if data.startswith(magic) and not _looks_like_text(data[:256]):
            raise Unusable(RejectReason.BINARY, f"the first bytes are those of {kind}, not of text")
    name = _marked(data) or _wide(data)
    if name:
        return _decode_as(data, name)
    _refuse_binary(data)
    if declared and (text := _try(data, declared)) is not None:
        return text
    if (text := _try(data, "utf-8")) is not None:
        return text
    if (text := _damaged_utf8(data)) is not None:
        return text
    return _decode_as(data, _guess(data))


def _looks_like_text(head: bytes) -> bool:
    """Return whether a start that spells a magic word goes on as text, as an article about the BZh company would."""
    return not head.translate(None, _TEXT) and not head.startswith(b"%PDF-")


def _marked(data: bytes) -> str | None:
    return next((name for mark, name in _MARKS if data.startswith(mark)), None)


def _wide(data: bytes) -> str | None:
    """Detect UTF-16 or UTF-32 without a mark: in Latin text every other byte (three of four) is NUL."""
    sample = data[: LIMITS.sample_bytes - LIMITS.sample_bytes % 4]
    if len(sample) < 8 or b"\0" not in sample:
        return None
    nul = [sample[i::4].count(0) / max(1, len(sample[i::4])) for i in range(4)]
    few, many = LIMITS.few_nul, LIMITS.many_nul
    if nul[0] < few and min(nul[1:]) > many:
        return "utf-32-le"
    if nul[3] < few and min(nul[:3]) > many:
        return "utf-32-be"
    if max(nul[0], nul[2]) < few and min(nul[1], nul[3]) > many:
        return "utf-16-le"
    if max(nul[1], nul[3]) < few and min(nul[0], nul[2]) > many:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[: LIMITS.sample_bytes]
    control = len(sample) - len(sample.translate(None, _CONTROL))
    if control > max(2, LIMITS.control_share * len(sample)):
        raise Unusable(
            RejectReason.BINARY,
            f"{control} of the first {len(sample)} bytes are control characters, as in no text",
        )


def _try(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)  # a codec that is no encoding of text, such as "zip" or "rot13", is a LookupError
    except (LookupError, UnicodeError, ValueError):
        return None


def _decode_as(data: bytes, name: str) -> str:
    try:
        return data.decode(name)
    except UnicodeError as error:
        raise Unusable(RejectReason.UNDECODABLE, f"neither UTF-8 nor any usual encoding; as {name}: {error}") from error


def _damaged_utf8(data: bytes) -> str | None:
    """Decode UTF-8 in which a few bytes were damaged or cut: those become U+FFFD.

    None where other encodings fit better.
    """
    text = data.decode("utf-8", errors="replace")
    lost = text.count("\ufffd")
    whole = sum(1 for character in text[: LIMITS.damaged_characters] if character > "\x7f") - lost
    return text if whole >= LIMITS.whole_per_lost * lost else None


def _guess(data: bytes) -> str:
    sample = data[: LIMITS.sample_bytes]
    if _is_western(sample):
        return "cp1252" if _try(data, "cp1252") is not None else "latin_1"
    best = from_bytes(sample, cp_isolation=_CANDIDATES).best()
    if best is None:
        raise Unusable(RejectReason.UNDECODABLE, "not valid UTF-8, and no other encoding gives readable text")
    return best.encoding


def _is_western(sample: bytes) -> bool:
    """Return whether the bytes above 127 are punctuation or single accented letters inside ASCII words, as in cp1252.

    Statistics are poor at such texts: two or three such bytes are all the evidence there is.
    """
    high = [i for i, byte in enumerate(sample) if byte > 127]
    if len(high) > LIMITS.foreign_share * len(sample):
        return False
    runs = sum(1 for a, b in pairwise(high) if b - a == 1 and sample[a] not in _CP1252_PUNCTUATION)
    letters = sum(1 for i in high if sample[i] not in _CP1252_PUNCTUATION)
    inside = sum(
        1
        for i in high
        if sample[i] >= 0xC0
        and (_WORD_BYTE.match(sample[i - 1 : i] or b" ") or _WORD_BYTE.match(sample[i + 1 : i + 2] or b" "))
    )
    return runs <= LIMITS.adjoining_share * len(high) and inside >= LIMITS.inside_share * letters
