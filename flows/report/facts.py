"""What the overview says about a version: facts of its manifest, and of the manifest before it, made readable."""

from collections.abc import Mapping
from typing import Any

from schemas.relations import TABLES

NONE = "–"


def overview(
    manifest: Mapping[str, Any], previous: Mapping[str, Any] | None, rows: Mapping[str, int]
) -> dict[str, Any]:
    """The overview's facts. `rows` has the rows of each table as counted in the files.

    A fact that the manifest does not state is left out, never guessed.
    """
    checks = _checks(manifest.get("validation"))
    version = str(manifest.get("version") or "unpublished")
    return {
        "version": version,
        "sentence": _sentence(manifest, rows),
        "verdict": _verdict(manifest.get("validation"), checks),
        "figures": _figures(rows),
        "changes": _changes(manifest, previous, rows),
        "checks": checks,
        "about": _about(manifest),
        "partial": None,
    }


def thousands(value: object) -> str:
    """A count with separators; a dash for what is not stated."""
    return f"{value:,}" if isinstance(value, int | float) else NONE


def size(count: object) -> str:
    """Bytes as a person says them."""
    if not isinstance(count, int | float):
        return NONE
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"


def _sentence(manifest: Mapping[str, Any], rows: Mapping[str, int]) -> str:
    made = str(manifest.get("created_at") or "")[:16].replace("T", " ")
    parent = manifest.get("parent")
    start = f"{thousands(rows['claims'])} claims by named and unnamed speakers, read from {thousands(rows['articles'])} articles"
    when = f", built {made}" if made else ""
    return f"{start}{when}. " + (f"It follows version {parent}." if parent else "It is the first version.")


def _figures(rows: Mapping[str, int]) -> list[dict[str, str]]:
    shown = [
        ("articles", "articles", "articles"), ("speakers", "speakers", "speakers"), ("claims", "claims", "claims"),
        ("shared_claims", "in several articles", "claims"), ("claim_conflicts", "conflicts", "conflicts"),
        ("entities", "entities", "entities"), ("rejects", "rejects", "rejects"),
    ]  # fmt: skip
    return [
        {"value": thousands(rows[key]), "label": label, "view": view}
        for key, label, view in shown
        if key in rows
    ]


def _checks(validation: Any) -> list[dict[str, Any]]:
    """Expectation results as rows, failures first, whatever else the manifest says about them."""
    found = (
        validation.get("expectations") or validation.get("results") or []
        if isinstance(validation, Mapping)
        else []
    )
    rows = [
        {
            "passed": bool(one.get("success", one.get("passed", False))),
            "table": one.get("table") or NONE,
            "name": str(one.get("expectation") or one.get("name") or NONE)
            .removeprefix("expect_")
            .replace("_", " "),
            "column": _listed(one.get("column") or one.get("columns")),
            "observed": _listed(one.get("observed", one.get("detail"))),
        }
        for one in found
        if isinstance(one, Mapping)
    ]
    return sorted(rows, key=lambda row: row["passed"])


def _listed(value: Any) -> str:
    if value is None or value == "":
        return NONE
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def _verdict(validation: Any, checks: list[dict[str, Any]]) -> dict[str, str]:
    passed = sum(check["passed"] for check in checks)
    stated = validation.get("success", validation.get("passed")) if isinstance(validation, Mapping) else None
    if stated is None and not checks:
        return {"sort": "", "word": "Not checked.", "detail": "The run recorded no validation."}
    good = passed == len(checks) if stated is None else bool(stated)
    detail = f"{passed} of {len(checks)} expectations on the written files hold." if checks else ""
    return {
        "sort": "passed" if good else "failed",
        "word": "Passed." if good else "Failed.",
        "detail": detail,
    }


def _changes(
    manifest: Mapping[str, Any], previous: Mapping[str, Any] | None, rows: Mapping[str, int]
) -> dict[str, Any]:
    changes = manifest.get("changes") or {}
    tables = manifest.get("tables") or {}
    before = (previous or {}).get("tables") or {}
    against = manifest.get("parent") if changes or before else None
    listed = []
    for name in TABLES:
        change = changes.get(name) or {}
        causes = change.get("causes") or change.get("cause") or {}
        listed.append(
            {
                "table": name,
                "rows": thousands(rows[name]),
                "before": thousands(_count(before.get(name))),
                "size": size((tables.get(name) or {}).get("bytes")),
                "causes": ", ".join(causes) if isinstance(causes, Mapping | list | tuple) else str(causes),
                **{key: thousands(_total(change.get(key, 0))) for key in ("added", "removed", "changed")},
            }
        )
    title = f"Against version {against}" if against else "Tables"
    return {"title": title, "against": against, "rows": listed}


def _count(table: Any) -> Any:
    return table.get("rows") if isinstance(table, Mapping) else None


def _total(value: Any) -> Any:
    """A count, or the sum of counts by cause."""
    return sum(value.values()) if isinstance(value, Mapping) else value


def _about(manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    code, model = manifest.get("code") or {}, manifest.get("model") or {}
    seconds = manifest.get("seconds") or {}
    quality = manifest.get("quality") or {}
    pairs = [
        ("Contract", manifest.get("contract_version")),
        ("Package", code.get("package_version") if isinstance(code, Mapping) else code),
        ("Commit", str(code.get("git_commit") or "")[:12] if isinstance(code, Mapping) else None),
        ("Reader", " ".join(str(model[k]) for k in ("package", "name", "version") if model.get(k))
         if isinstance(model, Mapping) else model),
        ("Seconds", ", ".join(f"{k} {v:.1f}" for k, v in seconds.items() if isinstance(v, int | float))),
        *((str(k).replace("_", " ").capitalize(), f"{v:.3g}") for k, v in quality.items() if isinstance(v, int | float)),
    ]  # fmt: skip
    return [(name, str(value)) for name, value in pairs if value]
