"""Which text of a page is the article's: paragraphs are kept whatever they are called, boxes beside it are not."""

from random import Random

import pytest

from flows.ingest.pages.article import PageArticle, read_article
from tests.builders.news_pages import PageWriter
from tests.builders.other_pages import OtherPageWriter

FIRST = "The harbour board of Ostvik voted on Monday to rebuild the old pier, after a debate of four hours."
SECOND = "Board member Ida Rolf said the pier had cost the town nine lives, and that 200 people had asked for it."
THIRD = "The builder wants to begin in May. He has asked for a loan of 3 million kroner from the county bank."
PARAGRAPHS = [FIRST, SECOND, THIRD]


def page(body: str, head: str = "<title>Pier to be rebuilt</title>") -> str:
    return f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def read(body: str, head: str = "<title>Pier to be rebuilt</title>") -> PageArticle:
    found = read_article(page(body, head), None)
    assert found is not None
    return found


def article(*inside: str) -> str:
    return "<article><h1>Pier to be rebuilt</h1>" + "".join(inside) + "</article>"


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


@pytest.mark.parametrize(
    "name",
    ["teaser", "social-text", "story-meta", "viral", "overlay", "navigation-story", "breadcrumb", "premium", "embed",
     "author-text", "related-text", "newsletter-edition", "footer-text", "menu", "modal-content", "hide-print-not",
     "comment", "comment-body", "sidebar-story", "promo", "widget", "cookie-story", "popup", "byline-text", "tags"],
)  # fmt: skip
def test_a_paragraph_is_kept_whatever_its_class_is_called(name: str) -> None:
    found = read(article(f'<p>{FIRST}</p><div class="{name}"><p>{SECOND}</p></div><p class="{name}">{THIRD}</p>'))
    assert all(text in found.text for text in PARAGRAPHS)
    assert found.dropped == ()


@pytest.mark.parametrize(
    "box",
    [
        '<nav><a href="/">Home</a> <a href="/sport">All about sport in the town today</a></nav>',
        '<div class="card"><h3><a href="/x">Ferry sold to an island</a></h3><p>The owner said he was glad.</p></div>',
        '<div class="teaser"><a href="/x"><h3>Ferry sold</h3><p>The owner said he was glad of it.</p></a></div>',
        '<p><a href="/x">From the archive: the storm that took the first pier</a></p>',
        '<div role="dialog"><p>The storm of words here is in a dialog.</p></div>',
        "<aside><p>A box with a few words on the history of piers.</p></aside>",
        "<figure><img src='a.png'><figcaption>The pier in the year 1950, seen from the sea.</figcaption></figure>",
        '<div style="display: none"><p>The words that nobody sees are no part of it.</p></div>',
        '<div class="article-comments"><p>It was much better before, I think.</p></div>',
        '<section id="comments"><ul><li><p>It should never have been built at all.</p></li></ul></section>',
        '<div class="q"><h2>Your choices</h2><p>We use cookies and store information on your device.</p></div>',
        '<div class="q"><p>Sign up to our weekly letter. You can unsubscribe at any time.</p></div>',
        '<div class="q"><p>Already a subscriber? Log in.</p><p>Unlimited access to all stories for 2 euros.</p></div>',
    ],
)
@pytest.mark.parametrize("where", ["inside", "before", "after"])
def test_a_box_beside_the_article_is_dropped_and_told(box: str, where: str) -> None:
    inside = article(f"<p>{FIRST}</p><p>{SECOND}</p>", box if where == "inside" else "", f"<p>{THIRD}</p>")
    found = read({"inside": inside, "before": box + inside, "after": inside + box}[where])
    assert found.text == "\n\n".join(["Pier to be rebuilt", *PARAGRAPHS])
    assert found.dropped


def test_an_article_about_cookies_is_one() -> None:
    told = "The regulator fined the shop because “we use cookies” was all that its site said to its readers."
    also = "Third-party cookies follow a reader from page to page, and consent must be asked for, the court held."
    assert told in read(article(paragraphs(FIRST, told, also))).text


def test_a_page_without_any_telling_element() -> None:
    cells = "".join(f"<tr><td>{text}</td></tr>" for text in PARAGRAPHS)
    for body in (
        f'<div class="x1"><div class="x2">{paragraphs(*PARAGRAPHS)}</div></div>',
        f"<table>{cells}</table>",
        f"<div>{'<br><br>'.join(PARAGRAPHS)}</div>",
    ):
        text = " ".join(read(f'<div class="top"><a href="/">Home</a></div>{body}').text.split())
        assert all(paragraph in text for paragraph in PARAGRAPHS)


def test_what_is_left_of_a_page_behind_a_paywall() -> None:
    offer = '<div class="pw"><p>Continue reading for 2 euros a month. You can cancel at any time.</p></div>'
    assert read(article(paragraphs(FIRST, SECOND), offer)).ends_at_paywall
    assert not read(article(paragraphs(FIRST), offer, paragraphs(SECOND))).ends_at_paywall
    assert not read(article(paragraphs(FIRST, SECOND))).ends_at_paywall


LEADS = {
    "in a header": "<header><h1>Pier to be rebuilt</h1><p class='dek'>{}</p></header><section>{}</section>",
    "in a column": "<div><h1>Pier to be rebuilt</h1><div>{}</div></div><article>{}</article>",
    "in a class of comments": "<div class='comment-body'><h1>Pier to be rebuilt</h1><p>{}</p><div>{}</div></div>",
}


@pytest.mark.parametrize("shape", LEADS.values(), ids=LEADS)
def test_the_lead_is_kept_wherever_it_stands_under_the_title(shape: str) -> None:
    teasers = "<div><p>Other boards of the county met, too.</p></div>"
    found = read(f"{teasers}<div>{shape.format(FIRST, paragraphs(SECOND, THIRD) * 3)}</div>")
    assert FIRST in found.text
    assert THIRD in found.text


def test_lines_about_the_author_are_dropped() -> None:
    about = paragraphs("Ann Li", "About the author: Ann Li is a reporter of ships.", "Ann Li covers the coast.")
    found = read(article(paragraphs(*PARAGRAPHS), about), "<meta name='author' content='Ann Li'>")
    assert found.text.endswith(THIRD)


def test_nothing_to_read() -> None:
    assert read_article(page('<a href="/">Home</a>'), None) is None


@pytest.mark.parametrize("writer", [PageWriter, OtherPageWriter])
@pytest.mark.parametrize("seed", range(40))
def test_made_up_pages_of_all_sorts(seed: int, writer: type[PageWriter] | type[OtherPageWriter]) -> None:
    """With consent layers, cards, newsletters and class names drawn at random."""
    texts = [f"{text} It was the {n}th time that the board of Ostvik had met." for n, text in enumerate(PARAGRAPHS * 2)]
    made = writer(Random(seed), "Pier in Ostvik to be rebuilt", texts, seed % 2).write()  # noqa: S311 -- test data
    found = read_article(made.html, None)
    assert found is not None
    assert all(text in found.text for text in texts)
    assert (found.title, found.published_on) == (made.title, made.published_on)
