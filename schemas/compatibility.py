"""How a contract may change: what each change demands of the version number.

MAJOR: a table or column removed, renamed, retyped or reordered, made nullable, an enum value dropped, a bound
widened, a key, an order of rows or a reference changed. MINOR: a table, column, enum value or reference
added, a bound narrowed. A description may change at any time.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from schemas.contract import Column, Contract, TableContract, type_name


class Demand(StrEnum):
    """What a change demands."""

    MAJOR = "MAJOR"
    MINOR = "MINOR"


@dataclass(frozen=True)
class Change:
    """A difference between two contracts: where, which rule it falls under, what it was and is."""

    place: str
    rule: str
    was: str
    now: str
    demand: Demand

    def __str__(self) -> str:
        """One line for a terminal."""
        was, now = self.was or "nothing", self.now or "nothing"
        return f"{self.place}: {self.rule} ({was} → {now}) needs a new {self.demand}"


def changes(old: Contract, new: Contract) -> list[Change]:
    """Return every difference that a consumer can notice, in the order of the tables."""
    found: list[Change] = []
    for name in dict.fromkeys([*old.names, *new.names]):
        if name not in new.names:
            found.append(Change(name, "table removed", name, "", Demand.MAJOR))
        elif name not in old.names:
            found.append(Change(name, "table added", "", name, Demand.MINOR))
        else:
            found += _table(old.table(name), new.table(name))
    return found


def _table(old: TableContract, new: TableContract) -> Iterator[Change]:
    before, after = ({column.name: column for column in table.columns} for table in (old, new))
    for name in dict.fromkeys([*before, *after]):
        place = f"{old.name}.{name}"
        if name not in after:
            yield Change(place, "column removed", type_name(before[name].dtype), "", Demand.MAJOR)
        elif name not in before:
            yield Change(place, "column added", "", type_name(after[name].dtype), Demand.MINOR)
        else:
            yield from _column(place, before[name], after[name])
    shared = [name for name in before if name in after]
    if shared != [name for name in after if name in before]:
        yield Change(old.name, "columns reordered", ", ".join(before), ", ".join(after), Demand.MAJOR)
    for what, was, now in (
        ("primary key changed", old.key, new.key),
        ("order of rows changed", old.order, new.order),
    ):
        if was != now:
            yield Change(old.name, what, ", ".join(was), ", ".join(now), Demand.MAJOR)
    yield from _references(old, new)


def _references(old: TableContract, new: TableContract) -> Iterator[Change]:
    for reference in sorted({*old.references} ^ {*new.references}, key=lambda r: (r.column, r.to_table)):
        place, target = f"{old.name}.{reference.column}", f"{reference.to_table}.{reference.to_column}"
        if reference in old.references:
            yield Change(place, "reference removed", target, "", Demand.MAJOR)
        else:
            yield Change(place, "reference added", "", target, Demand.MINOR)


def _column(place: str, old: Column, new: Column) -> Iterator[Change]:
    if old.dtype != new.dtype:
        yield Change(place, "column retyped", type_name(old.dtype), type_name(new.dtype), Demand.MAJOR)
    if old.nullable != new.nullable:
        rule, demand = ("column made nullable", Demand.MAJOR) if new.nullable else ("nulls forbidden", Demand.MINOR)
        yield Change(place, rule, _null(old), _null(new), demand)
    if old.unique != new.unique:
        rule, demand = ("uniqueness dropped", Demand.MAJOR) if old.unique else ("made unique", Demand.MINOR)
        yield Change(place, rule, str(old.unique), str(new.unique), demand)
    yield from _values(place, old, new)
    if old.pattern != new.pattern:
        demand = Demand.MINOR if old.pattern is None else Demand.MAJOR
        yield Change(place, "pattern changed", old.pattern or "", new.pattern or "", demand)
    for rule, was, now, wider in (
        ("minimum changed", old.minimum, new.minimum, _below(new.minimum, old.minimum)),
        ("maximum changed", old.maximum, new.maximum, _below(old.maximum, new.maximum, none_is_high=True)),
        ("least length changed", old.min_length, new.min_length, _below(new.min_length, old.min_length)),
    ):
        if was != now:
            demand = Demand.MAJOR if wider else Demand.MINOR
            yield Change(place, rule, _text(was), _text(now), demand)


def _values(place: str, old: Column, new: Column) -> Iterator[Change]:
    if old.values is None or new.values is None:
        if old.values != new.values:
            rule, demand = ("enum opened", Demand.MAJOR) if new.values is None else ("enum closed", Demand.MINOR)
            yield Change(place, rule, ", ".join(old.values or ()), ", ".join(new.values or ()), demand)
        return
    for value in (value for value in old.values if value not in new.values):
        yield Change(place, "enum value dropped", value, "", Demand.MAJOR)
    for value in (value for value in new.values if value not in old.values):
        yield Change(place, "enum value added", "", value, Demand.MINOR)


def _below(one: float | None, other: float | None, *, none_is_high: bool = False) -> bool:
    """Whether the first bound is below the second; no bound is below (or above) every other."""
    if one == other:
        return False
    if one is None:
        return not none_is_high
    if other is None:
        return none_is_high
    return one < other


def _null(column: Column) -> str:
    return "nullable" if column.nullable else "required"


def _text(bound: float | None) -> str:
    return "" if bound is None else f"{bound:g}"


def unannounced(old: Contract, new: Contract) -> list[Change]:
    """Changes that the new contract's version number does not announce.

    A new MAJOR announces everything; a new MINOR announces additions; the same version announces nothing.
    """
    was, now = (tuple(map(int, contract.version.split("."))) for contract in (old, new))
    found = changes(old, new)
    if now[0] > was[0]:
        return []
    if now > was:
        return [change for change in found if change.demand is Demand.MAJOR]
    return found
