"""Language identification with a bias to English. The only file that imports py3langid.

The identifier counts byte patterns and is sure of itself on articles, less so on one sentence full of
foreign names. A text is refused only where the identifier is sure and the commonest words of English are
missing as well.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from py3langid.langid import MODEL_FILE, LanguageIdentifier

from flows.ingest.cleaning.thresholds import THRESHOLDS
from flows.lexicons import word_list

_LETTERS = re.compile(r"[^\W\d_]+")
_COMMON_WORDS = word_list("common_english_words")


class Verdict(NamedTuple):
    """The language (ISO 639-1), the identifier's probability of it, and the share of common English words."""

    language: str
    probability: float
    english_share: float


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def identify(text: str) -> Verdict:
    """Return the language of a text, judged by its beginning, middle and end; `en` where nothing speaks against it.

    The bias is towards English because a refused English article is lost, while an accepted foreign one
    yields nothing. A text without letters counts as English.
    """
    sample = _sample(text)
    words = [word.lower() for word in _LETTERS.findall(sample)]
    share = sum(word in _COMMON_WORDS for word in words) / max(1, len(words))
    enough_the = words.count("the") >= THRESHOLDS.plain_english_the_share * len(words)
    if share >= THRESHOLDS.plain_english_share and enough_the:
        return Verdict("en", 1.0, round(share, 3))
    language, probability = _identifier().classify(sample)
    foreign_script = sum(word > "\u024f" for word in words) > len(words) / 2
    sure = probability >= THRESHOLDS.language_probability and len(words) >= THRESHOLDS.min_language_words
    if language != "en" and words and (foreign_script or (share < THRESHOLDS.english_share and sure)):
        return Verdict(language, round(float(probability), 3), round(share, 3))
    return Verdict("en", round(float(probability), 3), round(share, 3))


def _sample(text: str) -> str:
    if len(text) <= 3 * THRESHOLDS.language_sample_chars // 2:
        return text
    part = THRESHOLDS.language_sample_chars // 3
    middle = len(text) // 2
    return " ".join((text[:part], text[middle : middle + part], text[-part:]))
