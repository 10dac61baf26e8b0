"""News of made-up events in any number of articles, for measurements of what a large corpus costs.

An event is told by three to ten outlets, each in its own choice of words, order and, at times, figures. Names grow with
the corpus as in news (Simon 1955): an event is of somebody who was in the news before, the oftener the likelier, or of
somebody new. The same number of articles with the same seed is the same text.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from flows.lexicons import LEXICONS, rows

FIRST_DAY = date(2015, 1, 1)
STORIES_A_DAY = 25
"""Events of one day: more articles are more days, not more of one day."""
NEW_PERSON, NEW_TOWN, NEW_FIRM = 0.35, 0.1, 0.25
"""Share of names of an event that were never named before."""
OUTLETS = 120
OTHERWISE = 0.15
"""Share of outlets that give a figure of the event otherwise."""
_ONSETS = ("b", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "r", "s", "st", "t", "v", "z")
_VOWELS = ("a", "e", "i", "o", "u", "au", "ei")
_CODAS = ("", "n", "r", "l", "s", "k", "nd", "rt", "m", "ck")


@cache
def _words() -> dict[str, Any]:
    with Path(__file__).with_suffix(".yml").open(encoding="utf-8") as file:
        return yaml.safe_load(file)


def _made_up(rng: random.Random, endings: tuple[str, ...]) -> str:
    syllables = [rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(rng.choice((1, 2, 2)))]
    return "".join([*syllables, rng.choice(endings)]).capitalize()


class _Names:
    """Names of one kind: a new one at times, else one that was given before."""

    def __init__(self, new: float) -> None:
        self._new, self._given = new, list[str]()

    def draw(self, rng: random.Random, made: str) -> str:
        """The name `made`, or an earlier one."""
        name = made if not self._given or rng.random() < self._new else rng.choice(self._given)
        self._given.append(name)
        return name


def generated_news(count: int, seed: int = 0) -> Iterator[dict[str, str]]:
    """Yield `count` articles of 40 to 90 words as records of a JSON Lines file: title, text, date, source, url."""
    rng = random.Random(seed)  # noqa: S311 - made-up text
    given = [row["name"].capitalize() for row in rows(LEXICONS, "given_names", ("name", "gender"))]
    people, towns, firms = _Names(NEW_PERSON), _Names(NEW_TOWN), _Names(NEW_FIRM)
    made = story = 0
    while made < count:
        words = _words()
        surnames = [_made_up(rng, ("er", "ova", "sen", "ic", "man", "ez", "ini", "ard")) for _ in range(2)]
        chief, critic = (people.draw(rng, f"{rng.choice(given)} {surname}") for surname in surnames)
        town = towns.draw(rng, _made_up(rng, ("burg", "ton", "stad", "mouth", "ville", "grad", "dale")))
        event = {
            "chief": chief, "critic": critic, "town": town,
            "body": f"{town} {rng.choice(words['bodies'])}",
            "firm": firms.draw(rng, f"{_made_up(rng, ('ex', 'on', 'ia', 'um'))} {rng.choice(words['endings'])}"),
            "role": rng.choice(words["roles"]), "thing": rng.choice(words["things"]),
            "month": rng.choice(words["months"]), "year": str(rng.randrange(1990, 2015)),
            "small": str(rng.randrange(12, 95)), "large": str(rng.randrange(12, 480)),
        }  # fmt: skip
        day = FIRST_DAY + timedelta(days=story // STORIES_A_DAY)
        kind = rng.choice(words["events"])
        for _ in range(min(rng.randrange(3, 11), count - made)):
            yield _article(rng, event, kind, day + timedelta(days=rng.randrange(2)), made)
            made += 1
        story += 1


def _article(rng: random.Random, event: dict[str, str], kind: dict[str, Any], day: date, number: int) -> dict[str, str]:
    """One outlet's telling of an event."""
    words = _words()
    told = event | {"day": f"{day:%A}", "other": event["small"]}
    sentences = []
    first, *rest = kind["facts"]
    for fact in [first, *rng.sample(rest, k=rng.choice((3, 4, 4)))]:
        phrasing = rng.choice(fact)
        figure = event["large" if "{other} million" in phrasing else "small"]
        told["other"] = str(int(figure) + rng.randrange(2, 9)) if rng.random() < OTHERWISE else figure
        sentences.append(phrasing.format(**told))
        for who in ("chief", "critic"):
            if "{" + who + "}" in phrasing:
                told[who] = event[who].split()[-1]
    scene = rng.choice(words["scenes"])
    seen = scene.format(adjective=rng.choice(words["adjectives"]), noun=rng.choice(words["nouns"]))
    sentences.insert(rng.randrange(1, len(sentences) + 1), seen)
    paragraphs = [" ".join(sentences[at : at + 2]) for at in range(0, len(sentences), 2)]
    outlet = rng.randrange(OUTLETS)
    return {
        "title": kind["title"].format(**event, day=told["day"]), "text": "\n\n".join(paragraphs),
        "date": day.isoformat(), "source": f"Outlet {outlet}", "url": f"https://outlet{outlet}.example/{number}",
    }  # fmt: skip
