"""What the pronouns of a sentence say of the one person whom it names: `Ilves Kask said that his shop would close`."""

import re

from flows.lexicons.thresholds import PRONOUNS

_SENTENCE_END = re.compile(r"[.!?][\"”’)]{0,3}\s")
_QUOTED = re.compile(r"[“\"][^“”\"]{0,400}[”\"]")
_PRONOUN = re.compile(r"\b(?:(he|him|his|himself)|(she|her|hers|herself))\b", re.IGNORECASE)


def pronoun_gender(text: str, end: int, following: int) -> str:
    """Return m or f where all pronouns between a person's name and the end of its sentence say one, else nothing.

    end: where the name ends. following: where the next person is named, of whom the pronouns behind may speak; that no
    other is named before it in the sentence is for the caller to see to. What is quoted is another's words.
    """
    reach = min(len(text), end + PRONOUNS.sentence_characters)
    stop = _SENTENCE_END.search(text, end, reach)
    last = stop.start() if stop else reach
    if following <= last:
        return ""
    said = {"m" if found.group(1) else "f" for found in _PRONOUN.finditer(_QUOTED.sub(" ", text[end:last]))}
    return said.pop() if len(said) == 1 else ""
