"""What a page states of itself, and nothing that it states of others."""

import datetime as dt
import json

import pytest

from flows.ingest.pages.article import PageArticle, read_article

TEXT = (
    "<p>The council of Ostvik voted on Monday to keep the library open until nine in the evening.</p>"
    "<p>Council member Ida Rolf said the readers had asked for it, and that 80 of them had come to the meeting.</p>"
)
DAY = dt.date(2021, 3, 14)


def linked(*items: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(item)}</script>' for item in items)


def read(head: str, body: str = "", url: str | None = None) -> PageArticle:
    page = f"<html><head>{head}</head><body><article>{body}{TEXT}</article></body></html>"
    found = read_article(page, url)
    assert found is not None
    return found


OWN = {"@type": "NewsArticle", "headline": "Library stays open", "datePublished": "2021-03-14T09:00:00Z"}
OTHER = {"@type": "NewsArticle", "headline": "Pool to close", "datePublished": "2009-01-02"}
TITLE = "<title>Library stays open</title>"
SITE = "<meta property='og:site_name' content='The Post'>"
BROKEN = '{"headline": "Library "stays" open", "datePublished": "2021-03-14"}'
UPDATED = '<p class="up"><time class="updated" datetime="2022-01-01">x</time></p>'
QUOTED = "Library: “We stay” - Rolf"


@pytest.mark.parametrize(
    ("head", "body", "url"),
    [
        (TITLE + linked(OWN), "", None),
        (TITLE + linked({"@graph": [{"@type": "WebSite", "name": "The Post"}, OWN]}), "", None),
        (TITLE + linked(OTHER, OWN), "", None),
        (TITLE + linked({"@type": "ItemList", "itemListElement": [OTHER]}, OWN), "", None),
        (TITLE + linked({**OWN, "datePublished": "March 14, 2021"}), "", None),
        (TITLE + linked(OWN), "", "https://post.example/2021/03/15/library"),
        (TITLE + '<meta property="article:published_time" content="2021-03-14T23:00:00+02:00">', "", None),
        (TITLE + '<meta name="date" content="2021-03-14">' + linked(OTHER), "", None),
        (TITLE, '<time datetime="2021-03-14">Sunday</time>', None),
        (TITLE, f'{UPDATED}<time datetime="2021-03-14">y</time>', None),
        (TITLE, '<p class="date">Published 14 March 2021 at 10:15</p>', None),
        (TITLE, '<div class="meta"><span>March 14, 2021</span></div>', None),
        (TITLE + f"<script type='application/ld+json'><!-- {json.dumps(OWN)} --></script>", "", None),
        (TITLE, "", "https://post.example/2021/03/14/library"),
        (f"{TITLE}<script type='application/ld+json'>{BROKEN}</script>", "", None),
        (TITLE + linked({"@type": "WebPage", "mainEntity": OWN}), "", None),
        (TITLE + linked([[OTHER], [OWN]]), "", None),
        (TITLE + linked({**OWN, "hasPart": [OTHER], "citation": OTHER}), "", None),
        (TITLE + linked(OWN).replace('"}</script>', '",}</script>'), "", None),
        (TITLE + linked({"@graph": [OTHER, OWN]}).replace("]}</script>", "],}</script>"), "", None),
        (TITLE, '<meta itemprop="datePublished" content="2021-03-14T09:00">', None),
    ],
)  # fmt: skip
def test_the_date_is_the_pages_own(head: str, body: str, url: str | None) -> None:
    assert read(head, body, url).published_on == DAY


@pytest.mark.parametrize(
    "head",
    [
        TITLE,
        TITLE + linked(OTHER),
        TITLE + linked({"@type": "ItemList", "itemListElement": [OTHER]}),
        TITLE + linked({"@type": "CollectionPage", "hasPart": [OTHER]}),
        TITLE + linked([OTHER, {"headline": "Library stays open"}]).replace("}]", '"}]'),
    ],
)
def test_no_date_rather_than_anothers(head: str) -> None:
    found = read(head)
    assert found.published_on is None
    page = f"<html><head>{head}</head><body><article>{TEXT}</article><time datetime='2009-01-02'>x</time></body></html>"
    other = read_article(page, None)
    assert other is not None
    assert other.published_on is None


def test_dates_of_change_and_of_conflict() -> None:
    found = read(TITLE + linked({**OWN, "dateModified": "2021-03-16"}), "", "https://post.example/2019/12/01/library")
    assert found.modified_on == dt.date(2021, 3, 16)
    assert found.published_on == DAY
    assert found.conflict == "linked data 2021-03-14, address 2019-12-01"
    assert read(TITLE + linked(OWN), "", "https://post.example/2021/03/15/library").conflict is None


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>Library stays open | The Ostvik Post</title>", "", "Library stays open"),
        ("<title>The Ostvik Post - Library stays open until nine</title>", "", "Library stays open until nine"),
        (f"<title>The Post</title>{SITE}", "<h1>Library stays open</h1>", "Library stays open"),
        (
            "<title>x</title><meta property='og:title' content='Library stays open – The Post'>",
            "<h1>Library stays open</h1>",
            "Library stays open",
        ),
        ("<title>x</title>" + linked({**OWN, "headline": QUOTED}), f"<h1>{QUOTED}</h1>", QUOTED),
        (f"<title>Today | Pool shut; library open | The Post</title>{SITE}", "", "Today | Pool shut; library open"),
        (f"<title>The Post</title>{SITE}", "", None),
        (linked({**OWN, "headline": "Library stays…"}), "<h1>Library stays open</h1>", "Library stays open"),
    ],
)  # fmt: skip
def test_the_title_is_the_headline_without_the_site(head: str, body: str, title: str | None) -> None:
    assert read(head, body).title == title


@pytest.mark.parametrize(
    ("head", "body", "author"),
    [
        (linked({**OWN, "author": [{"name": "Tone Vik"}, {"name": "Per Aas"}]}), "", "Tone Vik; Per Aas"),
        (linked({"@graph": [{"@id": "#t", "name": "Tone Vik"}, {**OWN, "author": {"@id": "#t"}}]}), "", "Tone Vik"),
        (linked({**OWN, "author": {"name": ""}}) + "<meta name='Author' content='Tone Vik'>", "", "Tone Vik"),
        (linked({**OTHER, "author": {"name": "Kari Nes"}}), "", None),
        ("", '<p class="byline">By Tone Vik</p>', "Tone Vik"),
        ("", "<p>By Tone Vik</p>", "Tone Vik"),
        ("", "<div><a rel='author' href='/t'>Tone Vik</a></div>", "Tone Vik"),
        ("<meta name='author' content='https://post.example/tone'>", "", None),
    ],
)  # fmt: skip
def test_the_author_is_the_pages_own(head: str, body: str, author: str | None) -> None:
    assert read(TITLE + head, body).author == author


def test_the_publisher_is_no_headline() -> None:
    named = {**OWN, "publisher": {"name": "Library stays open"}}
    assert read(TITLE + linked(named) + SITE).publisher == "The Post"
    assert read(TITLE, url="https://www.post.example/1").publisher == "post.example"
