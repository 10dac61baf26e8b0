"""The thresholds of resolving entities, in one place; those that a user may set are in `flows.settings`."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EntityThresholds:
    """Numbers that decide which names are compared and joined; judged by hand on annotated news across articles."""

    window: int = 6
    """Neighbours that each name is compared with in each of its blocks."""
    least_sound_ratio: float = 76.0
    """Pairs whose sounds are less alike than this (0 to 100) are no candidates."""
    contained_sound_ratio: float = 96.0
    """Likeness (0 to 100) from which the sounds of one name are contained in those of another."""
    contained_words: int = 4
    """Words of the longest names of which it is told without a measurement that neither contains the other."""
    contained_letters: int = 20
    """Letters from which on another letter or two leave two names more alike than `contained_sound_ratio`."""
    chunk: int = 250_000
    """Pairs that are looked at together."""
    least_names: float = 0.3
    """Probability of the names alone below which nothing else is looked at."""
    kept_off: float = 1e-6
    """How far probabilities are kept off 0 and 1 before their log odds are taken, which are infinite there."""
    noted: float = 0.25
    """Refused pairs from this score up are kept as negative edges: what a person may want to judge."""
    same_given_name: float = 0.6
    """Likeness of given names below which two full names cannot be one person."""
    spelt_alike: float = 0.85
    """Likeness from which a lone surname may be a misspelling of the one in a full name."""
    unlike_words: float = 0.8
    """Paired words of bodies and places below this likeness speak against their being one."""
    named_before: float = 0.3
    """Share of the places of a surname that may stand before the full name; one, as a headline, may always."""
    goes_on: int = 2
    """Places with the surname of the son before the father is named: one, as a headline, may be of either."""
    together: float = 0.6
    """Share of the articles with a short name that must have the longer one too before it can stand for it."""
    fewest_of_part: int = 2
    """Words of a part of a person's name that is more than a surname; a name that has such a part is longer."""
    main_state: float = 0.6
    """Share of a state among all that an article names from which the article is about it."""
    known_state: float = 0.2
    """The same for the state of the best known body of a name, as the Congress of the United States."""
    city_population: int = 50_000
    """People from whom on a city tells of which state an article is."""
    town_characters: int = 70
    """Characters before a place in which it is called a town of something: `the North Shore fishing village of `."""
    namesake_share: float = 0.1
    """People of a capital from whose share on a city of the name may be meant that an article about its state is
    from."""
    days_of_a_story: int = 7
    """Days that two articles of one story may be apart."""
    least_agreement: float = 1.0
    """Weight of the names that two articles must share before a surname of one is the person of the other: one that
    no third article has, or several."""
    agreement_lead: float = 1.5
    """How many times as much must speak for the likeliest person as for the next one of the surname."""
    lone_neighbours: int = 40
    """Articles, the nearest in time, with which that of a surname is compared."""
    same_body: float = 0.9
    """Score of two names of one body of a state: its kind and its state are the same."""
    shared_role: int = 3
    """Shared names that a shared role outweighs."""
    opening_characters: int = 400
    """Characters in which a dateline stands, where there is one."""
    beside_characters: int = 40
    """Characters around a body within which a state is looked for: what qualifies it stands beside it."""
    gloss_characters: int = 32
    """Characters between a name and its other name: ` (also known as the `."""
    role_agrees: float = 3.0
    """What it counts that a surname and a full name are stated to have one role."""
    days_of_an_office: int = 1461
    """Days within which one office and surname mean one person: a term of four years."""
    other_office: float = 0.3
    """What the story counts where the surname is of a president, and the full name has other roles."""
    never_alone: float = 0.5
    """What the story of an article counts that has the full name and never the surname alone."""
    place_vote: float = 0.3
    """What it counts that two articles share a place, or a name of nobody: they are in many stories."""
    reviewed_vote: float = 0.6
    """The same of a reviewed body or person; any other name counts 1."""
    life_characters: int = 160
    """Characters around a name within which its article states an age or years of birth and death."""
    years_apart: int = 2
    """Years from which on two ages are of two people: a birthday lies between, or somebody has counted wrongly."""
    youngest: int = 4
    """Youngest age of people whom news names and describes; lower numbers behind a name are places and points."""
    oldest: int = 110
    """Oldest age; higher numbers are votes."""
    years_of_a_walk: int = 4
    """Years after which somebody may have taken up another walk of life: a term of office."""
    same_company: int = 2
    """Persons and bodies that two articles must both name before no age tells their namesakes apart: one story."""
    usual_namesake: int = 3
    """How many times as many articles tell of one namesake as of all others before an article that says nothing is of
    that one."""


THRESHOLDS = EntityThresholds()
