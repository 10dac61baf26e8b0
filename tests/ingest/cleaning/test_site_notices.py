"""Notices of a site: told by what they say to the reader, never by single words that a report has, too."""

import pytest

from flows.ingest.cleaning import boilerplate, site_notices
from flows.ingest.cleaning.clean_text import clean

NEWS = "The minister said on Tuesday that the two ferries of the island would be replaced in the spring."


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We and our 98 partners store and access information on a device.", "consent"),
        ("This website uses cookies. By continuing you agree to our use of cookies.", "consent"),
        ("To continue reading, subscribe for 3 euros a month.", "paywall"),
        ("Already a subscriber? Log in.", "subscription"),
        (
            "Sign up to our morning letter. Readers say: “It is the best.” You can unsubscribe at any time.",
            "newsletter",
        ),
        ("Please enable JavaScript and cookies to go on.", "bot_wall"),
        ("Sorry, the page you are looking for does not exist.", "not_found"),
        ("The regulator said that third-party cookies and the consent for them would be examined.", None),
        ("“We use cookies, like all shops,” the owner said, “and nobody has complained.”", None),
        ("The bank said it would give its customers a newsletter with the rates.", None),
        (NEWS, None),
    ],
)
def test_kinds(text: str, kind: str | None) -> None:
    assert site_notices.shipped().kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (
            "Access to this page has been denied.\n\nYour browser does not support cookies, or you are a robot.",
            "bot_wall",
        ),
        (
            "404\n\nSorry, the page that you asked for could not be found. It may have been moved or deleted.",
            "not_found",
        ),
        ("We value your privacy. We use cookies to improve your experience.", "consent"),
        ("This article is for subscribers. To continue reading, log in or subscribe.", "paywall"),
        ("Just a moment...\n\nEnable JavaScript and cookies to continue", "bot_wall"),
        ("404 Not Found", "not_found"),
        ("Access denied to inspectors\n\nThe ministry denied access to three inspectors on Monday, it said.", None),
        (f"Page not found in archive, judge told\n\n{NEWS}\n\n{NEWS}", None),
    ],
)
def test_what_stands_in_place_of_an_article(text: str, kind: str | None, lexicon: boilerplate.Boilerplate) -> None:
    assert clean(text, lexicon).stands_for == kind


def test_a_text_that_ends_at_a_paywall(lexicon: boilerplate.Boilerplate) -> None:
    cut = clean(f"{NEWS}\n\nTo continue reading, subscribe for 3 euros a month.", lexicon)
    assert (cut.paragraphs, cut.ends_at_paywall) == ([NEWS], True)
    whole = clean(f"To continue reading, subscribe for 3 euros a month.\n\n{NEWS}", lexicon)
    assert (whole.paragraphs, whole.ends_at_paywall) == ([NEWS], False)
    assert whole.dropped == ["To continue reading, subscribe for 3 euros a month."]
