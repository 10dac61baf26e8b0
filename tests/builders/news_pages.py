"""Pages as news sites write them, made around given articles: templates, class names, metadata, consent layers.

What is put around an article is known, so that one can count which of its words an extraction keeps and which words
it takes that are not the article's. Everything is drawn from a random number generator that the caller seeds.
"""

import datetime as dt
import html
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

import yaml


@dataclass(frozen=True)
class Page:
    """A page with what is right about it. `paragraphs` are the article's, headline aside."""

    html: str
    title: str
    published_on: dt.date | None
    paragraphs: list[str]


AROUND = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))


class PageWriter:
    """Writes one page; `half` (0 or 1) picks the wordings of what surrounds the article, so that some stay unseen."""

    def __init__(self, chance: Random, title: str, paragraphs: list[str], half: int) -> None:
        self.chance, self.title, self.paragraphs, self.half = chance, title, paragraphs, half
        self.site, self.author = chance.choice(AROUND["sites"]), chance.choice(AROUND["authors"])
        self.date = dt.date(2015, 1, 1) + dt.timedelta(days=chance.randrange(3500))
        self.dated = chance.random() < 0.9
        self.address = f"https://{self.site.lower().replace(' ', '')}.example/{self._slug()}"

    def write(self) -> Page:
        """Return the page."""
        body = self._body()
        head = self._head()
        text = f'<!DOCTYPE html><html lang="en"><head>{head}</head><body>{body}</body></html>'
        return Page(text, self.title, self.date if self.dated else None, self.paragraphs)

    def _pick(self, values: list) -> object:
        part = values[self.half :: 2]
        return self.chance.choice(part)

    def _slug(self) -> str:
        words = "-".join("".join(c for c in w.lower() if c.isalnum()) for w in self.title.split()[:5])
        return f"news/{self.chance.randrange(10**6)}/{words}"

    # --- head ---

    def _head(self) -> str:
        chance, parts = self.chance, ['<meta charset="utf-8">']
        parts.append(f"<title>{html.escape(self._title_tag())}</title>")
        styles = chance.sample(["og", "ld", "meta"], chance.randint(1, 3)) if chance.random() < 0.85 else []
        if "og" in styles:
            parts += self._open_graph()
        if "ld" in styles:
            parts += [f'<script type="application/ld+json">{text}</script>' for text in self._linked_data()]
        if "meta" in styles and self.dated:
            name = chance.choice(
                ["date", "pubdate", "DC.date.issued", "parsely-pub-date", "publish-date", "article.published"]
            )
            parts.append(f'<meta name="{name}" content="{self._stamp()}">')
        if self.dated and not (set(styles) & {"meta", "ld"}) and "article:published_time" not in "".join(parts):
            self.dated = self._in_body_date
        chance.shuffle(parts)
        return "\n".join(parts)

    def _title_tag(self) -> str:
        between = self.chance.choice(AROUND["separators"])
        kind = self.chance.random()
        if kind < 0.6:
            return f"{self.title}{between}{self.site}"
        return f"{self.site}{between}{self.title}" if kind < 0.8 else self.title

    def _stamp(self) -> str:
        hour = self.chance.randrange(24)
        return self.chance.choice(
            [
                f"{self.date}T{hour:02}:15:00Z",
                f"{self.date}T{hour:02}:15:00+02:00",
                f"{self.date}",
                f"{self.date} {hour:02}:15",
                f"{self.date:%B} {self.date.day}, {self.date.year}",
                f"{self.date:%a, %d %b %Y} {hour:02}:15:00 GMT",
            ]
        )

    def _open_graph(self) -> list[str]:
        named = {"og:title": self.title, "og:site_name": self.site, "og:url": self.address, "og:type": "article"}
        if self.chance.random() < 0.2:
            named["og:title"] = f"{self.title} | {self.site}"
        if self.dated and self.chance.random() < 0.7:
            named["article:published_time"] = f"{self.date}T08:00:00Z"
            if self.chance.random() < 0.5:
                named["article:modified_time"] = f"{self.date + dt.timedelta(days=3)}T08:00:00Z"
        return [f'<meta property="{name}" content="{html.escape(value)}">' for name, value in named.items()]

    def _linked_data(self) -> list[str]:
        chance = self.chance
        item: dict = {
            "@type": chance.choice(["NewsArticle", "Article", ["NewsArticle", "Article"], "ReportageNewsArticle"]),
            "headline": self.title,
            "author": chance.choice([{"@type": "Person", "name": self.author}, [{"name": self.author}]]),
            "publisher": {"@type": "Organization", "name": self.site}, "url": self.address,
        }  # fmt: skip
        if self.dated:
            item["datePublished"] = self._stamp()
            if chance.random() < 0.5:
                item["dateModified"] = f"{self.date + dt.timedelta(days=2)}T10:00:00Z"
        other, _ = self._pick(AROUND["other_stories"])
        elsewhere = {
            "@type": "NewsArticle",
            "headline": other,
            "datePublished": "2011-02-03",
            "url": "https://other.example/x",
        }
        listed = {"@type": "ItemList", "itemListElement": [elsewhere]}
        kind = chance.randrange(5)
        if kind == 0:
            return [json.dumps(item)]
        if kind == 1:
            return [
                json.dumps(
                    {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": self.site}, item]}
                )
            ]
        if kind == 2:
            return [json.dumps(listed), json.dumps(item)]
        if kind == 3:
            return [json.dumps([{"@type": "BreadcrumbList"}, item])]
        return [json.dumps(elsewhere), json.dumps({**item, "mainEntityOfPage": {"@id": self.address}})]

    # --- body ---

    def _body(self) -> str:
        chance = self.chance
        self._in_body_date = self.dated and chance.random() < 0.6
        core = self._article()
        parts = [self._header(), core, self._side(), self._footer()]
        consent = self._consent() if chance.random() < 0.6 else ""
        return "\n".join([consent, *parts] if chance.random() < 0.5 else [*parts, consent])

    def _header(self) -> str:
        links = "".join(f'<li><a href="/{name}">{name}</a></li>' for name in AROUND["navigation"])
        tag, role = self.chance.choice([("header", ""), ("div", ' class="top-bar"'), ("div", ' id="masthead"')])
        return f'<{tag}{role}><a href="/">{self.site}</a><nav><ul>{links}</ul></nav></{tag}>'

    def _footer(self) -> str:
        tag = self.chance.choice(["footer", 'div class="site-footer"', 'div id="colophon"'])
        lines = (
            f"<p>© 2024 {self.site}. All rights reserved.</p><a href='/i'>Imprint</a> <a href='/p'>Privacy policy</a>"
        )
        return f"<{tag}>{lines}</{tag.split()[0]}>"

    def _side(self) -> str:
        cards = "".join(self._card() for _ in range(self.chance.randint(0, 4)))
        tag = self.chance.choice(["aside", 'div class="sidebar"', 'section class="most-read"', 'div class="rail"'])
        return f"<{tag}><h3>Most read</h3>{cards}</{tag.split()[0]}>" if cards else ""

    def _card(self) -> str:
        headline, text = self._pick(AROUND["other_stories"])
        return self.chance.choice(
            [
                f'<div class="card"><h4><a href="/x">{headline}</a></h4><p>{text}</p></div>',
                f'<div class="teaser"><a href="/x"><h4>{headline}</h4><p>{text}</p></a></div>',
                f'<article class="tile"><h3><a href="/x">{headline}</a></h3><p>{text}</p></article>',
                f'<li><a href="/x">{headline}</a></li>',
            ]
        )

    def _consent(self) -> str:
        heading, *lines = self._pick(AROUND["consent"])
        inside = f"<h2>{heading}</h2>" + "".join(f"<p>{line}</p>" for line in lines) + "<button>Accept all</button>"
        shape = self.chance.choice(
            [
                'div role="dialog" class="x-layer"',
                'div id="onetrust-banner-sdk"',
                'div class="cmp-container"',
                "dialog open",
                'section class="kq-notice" aria-label="notice"',
                'div class="css-9f2"',
            ]
        )
        return f"<{shape}>{inside}</{shape.split()[0]}>"

    def _article(self) -> str:
        chance = self.chance
        inner = f"<h1>{html.escape(self.title)}</h1>" + self._byline()
        blocks: list[str] = []
        for number, text in enumerate(self.paragraphs):
            blocks.append(self._block(text, number))
            if number < len(self.paragraphs) - 1 and chance.random() < 0.25:
                blocks.append(self._interruption())
        body = "\n".join(blocks)
        if chance.random() < 0.6:
            body = f'<div class="{chance.choice(AROUND["containers"])}">{body}</div>'
        after = "".join(self._after() for _ in range(chance.randint(0, 3)))
        shape = chance.choice(
            [
                "<article>{}</article>",
                "<main><article>{}</article></main>",
                "<main>{}</main>",
                '<div itemprop="articleBody">{}</div>',
                '<div class="' + chance.choice(AROUND["containers"]) + '">{}</div>',
                '<div id="content"><div class="inner">{}</div></div>',
            ]
        )
        return shape.format(inner + body + after)

    def _byline(self) -> str:
        chance = self.chance
        written = f"{self.date.day} {self.date:%B %Y}"
        date = ""
        if self._in_body_date:
            date = chance.choice(
                [f'<time datetime="{self.date}T08:00:00Z">{written}</time>', f'<p class="date">Published {written}</p>']
            )
        byline = chance.choice(
            [
                f'<p class="byline">By {self.author}</p>',
                f'<div class="author">By <a href="/a">{self.author}</a></div>',
                "",
            ]
        )
        return byline + date

    def _block(self, text: str, number: int) -> str:
        chance, words = self.chance, html.escape(text)
        parts = words.split(" ")
        if len(parts) > 12 and chance.random() < 0.2:
            at = chance.randrange(len(parts) - 4)
            parts[at : at + 2] = [f'<a href="/topic">{" ".join(parts[at : at + 2])}</a>']
        words = " ".join(parts)
        if number == 0 and chance.random() < 0.2:
            words = f"<strong>{words}</strong>"
        shape = chance.random()
        name = chance.choice(AROUND["blocks"])
        if shape < 0.6:
            return f"<p>{words}</p>"
        if shape < 0.75:
            return f'<p class="{name}">{words}</p>'
        if shape < 0.9:
            return f'<div class="{name}"><p>{words}</p></div>'
        return (
            f'<div class="{chance.choice(AROUND["containers"])}-p">{words}</div>'
            if shape < 0.95
            else f"<section><p>{words}</p></section>"
        )

    def _interruption(self) -> str:
        chance = self.chance
        other, _ = self._pick(AROUND["other_stories"])
        line = str(self._pick(AROUND["lines"])).format(other=other)
        heading, text = self._pick(AROUND["newsletters"])
        box: list[Callable[[], str]] = [
            lambda: f'<p class="{chance.choice(["x1", "inline", "hint"])}">{line}</p>',
            lambda: f'<div class="nl-box"><h3>{heading}</h3><p>{text}</p><form><button>Sign up</button></form></div>',
            lambda: f'<div class="promo-inline"><p>{heading}. {text}</p></div>',
            lambda: f"<figure><img src='a.jpg'><figcaption>{self._pick(AROUND['captions'])}</figcaption></figure>",
            lambda: f'<div class="related"><h3>Related</h3>{self._card()}{self._card()}</div>',
            lambda: f'<aside>{self._card()}</aside>',
        ]  # fmt: skip
        return chance.choice(box)()

    def _after(self) -> str:
        chance = self.chance
        offer, more = self._pick(AROUND["offers"])
        said = "".join(
            f"<li><b>reader{n}</b><p>{text}</p></li>" for n, text in enumerate(AROUND["comments"][self.half :: 2])
        )
        biography = str(self._pick(AROUND["biographies"])).format(author=self.author)
        return chance.choice(
            [
                f'<div class="pw-offer"><p>{offer}</p><p>{more}</p></div>',
                f'<section id="comments"><h3>Comments</h3><ul>{said}</ul></section>',
                f'<div class="bio"><p>{biography}</p></div>',
                '<div class="share-tools"><a href="#">Facebook</a> <a href="#">X</a> <a href="#">Email</a></div>',
                f'<div class="more"><h3>More stories</h3>{self._card()}{self._card()}{self._card()}</div>',
                '<ul class="tags"><li><a href="/t">harbours</a></li><li><a href="/t">budget</a></li></ul>',
            ]
        )
