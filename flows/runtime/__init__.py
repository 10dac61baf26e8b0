"""What a build runs on: processes, Prefect's server, signals, progress, the workspace and fingerprints."""
