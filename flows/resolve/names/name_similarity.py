"""How alike two names are: a table of named features and weights, summed and squashed to 0..1.

`name_similarity` is the whole judgement on names alone; what else is known of two entities (their roles, the
articles they stand in) is weighed in `flows.resolve.entities`. The weights are those of `seeds/models/name_pairs.csv`,
fitted on the training parts of public sets of names; `tests/quality/evaluate_names.py` prints what they reach.
"""

from functools import lru_cache

from rapidfuzz.distance import OSA

from flows.lexicons import word_list
from flows.lexicons.weights import load_weights
from flows.probabilities import logistic
from flows.resolve.names.parse_name import GENERIC, Name, nickname_groups, parse_name, sound
from flows.resolve.names.thresholds import THRESHOLDS

THRESHOLD = THRESHOLDS.one_name


@lru_cache(maxsize=1 << 16)
def token_similarity(a: str, b: str) -> float:
    """Return how alike two folded tokens are, 0 to 1. Symmetric."""
    if a == b:
        return 1.0
    if a.isdigit() or b.isdigit():
        return 0.0
    if len(a) == 1 or len(b) == 1:
        return THRESHOLDS.initial if a[0] == b[0] else 0.0
    heard_a, heard_b = sound(a), sound(b)
    if heard_a == heard_b:
        return THRESHOLDS.same_sound
    longest = max(len(a), len(b))
    spelt = 1 - OSA.distance(a, b) / longest
    heard = 1 - OSA.distance(heard_a, heard_b) / max(len(heard_a), len(heard_b), 1)
    best = max(spelt, 0.5 * (spelt + heard))
    if a[0] != b[0] and heard_a[:1] != heard_b[:1]:
        best *= THRESHOLDS.other_beginning
    if is_declined(heard_a, heard_b) or is_declined(heard_b, heard_a):
        best = max(best, THRESHOLDS.declined)
    groups = nickname_groups()
    if a in groups and b in groups and groups[a] & groups[b]:
        best = max(best, THRESHOLDS.nickname)
    return best


_ENDINGS = word_list("declension_endings")
_CASES = word_list("declension_cases")
_LONGEST_ENDING = max(map(len, _ENDINGS | _CASES))


def is_declined(longer: str, shorter: str) -> bool:
    """Return whether a sound is another with an ending: of Latin, the Baltic languages or Czech, or of a case.

    `Solbergová`, `Carolus`; `Halića` of `Halić`.
    """
    if len(shorter) <= THRESHOLDS.shortest_stem or not longer.startswith(shorter):
        return False
    ending = longer[len(shorter) :]
    return ending in _ENDINGS or (shorter.endswith("ic") and ending in _CASES)


def undeclined(sound: str) -> list[str]:
    """Return the sounds of which this one may be a declined form (`is_declined`)."""
    shorter = [sound[:-size] for size in range(1, min(_LONGEST_ENDING, len(sound)) + 1)]
    return [stem for stem in shorter if is_declined(sound, stem)]


def _weight(token: str) -> float:
    return THRESHOLDS.generic_weight if token in GENERIC else 1.0


def _aligned(a: tuple[str, ...], b: tuple[str, ...]) -> list[tuple[float, int, int]]:
    """Pairs of tokens, each used once, the most alike first."""
    pairs = []
    for i, x in enumerate(a):
        for j, y in enumerate(b):
            alike = token_similarity(x, y)
            if alike >= THRESHOLDS.alike:
                pairs.append((-alike, abs(i - j), i + j, min(i, j), i, j))
    pairs.sort()
    used_a: set[int] = set()
    used_b: set[int] = set()
    out = []
    for unlike, _, _, _, i, j in pairs:
        if i not in used_a and j not in used_b and not _surname_for_initial(a, b, i, j):
            used_a.add(i)
            used_b.add(j)
            out.append((-unlike, i, j))
    return out


def _first_clash(a: Name, b: Name, pairs: list[tuple[float, int, int]]) -> bool:
    """Whether the two names begin differently, and neither beginning is a word of the other name."""
    if min(len(a.tokens), len(b.tokens)) < 2:
        return False
    first_a, first_b = a.tokens[0], b.tokens[0]
    alike = token_similarity(first_a, first_b)
    if alike >= THRESHOLDS.alike:
        return False
    full = [(i, j) for _, i, j in pairs if len(a.tokens[i]) > 1 and len(b.tokens[j]) > 1]
    return all(i != 0 for i, _ in full) and all(j != 0 for _, j in full)


def _surname_for_initial(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int) -> bool:
    """Whether an initial would stand for the last word of the other name: initials are of given names."""
    return (len(a[i]) == 1 and len(b[j]) > 1 and j == len(b) - 1 and i != len(a) - 1) or (
        len(b[j]) == 1 and len(a[i]) > 1 and i == len(a) - 1 and j != len(b) - 1
    )


def name_features(a: Name, b: Name, is_person: bool) -> dict[str, float]:
    """Return the named features of a pair; the same for (a, b) and (b, a)."""
    if (len(b.tokens), b.tokens) < (len(a.tokens), a.tokens):
        a, b = b, a
    pairs = _aligned(a.tokens, b.tokens)
    in_a, in_b = {i for _, i, _ in pairs}, {j for _, _, j in pairs}
    weights_a = [1.0 if is_person else _weight(t) for t in a.tokens]
    weights_b = [1.0 if is_person else _weight(t) for t in b.tokens]
    total_a, total_b = sum(weights_a), sum(weights_b)
    left_a = sum([w for i, w in enumerate(weights_a) if i not in in_a])
    left_b = sum([w for j, w in enumerate(weights_b) if j not in in_b])
    full = [alike for alike, i, j in pairs if len(a.tokens[i]) > 1 and len(b.tokens[j]) > 1]
    matched = sum([alike * (weights_a[i] + weights_b[j]) / 2 for alike, i, j in pairs])
    longest = max(len(a.compact), len(b.compact), 1)
    joined = 1 - OSA.distance(a.compact, b.compact) / longest
    heard = 1 - OSA.distance(a.heard, b.heard) / max(len(a.heard), len(b.heard), 1)
    return {
        "short_matched": (matched / total_a) if total_a else 0.0,
        "long_matched": (matched / total_b) if total_b else 0.0,
        "weakest": min(full, default=0.0),
        "left_short": left_a,
        "left_long": min(left_b, THRESHOLDS.most_left),
        "clash": float(left_a > 0 and left_b > 0),
        "first_clash": float(_first_clash(a, b, pairs)),
        "one_inside": float(len(a.tokens) == 1 and any(0 < j < len(b.tokens) - 1 for _, _, j in pairs)),
        "one_word": float(min(len(a.tokens), len(b.tokens)) == 1 and len(b.tokens) > 1),
        "full_pairs": float(min(len(full), 2)),
        "initials": float(any(len(a.tokens[i]) == 1 or len(b.tokens[j]) == 1 for _, i, j in pairs)),
        "first": token_similarity(a.tokens[0], b.tokens[0]) if a.tokens and b.tokens else 0.0,
        "last": token_similarity(a.tokens[-1], b.tokens[-1]) if a.tokens and b.tokens else 0.0,
        "joined": max(joined, heard) ** 2,
        "legal": float(a.legal != b.legal and bool(a.legal) and bool(b.legal)),
        "acronym": float(
            bool(a.acronym) != bool(b.acronym)
            and max(len(a.tokens), len(b.tokens)) > 1
            and (a.acronym or b.acronym) in (a.initials, b.initials)
        ),
        "edits": float(sum(1 for alike, _, _ in pairs if alike < THRESHOLDS.same_sound)),
    }


def names_probability(features: dict[str, float], is_person: bool) -> float:
    """Return the probability that two names are one; features without a weight do not count."""
    weights = load_weights("name_pairs", "person" if is_person else "name")
    z = weights["bias"]
    for name, value in features.items():
        if value and name in weights:
            z += weights[name] * value
    return logistic(z)


def name_similarity(a: str, b: str, entity_type: str) -> float:
    """Return how likely two names of one type are two spellings of one: 0 to 1, symmetric, same from THRESHOLD up.

    `entity_type` is a value of EntityType; persons are compared as given and family names, everything else as
    words with a legal form. The same words in the same order are 1.0 whatever their case and accents.
    """
    left, right = parse_name(a, entity_type), parse_name(b, entity_type)
    if not left.tokens or not right.tokens:
        return 1.0 if a == b else 0.0
    if left.generation != right.generation and left.generation and right.generation:
        return 0.0
    if left.tokens == right.tokens and (not left.legal or not right.legal or left.legal == right.legal):
        return 1.0
    is_person = entity_type == "PERSON"
    return names_probability(name_features(left, right, is_person), is_person)
