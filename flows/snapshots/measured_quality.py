"""How often the extraction is right, as measured and as README.md says it: for the dataset card and the page.

Figures, corpora and how to repeat them are in docs/quality.md. A test keeps these sentences and README.md the same.
"""

MEASURED = (
    "Attribution: content F1 83.8, speaker, cue and content together 77.9 on PolNeAR's development part (two careful "
    "annotators against each other: 82.0 and 75.5).",
    "Names: F1 87.2 on worldwide English news; the same entity across articles: B-cubed F1 94.6 and 84.6 on two "
    "corpora.",
    "The same claim in two outlets: precision 90, recall 47 on annotated events; an edit that says something else is "
    "merged in 5 of 100 sentences. Of 100 statements drawn from unseen news 57 to 78 can be read alone, by how strict "
    "the reader is, of those with a confidence of 0.8 and more (three in ten) 80 to 90.",
    "Web pages: 99.97 % of an article's words kept on pages with random templates, 0.04 % of other words taken.",
)
"""What was measured, a sentence each."""

WEAK = (
    "Weak: more than half of the claims that two outlets share are left apart, because a wrong merge was judged worse "
    "than a missed one.",
    "Weak: conflicts (4 of 100 are found, nearly all of them of figures and denials), indirect speech with rare verbs, "
    "speech within speech.",
    "Limits: English news only. A snapshot says that somebody made a claim, never that it is true.",
)
"""What it does badly and not at all."""

IN_SHORT = "English only. About 2 of 3 statements can be read alone; conflicts are possible conflicts."
"""The measured accuracy in a line, for where people look first."""
