# What one does with a checkout. Each target sets up what it needs the first time, and is quick the next.

PYTHON ?= python3
BIN := .venv/bin
READY := .venv/casebridge.ready

# ONCE=1 make demo: ends after the stories.  SHORT=1 make people / faults / bench: minutes, not hours.
DEMO := $(if $(ONCE),--once)
PEOPLE ?= $(if $(SHORT),--short)
FAULTS ?= $(if $(SHORT),--short)
BENCH ?= $(if $(SHORT),--short)
TESTS ?=

.DEFAULT_GOAL := help
# Where Python may not keep what it compiled, each worker of the tests and each process of a service compiles all
# of it anew: six processor seconds a worker.
unexport PYTHONDONTWRITEBYTECODE
.PHONY: help demo test check explore people bench faults clean
.DELETE_ON_ERROR:

help:
	@echo 'make demo     start everything, play the six stories, stay up until Ctrl-C (ONCE=1 ends instead)'
	@echo 'make test     all tests, on a real broker and a real database (TESTS=tests/domain for a part)'
	@echo 'make check    format, lint, types, architecture, and the promises of the published events'
	@echo 'make explore  try everything that can happen to a case between provinces: millions of states'
	@echo 'make people   let people do what they like, for a quarter of an hour, then account for every case (SHORT=1)'
	@echo 'make faults   kill, freeze and cut off parts while cases move, then account for every event (SHORT=1)'
	@echo 'make bench    measure, beside the limit of the raw parts (SHORT=1; CASES=3000 says how large its year is)'
	@echo 'make clean    remove what was made here: .venv, data of the demo, caches'
	@echo
	@echo 'Needs Python 3.11 or newer and nothing else; PYTHON=python3.12 names another one.'

demo: $(READY)
	@$(BIN)/casebridge demo $(DEMO)

test: $(READY)
	$(BIN)/python -m pytest $(TESTS)

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/casebridge contract check

explore: $(READY)
	$(BIN)/python -m tests.protocol

people: $(READY)
	$(BIN)/python -m tests.journeys.random_people $(PEOPLE)

faults: $(READY)
	$(BIN)/python -m tests.faults $(FAULTS)

bench: $(READY)
	$(BIN)/python -m bench $(BENCH)

clean:
	rm -rf .venv .casebridge bench/out .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The lock file says exactly what is installed; nothing is built, and nothing else is fetched.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo 'casebridge needs Python 3.11 or newer; $(PYTHON) is none.' >&2; \
	  echo 'Install one, or name it: make PYTHON=python3.12' >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' || { \
	  echo '$(PYTHON) comes without venv; on Debian and Ubuntu: apt install python3-venv' >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-build-isolation --no-deps -e .
	@$(BIN)/python -m compileall -q -j 0 schemas law chassis services casebridge  # else each of many processes would
	@$(BIN)/python -m chassis.embedded.prepare
	@touch $@
