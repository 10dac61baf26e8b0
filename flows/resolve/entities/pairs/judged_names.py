"""Human decisions on entities: pairs of nodes that are certainly one or certainly two, and namesakes told apart.

A side is a type and a surface (`PERSON:Colin Ashby`), the same in one article (`PERSON:Colin Ashby@art_…`), a mention
id, or an entity id of the parent. Two people of one name are one node until a person says that two of their mentions,
or articles, are of two; then every article of the name goes with the one whose role and names it shares.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import product

import polars as pl

from flows.errors import SettingsError
from flows.resolve.entities.mentions import Place, Sense, each
from flows.resolve.entities.name_nodes import Nodes, role_words
from flows.resolve.entities.pairs.decide_pairs import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.identity.carry_ids import Parent
from flows.resolve.judgements.read_judgements import Decision, refuse_unmatched


def judged_sides(
    decisions: Sequence[Decision],
    mentions: pl.DataFrame,
    meaning: Mapping[Place, int],
    article_ids: Sequence[str],
    parent: Parent | None,
) -> dict[str, set[Place]]:
    """Return the places, by article and the form that is meant, of every side that decisions name.

    Raises SettingsError where a side is nowhere.
    """
    if not decisions:
        return {}
    wanted = {side for decision in decisions for side in (decision.left, decision.right)}
    found: dict[str, set[Place]] = defaultdict(set)
    by_mention: dict[str, Place] = {}
    for mention in each(mentions):
        place = (mention.article, meaning.get(mention.place, mention.form))
        by_mention[mention.mention_id] = place
        name = f"{mention.entity_type}:{mention.surface}"
        for side in (mention.mention_id, name, f"{name}@{article_ids[mention.article]}"):
            if side in wanted:
                found[side].add(place)
    if parent is not None:
        for mention_id, entity in parent.entity_members().select("member_id", "id").iter_rows():
            if mention_id in by_mention and entity in wanted:
                found[entity].add(by_mention[mention_id])
    refuse_unmatched([d for d in decisions if not found.get(d.left) or not found.get(d.right)])
    return found


def namesake_senses(
    decisions: Sequence[Decision],
    sides: Mapping[str, set[Place]],
    mentions: pl.DataFrame,
    meaning: Mapping[Place, int],
) -> dict[Place, Sense]:
    """Return the senses of names of which a person decided that two of their articles are of two people.

    Raises SettingsError where a decision would part what is one name in one article, or one name from itself.
    """
    groups: dict[int, list[set[int]]] = defaultdict(list)
    for decision in decisions:
        left, right = sides[decision.left], sides[decision.right]
        if decision.same or not {form for _, form in left} & {form for _, form in right}:
            continue
        if left & right:
            raise SettingsError(
                f"judgement {decision} changes nothing: both sides are the same name in the same article; to tell two "
                "namesakes apart name two of their articles, as TYPE:Name@art_…, or a mention id of each"
            )
        for form in {form for _, form in left} & {form for _, form in right}:
            groups[form] += [{a for a, f in side if f == form} for side in (left, right)]
    senses = {}
    for form, named in groups.items():
        for article, group in _sorted_articles(form, named, mentions, meaning).items():
            senses[article, form] = Sense(form, within=group)
    return senses


def _sorted_articles(
    form: int, named: Sequence[set[int]], mentions: pl.DataFrame, meaning: Mapping[Place, int]
) -> dict[int, int]:
    """Each article of a form with the first article of the namesake that it goes with."""
    names: dict[int, set[int]] = defaultdict(set)
    roles: dict[int, frozenset[str]] = defaultdict(frozenset)
    of_form = set()
    for mention in each(mentions):
        means = meaning.get(mention.place, mention.form)
        names[mention.article].add(means)
        if means == form:
            of_form.add(mention.article)
            roles[mention.article] |= role_words(mention.role)
    merged: list[set[int]] = []
    for group in sorted(named, key=min):
        apart = [known for known in merged if not known & group]
        touched = [known for known in merged if known & group]
        merged = [*apart, set(group).union(*touched)]

    def likeness(article: int, group: set[int]) -> tuple[int, int]:
        shared = max(len(names[article] & names[a] - {form}) for a in group)
        return shared + THRESHOLDS.shared_role * any(roles[article] & roles[a] for a in group), -min(group)

    def best(article: int) -> set[int]:
        return max(merged, key=lambda group: (article in group, likeness(article, group)))

    return {article: min(best(article)) for article in of_form}


def judged_pairs_of_nodes(decisions: Sequence[Decision], sides: Mapping[str, set[Place]], nodes: Nodes) -> list[Edge]:
    """Return the judged pairs of nodes, with score 1 where they are one and 0 where they are two."""
    node_of = nodes.meant_at({place for side in sides.values() for place in side})
    edges = []
    for decision in decisions:
        left, right = ({node_of[place] for place in sides[side]} for side in (decision.left, decision.right))
        edges += [
            Edge(min(a, b), max(a, b), float(decision.same), "judgement", decision.same)
            for a, b in product(sorted(left), sorted(right))
            if a != b
        ]
    return list(dict.fromkeys(edges))
