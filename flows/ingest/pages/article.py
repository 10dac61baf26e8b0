"""One page to one article, in this order: metadata, quotations, boxes, main text."""

import datetime as dt
from dataclasses import dataclass

from lxml.html import HtmlElement

from flows.ingest.cleaning import site_notices
from flows.ingest.pages import live_blog
from flows.ingest.pages.blocks import Block, blocks_of
from flows.ingest.pages.boxes import Boxes
from flows.ingest.pages.main_text import article_root, found_text, parse, select
from flows.ingest.pages.page_metadata import PageReader
from flows.ingest.pages.quotations import mark_quotations


@dataclass(frozen=True)
class PageArticle:
    """The article of a page: paragraphs joined with a blank line, and what the page states.

    dropped: blocks of the page that are taken for no part of the article, in order. ends_at_paywall: the last block is
    followed by a notice that the rest is for who pays. conflict: statements of its date that contradict each other.
    """

    text: str
    title: str | None
    author: str | None
    publisher: str | None
    url: str | None
    published_on: dt.date | None
    modified_on: dt.date | None
    ends_at_paywall: bool
    conflict: str | None
    dropped: tuple[str, ...]


def read_article(page: str, url: str | None) -> PageArticle | None:
    """Return the article of a page that is already decoded; None where it is no HTML or holds no text."""
    root = parse(page)
    if root is None:
        return None
    reader = PageReader(root, url)
    if live_blog.is_live_blog(root, reader.linked.types):
        live_blog.mark_entries(root)
    mark_quotations(root)
    notices = site_notices.shipped()
    every = blocks_of(root)
    boxes = Boxes(root, every, notices)
    blocks = _without(every, boxes.drop())
    found = found_text(root)
    article = article_root(root, blocks, found)
    stated = reader.read(article)
    chosen = select(blocks, article, found, (stated.author or "").split("; "), stated.title)
    kept = [block for block, own in chosen if own]
    own = set(kept)
    if not any(block.is_prose or not block.is_heading for block in kept):
        return None
    return PageArticle(
        text="\n\n".join(block.text for block in kept),
        title=stated.title,
        author=stated.author,
        publisher=stated.publisher,
        url=stated.url,
        published_on=stated.published_on,
        modified_on=stated.modified_on,
        ends_at_paywall=_ends_at_paywall(every, own, boxes),
        conflict=stated.conflicting_dates(),
        dropped=tuple(block.text for block in every if block not in own),
    )


def _without(blocks: list[Block], dropped: set[HtmlElement]) -> list[Block]:
    """Take elements out of their tree and return the blocks that were in none of them."""
    left = [
        block
        for block in blocks
        if block.element not in dropped and not any(above in dropped for above in block.element.iterancestors())
    ]
    for element in dropped:
        if element.getparent() is not None:
            element.drop_tree()
    return left


def _ends_at_paywall(blocks: list[Block], own: set[Block], boxes: Boxes) -> bool:
    """Whether a notice that the rest is for who pays follows the last block of the article."""
    after = False
    for block in reversed(blocks):
        if block in own and not block.is_heading:
            return after
        after |= boxes.kind_of(block) == "paywall"
    return False
