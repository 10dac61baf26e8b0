"""The one style of tables on the terminal. Imports no tables of data: `versions` and `validate` use it, too."""

from collections.abc import Sequence

from rich.table import Table


def plain_table(*heads: str, right: Sequence[str] = ()) -> Table:
    """Return an empty table in the one style of this command line: headings in bold, no lines."""
    table = Table(header_style="bold", pad_edge=False, box=None, padding=(0, 2, 0, 0))
    for head in heads:
        table.add_column(head, justify="right" if head in right else "left", no_wrap=head in right)
    return table
