"""Prefect servers as child processes: one that a build has to itself, and the one of `onrecord serve`.

A build's server starts while the build still imports, and ends with it. A server answers on a socket that its parent
has bound, so that five builds at once never ask for one port. It looks every half second whether its parent is still
there: one that is killed with -9 leaves no process behind. The database of a build's server lives as long: the tables
are made from Prefect's models, in a tenth of a second, where replaying all migrations of a database that has no past
takes five. Its API answers only who knows the server's secret, and no page of a browser but its own: a run that anybody
could start would run with the rights of the one who serves it.
"""

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import OnrecordError, PlaceError
from flows.runtime.environment import configure_environment, gc_paused
from flows.runtime.limits import LIMITS
from flows.runtime.signals import end_with_parent

PRIVATE = "private"
"""Command-line word of a server that lives as long as one build: no services that plan and clean up over days."""
ALONE = {
    "PREFECT_UI_ENABLED": "0",
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # a build stores no configuration on its server
    "PREFECT_API_DATABASE_MIGRATE_ON_START": "false",  # see `make_tables`
}
SECRET = "api-secret"  # noqa: S105 - the name of a file
"""File in a server's home with the user and the password that its API asks for."""
LOST = "Prefect's server was killed, or ran out of memory; what was published is whole, run again"
SERVED_BY = "ONRECORD_SERVED_BY"
"""Environment variable with the process that serves the scheduled build: its runs end with it."""


@contextmanager
def private_server(home: Path, log: Path) -> Iterator["Server"]:
    """Run a server with its state in `home` and its complaints in `log`; `PREFECT_API_URL` leads to it meanwhile."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listening:
        server = Server(listening, home, log, ALONE, PRIVATE)
    known = {"PREFECT_API_URL": server.api, "PREFECT_API_AUTH_STRING": server.secret}
    os.environ.update(known)
    try:
        yield server
    finally:
        for name in known:
            del os.environ[name]
        server.end()


class Server:
    """A server as a child process, which answers on `listening` some seconds later.

    secret: user and password, with a colon between, that its API asks for. They lie in `home`, for its owner to read.
    """

    def __init__(self, listening: socket.socket, home: Path, log: Path, settings: dict[str, str], *words: str) -> None:
        self.api = f"http://127.0.0.1:{listening.getsockname()[1]}/api"
        self._log = log
        self._answered = False
        home.mkdir(parents=True, exist_ok=True)
        self.secret = secret_of(home)
        variables = {
            **os.environ, **settings, "PREFECT_HOME": str(home.resolve()), "PREFECT_API_URL": self.api,
            "PREFECT_API_AUTH_STRING": self.secret, "PREFECT_SERVER_API_AUTH_STRING": self.secret,
            "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": self.api.removesuffix("/api"),
        }  # fmt: skip
        command = [sys.executable, "-m", __name__, str(os.getpid()), str(listening.fileno()), *words]
        with log.open("wb") as said:
            # a session of its own: Ctrl-C is for the build, which ends its server when it is done with it
            self._process = subprocess.Popen(  # noqa: S603 - our own arguments
                command, env=variables, pass_fds=[listening.fileno()], start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
            )  # fmt: skip

    def wait(self) -> None:
        """Return when the server answers; OnrecordError where it ends before, or takes too long."""
        deadline = time.monotonic() + LIMITS.server_start_seconds
        while not self._answers():
            ended = self._process.poll() is not None
            if ended or time.monotonic() > deadline:
                said = self._log.read_text(errors="replace").strip().splitlines()[-1:]
                raise OnrecordError(
                    f"Prefect's server {'ended' if ended else f'said nothing for {LIMITS.server_start_seconds:.0f} s'} "
                    f"instead of answering: {''.join(said) or 'it left no word'}; "
                    "run again, or name a running server in PREFECT_API_URL"
                )
            time.sleep(0.1)
        self._answered = True

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.api}/health", timeout=5) as answer:  # noqa: S310 - on this machine
                return answer.status == 200
        except OSError:
            return False

    def end_if_lost(self, end: Callable[[str, int], object]) -> None:
        """End this process, too, where the server has ended that answered before: Prefect would ask it for minutes.

        end: called with what is said last, and the exit code.
        """
        if self._answered and self._process.poll() is not None:
            end(f"error: {LOST}", PlaceError.exit_code)

    def end(self) -> None:
        """End the process at once: nothing of a private server's state is read again."""
        self._process.kill()
        self._process.wait()

    def stop(self, patience: float = 20.0) -> None:
        """Let the process put its state away, for `patience` seconds."""
        self._process.terminate()
        try:
            self._process.wait(timeout=patience)
        except subprocess.TimeoutExpired:
            self.end()


def secret_of(home: Path) -> str:
    """Return the secret of the server whose state is in `home`; made, and readable for its owner alone, if need be."""
    path = home / SECRET
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    with os.fdopen(handle, "w", encoding="ascii") as file:
        secret = f"onrecord:{secrets.token_urlsafe(32)}"
        file.write(f"{secret}\n")
    return secret


def end_with_serve() -> None:
    """End this process when `onrecord serve` ends that started it; do nothing in any other process."""
    if os.environ.get(SERVED_BY) == str(os.getppid()):
        end_with_parent(os.getppid())


@contextmanager
def without_heartbeats() -> Iterator[None]:
    """Send no heartbeats of flows: they are for a server that outlives its builds, and cost a second a flow."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield


def make_tables(home: Path) -> None:
    """Make every table and index that Prefect's models declare, in a new database where its server looks for one."""
    import sqlalchemy
    from prefect.server.database import provide_database_interface
    from sqlalchemy.schema import CreateIndex, CreateTable

    engine = sqlalchemy.create_engine(f"sqlite:///{home / 'prefect.db'}")
    with engine.begin() as connection:
        for table in provide_database_interface().Base.metadata.sorted_tables:
            connection.execute(CreateTable(table))
            for index in table.indexes:
                connection.execute(CreateIndex(index, if_not_exists=True))  # the models declare one of them twice
    engine.dispose()


def main() -> None:
    """Serve on the socket that was handed down, as long as the parent lives: `… PID SOCKET [private]`."""
    parent, handed = map(int, sys.argv[1:3])
    private = PRIVATE in sys.argv[3:]
    configure_environment()
    end_with_parent(parent)
    with gc_paused():
        import uvicorn
        from prefect.server.api.server import create_app
    if private:  # a server that stays has a database with a past
        make_tables(Path(os.environ["PREFECT_HOME"]))
    app = create_app(ephemeral=private, final=True)
    config = uvicorn.Config(app, log_level="error", lifespan="on")
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=handed)])


if __name__ == "__main__":
    main()
