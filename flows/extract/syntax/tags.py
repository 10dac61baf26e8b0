"""Sets of Penn Treebank tags, and the words that join or open clauses, as all rules of syntax use them."""

from flows.lexicons import word_list

FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
PARTICIPLE = frozenset({"VBN", "VBG"})
NOUN = frozenset({"NN", "NNS", "NNP", "NNPS"})
PLURAL = frozenset({"NNS", "NNPS"})
PRONOUN = frozenset({"PRP", "PRP$"})
NOMINAL = NOUN | {"PRP", "CD", "EX", "DT"}
RELATIVE = frozenset({"WDT", "WP", "WP$", "WRB"})
COORDINATORS = word_list("coordinators")
SUBORDINATORS = word_list("subordinators")
DASHES = frozenset({"-", "–", "—", "--", "―"})

OF_MANY = frozenset({"are", "have", "were"})
"""Forms of verbs that no single thing takes."""
OF_ONE = frozenset({"is", "was", "has", "does"})
"""Forms of verbs that several things do not take."""
