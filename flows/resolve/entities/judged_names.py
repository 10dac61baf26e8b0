"""Human decisions on entities, as pairs of nodes that are certainly one or certainly two."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from flows.resolve.entities.name_nodes import NamedMention
from flows.resolve.entities.name_scoring import Edge
from flows.resolve.identity.carry_ids import Parent
from flows.resolve.judgements.read_judgements import Decision, refuse_unmatched


def judged_entity_pairs(
    decisions: Sequence[Decision],
    mentions: Sequence[NamedMention],
    node_of: Mapping[tuple[int, int], int],
    parent: Parent | None,
) -> list[Edge]:
    """Return the judged pairs of nodes, with score 1 where they are one and 0 where they are two.

    A side is a type and a surface, and means every mention of that surface; or an entity id of the parent, and means
    its mentions that are here. Raises SettingsError where a side is nowhere.
    """
    if not decisions:
        return []
    sides = _sides(mentions, node_of, parent)
    refuse_unmatched([d for d in decisions if not sides.get(d.left) or not sides.get(d.right)])
    edges = [
        Edge(min(a, b), max(a, b), float(decision.same), "judgement", decision.same)
        for decision in decisions
        for a in sorted(sides[decision.left])
        for b in sorted(sides[decision.right])
        if a != b
    ]
    return list(dict.fromkeys(edges))


def _sides(
    mentions: Sequence[NamedMention], node_of: Mapping[tuple[int, int], int], parent: Parent | None
) -> dict[str, set[int]]:
    """Nodes by everything that a side can be called."""
    found: dict[str, set[int]] = defaultdict(set)
    by_mention = {}
    for mention in mentions:
        node = by_mention[mention.mention_id] = node_of[mention.place]
        found[f"{mention.entity_type}:{mention.surface}"].add(node)
    if parent is not None:
        for mention_id, entity in parent.entity_members().select("member_id", "id").iter_rows():
            if mention_id in by_mention:
                found[entity].add(by_mention[mention_id])
    return found
