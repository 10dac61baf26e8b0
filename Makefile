# Two commands for a newcomer: `make run` and `make test`. Everything else is for those who stay.

PYTHON ?= python3
BIN := .venv/bin
RUN_TIME := .venv/.run-time
DEVELOPMENT := .venv/.development
SHARED := ../shared

COMPILE := uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
	--no-annotate pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup run test check audit format eval bench serve train lock clean

help: ## show this help
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

setup: $(DEVELOPMENT) ## make .venv with all that developers need, from the hash-locked requirements

# Python compiles what is used when it is first used: compiling all of it makes 213 of 1,192 MB.
# A lock is its own constraint: to pip before 23.3, "sqlalchemy[asyncio]>=2" is no package of the lock.
define install
	@$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "onrecord needs Python 3.11 to 3.13; set it with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing the locked requirements into .venv (once, about two minutes)"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --require-hashes -r $(1) -c $(1)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
endef

$(RUN_TIME): requirements.lock pyproject.toml
	$(call install,requirements.lock)
	@touch $@

# what a build needs is a part of what developers need, in the same versions
$(DEVELOPMENT): requirements-dev.lock requirements.lock pyproject.toml
	$(call install,requirements-dev.lock)
	@touch $(RUN_TIME) $@

run: $(RUN_TIME) ## build a snapshot from seeds/articles into output/
	@$(BIN)/onrecord build --seeds seeds/articles --output output

test: setup ## run all tests
	@$(BIN)/python -m pytest

check: setup ## format, lint, types, what may import what, declared dependencies, published contract
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@$(BIN)/deptry flows schemas
	@$(BIN)/deptry tests --exclude tests/benchmarks --ignore DEP002,DEP004
	@$(BIN)/onrecord contracts check

audit: setup ## known vulnerabilities of the locked requirements, where the service can be asked
	@$(BIN)/python .ci/audit

format: setup ## rewrite the code in the house style
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

eval: setup ## score against the annotated corpora in ../shared/eval
	@$(BIN)/python -m tests.quality.evaluate --shared $(SHARED)
	@$(BIN)/python -m tests.quality.evaluate_claims --shared $(SHARED)

bench: setup ## measure speed and memory beside what people would use instead
	@$(BIN)/python -m tests.benchmarks --shared $(SHARED)

serve: $(RUN_TIME) ## start a local Prefect server and serve the scheduled deployment
	@$(BIN)/onrecord serve

train: setup ## train the reader (needs: .venv/bin/pip install -e '.[train]')
	@$(BIN)/python -m flows.train --help

lock: ## resolve the requirements again (needs uv)
	@$(COMPILE) --group build --group dev --extra dask --extra delta --extra duckdb --extra s3 --output-file requirements-dev.lock
	@$(COMPILE) --group build --constraint requirements-dev.lock --output-file requirements.lock

clean: ## remove the environment and everything generated
	@rm -rf .venv .pdm-build dist *.egg-info .pytest_cache .ruff_cache .mypy_cache .hypothesis
	@find output -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
