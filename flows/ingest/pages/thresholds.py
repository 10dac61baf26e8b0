"""Numbers of reading pages that were measured on made-up pages or judged, each with its reason."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PageThresholds:
    """Bounds of what counts as prose, as a box beside the article, and as the article itself."""

    prose_words: int = 4
    """Fewer words are a label or a button, even where a full stop ends them."""

    linked_share: float = 0.6
    """Share of a block's characters inside links from which it leads elsewhere instead of telling something."""

    card_words: int = 80
    """A box with a linked heading and at most so many words announces another story."""

    box_words: int = 400
    """A longer box is no notice of the site, whatever it says."""

    box_share: float = 0.3
    """A box that holds more of a page's prose than this is not beside the article: it is the article."""

    notice_share: float = 0.5
    """Share of a box's words in notices from which the box as a whole is one."""

    hint_share: float = 0.06
    """Share of words such as cookie or partner from which a paragraph beside a notice belongs to it."""

    root_share: float = 0.6
    """Share of the prose that an <article> needs, to be the article among several."""

    found_share: float = 0.85
    """Share of what trafilatura found that the smallest enclosing element must hold, to be the article's."""

    least_found: float = 0.2
    """Share of a page's prose below which what trafilatura found is not its article."""

    aside_share: float = 0.5
    """An <aside>, <form> or <footer> with more of the page's prose is misused for the article itself."""

    quoted_share: float = 0.5
    """A <blockquote> with more of the page's words is an indentation, no quotation."""

    author_line_words: int = 20
    """A longer line under a quotation says more than who is quoted."""

    biography_words: int = 60
    """A longer paragraph that starts with the author's name is about something that the author lived through."""

    cell_words: int = 8
    """Cells with more words are paragraphs of their own; shorter ones are joined to their row."""

    far_days: int = 1
    """Statements of the date of publication that differ by more days than this contradict each other: a day is what
    time zones make."""

    site_words: int = 4
    """Words that the name of a site in the title has at most, where the page does not state it."""

    title_words: int = 3
    """Fewer words are not left as a title when the name of a site is taken off."""

    live_entries: int = 2
    """Entries with a time of day from which on a page is a live blog."""

    linked_items: int = 200
    """Items of linked data that are looked at; a page has a dozen, an attack has millions."""

    author_characters: int = 200
    """A longer author is a text about one."""


THRESHOLDS = PageThresholds()
