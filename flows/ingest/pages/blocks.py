"""Segmentation of a page into blocks: paragraphs, headings, list items, cells, with the text in links told apart."""

import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from lxml.html import HtmlElement

from flows.ingest.pages.thresholds import THRESHOLDS

BLOCK_TAGS = frozenset(
    [
        "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "dialog", "div", "dl", "dt",
        "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr",
        "html", "li", "main", "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot",
        "th", "thead", "tr", "ul",
    ]
)  # fmt: skip
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
_SILENT = frozenset(
    [
        "area", "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "link", "map", "math",
        "meta", "noscript", "object", "option", "picture", "script", "select", "source", "style", "svg", "template",
        "textarea", "title", "track", "video",
    ]
)  # fmt: skip
_SPACE = re.compile(r"[ \t\r\n\f]+")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…:;][\"'”’»)\]]{0,3}$|[\"”’»]$")


@dataclass(eq=False)
class Block:
    """A run of text inside one block-level element; a line break inside is a line feed.

    `linked` counts the characters in links.
    """

    element: HtmlElement
    text: str
    linked: int

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return len(_WORD.findall(self.text))

    @property
    def leads_elsewhere(self) -> bool:
        """Whether most of the block is links."""
        return self.linked > THRESHOLDS.linked_share * len(self.text)

    @property
    def is_heading(self) -> bool:
        """Whether the block is inside a heading."""
        return self.element.tag in HEADINGS

    @cached_property
    def is_prose(self) -> bool:
        """Whether the block reads as a sentence of its own that leads nowhere else, or as an item of a list."""
        if self.leads_elsewhere or self.is_heading or self.words < THRESHOLDS.prose_words:
            return False
        return self.element.tag == "li" or bool(_SENTENCE_END.search(self.text))


class _Collector:
    """Collects pieces of text until a block ends."""

    def __init__(self) -> None:
        self.found: list[Block] = []
        self._pieces: list[str] = []
        self._linked = 0

    def add(self, text: str | None, in_link: bool) -> None:
        if text:
            plain = _SPACE.sub(" ", text)
            self._pieces.append(plain)
            self._linked += len(plain.strip()) if in_link else 0

    def line_break(self) -> None:
        self._pieces.append("\n")

    def flush(self, owner: HtmlElement) -> None:
        lines = [" ".join(line.split(" ")).strip() for line in "".join(self._pieces).split("\n")]
        text = "\n".join(_SPACE.sub(" ", line) for line in lines).strip("\n")
        if text:
            self.found.append(Block(owner, text, self._linked))
        self._pieces, self._linked = [], 0


def blocks_of(root: HtmlElement) -> list[Block]:
    """Return the blocks of a tree in document order. Scripts, forms' fields and the like say nothing."""
    collector = _Collector()
    owners, links = [root], 0
    pending: list[tuple[HtmlElement, bool]] = [(root, False)]
    while pending:  # no recursion: a page decides how deep the tree is
        element, leaving = pending.pop()
        tag = element.tag
        if not isinstance(tag, str) or tag in _SILENT:
            collector.add(element.tail, links > 0)
            continue
        if leaving:
            if tag in BLOCK_TAGS:
                collector.flush(owners.pop())
            links -= tag == "a"
            collector.add(element.tail if element is not root else None, links > 0)
            continue
        if tag in BLOCK_TAGS:
            collector.flush(owners[-1])
            owners.append(element)
        links += tag == "a"
        if tag == "br":
            collector.line_break()
        collector.add(element.text, links > 0)
        pending.append((element, True))
        pending.extend((child, False) for child in reversed(element))
    collector.flush(root)
    return _joined_rows(collector.found)


def _joined_rows(found: list[Block]) -> list[Block]:
    """Join the short cells of a row with a space."""
    joined: list[Block] = []
    for row, group in groupby(found, key=_row_of):
        cells = list(group)
        if row is None or any(cell.words > THRESHOLDS.cell_words for cell in cells):
            joined += cells
            continue
        joined.append(Block(row, " ".join(cell.text for cell in cells), sum(cell.linked for cell in cells)))
    return joined


def _row_of(block: Block) -> HtmlElement | None:
    parent = block.element.getparent()
    return parent if block.element.tag in {"td", "th"} and parent is not None and parent.tag == "tr" else None
