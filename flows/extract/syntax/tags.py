"""Sets of Penn Treebank tags, and the words and marks that join, open or end clauses, as all rules use them."""

from flows.lexicons import word_list

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PARTICIPLE = frozenset({"VBN", "VBG"})
NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLURAL = frozenset({"NNS", "NNPS"})
PRONOUN = frozenset({"PRP", "PRP$"})
NOMINAL = NOUN | {"PRP", "CD", "EX", "DT"}
RELATIVE_PRONOUN = frozenset({"WDT", "WP", "WP$"})
RELATIVE = RELATIVE_PRONOUN | {"WRB"}
COORDINATORS = word_list("coordinators")
SUBORDINATORS = word_list("subordinators")
COMPLEMENTISERS = SUBORDINATORS | {"that"}
MEASURES_OF_TIME = word_list("measures_of_time")
DASHES = frozenset({"-", "–", "—", "--", "―"})
APOSTROPHES = frozenset({"'", "’"})
STOPS = frozenset({".", "!", "?", "…"})
"""Marks that end a sentence."""

INDEFINITE = frozenset({"a", "an", "another", "one"})
"""Articles of somebody or something that the text has not told of."""

OF_MANY = frozenset({"are", "have", "were"})
"""Forms of verbs that no single thing takes."""
OF_ONE = frozenset({"is", "was", "has", "does"})
"""Forms of verbs that several things do not take."""

INSIDE_NOUN_PHRASE = frozenset({"JJ", "JJR", "JJS", "CD", "VBN", "VBG", "NN", "NNS", "HYPH"})
"""Tags between an article and the noun that it goes with, its own included."""
SAYS_WHICH = RELATIVE | {"IN", "TO", "VBN", "VBG", "POS", "NNP", "NNPS", "CD"}
"""Tags of what says which one is meant, behind a noun: "the plan to sell", "the actor Ana Berg"."""
