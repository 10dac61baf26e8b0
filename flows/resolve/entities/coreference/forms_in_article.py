"""The forms of names in one article, and the links between them."""

from dataclasses import dataclass

from flows.resolve.entities.thresholds import THRESHOLDS


@dataclass(frozen=True)
class FormInArticle:
    """A form in an article.

    form         its number
    entity_type  the type that most of its mentions have
    starts       where they start, in order
    gender       m or f where `Mr` stands before one of them or `spokeswoman` beside it, else nothing
    ranks        of `lord`, `baron` and `sir` those that stand before one of them
    offices      offices of one holder that are stated of it (`president`), each with the first place that states it
    """

    form: int
    entity_type: str
    starts: tuple[int, ...]
    gender: str = ""
    offices: tuple[tuple[str, int], ...] = ()
    ranks: frozenset[str] = frozenset()

    def introduced_by(self, other: "FormInArticle") -> bool:
        """Return whether most of these mentions come after the first of the other: a name is given in full first."""
        before = sum(start <= other.starts[0] for start in self.starts)
        return before <= THRESHOLDS.named_before * len(self.starts) or before == 1 < len(self.starts)


@dataclass(frozen=True)
class Link:
    """A short form that means a longer one in an article, and why."""

    short: int
    long: int
    score: float
    reason: str
