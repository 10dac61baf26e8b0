"""The thresholds of finding speakers, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SpeakerThresholds:
    """Numbers that decide whom a source means; judged by hand on news from 2023 on."""

    reach: int = 6
    """Sentences back in which a pronoun or `the expert` finds its name."""
    named_source: float = 2.0
    """What it counts that a person has spoken by name, or opens a sentence."""
    first_in_sentence: float = 1.0
    """What it counts to be the first person of a sentence: its subject, mostly."""
    introduced: float = 0.7
    """What it counts to be introduced with a role as the first person of a sentence."""
    per_sentence: float = 0.7
    """What each sentence in between takes away."""
    quoted: float = 2.5
    """What it takes away to be named only inside somebody's words."""
    same_sentence: float = 0.5
    """What it counts to be the first person of the very sentence."""
    last_speaker: float = 2.5
    """What it counts to have spoken last."""
    least_for_pronoun: float = -1.5
    """Score below which the likeliest person is too far away for a pronoun."""
    least_for_description: float = -1.0
    """The same for a description, which says more of whom it means."""
    margin: float = 0.3
    """Lead that the likeliest person must have over the next one; a pronoun between two stays open."""
    spoke_last: int = 3
    """Sentences since the last turn in which its speaker goes before another person about as likely."""
    enclosing: int = 2
    """Sentences that `I` and `we` may stand behind the speaker whose words they are in."""
    between_quoted: int = 1
    """Sentences from the words of one speaker to a quotation without a cue, and from it to words of the same one."""
    near_body: int = 2
    """Sentences back in which `the company` finds the one organisation that was named."""
    times_of_state: int = 2
    """Times that a text names a state, its people included, of which alone it tells."""
    near_unnamed: int = 1
    """Sentences back in which somebody without a name is the subject whom a pronoun may mean."""
    opening_characters: int = 25
    """Characters of a sentence in which a pronoun still opens it: `In a statement, they`."""
    beside_name: int = 40
    """Characters beside a name in which what it depends on stands: a preposition, a noun of kin, who is its head."""
    title_words: int = 5
    """Words that a person of a list may be called by before the name: `retired Lake surgeon`."""
    nearest_spans: int = 8
    """Spans looked at to find one that holds a mention: contents overlap, but not many at one place."""


THRESHOLDS = SpeakerThresholds()
