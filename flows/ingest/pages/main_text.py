"""Main text of a page: which of its blocks are the article's. The only file that imports trafilatura.

trafilatura finds the article on pages of any make, but drops paragraphs for what their classes are called. So its
finding tells where the article is, and the blocks there that read as prose are kept, whatever they are called.
"""

import re
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml.html import HtmlElement
from trafilatura import bare_extraction
from trafilatura.utils import load_html

from flows.ingest.pages.blocks import Block
from flows.ingest.pages.live_blog import ENTRY_CLASS
from flows.ingest.pages.thresholds import THRESHOLDS
from flows.lexicons import one_of, word_list

_PLAIN = re.compile(r"[\W_]+")
_ROOTS = ".//main | .//article | .//*[@role='main'] | .//*[@role='article'] | .//*[@itemprop='articleBody']"
_NAMES = r"[^\W\d_][\w.'’-]{0,30}(?: [^\W\d_][\w.'’-]{0,30}){0,4}"
# lines at the head of an article that say when and by whom, and how long it takes to read
_METADATA_LINE = re.compile(
    r"^(?:(?:first )?published|posted|(?:last )?updated|last modified)\b.{0,60}\b\d{4}\b.{0,40}$"
    r"|^\d{1,2} (?:min|mins|minutes?)(?: read| to read)?$"
    rf"|^by {_NAMES}(?: and {_NAMES})?$",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^about the (?:author|writer|reporter)s?\s{0,3}:?\s{0,3}", re.IGNORECASE)
_BIOGRAPHY = re.compile(rf"^[\s,]{{0,3}}(?:{one_of(word_list('biography_verbs'))})\b")


def parse(page: str) -> HtmlElement | None:
    """Return the tree of a page; None where it is no HTML."""
    return load_html(page)


def fold(text: str) -> str:
    """Return the letters and digits of a text in lower case: what two renderings of a text have in common."""
    return _PLAIN.sub("", text).lower()


def found_text(root: HtmlElement) -> str:
    """Return the folded text that trafilatura takes for the article; empty where it finds none."""
    # a copy: trafilatura prunes the tree that it is given
    found = bare_extraction(
        deepcopy(root), include_comments=False, include_tables=True, include_images=False, include_links=False
    )
    text = found.get("text") if isinstance(found, dict) else getattr(found, "text", None)
    return fold(text or "")


def article_root(root: HtmlElement, blocks: list[Block], found: str) -> HtmlElement:
    """Return the element that holds the article: by what the page says, else the smallest around what was `found`."""
    words = _prose_words(blocks)
    whole = words.get(root, 0)
    body = [(words.get(element, 0), element) for element in root.xpath(_ROOTS)]
    large = [(count, element) for count, element in body if count >= THRESHOLDS.root_share * whole]
    if large and whole:
        return _outermost_with_title([element for _, element in large])
    kept = [block for block in blocks if block.words >= THRESHOLDS.prose_words and fold(block.text) in found]
    if sum(block.words for block in kept) < THRESHOLDS.least_found * whole:
        kept = [block for block in blocks if block.is_prose]  # it took the article for comments, or for a teaser
    total = sum(block.words for block in kept)
    inside: dict[HtmlElement, int] = {}
    for block in kept:
        for element in (block.element, *block.element.iterancestors()):
            inside[element] = inside.get(element, 0) + block.words
    enough = [element for element, count in inside.items() if count >= THRESHOLDS.found_share * total]
    return max(enough, key=lambda element: sum(1 for _ in element.iterancestors()), default=root)


def _prose_words(blocks: list[Block]) -> dict[HtmlElement, int]:
    words: dict[HtmlElement, int] = {}
    for block in blocks:
        if block.is_prose:
            for element in (block.element, *block.element.iterancestors()):
                words[element] = words.get(element, 0) + block.words
    return words


def _outermost_with_title(elements: list[HtmlElement]) -> HtmlElement:
    """Return the innermost <article>, or the element around it: `articleBody` alone may lack the first paragraph."""
    articles = [element for element in elements if element.tag == "article" or element.get("role") == "article"]
    named = articles or [element for element in elements if element.tag == "main" or element.get("role") == "main"]
    if named:
        return named[-1]
    return elements[0]


def select(
    blocks: Sequence[Block], root: HtmlElement, found: str, authors: Iterable[str], title: str | None
) -> list[tuple[Block, bool]]:
    """Return the blocks with whether they are the article's.

    Kept are, inside the article's element and between its `title` and that element, prose and what trafilatura
    `found`; a heading where prose follows it.
    """
    names = [name for name in authors if name]
    inside = [
        block.element is root or any(above is root for above in block.element.iterancestors()) for block in blocks
    ]
    start = _head_start(blocks, inside, title)
    chosen = [
        (block, (within or start <= number < inside.index(True)) and _is_articles(block, found, names))
        for number, (block, within) in enumerate(zip(blocks, inside, strict=True))
    ]
    followed = False
    for number in range(len(chosen) - 1, -1, -1):
        block, kept = chosen[number]
        if block.is_heading and kept and block.element.tag != "h1" and not followed:
            chosen[number] = (block, False)
        elif kept:
            followed = True
    return chosen


def _head_start(blocks: Sequence[Block], inside: Sequence[bool], title: str | None) -> int:
    """Return the number of the block with the title where it stands before the article's element, as its lead may."""
    first = inside.index(True) if True in inside else 0
    heads = (n for n in range(first) if blocks[n].element.tag == "h1" and title and fold(blocks[n].text) == fold(title))
    return next(heads, len(blocks))


def _is_articles(block: Block, found: str, authors: list[str]) -> bool:
    if block.element.get("class") == ENTRY_CLASS or block.element.tag == "h1":
        return True
    if _METADATA_LINE.match(block.text) or block.leads_elsewhere or block.element.tag == "time":
        return False
    if block.words <= THRESHOLDS.biography_words and any(_is_about(block.text, name) for name in authors):
        return False
    if block.is_heading:
        return True
    return block.is_prose or (len(fold(block.text)) > 2 and fold(block.text) in found)


def _is_about(text: str, name: str) -> bool:
    """Whether a text is a line about the author beside the article: the name alone, `Name is a reporter based in …`."""
    bare = _ABOUT.sub("", text)
    return bare.strip(" .") == name or (bare.startswith(name) and bool(_BIOGRAPHY.match(bare[len(name) :])))
