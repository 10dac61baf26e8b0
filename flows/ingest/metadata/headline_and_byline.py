"""Headline, byline and date in the first lines of a plain text."""

import datetime as dt
import re
from typing import NamedTuple

from flows.ingest.metadata.limits import LIMITS
from flows.ingest.metadata.publication_date import published_on

_BYLINE = re.compile(r"^(?:By|BY) ((?:[A-Z][\w.'’-]{0,30} ){1,4}[A-Z][\w.'’-]{1,30})$")
_FULL_STOP = (".", "!", ":", ";", ",", "…", "”", '"', "...")


class Front(NamedTuple):
    """What stands at the head of a text; None for what does not."""

    title: str | None
    author: str | None
    published_on: dt.date | None


def front(paragraphs: list[str]) -> Front:
    """Return headline, byline and date among the first paragraphs. They stay in the text: they are said there, too.

    A headline is a short paragraph of three or more words without a full stop, before the first that has
    one; a date counts only where it fills its paragraph.
    """
    title = author = date = None
    for text in paragraphs[: LIMITS.head_paragraphs]:
        if len(text) > LIMITS.title_characters:
            break
        if (byline := _BYLINE.match(text)) is not None:
            author = author or byline[1]
        elif (stated := published_on(text)) is not None:
            date = date or stated
        elif text.endswith(_FULL_STOP):
            break
        elif title is None and len(text.split()) >= LIMITS.title_words and len(paragraphs) > 1:
            title = text
    return Front(title, author, date)
