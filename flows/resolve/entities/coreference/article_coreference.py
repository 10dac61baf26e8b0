"""Names within one article: a surname is the person of the full name, an acronym the body of its long form.

An article is written to be understood by itself, so a short form means the one name of the same article that it
fits. Where it fits two, it stays by itself.
"""

from collections.abc import Mapping, Sequence

from flows.resolve.entities.coreference.body_links import body_links
from flows.resolve.entities.coreference.forms_in_article import FormInArticle, Link
from flows.resolve.entities.coreference.glosses import Glosses
from flows.resolve.entities.coreference.person_links import person_links
from flows.resolve.names.name_forms import Form


def links_in_article(here: Sequence[FormInArticle], forms: Mapping[int, Form], glosses: Glosses) -> list[Link]:
    """Link the short forms of one article to the longer ones that they mean."""
    persons = [x for x in here if forms[x.form].group == "PERSON"]
    named = [x for x in here if forms[x.form].group == "NAMED"]
    return [*person_links(persons, forms, glosses), *body_links(named, forms, glosses.defined)]
