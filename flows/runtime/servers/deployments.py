"""What `onrecord serve` asks a Prefect server of its deployment: whether another serves it, and which runs are lost.

A deployment belongs to whoever serves it: registering one of the same name would take it over, with its schedule and
its runs, and neither side would be told. A server knows when a deployment was last asked for runs, which its process
does every ten seconds; a tag says which process that is.
"""

import os
import socket
import time
from pathlib import Path

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterParentFlowRunId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.responses import DeploymentResponse
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed, StateType

from flows.errors import SettingsError
from flows.runtime.limits import LIMITS

TAG = "served-by:"
"""Head of the tag with host, process and its start, of the process that serves a deployment."""
LOST = "the process that ran this is gone"
UNFINISHED = [StateType.PENDING, StateType.RUNNING, StateType.CANCELLING]


def claim_deployment(name: str) -> list[str]:
    """Make sure that no one else serves the deployment, and mark runs as crashed that its last process has left.

    Returns the tags that say who serves it now. Raises SettingsError where it is served, or is a work pool's.
    """
    with get_client(sync_client=True) as client:
        found = _deployment(client, name)
        if found is not None:
            _demand_unserved(client, name, found)
            _close_lost_runs(client, found)
    return [f"{TAG}{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"]


def _deployment(client: SyncPrefectClient, name: str) -> DeploymentResponse | None:
    try:
        return client.read_deployment_by_name(name)
    except ObjectNotFound:
        return None


def _demand_unserved(client: SyncPrefectClient, name: str, found: DeploymentResponse) -> None:
    """Raise SettingsError where the deployment has another process, which goes on asking for its runs."""
    if found.work_pool_name:
        raise SettingsError(
            f"the deployment {name} belongs to the work pool {found.work_pool_name}; choose another --name, or delete "
            f"it: prefect deployment delete {name}"
        )
    by = next((tag.removeprefix(TAG) for tag in found.tags if tag.startswith(TAG)), "")
    if found.last_polled is None or _is_gone(by):
        return
    deadline = time.monotonic() + LIMITS.poll_seconds
    while time.monotonic() < deadline and not _is_alive(by):
        again = _deployment(client, name)
        if again is None:
            return
        if again.last_polled != found.last_polled:
            break
        time.sleep(1)
    else:
        if not _is_alive(by):
            return
    host, process = [*by.split(":"), "", ""][:2] if by else ("", "")
    where = f" by process {process} of {host}" if process else ""
    raise SettingsError(f"the deployment {name} is served already{where}; stop that one, or choose another --name")


def _is_alive(by: str) -> bool:
    """Whether the process is on this host and there, and another than this one."""
    host, process, started = [*by.split(":"), "", "", ""][:3]
    here = host == socket.gethostname() and process.isdecimal() and int(process) != os.getpid()
    return here and _started(int(process)) == started


def _is_gone(by: str) -> bool:
    """Whether the process was of this host and is there no more."""
    return by.startswith(f"{socket.gethostname()}:") and not _is_alive(by)


def _started(process: int) -> str:
    """When a process started, in ticks since the machine did: its number alone may be another's by now."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


def _close_lost_runs(client: SyncPrefectClient, found: DeploymentResponse) -> None:
    """Mark runs as crashed that nothing runs any more, and their stages: they would keep the deployment's one place."""
    unfinished = FlowRunFilterState(type=FlowRunFilterStateType(any_=UNFINISHED))
    lost = client.read_flow_runs(
        flow_run_filter=FlowRunFilter(state=unfinished),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[found.id])),
    )
    if not lost:
        return
    of_lost = FlowRunFilterParentFlowRunId(any_=[run.id for run in lost])
    stages = client.read_flow_runs(flow_run_filter=FlowRunFilter(state=unfinished, parent_flow_run_id=of_lost))
    for run in [*stages, *lost]:
        client.set_flow_run_state(run.id, Crashed(message=LOST), force=True)
