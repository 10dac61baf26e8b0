"""Where work runs: processes of this machine or a Dask cluster, with the same bytes."""
