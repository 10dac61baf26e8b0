"""Snapshots copied to an address: an object store with conditional writes, under the same promises as a folder."""
