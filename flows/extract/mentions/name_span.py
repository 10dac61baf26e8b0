"""The spans of this package: a name while it is repaired, and a named mention when it is done."""

from dataclasses import dataclass
from typing import Protocol

from flows.spans import Span


class Ranged(Protocol):
    """Anything with a range in the text."""

    @property
    def start(self) -> int:
        """First character."""
        ...

    @property
    def end(self) -> int:
        """One past the last."""
        ...


class RecognisedName(Ranged, Protocol):
    """A span that the reader takes for a name: its range, type, and how sure the reader is."""

    @property
    def entity_type(self) -> str:
        """A value of EntityType."""
        ...

    @property
    def score(self) -> float:
        """Probability, 0 to 1."""
        ...


@dataclass(frozen=True)
class NameSpan:
    """A name that is still being repaired: `text[start:end]`, its type, and how sure the reader was (0 to 1)."""

    start: int
    end: int
    entity_type: str
    score: float

    def of(self, text: str) -> str:
        """Return the characters of the span."""
        return text[self.start : self.end]


@dataclass(frozen=True, order=True)
class Mention:
    """A name in a text: `text[start:end]`, its type, and the role stated beside it ("defence minister of Kosovo")."""

    start: int
    end: int
    entity_type: str
    role: str | None = None

    @property
    def span(self) -> Span:
        """The range of characters."""
        return Span(self.start, self.end)
