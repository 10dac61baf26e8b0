"""Bodies of states across articles: names of one office and one state are one body, however they are written."""

from flows.resolve.clustering import DisjointSets
from flows.resolve.entities.name_nodes import Node, Nodes
from flows.resolve.entities.pairs.decide_pairs import Edge
from flows.resolve.entities.thresholds import THRESHOLDS
from flows.resolve.names.state_bodies import StateBody, body_countries, reviewed_state_bodies, state_body


def join_state_bodies(nodes: Nodes, sets: DisjointSets, apart: set[tuple[int, int]]) -> list[Edge]:
    """Join nodes that are one office of one state, reviewed ones included."""
    first: dict[StateBody, int] = {}
    of_reference: dict[str, int] = {}
    edges = []
    bodies = [(number, nodes.made[number]) for number in nodes.of_group("NAMED").tolist()]
    for number, node in bodies:
        if node.form.reference is not None:
            known = of_reference.setdefault(node.form.reference.key, number)
            if known != number and (known, number) not in apart and sets.join(known, number):
                edges.append(Edge(known, number, THRESHOLDS.same_body, "the same reviewed entity", True))
    for number, node in bodies:
        body = body_of(node)
        if body is None:
            continue
        target = of_reference.get(reviewed_state_bodies().get(body, ""), first.setdefault(body, number))
        pair = (min(number, target), max(number, target))
        if target != number and pair not in apart and sets.join(*pair):
            edges.append(Edge(*pair, THRESHOLDS.same_body, "the same office of the same state", True))
    return edges


def body_of(node: Node) -> StateBody | None:
    """Return the office and state of a node; None where either is not known."""
    if node.form.reference is not None and node.form.reference.key not in body_countries():
        return None
    body = state_body(node.form)
    if body is None:
        return None
    country = (
        node.country
        or body.country
        or (body_countries().get(node.form.reference.key, "") if node.form.reference else "")
    )
    return StateBody(body.office, country) if country else None
