"""Whether the snapshot that a build goes on from is as it was published: a damaged parent costs ids, in silence."""

from flows.errors import PlaceError, examples
from flows.runtime.fingerprints import file_sha256
from flows.snapshots import manifest
from flows.snapshots.output_folder.store import Store


def demand_whole(store: Store, version: str) -> None:
    """Raise PlaceError where a file of a published snapshot is missing, or not what its manifest says."""
    folder = store.folder(version)
    fix = (
        f"put {folder} back from a copy, or go back to another version with `onrecord rollback`; nothing was published"
    )
    if not folder.is_dir():
        raise PlaceError(f"the latest snapshot {version} is away: {folder} is not there. Is a disk not mounted? {fix}")
    said = manifest.read(folder)
    stated = {f"{name}.parquet": facts.sha256 for name, facts in said.tables.items()}
    stated |= {name: facts.sha256 for name, facts in said.files.items()}
    wrong = []
    for name, sha256 in stated.items():
        try:
            if file_sha256(folder / name) != sha256:
                wrong.append(f"{name} is not what manifest.json says")
        except OSError as error:
            wrong.append(f"{name}: {error.strerror}")
    if wrong:
        raise PlaceError(f"snapshot {version} is damaged in {len(wrong)} files: {examples(wrong)}; {fix}")
