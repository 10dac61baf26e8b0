"""What finding speakers needs to know of an attribution."""

from collections.abc import Sequence
from typing import Protocol

from flows.spans import Span


class Attributed(Protocol):
    """What is needed of an attribution: its content, and its source and cue where it has them."""

    @property
    def spans(self) -> Sequence[Span]: ...
    @property
    def source(self) -> Span | None: ...
    @property
    def cue(self) -> Span | None: ...
