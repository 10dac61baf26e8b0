"""Published snapshots: the output folder, its history and locks, manifests, and how one is opened."""
