"""The thresholds of claims, in one place."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimThresholds:
    """Every number by which the rules of this package decide, each with its unit and its reason."""

    # narrated claims
    worth_checking: float = 0.1
    """Check-worthiness from which on a clause is a row. At 0.2 one in a hundred good statements was missed, and not one
    bad row fewer was there; from 0.5 on, readers miss one statement in twelve."""
    claim_words: int = 3
    """Words of the shortest claim."""
    dependent_words: int = 8
    """Words above which a dependent clause is a claim of its own; a shorter one is part of what it depends on."""
    table_figures: int = 2
    """Figures of a line without a full stop from which on it may be a row of a table …"""
    table_share: float = 0.2
    """… where they are at least this share of its tokens."""

    # confidence
    least_narrated: float = 0.25
    """Confidence below which a row of the publisher's own is no row: three in five there are of no use. At 0.3 four in
    a thousand statements that annotators of words call good would go, too, at 0.5 three in a hundred."""
    surely_said: float = 0.3
    """The same of a report with nobody who says it. From here on the words of a report are somebody's, and not the
    publisher's as well."""
    least_attributed: float = 0.035
    """The same of a report with somebody who says it. A higher floor costs PolNeAR, whose annotators mark whatever is
    said, "that is great", too: 0.05 takes it from 83.7 to 83.5, 0.1 to 82.8."""

    least_quoted: float = 0.005
    """The same of words in quotation marks with somebody who says them: whoever asks what she said asks for "We lost",
    too. One in two hundred of PolNeAR's is below."""

    # statements
    bare_words: int = 8
    """Words up to which a clause about "it" or "that" says nothing alone ("It is a horrific policy").
    Longer ones mostly tell something."""
    gap_words: int = 6
    """Words between a cue and its source or content that are shown with them; more are a clause of their own."""
    told_words: int = 6
    """Words of a verb of saying and whom it speaks to: "told a reporter of the Herald"."""
    aside_words: int = 30
    """Words between a source and a participle that reports, "Berg wrote …, asking": more are no aside any more."""
    expletive_words: int = 8
    """Words behind "it" among which "that" or "to" tells that it stands for nothing: "it was at no time clear that"."""
    subject_words: int = 12
    """Words of the longest subject that is shown in brackets; what is longer is mostly more than a subject."""
    subjects_back: int = 3
    """Clauses back to which a pronoun is followed over other pronouns to what they stand for."""

    noun_back: int = 3
    """Sentences back in which "the raid" was brought in: "a raid"."""

    modifiers: int = 3
    """Words between "a" and its noun, at most: "a large wooden boat"."""

    counted_words: int = 2
    """Words of "the two ferries", which are those told of before; "the two new ferries of the yard" are described."""

    least_certain_referent: float = 0.7
    """Probability below which a pronoun is left as it is: what stands before the statement may explain it, a wrong name
    nothing."""

    before_told: int = 30
    """Characters between a verb of telling and a name, at most: "told the mayor, Ana Berg"."""

    titled_words: int = 4
    """Words from an office to the name of its bearer, at most: "minister for the mines of Vale Ana Berg"."""

    contracted_words: int = 3
    """Words of a pronoun and what is contracted with it: "they’re"."""

    background_words: int = 45
    """Words of the longest candidate for a background of a statement; a longer sentence gives its clauses."""

    backgrounds_of_reports: int = 2
    """Backgrounds of a statement that is no quotation, at most: of 53 of these that a third changed 40 were understood
    without and 41 with it, of 88 quotations 54 and 62."""

    words_before_report: int = 70
    """Words that two of them have together, at most: with 80 one statement in a hundred more is understood, for three
    words more before each."""

    words_before_quotation: int = 100
    """… and those that up to three have before a quotation."""

    cost_before_quotation: float = 0.5
    """What a background before a quotation costs, as a part of what it costs elsewhere."""

    background_cost: float = 0.05
    """What it costs to have words before a statement, as a part of the probability that it is understood with them:
    what makes that likelier by less is not worth reading, and what is that unlikely may be any words near by …"""

    word_cost: float = 0.001
    """… and what a word of them costs: fifty are given where they make it likelier by a tenth. At twice as much for
    both, five in a hundred statements less are understood, with eleven words less before each."""

    favour_near: float = 1.6
    """How much likelier words of the statement's sentence, and of the five before it, are taken than readers chose
    them over the article's opening: as many statements are understood by the labels, and of rows that readers refused
    for want of what they speak of a third had it just before."""

    openings_repeat: float = 0.5
    """What a second sentence that the article opens with repeats of the first, at least: both tell what it is about."""

    background_back: int = 5
    """Sentences back to which a background is looked for; before them only the first ones of an article tell more."""

    opening_sentences: int = 2
    """Sentences that an article opens with: what it is about stands there."""

    rounding: float = 1e-9
    """More than sums of a few probabilities differ by, whatever their order."""

    few_stems: int = 5
    """So few words that carry something hardly tell what they are about: whatever is new beside them helps."""

    sentences_back: int = 2
    """Sentences back in which the person was named whose gender the pronoun at the head of a sentence tells."""

    diary_entries: int = 2
    """Lines that are only a day from which on a text is a diary or a live blog."""

    long_words: int = 45
    """Words from which on a statement is long: a feature of its quality."""

    short_words: int = 4
    """Words up to which it is short: another."""

    length_steps: int = 12
    """Steps of three words by which the length of a statement counts; a longer one is as the longest."""

    brackets: int = 3
    """So many brackets, or more: a feature of its quality."""

    naming_characters: int = 48
    """Characters before a number that are looked at; no word that names something is longer."""

    oldest: float = 115
    """Years: a larger number beside a name is no age."""

    list_ratio: float = 10
    """Members of a list that share a scale are at most so many times apart: "100, 200 and 300 million"."""

    attached_letters: int = 4
    """Letters of the longest unit that is written at its number: 120km/h aside, 40mph, 5lbs."""

    opening_words: int = 3
    """Up to so many words before it, a date opens a clause, and belongs to the verb that follows."""

    just_past_days: int = 60
    """A day that was so lately is meant, whatever the tense; one that is ten months ahead is named with its year."""
    short_clause_words: int = 5
    """Fewer words are a short clause of the publisher's: a feature of whether it is worth checking."""
    long_clause_words: int = 7
    """So many are long enough to tell something: another."""


THRESHOLDS = ClaimThresholds()
