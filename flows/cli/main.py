"""The command line: parses, calls, and turns errors into exit codes; what a command does is elsewhere.

Exit codes: 0 done (published or unchanged), 1 the contract or the gate refused and nothing was published, 2 unusable
arguments or input, 3 the place failed (storage, scheduler, worker, disk) or what nobody foresaw, 130 stopped with
Ctrl-C, 143 with SIGTERM. What went wrong is a sentence on stderr; its traceback is shown with `--verbose` only.
"""

import logging
import os
import sys
import traceback
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from flows.cli.contracts import app as contracts
from flows.cli.diff import diff
from flows.cli.export import export
from flows.cli.forget import forget
from flows.cli.options import OUTPUT, LogLines, Output
from flows.cli.publish import publish
from flows.cli.quotes import quotes
from flows.cli.report import report
from flows.cli.show import app as show
from flows.cli.validate import validate
from flows.cli.versions import prune, rollback, versions
from flows.credentials import masked
from flows.errors import OnrecordError, SettingsError
from flows.runtime.environment import block_needless_imports, configure_environment
from flows.runtime.logs import LogFormat, set_up_logs, start_logs, writes_json

app = typer.Typer(
    name="onrecord",
    help="Who said what, as a dataset: raw news articles in, versioned Parquet snapshots out.",
    epilog="Example: onrecord build seeds/articles --output output",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)

SEEDS = Path("seeds/articles")


class RunnerKind(StrEnum):
    """Where tasks run."""

    LOCAL = "local"
    DASK = "dask"


def _version(shown: bool) -> None:
    if shown:
        from importlib import metadata

        typer.echo(f"onrecord {metadata.version('onrecord')}")
        raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool, typer.Option("--version", "-V", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Who said what, as a dataset."""


@app.command(epilog="Example: onrecord build my/articles --output my/output --runner dask")
def build(
    folder: Annotated[
        str | None, typer.Argument(metavar="[FOLDER]", help="Folder of raw articles; the same as --seeds.")
    ] = None,
    seeds: Annotated[
        str | None, typer.Option(help=f"Folder of raw articles, or an fsspec URL of one; default: {SEEDS}.")
    ] = None,
    output: Output = OUTPUT,
    settings: Annotated[Path | None, typer.Option(help="TOML file of settings (flows/settings.py).")] = None,
    reader: Annotated[str | None, typer.Option(help="Folder of another reader model.")] = None,
    runner: Annotated[RunnerKind, typer.Option(help="Where tasks run.")] = RunnerKind.LOCAL,
    workers: Annotated[int | None, typer.Option(min=1, help="Workers; default: one a processor.")] = None,
    dask_address: Annotated[str | None, typer.Option(help="Address of a running Dask scheduler.")] = None,
    quiet_: Annotated[bool, typer.Option("--quiet", "-q", help="Print errors only.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Print what libraries log, too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what came of it as JSON on stdout.")] = False,
    log_format: LogLines = LogFormat.TEXT,
) -> None:
    """Build a snapshot from a folder of raw news articles and publish it."""
    set_up_logs(log_format)
    from flows.cli.build import BuildArguments, run_build

    if folder is not None and seeds is not None:
        raise SettingsError(f"the folder {folder} and --seeds {seeds} exclude each other; name the articles once")
    run_build(
        BuildArguments(
            seeds=folder or seeds or str(SEEDS),
            output=output,
            settings=settings,
            reader=reader,
            runner=runner.value,
            workers=workers,
            dask_address=dask_address,
            quiet=quiet_,
            verbose=verbose,
            as_json=as_json,
        )
    )


@app.command(epilog="Example: onrecord serve --cron '15 3 * * *' --port 4200")
def serve(
    seeds: Annotated[
        str, typer.Option(envvar="ONRECORD_SEEDS", help="Folder of raw articles, or an fsspec URL of one.")
    ] = str(SEEDS),
    output: Output = OUTPUT,
    cron: Annotated[str, typer.Option(help="When to build, as a cron line in UTC.")] = "15 3 * * *",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the local Prefect server.")] = 4200,
    home: Annotated[Path, typer.Option(help="Folder of the local server's state.")] = OUTPUT / ".prefect",
    name: Annotated[str, typer.Option(help="Name of the deployment; one for each folder that you serve.")] = "nightly",
    log_format: LogLines = LogFormat.TEXT,
) -> None:
    """Start a local Prefect server (or use PREFECT_API_URL) and serve the scheduled build."""
    set_up_logs(log_format)
    from flows.cli.serve import Served, run_serve

    run_serve(Served(name, seeds, output, cron), port, home)


app.add_typer(show, name="show")
app.command(epilog="Example: onrecord quotes Pelosi --since 2019-01 --about shutdown")(quotes)
app.command(epilog="Example: onrecord report --open")(report)
app.command(epilog="Example: onrecord versions --json")(versions)
app.command(epilog="Example: onrecord rollback 1.0.3")(rollback)
app.command(epilog="Example: onrecord prune --keep 10 --dry-run")(prune)
app.command(epilog="Example: onrecord diff 1.0.0 1.0.1 --json")(diff)
app.command(epilog="Example: onrecord validate output/latest")(validate)
app.command(epilog="Example: onrecord export --to duckdb news.duckdb")(export)
app.command(epilog="Example: onrecord publish --to delta lake/onrecord")(publish)
app.command(epilog="Example: onrecord forget https://news.example/2024/cleared --output my/output")(forget)
app.add_typer(contracts, name="contracts")


def main() -> None:
    """Run the command line and exit with its code."""
    configure_environment()
    block_needless_imports()
    start_logs()
    for handler in logging.getLogger().handlers:
        handler.addFilter(_hide_credentials)
    try:
        code = app(standalone_mode=False)
    except OnrecordError as error:
        _print_error(str(error), "error:")
        code = error.exit_code
    except typer.Exit as stop:
        code = stop.exit_code
    except typer.Abort:
        code = 130
    except KeyboardInterrupt:
        _print_error("stopped; nothing was published, and finished work is kept in the cache")
        code = 130
    except BrokenPipeError:  # the reader of what is printed has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 141
    except Exception as error:
        explain = getattr(error, "show", None)  # usage errors of the command-line parser explain themselves
        if explain is not None:
            explain()
        else:
            _print_error(_unforeseen(error), "error:")
        code = 2 if explain is not None else 3
    sys.exit(code if isinstance(code, int) else 0)


def _hide_credentials(record: logging.LogRecord) -> bool:
    """Mask credentials in what is logged."""
    record.msg, record.args = masked(record.getMessage()), None
    return True


def _unforeseen(error: Exception) -> str:
    """What nobody foresaw, in a sentence: the kind of error, its first line, and where it came up."""
    logging.getLogger("onrecord").info("the traceback of this error:", exc_info=error)
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "flows" in Path(frame.filename).parts]
    where = f" in {Path(frames[-1].filename).name}, line {frames[-1].lineno}" if frames else ""
    said = next(iter(str(error).splitlines()), "")
    if isinstance(error, OSError) and error.strerror:
        named = f" ({error.filename})" if error.filename else ""
        return f"{error.strerror}{named}; make room or allow it, then run again. What was published is as it was"
    return (
        f"{type(error).__name__}{where}: {said[:500]}. What was published is as it was; --verbose shows more. If it "
        "happens again, it is an error of onrecord"
    )


def _print_error(text: str, head: str = "") -> None:
    """One error on stderr; what it quotes of articles and addresses has no power over the terminal."""
    if writes_json():
        logging.getLogger("onrecord").error(text)
        return
    from rich.console import Console

    from flows.report.display_text import seen

    console = Console(stderr=True, highlight=False)
    if head:
        console.print(head, style="bold red", end=" ")
    console.print(seen(masked(text)), markup=False, soft_wrap=True)


if __name__ == "__main__":
    main()
