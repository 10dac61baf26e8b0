"""Numbers of cleaning that were measured or judged on news pages, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CleaningThresholds:
    """Bounds of boilerplate, hard-wrapped lines, mojibake repair and language identification."""

    boilerplate_chars: int = 240
    """A longer paragraph is no prompt or credit line."""

    caption_chars: int = 400
    """A longer paragraph is no caption, whatever it ends in."""

    credit_chars: int = 120
    """A longer paragraph is not the credit of a photograph alone."""

    credit_words: int = 12
    """A sentence of more words that begins like a credit is a sentence of the article."""

    heading_chars: int = 60
    """A longer line is no heading of a list of links."""

    link_chars: int = 140
    """A longer line is no link of a list: headlines of news sites have up to 120 characters."""

    drop_rounds: int = 4
    """How often boilerplate is looked for: what is dropped brings other lines side by side."""

    notice_chars: int = 1200
    """A longer paragraph is no notice of the site: consent texts are long, but not longer."""

    short_notice_chars: int = 240
    """Up to here one phrase makes a notice, where nobody is quoted."""

    wall_paragraphs: int = 5
    """A bot wall or missing page says so in its first paragraphs; links to other stories may follow."""

    wall_chars: int = 1500
    """First paragraphs that are longer are those of an article."""

    min_wrap_width: int = 40
    """From here the usual share of full lines tells wrapped prose from lists and verse."""

    wall_hint_share: float = 0.4
    """Share of hints from which a document of a few words, such as `404 Not Found`, is no article."""

    min_narrow_width: int = 24
    """Newspaper columns are set at 28 to 45 characters; narrower lines are a list."""

    narrow_full_share: float = 0.75
    """Share of lines of a narrow column that must be full: lines of verse and lists end earlier."""

    indented_share: float = 0.5
    """Where more lines are indented, the indentation is no sign of a paragraph's first line."""

    max_wrap_width: int = 110
    """Plain text is wrapped at 65 to 100 characters; longer lines are paragraphs."""

    min_wrap_breaks: int = 3
    """Fewer line ends say nothing about a width."""

    wrap_slack: int = 3
    """Characters by which a full line may be short: lines set by hand or in proportional type vary by a word."""

    full_share: float = 0.6
    """Share of lines that must be full where a text is wrapped; the others end a paragraph."""

    repair_rounds: int = 4
    """How often characters are repaired: what one repair uncovers may be in need of another."""

    language_sample_chars: int = 2000
    """A text is judged by this much of its beginning, middle and end together."""

    language_probability: float = 0.8
    """From here the identifier is sure of another language; on English articles it is below."""

    english_share: float = 0.12
    """Share of common English words from which a text is English, whatever the identifier says."""

    plain_english_share: float = 0.2
    """Share of common English words, `the` among them, that no other language reaches: the identifier is not asked."""

    plain_english_the_share: float = 0.02
    """Share of `the` among the words of such a text."""

    min_language_words: int = 4
    """Fewer words are too few for the identifier."""


THRESHOLDS = CleaningThresholds()
