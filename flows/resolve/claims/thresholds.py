"""The numbers that decide which claim mentions are one claim, with the reason of each."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ClaimThresholds:
    """Thresholds of claims. Figures are of the events of crossclaims dev that no weight was fitted on."""

    least_likeness: float = 0.36
    """Cosine of meaning and cover of words, halved: from here on a pair is looked at. Nine in ten pairs of two
    outlets that are the same lie above, one in eight of the others."""
    thin_weight: float = 4.0
    """About a word of content: what a claim with few words is taken to have besides them, lest one word be all."""
    partners: int = 8
    """Claims of the story that one claim is compared with, the likest: more outlets than tell most events."""
    partners_in_article: int = 3
    """The same of its own article, which seldom says a thing more than twice."""
    likeness_in_article: float = 0.5
    """Two of one article are compared from here on: of 600 articles of news it asks the model half as often, and of 279
    pairs of one article that are one claim one is lost."""
    likeness_across: float = 0.72
    """Between two stories only wordings as near as this are compared, and only about a shared actor."""
    story_block: int = 1024
    """Claims of a story that are compared with all others of it at once; bounds memory."""
    pairs_at_once: int = 1 << 19
    """Pairs of small stories that are measured at once, 4 MiB a column; bounds memory."""
    rows_at_once: int = 1 << 13
    """Claims of small stories whose meanings lie side by side, 12 MiB; bounds memory."""
    file_window: int = 6
    """Neighbours that a claim meets in a file of another story's claims on the same actor."""
    filed_terms: int = 4
    """Rarest content stems under which a claim is filed with each actor."""
    same_wording_words: int = 6
    """A wording of fewer words is one claim only within a story: `the company posted a profit` is said every day."""
    quoted_words: int = 3
    """Words of content of the first person that two articles of a story quote of one speaker, however they name him."""
    described_words: int = 5
    """Words among which ends what somebody is called instead of by his name: the former education minister."""
    named_chars: int = 12
    """Characters that one sentence may have more where the other has a name in brackets: a pronoun, `of the`."""
    end_chars: int = 6
    """Characters in which one sentence ends, looked at before its words are taken apart."""
    alike: float = 0.6
    """Dice of the content words, or of those that are no names, from which an opposite or another number is what makes
    the difference."""
    letters_of_opposite: int = 4
    """Letters that a word has at least which another is opposed to by its form: `union` is no opposite of `ion`."""
    as_alike: float = 0.7
    """Both of them, from which a negation, a mode, a name does: from 0.6 on six of a hundred pairs that are one claim
    were kept apart."""
    other_words: int = 4
    """Words that one of two may have and the other not, for them to be looked at as one wording in other words."""
    one_bag: float = 0.85
    """Both of them from which two names in another order are the difference."""
    nearly_one: float = 0.7
    """Dice, of words or of their weights, from which two wordings are so near that one word decides: there the pair
    model alone is heard."""
    much_alike: float = 0.65
    """Dice from which a contradiction that the model reads keeps two apart, however many others are like both."""
    half_alike: float = 0.5
    """Dice from which a contradiction that the model gives `plainly` does. Of 1,760 pairs of edited sentences it parts
    16, of 490 pairs that are one claim three."""
    plainly: float = 0.7
    """See `half_alike`."""
    goes_on_chars: int = 600
    """A shorter text has no opening, and nothing in it stands early: all of it is one."""
    same_alone: float = 0.6
    """What the model must give such a pair: of edits that say something else one in twenty gets it, of headlines that
    people call the same four in five, of other graded sentences one in five."""
    same_reordered: float = 0.33
    """The same where all words of one are in the other: there no word was exchanged."""
    same_by_two: float = 0.75
    """The same where two known speakers are quoted: each has words of his own, so where all are equal but one, that
    one is what they differ in."""
    contradicts_oneself: float = 0.85
    """Probability of a contradiction below which it is not heard between two quotations of one speaker: of eleven that
    an event of several outlets has eight are one claim."""
    least_known: float = 1e-6
    """What is left without a contradiction that is certain; keeps zero from being divided by."""
    opening_chars: int = 250
    """What stands so early in an article tells what the article is about: two such claims of a story often are one."""
    early_chars: float = 400
    """Characters in which that wears off to a third: the later one of the two stands, the less it tells."""
    main_clause_words: int = 4
    """Words of content from which what stands before an addition is a statement: with 3 or 6 of them one point less of
    the pairs that are one claim is found."""
    main_clauses_from: float = 0.2
    """Score of two statements from which they are asked of their main clauses: of 742 pairs below none was one claim
    with them, and 15 more were told of."""
    rounding: float = 0.05
    """Figures within five in a hundred of each other are one figure, if one is the other rounded."""
    exact_below: float = 100
    """Whole figures below are not rounded: 94 votes and 92 are two counts."""
    conversion: float = 0.02
    """Figures of two units this near are one that was converted and rounded: 40 km and 25 miles."""
    near_parity: frozenset[str] = frozenset({"USD", "EUR", "GBP", "CHF", "CAD", "AUD"})
    """Currencies of which one has never cost more than `widest_rate` of another since 2000."""
    widest_rate: float = 3.0
    """See `near_parity`; a pound was 2.6 Australian dollars."""
    most_judged: int = 120_000
    """Pairs that the model is asked about in one build, the likest first; two or three minutes on two processors."""
    pairs_read_at_once: int = 1 << 13
    """Pairs whose words are taken apart at once, neighbours of one story: up to 100 MiB a worker; bounds memory."""
    few_pairs: int = 1 << 16
    """Up to so many pairs are compared in the process that resolves, three seconds of work: a worker takes two seconds
    to start."""
    rows_read_at_once: int = 1 << 13
    """Wordings whose words are taken apart at once to look for conflicts, whole stories: 50 MiB; bounds memory."""
    rows_in_order: int = 1 << 16
    """Mentions that are put in order at once, about 100 MiB; bounds memory."""
    readable_chars: int = 300
    """A statement that is longer tells more than one proposition."""
    looks_back: str = r"(?i)^\W*(?:it|this|these|those|he|she|they|we|i|that)\b"
    """Opens with a pronoun: not understood without what was said before."""
    closed_group: int = 40
    """Up to so many linked wordings all pairs are judged before they are grouped; of more, those proposed."""
    judged_score: float = 1e6
    """Score of a pair that a person judged to be one: no mean over other pairs hides it."""
    published_score: float = 0.3
    """Pairs that the model gives this much and that are still two claims are published as negative edges."""
    published_dice: float = 0.6
    """So are pairs this alike that a hard difference keeps apart."""


THRESHOLDS = ClaimThresholds()
