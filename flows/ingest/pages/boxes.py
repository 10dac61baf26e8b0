"""Boxes of a page that are no part of its article: navigation, cards of other stories, notices, comments.

A box is dropped for what it is (`<nav>`, `role=dialog`), for what it says (notices of the site, with the lexicon) or
for where it leads (a linked heading over a few words). What its class is called drops nothing alone: on many sites the
article itself is called `teaser` or `social-text`. A box that holds much of the page's prose is never dropped.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from flows.ingest.cleaning.site_notices import BESIDE_AN_ARTICLE, SiteNotices
from flows.ingest.pages.blocks import HEADINGS, Block
from flows.ingest.pages.thresholds import THRESHOLDS

_ASIDE_TAGS = frozenset(["aside", "dialog", "footer", "form", "menu", "nav", "figcaption"])
_ASIDE_ROLES = frozenset(
    [
        "alert", "alertdialog", "complementary", "contentinfo", "dialog", "menu", "menubar", "navigation", "search",
        "toolbar",
    ]
)  # fmt: skip
_BOXES = frozenset(["article", "aside", "div", "figure", "li", "section", "td"])
_COMMENTS = re.compile(  # "comment" alone is what some sites call a paragraph
    r"^(?:(?:article|post|story|user|reader|fb)[-_])?comments(?:[-_]{1,2}(?:list|section|area|container|thread|wrapper))?$"
    r"|^comment[-_]{1,2}(?:list|section|area|container|thread|wrapper)$|^(?:disqus|respond$|commentlist)",
    re.IGNORECASE,
)
_CLOSED = frozenset(["body", "html", "main"])
_HIDDEN = re.compile(r"(?:display\s{0,3}:\s{0,3}none|visibility\s{0,3}:\s{0,3}hidden)", re.IGNORECASE)


@dataclass(slots=True)
class _Content:
    """What an element holds: its blocks' words, those in prose, those in notices by kind, its headings."""

    words: int = 0
    prose: int = 0
    noticed: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    hinted: defaultdict[str, int] = field(default_factory=lambda: defaultdict(int))
    has_title: bool = False


class Boxes:
    """The boxes of one page: which of its elements are dropped, and which blocks are notices."""

    def __init__(self, root: HtmlElement, blocks: list[Block], notices: SiteNotices) -> None:
        self._root, self._blocks, self._notices = root, blocks, notices
        self._content: dict[HtmlElement, _Content] = {}
        self._kinds = {block: self._notice(block) for block in blocks}
        for block in blocks:
            self._count(block)
        self._all = self._content.get(root, _Content())

    def drop(self) -> set[HtmlElement]:
        """Return the elements that are dropped with all that is in them."""
        dropped = {e for e in self._root.iter() if isinstance(e.tag, str) and self._is_dropped(e)}
        for block, kind in self._kinds.items():
            if kind is not None:
                dropped.add(self._notice_box(block.element, kind))
        return dropped

    def kind_of(self, block: Block) -> str | None:
        """Return the kind of notice that a block is; None where it is none."""
        return self._kinds[block]

    def _notice(self, block: Block) -> str | None:
        kind = self._notices.kind_of(block.text)
        return kind if (kind in BESIDE_AN_ARTICLE and not block.is_heading) or kind == "consent" else None

    def _count(self, block: Block) -> None:
        kind, words = self._kinds[block], block.words
        prose, is_title = words if block.is_prose else 0, block.element.tag == "h1"
        hints = self._notices.hint_shares(block.text)
        hinted = [name for name in BESIDE_AN_ARTICLE if name != kind and hints.get(name, 0.0) >= THRESHOLDS.hint_share]
        element: HtmlElement | None = block.element
        while element is not None:
            content = self._content.get(element) or self._content.setdefault(element, _Content())
            content.words += words
            content.prose += prose
            content.has_title |= is_title
            if kind:
                content.noticed[kind] += words
            for name in hinted:
                content.hinted[name] += words
            element = element.getparent()

    def _is_dropped(self, element: HtmlElement) -> bool:
        content = self._content.get(element)
        if content is None or element is self._root:
            return False
        if (
            element.get("hidden") is not None
            or element.get("aria-hidden") == "true"
            or _HIDDEN.search(element.get("style") or "")
        ):
            return not content.has_title
        aside = element.tag in _ASIDE_TAGS or (element.get("role") or "").lower() in _ASIDE_ROLES
        if aside and not content.has_title and content.prose <= THRESHOLDS.aside_share * self._all.prose:
            return True
        if content.prose > THRESHOLDS.box_share * self._all.prose:
            return False
        return self._is_card(element, content) or self._is_comments(element, content)

    def _is_card(self, element: HtmlElement, content: _Content) -> bool:
        """Whether an element announces another story: all of it is a link, or its heading is and it has few words."""
        if element.tag not in _BOXES or content.words > THRESHOLDS.card_words or content.has_title:
            return False
        heading = next((inside for inside in element.iter(*HEADINGS)), None)
        if heading is None:
            return False
        link = heading.find(".//a[@href]")
        if link is None:
            link = next((above for above in heading.iterancestors("a") if above.get("href")), None)
        if link is None or (link.get("href") or "").startswith("#"):
            return False
        said, linked = "".join(heading.text_content().split()), "".join(link.text_content().split())
        return len(linked) >= THRESHOLDS.linked_share * len(said)

    def _is_comments(self, element: HtmlElement, content: _Content) -> bool:
        if content.has_title or element.tag not in {"div", "section", "ol", "ul"}:
            return False
        named = [*(element.get("class") or "").split(), element.get("id") or ""]
        return any(_COMMENTS.match(name) for name in named)

    def _notice_box(self, element: HtmlElement, kind: str) -> HtmlElement:
        """Return the largest box around a notice that says little else."""
        box = element
        for above in element.iterancestors():
            content = self._content[above]
            told = content.noticed[kind] + content.hinted[kind]
            if above.tag in _CLOSED or content.has_title or content.words > THRESHOLDS.box_words:
                break
            if above is self._root or content.prose > max(
                THRESHOLDS.box_share * self._all.prose, sum(content.noticed.values()) + content.hinted[kind]
            ):
                break
            if told >= THRESHOLDS.notice_share * content.words:
                box = above
        return box
