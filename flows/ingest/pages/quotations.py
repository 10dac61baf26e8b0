"""Quotations that a page marks by its elements, written out with quotation marks, which the text keeps.

`<q>` stands for marks inside a sentence, `<blockquote>` for a quotation in paragraphs of its own, with its source in
`<cite>`, `<footer>` or `<figcaption>`. An embedded post is a block quotation signed `— Name (@handle)`. A pull quote
repeats words of the article and is dropped.
"""

import re

from lxml.html import HtmlElement, fromstring

from flows.ingest.pages.blocks import HEADINGS, blocks_of
from flows.ingest.pages.thresholds import THRESHOLDS

_MARKS = "\"'“”„‟«»‘’‚‹›`"
# of a text on one line
_SIGNED = re.compile(r"^(?P<text>.*?) ?[—–-]{1,2} ?(?P<name>[^—–()]{1,80}?) ?\(@(?P<handle>[\w.@-]{1,60})\)")
_SHARED = re.compile(r"A post shared by (?P<name>[^()]{1,80}?) \(@(?P<handle>[\w.]{1,60})\)")
_EMBEDDED = re.compile(
    r"\b(?:twitter-tweet|twitter-video|instagram-media|bluesky-embed|mastodon-embed|tiktok-embed|text-post-media)\b"
)
_SHORT_LINK = re.compile(r"(?:https?://|pic\.(?:twitter|x)\.com/)\S{1,200}")
_PULL_QUOTE = re.compile(r"(?:^|[\s_-])pull[-_]?quote", re.IGNORECASE)
_DASH = re.compile(r"^[\s—–―-]{1,5}")
_PLAIN = re.compile(r"\W+")


def mark_quotations(root: HtmlElement) -> None:
    """Rewrite the quotations of a tree in place: their marks, and who is quoted, become text."""
    _drop_pull_quotes(root)
    for element in root.iter("q"):
        depth = sum(1 for above in element.iterancestors("q"))
        _set_marks(element, "‘’" if depth % 2 else "“”")
    for element in list(root.iter("q")):
        element.tag = "span"
    whole = len(root.text_content())
    for element in [e for e in root.iter("blockquote") if next(e.iterancestors("blockquote"), None) is None]:
        if _is_post(element):
            _write_post(element)
        elif len(element.text_content()) <= THRESHOLDS.quoted_share * whole:
            _write_quotation(element)


def _is_marked(text: str) -> bool:
    return text.lstrip()[:1] in set(_MARKS) or text.lstrip()[:2] == "``"


def _set_marks(element: HtmlElement, marks: str) -> None:
    """Put marks around the text of an element, unless it brings some."""
    if _is_marked(element.text_content()):
        return
    element.text = marks[0] + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + marks[1]
    else:
        element.text = element.text.rstrip() + marks[1]


def _drop_pull_quotes(root: HtmlElement) -> None:
    """Remove elements called pull quotes, and block quotations, whose words stand elsewhere on the page, too."""
    candidates = [e for e in root.iter("blockquote", "aside", "figure", "div", "p") if _is_pull_quote(e)]
    if not candidates:
        return
    whole = _PLAIN.sub(" ", root.text_content()).lower()
    for element in candidates:
        words = _PLAIN.sub(" ", element.text_content()).strip().lower()
        if words and whole.count(words) > 1 and element.getparent() is not None:
            element.drop_tree()


def _is_pull_quote(element: HtmlElement) -> bool:
    return element.tag == "blockquote" or bool(_PULL_QUOTE.search(element.get("class") or ""))


def _is_post(element: HtmlElement) -> bool:
    return bool(_EMBEDDED.search(element.get("class") or "")) or bool(
        element.find(".//p") is not None and _SIGNED.match(_one_line(element))
    )


def _one_line(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())


def _write_post(element: HtmlElement) -> None:
    """Write an embedded post as `Name (@handle): “…”`; one that nobody has signed as a quotation."""
    for line_break in element.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    whole = _one_line(element)
    shared = _SHARED.search(whole)
    signed = _SIGNED.match(whole)
    said = signed["text"] if signed else (whole[: shared.start()] if shared else whole)
    said = " ".join(_SHORT_LINK.sub("", said).split())
    source = signed or shared
    name = f"{source['name'].strip()} (@{source['handle'].lstrip('@')}): " if source else ""
    _replace(element, [f"{name}“{said}”"] if said else [])


def _write_quotation(element: HtmlElement) -> None:
    """Put marks around a block quotation and its source before it. One with headings inside is a layout."""
    if any(inside.tag in HEADINGS for inside in element.iter()):
        return
    outer, source = _source_of(element)
    paragraphs = [" ".join(block.text.split()) for block in blocks_of(element)]
    if not paragraphs:
        return
    if source is None and len(paragraphs) > 1 and _DASH.match(paragraphs[-1]):
        source = _line(paragraphs[-1])
        paragraphs = paragraphs[:-1] if source else paragraphs
    if not _is_marked(paragraphs[0]):
        paragraphs = [f"“{text}" for text in paragraphs]
        paragraphs[-1] += "”"
    if source:
        paragraphs[0] = f"{source}: {paragraphs[0]}"
    _replace(outer, paragraphs)


def _source_of(element: HtmlElement) -> tuple[HtmlElement, str | None]:
    """Take the source out of a block quotation, or out of the figure around it; the element to replace, the source."""
    parent = element.getparent()
    if parent is not None and parent.tag == "figure" and (caption := parent.find("figcaption")) is not None:
        return parent, _line(_one_line(caption))
    for inside in list(element.iter("footer", "cite")):
        source = _line(_one_line(inside))
        if source:
            inside.drop_tree()
            return element, source
    return element, None


def _line(text: str) -> str | None:
    """Return who is quoted, without the dash before it; None where the line says more."""
    bare = _DASH.sub("", text).strip(" .,:")
    return bare if bare and len(bare.split()) <= THRESHOLDS.author_line_words else None


def _replace(element: HtmlElement, paragraphs: list[str]) -> None:
    """Put paragraphs in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    place = fromstring("<div></div>")
    for text in paragraphs:
        paragraph = fromstring("<p></p>")
        paragraph.text = text
        place.append(paragraph)
    place.tail = element.tail
    parent.replace(element, place)
