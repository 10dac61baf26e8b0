"""An import contract: a library that is not everybody's is imported by one file.

A library behind one door can be replaced, silenced or loaded late in one place. A library that several files of one
package share may have that package as its door. Standard modules and this project's own are no libraries.
"""

import sys

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OneDoor(Contract):
    """Every external library is imported by at most one module, or within one of `packages`.

    shared:     libraries that any module may import
    packages:   packages that count as one door
    a_stage:    libraries that have one door in each package of the second level
    exempt:     packages whose imports are not looked at
    """

    type_name = "one_door"

    shared = fields.SetField(subfield=fields.StringField())
    packages = fields.SetField(subfield=fields.StringField(), required=False)
    a_stage = fields.SetField(subfield=fields.StringField(), required=False)
    exempt = fields.SetField(subfield=fields.StringField(), required=False)

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:  # noqa: ARG002 - the library calls it by name
        """Find the libraries that have several doors, with those doors."""
        known = {*self.shared, *sys.stdlib_module_names}  # type: ignore[misc]
        libraries = [name for name in graph.modules if graph.is_module_squashed(name) and name not in known]
        doors = {name: sorted(self._doors(graph, name)) for name in sorted(libraries)}
        several = {name: found for name, found in doors.items() if len(found) > self._allowed(name, found)}
        unused = sorted(name for name in self.shared if name not in graph.modules)  # type: ignore[union-attr]
        return ContractCheck(kept=not several and not unused, metadata={"several": several, "unused": unused})

    def _doors(self, graph: ImportGraph, library: str) -> set[str]:
        importers = graph.find_modules_that_directly_import(library)
        looked_at = (name for name in importers if not _within(name, self.exempt))
        return {_within(name, self.packages) or name for name in looked_at}

    def _allowed(self, library: str, doors: list[str]) -> int:
        return len({tuple(door.split(".")[:2]) for door in doors}) if library in (self.a_stage or ()) else 1  # type: ignore[operator]

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print each library with its doors."""
        for library, doors in check.metadata["several"].items():
            output.print_error(f"{library} is imported by {', '.join(doors)}; import it in one of them only")
        for library in check.metadata["unused"]:
            output.print_error(f"{library} is shared and nothing imports it")


def _within(module: str, packages: set[str] | None) -> str | None:
    """The one of some packages that a module lies in."""
    return next((package for package in packages or () if f"{module}.".startswith(f"{package}.")), None)
