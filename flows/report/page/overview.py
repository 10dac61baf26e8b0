"""What the overview says about a version: facts of its manifest, and of the manifest before it, made
readable."""

from collections.abc import Mapping
from typing import Any

from flows.report.display_text import NONE, thousands
from schemas.tables import TABLES

Manifest = Mapping[str, Any]
"""manifest.json as plain values (`flows.snapshots.manifest` says what each field means)."""


def overview(manifest: Manifest, previous: Manifest | None, rows: Mapping[str, int]) -> dict[str, Any]:
    """Return the overview's facts. `rows` has the rows of each table as counted in the files.

    A fact that the manifest does not state is left out, never guessed.
    """
    checks = _checks(manifest)
    return {
        "version": str(manifest.get("version") or "unpublished"),
        "sentence": _sentence(manifest, rows),
        "verdict": _verdict(manifest, checks),
        "figures": _figures(rows),
        "changes": _changes(manifest, previous, rows),
        "checks": checks,
        "about": _about(manifest),
        "quality": _quality(manifest),
        "partial": None,
    }


def size(count: object) -> str:
    """Return bytes as a person says them."""
    if not isinstance(count, int | float):
        return NONE
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def _sentence(manifest: Manifest, rows: Mapping[str, int]) -> str:
    made = str(manifest.get("created_at") or "")[:16].replace("T", " ")
    parent = manifest.get("parent")
    claims, statements = thousands(rows["claims"]), thousands(rows["claim_mentions"])
    when = f" Built {made} UTC." if made else ""
    follows = f"It follows version {parent}." if parent else "It is the first version."
    return f"{statements} statements of {claims} claims, each with its words, who made it and where.{when} {follows}"


FIGURES = {
    "stories": ("stories", "stories"),
    "claim_mentions": ("statements", "statements"),
    "speakers": ("people and bodies who speak", "speakers"),
    "claims": ("claims", "claims"),
    "claim_conflicts": ("possible conflicts", "conflicts"),
    "articles": ("articles", "articles"),
    "entities": ("names", "entities"),
    "rejects": ("rejects", "rejects"),
}
"""The overview's large figures: what each is called and which view shows its rows."""


def _figures(rows: Mapping[str, int]) -> list[dict[str, str]]:
    return [{"value": thousands(rows[key]), "label": label, "view": view} for key, (label, view) in FIGURES.items()]


def _checks(manifest: Manifest) -> list[dict[str, Any]]:
    """The quality gate's expectations, those that fail first."""
    found = (manifest.get("validation") or {}).get("checks") or ()
    return sorted(found, key=lambda check: bool(check["success"]))


def _verdict(manifest: Manifest, checks: list[dict[str, Any]]) -> dict[str, str]:
    validation = manifest.get("validation")
    if not validation:
        return {"sort": "", "word": "Not checked.", "detail": "The run recorded no validation."}
    hold = sum(bool(check["success"]) for check in checks)
    detail = f"{hold} of {len(checks)} expectations on the written files hold."
    if validation["success"]:
        return {"sort": "passed", "word": "File checks passed (form, not truth).", "detail": detail}
    return {"sort": "failed", "word": "File checks failed.", "detail": detail + " Nothing was published."}


def _changes(manifest: Manifest, previous: Manifest | None, rows: Mapping[str, int]) -> dict[str, Any]:
    changes, tables = manifest.get("changes") or {}, manifest.get("tables") or {}
    before = (previous or {}).get("tables") or {}
    against = manifest.get("parent") if changes or before else None
    listed = []
    for name in TABLES:
        change = changes.get(name) or {}
        causes = ", ".join(f"{cause} {count:,}" for cause, count in (change.get("causes") or {}).items())
        listed.append(
            {
                "table": name,
                "rows": thousands(rows[name]),
                "before": thousands((before.get(name) or {}).get("rows")),
                "size": size((tables.get(name) or {}).get("bytes")),
                "causes": causes,
                **{key: thousands(change.get(key, 0)) for key in ("added", "removed", "changed")},
            }
        )
    title = f"Against version {against}" if against else "Tables"
    return {"title": title, "against": against, "rows": listed}


def _about(manifest: Manifest) -> list[tuple[str, str]]:
    code, model = manifest.get("code") or {}, manifest.get("model") or {}
    seconds = manifest.get("seconds") or {}
    pairs = [
        ("Contract", manifest.get("contract_version")),
        ("Package", code.get("package_version")),
        ("Commit", (code.get("git_commit") or "")[:12]),
        ("Reader", " ".join(str(model[key]) for key in ("package", "version") if model.get(key))),
        ("Seconds", ", ".join(f"{stage} {taken:,.1f}" for stage, taken in seconds.items())),
    ]
    return [(name, str(value)) for name, value in pairs if value]


def _quality(manifest: Manifest) -> list[tuple[str, str]]:
    """Figures of quality: shares as per cent, anything else as it is; what is null is left out."""
    found = manifest.get("quality") or {}
    named = {name.removesuffix("_share").replace("_", " "): (name, value) for name, value in found.items()}
    return [
        (label, f"{value:.1%}" if name.endswith(("_share", "_kept", "_redirected")) else f"{value:,.4g}")
        for label, (name, value) in named.items()
        if value is not None
    ]
