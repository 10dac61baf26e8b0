"""Repair of characters: mojibake, Unicode normalisation, invisible characters. The only file that imports ftfy."""

import re
import unicodedata

import ftfy
from ftfy.badness import is_bad
from ftfy.fixes import unescape_html

from flows.ingest.cleaning.thresholds import THRESHOLDS

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028]")
# control characters but tab and line feed; zero-width and bidirectional marks; lone surrogates;
# noncharacters; tags
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufdd0-\ufdef\ufeff\ufff0-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_TERMINAL = re.compile("\x1b\\[[0-9;]{0,20}[A-Za-z]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_ENTITY = re.compile(r"&(?:#\d{1,6}|#[xX][0-9a-fA-F]{1,5}|[A-Za-z]{2,8});")
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})


def repair(text: str) -> str:
    """Return `text` with readable characters only, in NFC, lines ended by a line feed. Repairing twice changes nothing.

    Quotation marks, dashes and ellipses stay as they are: the reader tells opening from closing by them.
    """
    for _ in range(THRESHOLDS.repair_rounds):
        repaired = _once(text)
        if repaired == text:
            break
        text = repaired
    return text


def _once(text: str) -> str:
    if max(text, default="") >= "\ud800" and re.search("[\ud800-\udfff]", text):
        # a pair of surrogates is one character, a lone one is none
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    if "&" in text and "<" not in text and _ENTITY.search(text):
        text = unescape_html(text)
    if not text.isascii():
        text = _reread(text).translate(_LIGATURES)
        text = text.replace("\u2029", "\n\n")
    text = _LINE_ENDS.sub("\n", text)
    if "\x1b" in text:
        text = _TERMINAL.sub("", text)
    text = _INVISIBLE.sub("", text)
    text = _SPACES.sub(" ", text)
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def _reread(text: str) -> str:
    """Return the text with lines that were decoded in the wrong encoding decoded in the right one (ftfy's heuristic).

    ftfy looks at each line that its test of badness points out, and at those with lost bytes; the others it
    would leave as they are, at many times the cost.
    """
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if not line.isascii() and (is_bad(line) or "\ufffd" in line):
            lines[number] = ftfy.fix_encoding(line)
    return "\n".join(lines)
