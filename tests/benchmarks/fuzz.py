"""Coverage-guided fuzzing of every parser with atheris: any bytes under any name are articles or rejects, soon.

atheris is no part of the environment: `.venv/bin/pip install atheris` (Linux, Python 3.11 or later), or have it on the
path; without it this says so and ends. A finding is printed with its bytes and ends the run with an error.
Usage: python -m tests.benchmarks.fuzz [--seconds 600]
"""

import argparse
import gzip
import importlib.util
import sys
import tempfile
from pathlib import Path

SUFFIXES = (".txt", ".md", ".html", ".json", ".jsonl", ".warc", ".txt.gz", ".html.gz", ".jsonl.gz", ".warc.gz")


def main() -> None:
    """Fuzzes as long as asked, from the well-formed files of tests/hostile.py on."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", help="not used")
    parser.add_argument("--seconds", type=int, default=600)
    arguments = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        print("skipped: atheris is not installed")
        return
    import atheris

    with atheris.instrument_imports(include=["flows.ingest", "trafilatura"]):
        from flows.ingest.cleaning import boilerplate
        from flows.ingest.read_and_clean import read_and_clean
        from flows.ingest.reconciliation import reconcile
        from flows.ingest.sources.open_source import list_sources
        from flows.lexicons.paths import asset
    from flows.settings import IngestSettings
    from tests.builders import hostile

    settings, lexicon = IngestSettings(), boilerplate.load(asset("lexicons/boilerplate.yml"))

    with tempfile.TemporaryDirectory(prefix="onrecord-fuzz-") as folder:
        corpus, seeds = Path(folder, "corpus"), Path(folder, "seeds")
        corpus.mkdir()
        seeds.mkdir()
        for number, (suffix, data) in enumerate(hostile.WHOLE):
            whole = gzip.decompress(data) if suffix.endswith(".gz") else data
            (corpus / str(number)).write_bytes(bytes([SUFFIXES.index(suffix), *whole]))

        def one(data: bytes) -> None:
            suffix = SUFFIXES[data[0] % len(SUFFIXES)] if data else ".txt"
            # half of the packed ones are packed here, so that the parser behind the gzip layer is reached, too
            packed = suffix.endswith(".gz") and data[0] % 2
            path = seeds / f"a{suffix}"
            path.write_bytes(gzip.compress(data[1:], mtime=0) if packed else data[1:])
            (source,) = list_sources(str(seeds))
            found = read_and_clean([source], settings, lexicon)
            reconcile([source.uri], found.inputs, found.documents, found.refused)
            path.unlink()

        limits = [f"-max_total_time={arguments.seconds}", "-max_len=20000", "-timeout=30", "-rss_limit_mb=4096"]
        atheris.Setup([sys.argv[0], str(corpus), *limits, "-print_final_stats=1", "-verbosity=0"], one)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
