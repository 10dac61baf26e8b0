"""How much of an article is kept on pages with all sorts of templates, and what is taken that is not the article's.

Pages are made of articles of `shared/eval/news` (tests/builders/news_pages.py); those with an even number are there to
be read, those with an odd number are only scored. Words are counted as a multiset. `--templates other` makes the pages
with other templates (tests/builders/other_pages.py).

Usage: python -m tests.quality.evaluate_pages [--shared ../shared] [--templates news|other] [--pages N] [--show N]
"""

import argparse
import json
import re
from collections import Counter
from pathlib import Path
from random import Random

from flows.ingest.cleaning import boilerplate
from flows.ingest.cleaning.clean_text import clean
from flows.ingest.documents import Unusable
from flows.ingest.formats import html
from flows.lexicons.paths import asset
from flows.settings import IngestSettings
from tests.builders.news_pages import Page, PageWriter
from tests.builders.other_pages import OtherPageWriter

_WORD = re.compile(r"\w+")
WRITERS = {"news": PageWriter, "other": OtherPageWriter}
SOURCES = {"basil", "wikinews", "worldwide", "polnear-train"}


def articles(shared: Path, wanted: int) -> list[tuple[str, list[str]]]:
    """Return titles and paragraphs of articles that have both, evenly drawn."""
    found = []
    with (shared / "eval/news/all.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            paragraphs = [" ".join(part.split()) for part in record["text"].split("\n\n") if part.strip()]
            body = [part for part in paragraphs if len(part.split()) > 5 and part[-1] in '.!?”"']
            if record["source"] in SOURCES and record["title"] and 5 <= len(body) <= 40:
                found.append((" ".join(record["title"].split()), body))
    return found[:: max(1, len(found) // wanted)][:wanted]


def words(text: str) -> Counter[str]:
    """Return the words of a text with their counts, in lower case."""
    return Counter(_WORD.findall(text.lower()))


def score(page: Page, lexicon: boilerplate.Boilerplate) -> dict[str, object]:
    """Return the counts of one page: words of the article, kept, taken, foreign; title and date right or not."""
    try:
        found = html.read_page(page.html, "page.html", "0" * 64, len(page.html), IngestSettings())
    except Unusable as error:
        return {"kept": 0, "of": sum(words(" ".join(page.paragraphs)).values()), "taken": 0, "foreign": 0,
                "title": False, "date": False, "lost": [str(error)], "added": [], "stated": (None, None)}  # fmt: skip
    taken_text = clean(found.text, lexicon).paragraphs
    own, taken = words(" ".join(page.paragraphs)), words(" ".join(taken_text))
    foreign = taken - own - words(page.title)
    joined = " ".join(taken_text)
    return {
        "kept": sum((own & taken).values()), "of": sum(own.values()), "taken": sum(taken.values()),
        "foreign": sum(foreign.values()), "title": found.title == page.title,
        "date": found.published_on == page.published_on,
        "lost": [part for part in page.paragraphs if part not in joined],
        "added": [part for part in taken_text if sum((words(part) & foreign).values()) > 0.5 * len(part.split())],
        "stated": (found.title, found.published_on),
    }  # fmt: skip


def main() -> None:
    """Score the pages of both halves."""
    options = argparse.ArgumentParser()
    options.add_argument("--shared", type=Path, default=Path("../shared"))
    options.add_argument("--pages", type=int, default=300)
    options.add_argument("--show", type=int, default=0)
    options.add_argument("--templates", choices=sorted(WRITERS), default="news")
    given = options.parse_args()
    lexicon = boilerplate.load(asset("lexicons/boilerplate.yml"))
    halves: dict[int, list[tuple[Page, dict]]] = {0: [], 1: []}
    for number, (title, paragraphs) in enumerate(articles(given.shared, given.pages)):
        chance = Random(number)  # noqa: S311 -- test data
        page = WRITERS[given.templates](chance, title, paragraphs, number % 2).write()
        halves[number % 2].append((page, score(page, lexicon)))
    for half, name in ((0, "read"), (1, "only scored")):
        results = [result for _, result in halves[half]]
        total = {
            key: sum(result[key] for result in results) for key in ("kept", "of", "taken", "foreign", "title", "date")
        }
        print(
            f"{name}: {len(results)} pages, words kept {total['kept'] / total['of']:.2%}, foreign "
            f"{total['foreign'] / total['taken']:.2%}, titles {total['title'] / len(results):.1%}, "
            f"dates {total['date'] / len(results):.1%}"
        )
    for page, result in [pair for pair in halves[0] if any(pair[1][key] for key in ("lost", "added"))][: given.show]:
        print("---", result["stated"], "|", page.title, page.published_on)
        for part in result["lost"][:3]:
            at = page.html.find(part[:30])
            print("  lost:", part[:80], "| in", page.html[max(0, at - 120) : at])
        for part in result["added"][:4]:
            print("  added:", part[:120])
    for page, result in [pair for pair in halves[0] if not (pair[1]["title"] and pair[1]["date"])][: given.show]:
        print("---", result["stated"], "|", page.title, page.published_on)


if __name__ == "__main__":
    main()
