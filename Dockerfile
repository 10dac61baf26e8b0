# onrecord in a container: `docker build --target onrecord -t onrecord .`
# Targets: onrecord (any command), serve (its own Prefect server and the scheduled build), worker (of a work pool).
# Nothing runs as root. Articles are at /seeds, read only; snapshots go to /output, which user 10001 must own.

FROM python:3.12-slim AS build
WORKDIR /src
RUN python -m venv /opt/onrecord
ENV PATH=/opt/onrecord/bin:$PATH PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.lock ./
RUN pip install --quiet --require-hashes --requirement requirements.lock
COPY pyproject.toml pdm_build.py README.md LICENSE CITATION.cff CHANGELOG.md ./
COPY flows flows
COPY schemas schemas
COPY seeds/lexicons seeds/lexicons
COPY seeds/models seeds/models
RUN pip install --quiet --no-deps --no-build-isolation .

FROM python:3.12-slim AS onrecord
ENV PATH=/opt/onrecord/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    DO_NOT_TRACK=1 \
    PREFECT_SERVER_ANALYTICS_ENABLED=false \
    GX_ANALYTICS_ENABLED=false \
    ONRECORD_LOG_FORMAT=json \
    ONRECORD_SEEDS=/seeds \
    ONRECORD_OUTPUT=/output \
    ONRECORD_HOME=/srv/onrecord
RUN useradd --uid 10001 --create-home onrecord && install --directory --owner=10001 /output /srv/onrecord
COPY --from=build /opt/onrecord /opt/onrecord
COPY prefect.yaml lost-runs.yaml /srv/onrecord/
USER 10001
WORKDIR /srv/onrecord
VOLUME /output
ENTRYPOINT ["onrecord"]
CMD ["build", "/seeds"]

FROM onrecord AS serve
HEALTHCHECK --interval=30s --timeout=5s --start-period=180s CMD ["python", "-m", "flows.runtime.servers.health"]
CMD ["serve", "--home", "/output/.prefect"]

FROM onrecord AS worker
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["python", "-m", "flows.runtime.servers.health", "http://127.0.0.1:8080/health"]
ENTRYPOINT ["prefect"]
CMD ["worker", "start", "--pool", "onrecord", "--type", "process", "--with-healthcheck"]
