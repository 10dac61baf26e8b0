"""Pages with templates other than those of `news_pages`: what sites write in linked data, around and inside an article.

Linked data nests (`@graph`, lists in lists, an article inside a WebPage), is microdata or broken; class names of the
article are those that extractors take for boxes; cards of other stories have dates of their own; consent layers stand
anywhere.
"""

import datetime as dt
import html
import json
from pathlib import Path
from random import Random

import yaml

from tests.builders.news_pages import Page

AROUND = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))


class OtherPageWriter:
    """Writes one page; `half` (0 or 1) picks the wordings of what surrounds the article."""

    def __init__(self, chance: Random, title: str, paragraphs: list[str], half: int) -> None:
        self.chance, self.title, self.paragraphs, self.half = chance, title, paragraphs, half
        self.site, self.author = chance.choice(AROUND["sites"]), chance.choice(AROUND["authors"])
        self.date = dt.date(2014, 1, 1) + dt.timedelta(days=chance.randrange(3600))
        host = self.site.lower().replace(" ", "")
        self.address = f"https://www.{host}.example/a/{chance.randrange(10**6)}-story"
        self.micro = False

    def write(self) -> Page:
        """Return the page."""
        head, body = self._head(), self._body()
        text = f'<!DOCTYPE html>\n<html lang="en-GB">\n<head>{head}</head>\n<body class="single">{body}</body>\n</html>'
        return Page(text, self.title, self.date, self.paragraphs)

    def _pick(self, name: str) -> object:
        return self.chance.choice(AROUND[name][self.half :: 2])

    def _other(self) -> tuple[str, str]:
        headline, text = self._pick("stories")
        return headline, text

    # --- head ---

    def _head(self) -> str:
        chance = self.chance
        between = chance.choice([" | ", " - ", " — ", " • ", " / "])
        tag = chance.choice(
            [f"{self.title}{between}{self.site}", f"{self.site}{between}{self.title}", self.title, self.site]
        )
        parts = [f"<title>{html.escape(tag)}</title>", f'<link rel="canonical" href="{self.address}">']
        kind = chance.randrange(10)
        if kind < 7:
            parts += [self._script(item) for item in self._linked(kind)]
        elif kind == 7:
            self.micro = True
        else:
            parts.append(f'<meta property="article:published_time" content="{self.date}T06:30:00+0000">')
            parts.append(f'<meta property="og:title" content="{html.escape(self.title)}">')
        if chance.random() < 0.5:
            parts.append(f'<meta property="og:site_name" content="{self.site}">')
        if chance.random() < 0.3:
            parts.append(f'<meta property="og:updated_time" content="{self.date + dt.timedelta(days=9)}T06:30:00Z">')
        chance.shuffle(parts)
        return "\n".join(parts)

    def _script(self, item: object) -> str:
        text = json.dumps(item, indent=self.chance.choice([None, 1]))
        shape = self.chance.randrange(5)
        if shape == 0:
            text = f"//<![CDATA[\n{text}\n//]]>"
        if shape == 1:
            text = text[: text.rindex("}")] + ",}" + text[text.rindex("}") + 1 :]  # as many templates leave it
        kind = self.chance.choice(["application/ld+json", "application/ld+json; charset=utf-8"])
        return f'<script type="{kind}">{text}</script>'

    def _linked(self, kind: int) -> list[object]:
        chance, other = self.chance, self._other()[0]
        types = ["NewsArticle", "http://schema.org/NewsArticle", ["Article", "NewsArticle"], "BlogPosting"]
        stamp = f"{self.date}T{chance.randrange(10, 24)}:05:00{chance.choice(['Z', '+01:00', '.000Z'])}"
        own: dict = {
            "@type": chance.choice(types),
            "headline": self.title,
            "datePublished": stamp,
            "dateModified": f"{self.date + dt.timedelta(days=4)}T10:00:00Z",
            "author": {"@id": "#author"},
            "mainEntityOfPage": self.address,
        }
        page = {"@type": "WebPage", "@id": self.address, "name": f"{self.title} - {self.site}", "datePublished": stamp}
        site = {"@type": "WebSite", "name": self.site, "url": "https://www.example/"}
        elsewhere = {
            "@type": "NewsArticle", "headline": other, "datePublished": "2010-05-06T08:00:00Z",
            "url": "https://www.example/b/1",
        }  # fmt: skip
        person = {"@type": "Person", "@id": "#author", "name": self.author}
        return [
            [{"@graph": [site, page, {**own, "isPartOf": {"@id": self.address}}, person]}],
            [{**page, "mainEntity": own}],
            [[[elsewhere], [own]]],
            [{"@type": "CollectionPage", "hasPart": [elsewhere]}, own],
            [{**own, "hasPart": [elsewhere], "citation": elsewhere}],
            [{"@graph": [elsewhere, site, own]}],
            [site, {"@type": "BreadcrumbList", "itemListElement": [{"name": other}]}, own],
        ][kind]

    # --- body ---

    def _body(self) -> str:
        chance = self.chance
        parts = [self._top(), self._article(), self._below()]
        if chance.random() < 0.7:
            parts.insert(chance.choice([0, 1, 2, 3]), self._consent())
        return "\n".join(parts)

    def _top(self) -> str:
        links = " ".join(f'<a href="/{n}">{n}</a>' for n in ("News", "Sport", "Weather", "Jobs", "Obituaries"))
        crumbs = '<ol class="breadcrumb"><li><a href="/">Home</a></li><li><a href="/n">News</a></li></ol>'
        return f'<div class="topbar">{self.site} {links}</div>{crumbs if self.chance.random() < 0.5 else ""}'

    def _card(self) -> str:
        headline, text = self._other()
        day = dt.date(2012, 1, 1) + dt.timedelta(days=self.chance.randrange(900))
        stamp = self.chance.choice([f'<time datetime="{day}">{day.day} {day:%B %Y}</time>', ""])
        return self.chance.choice(
            [
                f'<article class="c"><a href="/o"><h3>{headline}</h3></a>{stamp}<p>{text}</p></article>',
                f'<div class="item"><h4><a href="/o">{headline}</a></h4>{stamp}<span>{text}</span></div>',
                f'<li><a href="/o"><strong>{headline}</strong></a>{stamp}</li>',
            ]
        )

    def _below(self) -> str:
        cards = "".join(self._card() for _ in range(self.chance.randint(1, 4)))
        footer = f"<div id='foot'><p>Copyright {self.site} 2024. All rights reserved.</p><a href='/t'>Terms</a></div>"
        return f"<div class='recirc'><h2>{self.chance.choice(['Trending', 'More from us'])}</h2>{cards}</div>{footer}"

    def _consent(self) -> str:
        heading, *lines = self._pick("consent")
        inside = f"<h3>{heading}</h3>" + "".join(f"<p>{line}</p>" for line in lines)
        inside += "<ul><li><button>Reject all</button></li><li><button>Manage preferences</button></li></ul>"
        shape = self.chance.choice(
            [
                'div class="fc-consent-root"',
                'div id="sp_message_container_1"',
                'section aria-modal="true"',
                "div",
                "aside",
            ]
        )
        return f"<{shape}>{inside}</{shape.split()[0]}>"

    def _article(self) -> str:
        chance, paragraphs = self.chance, list(self.paragraphs)
        lead = ""
        if chance.random() < 0.3:
            lead = (
                f'<p class="{chance.choice(["standfirst", "teaser", "subtitle", "dek"])}">{_e(paragraphs.pop(0))}</p>'
            )
        prop = ' itemprop="headline"' if self.micro else ""
        header = f"<h1{prop}>{_e(self.title)}</h1>{lead}{self._byline()}"
        blocks = []
        for number, text in enumerate(paragraphs):
            blocks.append(self._block(text))
            if number < len(paragraphs) - 1 and chance.random() < 0.22:
                blocks.append(self._between())
        body = "\n".join(blocks)
        if chance.random() < 0.12:  # one element, line breaks between paragraphs
            body = "<div>" + "<br><br>\n".join(map(_e, paragraphs)) + "</div>"
        after = "".join(self._after() for _ in range(chance.randint(0, 2)))
        name = chance.choice(AROUND["containers"])
        scope = ' itemscope itemtype="https://schema.org/NewsArticle"' if self.micro else ""
        return chance.choice(
            [
                f'<main><article class="{name}"{scope}>{header}<div class="x">{body}</div>{after}</article></main>',
                f'<div class="{name}"{scope}><header>{header}</header><section>{body}</section></div>{after}',
                f'<article{scope}><header>{header}</header>{body}<footer>{after}</footer></article>',
                f'<div{scope}><div class="col">{header}<div class="{name}">{body}</div></div><div>{after}</div></div>',
            ]
        )  # fmt: skip

    def _byline(self) -> str:
        stamp, written = f"{self.date}T07:00:00Z", f"{self.date:%d %b %Y}"
        if self.micro:
            return f'<meta itemprop="datePublished" content="{stamp}"><span itemprop="author">{self.author}</span>'
        return self.chance.choice(
            [
                f'<div class="who">By {self.author}</div>',
                f'<div class="who"><a href="/p">{self.author}</a> <time datetime="{stamp}">{written}</time></div>',
                "",
            ]
        )

    def _block(self, text: str) -> str:
        chance, name, words = self.chance, self.chance.choice(AROUND["blocks"]), _e(text)
        return chance.choice(
            [
                f"<p>{words}</p>", f"<p>{words}</p>", f'<p class="{name}">{words}</p>',
                f'<div class="{name}"><p>{words}</p></div>', f'<p><span class="{name}">{words}</span></p>',
                f'<div class="{name}">{words}</div>', f'<section class="{name}"><p>{words}</p></section>',
            ]
        )  # fmt: skip

    def _between(self) -> str:
        chance = self.chance
        line = str(self._pick("lines")).format(other=self._other()[0])
        caption, cards = self._pick("captions"), self._card() + self._card()
        return chance.choice(
            [
                f'<p class="i">{line}</p>', f"<div><em>{line}</em></div>", f"<aside>{cards}</aside>",
                f'<figure><img src="b.jpg" alt="x"><figcaption>{caption}</figcaption></figure>',
                f'<div class="img"><img src="b.jpg"><p class="cap">{caption}</p></div>', f"<div>{self._card()}</div>",
            ]
        )  # fmt: skip

    def _after(self) -> str:
        chance = self.chance
        wall, more = self._pick("walls")
        said = "".join(
            f"<div><b>user{n}</b><p>{text}</p></div>" for n, text in enumerate(AROUND["comments"][self.half :: 2])
        )
        line = str(self._pick("authors_lines")).format(author=self.author)
        return chance.choice(
            [
                f"<div><h3>{wall}</h3><p>{more}</p></div>",
                f'<div id="disqus_thread"><h3>2 Comments</h3>{said}</div>',
                f'<div class="abt"><p>{line}</p></div>',
                f"<div><h3>Related stories</h3>{self._card()}{self._card()}</div>",
                '<p>Topics: <a href="/t/1">harbour</a>, <a href="/t/2">ferries</a></p>',
            ]
        )


def _e(text: str) -> str:
    return html.escape(text)
