"""The thresholds of finding names, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MentionThresholds:
    """Numbers that decide what is a name; scores are probabilities of 0 to 1, judged by hand on news from 2023 on."""

    certain_name: float = 0.9
    """Score of a name that the gazetteer knows and that is nothing else."""
    likely_name: float = 0.6
    """Score of a known name that is also a word or a person's name, found after a preposition of place."""
    completed_name: float = 0.95
    """Score of a known name that holds what the reader saw: the reader and the table agree."""
    repetition_discount: float = 0.9
    """What a repeated name has of the score of the place where it was recognised."""
    least_repeated: float = 0.54
    """Below this a name is not looked for elsewhere; a likely name of the gazetteer is just repeated (0.6 * 0.9)."""
    head_noun: float = 0.7
    """Score of `the Commission` where the text names a commission."""
    sure_reader: float = 0.8
    """From here on the reader's type outweighs that of a known name that is ambiguous."""
    apposed_vote: float = 12.0
    """Mentions that one place outweighs where the text calls the name that of a body: `the group “Lake”`."""
    context_vote: float = 3.0
    """Mentions that one place with `in` before it, or `Mr`, outweighs when a form's type is settled."""
    longest_name: int = 120
    """Characters; what is longer is a line without stops, not a name."""
    longest_role: int = 160
    """Characters; longer appositions are clauses, not roles."""
    role_words_before: int = 14
    """Words of the longest role before a name."""
    role_words_after: int = 9
    """Words of the longest head of a role after a name, before its first preposition."""
    city_population: int = 100_000
    """Smaller cities share their names with too many people and words."""
    acronym_letters: int = 5
    """Letters of the longest word in capitals that is an acronym, not a word that is shouted."""
    state_and_person_words: int = 3
    """Words of the shortest name of a state with a person's behind it."""
    abbreviation_characters: int = 6
    """What decides on the longest abbreviation at the end of a name, the character before it included."""
    untitled_words: int = 2
    """Words that a name must have left before an ambiguous word is taken for a title."""


THRESHOLDS = MentionThresholds()
