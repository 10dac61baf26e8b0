"""How surely a pronoun means whom the rules of reference found: what is measured, what is left out."""

import pytest

from flows.extract.attribution.cue_linking import Decoding
from flows.extract.claims.statements.referents import REFERENT_FEATURES, referent_features
from flows.extract.document import extract_document
from flows.extract.mentions.gazetteer import load_gazetteer
from flows.settings import ExtractSettings


@pytest.fixture
def measured(reader):
    """Return what is measured of the referents that a text has for a pronoun."""
    decoding, gazetteer = Decoding.of(reader.spec.decoding), load_gazetteer()

    def found(text, pronoun):
        seen = []

        def keep(meant, said, references):
            if meant.pronoun.form == pronoun:
                seen.append((meant.shown.of(text), referent_features(meant, said, references)))
            return 1.0

        extract_document("art", reader.read(text), decoding, None, gazetteer, ExtractSettings(), rate_referent=keep)
        return dict(seen)

    return found


@pytest.mark.parametrize(
    ("text", "pronoun", "name", "has", "lacks"),
    [
        (
            "Mayor Ana Horvat said on Monday that she would sell the old mill.",
            "she",
            "Ana Horvat",
            {"speaker", "subject", "same_sentence"},
            {"rivals", "described_here", "told", "behind"},
        ),
        (
            "Peter Lyle sold the mill in May. He paid the bank. The police found his car in the river on Monday.",
            "his",
            "Peter Lyle",
            {"main", "further", "first_named", "subjects_since"},
            {"speaker", "subject", "same_sentence", "next_sentence", "rivals", "owner"},
        ),
    ],
)
def test_what_speaks_for_a_referent_and_against_it_is_measured(measured, text, pronoun, name, has, lacks):
    found = measured(text, pronoun)[name]
    assert set(found) == set(REFERENT_FEATURES)
    assert {feature for feature, value in found.items() if value} >= has
    assert not any(found[feature] for feature in lacks)


@pytest.mark.parametrize(
    ("text", "about", "shown"),
    [
        (
            "Peter Lyle said on Monday that he saw the driver leave the old mill.",
            "leave",
            "[Peter Lyle] saw the driver leave the old mill",
        ),
        (  # who is spoken to is not spoken of
            "The baker told Peter Lyle on Monday that he saw the driver leave the old mill.",
            "leave",
            "he saw the driver leave the old mill",
        ),
    ],
)
def test_only_a_likely_name_stands_for_a_pronoun(extract, text, about, shown):
    statement = next(claim["statement"] for claim in extract(text).claims if about in claim["text"])
    assert statement.lower().endswith(shown.lower())
    assert ("[Peter Lyle]" in statement) == ("[Peter Lyle]" in shown)
