"""Quotations that elements mark become quotations in the text, with who is quoted."""

import pytest

from flows.ingest.pages.article import read_article

BEFORE = "The fish hall of Ostvik closes in June, its owner announced on Monday at a meeting in the town."
AFTER = "The town wants to keep the building, which was put up in 1911 and has been empty for a year."
MORE = "Nobody knows what will become of the forty people who work in it, most of them for many years."


def text_of(inside: str) -> list[str]:
    page = f"<html><head><title>Hall closes</title></head><body><article><h1>Hall closes</h1><p>{BEFORE}</p>{inside}"
    found = read_article(f"{page}<p>{AFTER}</p><p>{MORE}</p></article></body></html>", None)
    assert found is not None
    return [part for part in found.text.split("\n\n") if part not in {"Hall closes", BEFORE, AFTER, MORE}]


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("<p><q>It is over</q>, said the owner, Ivo Lund.</p>", ["“It is over”, said the owner, Ivo Lund."]),
        ("<p>Lund: <q>He must <q>sell</q> it.</q> Then he left.</p>", ["Lund: “He must ‘sell’ it.” Then he left."]),
        ("<p>Lund said: <q>“It is over.”</q></p>", ["Lund said: “It is over.”"]),
        (
            "<p>Lund said in a letter:</p><blockquote>We have tried for years.</blockquote>",
            ["Lund said in a letter:", "“We have tried for years.”"],
        ),
        (
            "<p>Lund said:</p><blockquote><p>We have tried.</p><p>It was no use.</p></blockquote>",
            ["Lund said:", "“We have tried.", "“It was no use.”"],
        ),
        ("<blockquote>«We have tried for years.»</blockquote>", ["«We have tried for years.»"]),
        (
            "<blockquote><p>We have tried for years.</p><footer>— Ivo Lund, owner of the hall</footer></blockquote>",
            ["Ivo Lund, owner of the hall: “We have tried for years.”"],
        ),
        (
            "<figure><blockquote>We have tried for years.</blockquote><figcaption>Ivo Lund</figcaption></figure>",
            ["Ivo Lund: “We have tried for years.”"],
        ),
        (
            '<blockquote class="twitter-tweet"><p>The hall was my life. <a href="https://t.example/x">pic.twitter.com/x1</a>'
            '</p>&mdash; Ivo Lund (@ivolund) <a href="https://t.example/1">May 3, 2021</a></blockquote>',
            ["Ivo Lund (@ivolund): “The hall was my life.”"],
        ),
        (
            '<blockquote class="instagram-media"><div>The hall was my life.</div>'
            "<p>A post shared by Ivo Lund (@ivo.lund)</p></blockquote>",
            ["Ivo Lund (@ivo.lund): “The hall was my life.”"],
        ),
    ],
)  # fmt: skip
def test_marks_become_text(marked: str, text: list[str]) -> None:
    assert text_of(marked) == text


def test_a_pull_quote_is_said_once() -> None:
    said = "<p>“We have tried for years,” Lund said on Monday.</p>"
    assert text_of(said + '<div class="pull-quote">“We have tried for years”</div>') == [
        "“We have tried for years,” Lund said on Monday."
    ]
    assert text_of(said + "<blockquote>We have tried for years</blockquote>") == [
        "“We have tried for years,” Lund said on Monday."
    ]


def test_an_indented_article_is_no_quotation() -> None:
    inside = f"<blockquote><p>{BEFORE}</p><p>{AFTER}</p><p>{MORE}</p></blockquote>"
    found = read_article(f"<html><head><title>x</title></head><body>{inside}</body></html>", None)
    assert found is not None
    assert "“" not in found.text


def test_entries_of_a_live_blog_begin_with_their_time() -> None:
    entries = "".join(
        f'<div class="entry"><time datetime="2021-05-0{day}T1{day}:30:00Z">{day} hours ago</time><p>{text}</p></div>'
        for day, text in ((3, BEFORE), (2, AFTER))
    )
    linked = '<script type="application/ld+json">{"@type": "LiveBlogPosting", "headline": "Hall"}</script>'
    page = f"<html><head><title>Hall</title>{linked}</head><body><main><h1>Hall</h1>{entries}</main></body></html>"
    found = read_article(page, None)
    assert found is not None
    assert found.text.split("\n\n") == ["Hall", "3 May 2021, 13:30", BEFORE, "2 May 2021, 12:30", AFTER]
