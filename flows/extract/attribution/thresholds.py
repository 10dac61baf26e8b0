"""The thresholds of attribution that no training fits: those that are fitted lie in the reader's `reader.json`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class AttributionThresholds:
    """Every number by which the rules of this package decide, each with its unit and its reason.

    Probabilities are those of the reader's heads; confidences are shares of right attributions in annotated news.
    """

    # linking
    reach_words: int = 230
    """Words on each side of a cue in which its content and source can lie; nearly the reader's window."""
    source_probability: float = 0.5
    """Probability from which on a word before a cue without a linked source is part of somebody's source."""

    quoted_characters: int = 250
    """Characters around a cue in which it stands who is quoted as saying what it reports."""

    # confidence of what rules find and the reader was not taught
    transcript_confidence: float = 0.8
    """Of the turns of a transcript in annotated news, about four in five are marked as attributions."""
    preceding_confidence: float = 0.8
    """A sentence that the next one attributes: as rare and as sure as a turn."""
    nested_confidence: float = 0.7
    """What somebody quoted reports of another: right where it was found, but it was found only twice."""

    label_confidence: float = 0.8
    """`Name, role: “…”` and a name that signs a quotation say who speaks as plainly as a verb does."""
    beat_confidence: float = 0.5
    """A person who acts right before or behind a quotation mostly speaks it; no verb says so."""
    unattributed_confidence: float = 0.3
    """A quotation whose speaker no evidence tells: somebody's words, not known whose."""

    # whose words a quotation holds
    label_words: int = 14
    """Words of the longest label, signature or subject that names a speaker, offices included."""
    statement_words: int = 5
    """Words, marks included, from which on a quotation without a stop is a statement and no name or title."""
    introducing_words: int = 4
    """Words between a cue and the colon with which it introduces a paragraph: "said in a statement:"."""
    title_words: int = 8
    """Words of the longest name or title in marks."""
    continuing_share: float = 0.5
    """What a quotation that goes on with a cue's speaker gains, as a share of what one in the cue's sentence gains."""

    # quotation marks
    quotation_paragraphs: int = 8
    """A quotation that is open for longer has lost its closing mark."""
    quotation_characters: int = 6000
    """The same in characters, for texts without paragraphs."""
    enclosing_characters: int = 2500
    """Characters of a quotation that holds another one in the same marks."""
    cue_to_quotation_words: int = 30
    """Words between a quotation and its verb, the speaker's offices included."""
    introduced_words: int = 3
    """Words from which on a quotation is a clause; one or two in marks are a name or a term."""
    introducing_probability: float = 0.1
    """Probability of a cue that is enough for a verb right before the quotation of a clause."""
    abbreviation_letters: int = 4
    """Letters of the longest abbreviated title, as in "Sen."."""

    # content that no cue owns
    unassigned_probability: float = 0.8
    """Probability of content from which on a run of words without a cue is somebody's content all the same."""
    unassigned_words: int = 5
    """Words of the shortest such run; shorter ones are stray words."""
    unassigned_gap_words: int = 5
    """Words, in one sentence, between such a run and the content that it goes on with."""
    gap_probability: float = 0.15
    """Probability of content below which a word between the two is none of it: a cue or a source in the midst."""

    # edges of phrases
    omitted_words: int = 3
    """Words between two pieces of one content that were left out by mistake, if no mark and no span is there."""
    phrase_probability: float = 0.15
    """Probability of content down to which a phrase that was finished goes on."""

    name_words: int = 2
    """Words of the shortest full name that is taken for an apposition (`the chairman, Tore Aas`)."""

    # other forms of attribution
    nested_words: int = 3
    """Words of the shortest statement that is reported inside a quotation."""
    preceding_words: int = 4
    """Words of the shortest sentence that the next one attributes."""
    framing_words: int = 12
    """Words of the longest source behind `In the words of`."""
    transcript_turns: int = 3
    """Labels that make a transcript: with fewer, capitals before a colon are headings."""
    turn_lines: int = 12
    """Lines that one turn may have, empty ones included; what comes later is no speech any more."""

    pointed_letters: int = 3
    """Letters before the point of `Mr.`, `Gen.`, `U.S.`: such a point ends no phrase."""

    not_owned: float = -9.0
    """Log odds that a word is of a cue that cannot own it: no other evidence outweighs them."""

    own_cue: float = -8.0
    """Log odds of the cue's own words: a cue is never part of its own content."""

    single_marks_characters: int = 2500
    """Longest quotation in single marks; what is longer has lost its closing mark."""

    signing_words: int = 2
    """Words of the shortest name that signs a quotation."""

    viterbi_slack: float = 1e-6
    """Added to what a change costs where a state is left out for it: rounding then decides nothing."""

    governing_words: int = 8
    """Words from a cue back to what governs it: `has so far repeatedly declined to say`."""

    saying_time_words: int = 12
    """Words between a cue and the day on which it was said: `told reporters at his office in the old town on
    Friday`."""

    own_source: float = -9.0
    """Log odds that a word of the content is the source: nobody quotes himself."""

    cue_continues: float = 0.75
    """Share of the threshold of a cue that its further words need: `told` carries `reporters`."""


THRESHOLDS = AttributionThresholds()
