"""The reliability plot of a model card: how often attributions are right, by how sure the reader was of them."""

from collections.abc import Sequence

SIDE, MARGIN = 320, 46
_INK, _DOT, _LINE = "#222", "#2a6f97", "#999"


def _at(share: float) -> float:
    return round(MARGIN + share * SIDE, 1)


def _up(share: float) -> float:
    return round(MARGIN + (1 - share) * SIDE, 1)


def reliability(bins: Sequence[tuple[float, float, int]], rated: str = "attributions", right: str = "right") -> str:
    """Return an SVG of (mean confidence, share right, number of what was rated) a bin; the same input, the same text.

    rated, right: what a dot counts, and what its share is of. A dot's area grows with its number; on the diagonal,
    confidence is the share that is right.
    """
    whole = SIDE + 2 * MARGIN
    most = max((number for _, _, number in bins), default=1)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {whole} {whole}" width="{whole}" height="{whole}" '
        'font-family="sans-serif" font-size="12" role="img">',
        f"<title>Share of {rated} that are {right}, by confidence</title>",
        f'<rect width="{whole}" height="{whole}" fill="#fff"/>',
        f'<path d="M{MARGIN} {MARGIN}V{MARGIN + SIDE}H{MARGIN + SIDE}" fill="none" stroke="{_INK}"/>',
        f'<path d="M{_at(0)} {_up(0)}L{_at(1)} {_up(1)}" stroke="{_LINE}" stroke-dasharray="4 4"/>',
    ]
    for step in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0):
        parts += [
            f'<text x="{_at(step)}" y="{MARGIN + SIDE + 16}" text-anchor="middle" fill="{_INK}">{step:.1f}</text>',
            f'<text x="{MARGIN - 8}" y="{_up(step) + 4}" text-anchor="end" fill="{_INK}">{step:.1f}</text>',
        ]
    for mean, share, number in bins:
        radius = round(3 + 9 * (number / most) ** 0.5, 1)
        label = f"{number} {rated}: confidence {mean:.2f}, {right} {share:.2f}"
        parts.append(
            f'<circle cx="{_at(mean)}" cy="{_up(share)}" r="{radius}" fill="{_DOT}" fill-opacity="0.75">'
            f"<title>{label}</title></circle>"
        )
    middle = MARGIN + SIDE // 2
    parts += [
        f'<text x="{middle}" y="{whole - 10}" text-anchor="middle" fill="{_INK}">mean confidence</text>',
        f'<text x="14" y="{middle}" text-anchor="middle" fill="{_INK}" transform="rotate(-90 14 {middle})">'
        f"share {right}</text>",
        "</svg>",
    ]
    return "\n".join(parts) + "\n"
