"""`onrecord quotes NAME`: what somebody is on record with, in which words, where and when."""

from typing import Annotated

import typer

from flows.cli.options import Asked, lists_rows


@lists_rows
def quotes(
    asked: Asked,
    speaker: Annotated[
        str | None, typer.Argument(metavar="[SPEAKER]", help="Words of a name or alias; default: everybody.")
    ] = None,
    *,
    since: Annotated[str | None, typer.Option(help="Published from: 2019, 2019-01 or 2019-01-31.")] = None,
    until: Annotated[str | None, typer.Option(help="Published until, including: 2019, 2019-01 or 2019-01-31.")] = None,
    outlet: Annotated[str | None, typer.Option(help="Only in outlets of this name.")] = None,
    about: Annotated[
        str | None, typer.Option(help="Only with these words, or a name of whom or what it is about.")
    ] = None,
    story: Annotated[str | None, typer.Option(help="Only in this story: its id, or words of its title.")] = None,
    cite: Annotated[bool, typer.Option("--cite", help="Print each as a citation, on a line of its own.")] = False,
) -> None:
    """Show who said what: the exact words, with date, outlet, speaker and cue, newest first."""
    snapshot = asked.snapshot()
    found = snapshot.statements(
        speaker=speaker, story=story, outlet=outlet, about=about, since=since, until=until
    ).collect()
    if not cite:
        asked.show("quotes", found)
        return
    from flows.plain_text import seen
    from flows.report.citation import citation

    for row in found.head(asked.limit or found.height).iter_rows(named=True):
        typer.echo(seen(citation(row, snapshot.version)))
