"""Markdown with YAML front matter: metadata from the front, plain paragraphs from the rest.

Front matter is loaded safely: plain values only, and no aliases, by which a few lines can stand for billions of values.
A title with a colon in it needs no quotation marks, though YAML asks for them: people who write by hand forget them.
"""

import json
import re
from typing import Any

import yaml

from flows.ingest.documents import RawDocument, Unusable
from flows.ingest.formats.decode import decode
from flows.ingest.formats.json_records import fields, stated
from flows.ingest.formats.limits import LIMITS
from flows.ingest.metadata.publication_date import published_on
from flows.settings import IngestSettings
from schemas.vocabularies import RejectReason

_FENCED = re.compile(r"^-{3,}\s*$", re.MULTILINE)
_COLON_IN_VALUE = re.compile(
    r"^(\w{1,50}:[ \t]{1,20})((?![\"'\[{&*!|>%@`?#-])(?!.*[ \t]#).{0,2000}:[ \t].*)$", re.MULTILINE
)
_HEADING = re.compile(r"^ {0,3}(#{1,6}) (.*?)(?: #+)?$")
_QUOTE = re.compile(r"^ {0,3}(?:> ?){1,5}")
_RULE = re.compile(r"^ {0,3}(?:(?:\* ?){3,40}|(?:- ?){3,40}|(?:_ ?){3,40}|={3,200})$")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_IMAGE = re.compile(r"!\[[^\]\[\n]{0,300}\]\([^()\s]{0,500}(?:[ ]\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(r"\[([^\]\[\n]{1,500})\]\([^()\s]{0,500}(?:[ ]\"[^\"\n]{0,300}\")?\)")
_STRONG = re.compile(r"(?<![\w*])(\*\*|__)(?=[^\s*_])([^*_\n]{1,500})(?<=[^\s*_])\1(?![\w*])")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?=[^\s*_])([^*_\n]{1,500})(?<=[^\s*_])\1(?![\w*])")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")


class _PlainLoader(yaml.SafeLoader):
    """SafeLoader that knows no aliases."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.events.AliasEvent):
            raise yaml.YAMLError("aliases (*name) are not allowed in front matter")
        return super().compose_node(parent, index)


def read_file(data: bytes, uri: str, sha256: str, settings: IngestSettings) -> RawDocument:
    """Read the document of an `.md` file. Raises Unusable where the front matter cannot be read."""
    del settings  # every format is read through the same signature
    front, body = split(decode(data))
    found = fields(_load(front)) if front is not None else {}
    text, heading = plain(body)
    return RawDocument(
        source_uri=uri,
        sha256=sha256,
        size=len(data),
        text=text,
        title=stated(found.get("title")) or heading,
        publisher=stated(found.get("publisher")),
        author=stated(found.get("author")),
        published_on=published_on(found.get("published_on")),
        url=stated(found.get("url")),
        modified_on=published_on(found.get("modified_on")),
    )


def split(text: str) -> tuple[str | None, str]:
    """Return (front matter with its fences, the rest). None where the text does not start with a closed fence."""
    text = text.replace("\r\n", "\n").lstrip("\ufeff")
    if not re.match(r"---[ \t]{0,20}\n", text):
        return None, text
    end = re.compile(r"\n(?:---|\.\.\.)[ \t]{0,20}(?:\n|$)").search(text, 3, LIMITS.front_matter_characters)
    if end is None:
        raise Unusable(
            RejectReason.MALFORMED,
            f"the front matter has no end (---) in its first {LIMITS.front_matter_characters} characters",
        )
    return text[: end.start()] + "\n---\n", text[end.end() :]


def _load(front: str) -> dict[str, Any]:
    try:
        lines = _COLON_IN_VALUE.sub(
            lambda line: line[1] + json.dumps(line[2].rstrip(), ensure_ascii=False), _FENCED.split(front, 2)[1]
        )
        found = yaml.load(lines, Loader=_PlainLoader)  # noqa: S506 - it is a safe one
    # PyYAML raises what Python raises on an impossible value of a type
    except (
        yaml.YAMLError,
        RecursionError,
        ValueError,
        TypeError,
        ArithmeticError,
        LookupError,
        AttributeError,
    ) as error:
        reason = str(error).split("\n")[0][:200]
        raise Unusable(RejectReason.MALFORMED, f"the front matter is no plain YAML: {reason}") from error
    return found if isinstance(found, dict) else {}


def plain(body: str) -> tuple[str, str | None]:
    """Return (paragraphs without Markdown's marks, the first top heading or None)."""
    kept: list[str] = []
    heading: str | None = None
    for raw in body.split("\n"):
        line = raw.rstrip()
        if _RULE.match(line) or _FENCE.match(line):
            kept.append("")
            continue
        if found := _HEADING.match(line[:1000]):
            line = _inline(found[2])
            heading = heading or (line if found[1] == "#" else None)
            kept.extend(("", line, ""))
            continue
        kept.append(_inline(_QUOTE.sub("", line)))
    return "\n".join(kept), heading


def _inline(line: str) -> str:
    for pattern, replacement in (
        (_IMAGE, ""),
        (_LINK, r"\1"),
        (_STRONG, r"\2"),
        (_EMPHASIS, r"\2"),
        (_ESCAPE, r"\1"),
    ):
        line = pattern.sub(replacement, line)
    return line
