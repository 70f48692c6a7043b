# LSIP Assistant. Needs Python 3.11 or newer and make; everything else is installed into $(VENV).

VENV   ?= .venv
PYTHON ?= python3
Q      ?= How many LSIP areas are there?
PYTEST ?= $(VENV)/bin/python -m pytest
JOBS   ?= 2
export Q

SHELL := /bin/sh
BIN   := $(VENV)/bin
STAMP := $(VENV)/.installed
TESTS := $(wildcard tests/unit tests/contracts tests/integration)

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help env run test check ask soak bench ingest widget clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

env: $(STAMP) ## Build the environment in .venv (VENV=folder puts it elsewhere)

# uv reads neither pip's variables nor its configuration, hence UV_FIND_LINKS; pip takes over if uv cannot be had.
$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "Python 3.11 or newer is needed; $(PYTHON) is older or missing. Try: make PYTHON=python3.12"; exit 1; }
	@echo "Building the environment in $(VENV): seconds from a warm cache, else up to some minutes (about 2 GB)."
	@$(PYTHON) -m venv "$(VENV)"
	@if "$(BIN)/python" -m pip install -q --disable-pip-version-check uv -c constraints.txt \
		&& UV_FIND_LINKS="$${PIP_FIND_LINKS:-}" "$(BIN)/python" -m uv pip install -q --python "$(BIN)/python" \
			-e ".[dev]" -c constraints.txt; \
	then :; \
	else \
		echo "uv could not do it; installing with pip instead: two to five minutes."; \
		"$(BIN)/python" -m pip install -q --disable-pip-version-check -e ".[dev]" -c constraints.txt; \
	fi
	@touch "$@"
	@echo "The environment is ready."

run: $(STAMP) ## Take in the starter corpus and serve the assistant
	@echo "Taking in the starter corpus: two minutes or so the first time, a second or two after that."
	@"$(BIN)/lsip" ingest
	@"$(BIN)/lsip" serve

ingest: $(STAMP) ## Take in the starter corpus
	@"$(BIN)/lsip" ingest

ask: $(STAMP) ## Ask one question: make ask Q="Who leads the Lancashire LSIP?"
	@"$(BIN)/lsip" ask "$$Q"

# One thread a process: those of two processes on two cores wait for each other, five times as long.
test: $(STAMP) ## Run the unit, contract and integration tests
	@echo "Testing: some minutes."
	@OMP_NUM_THREADS=1 $(PYTEST) -n $(JOBS) --dist loadfile --no-loadscope-reorder $(TESTS) -m "not service and not browser and not soak"

check: $(STAMP) ## Check style, types and the direction of imports
	@"$(BIN)/ruff" check .
	@"$(BIN)/ruff" format --check .
	@"$(BIN)/mypy"
	@"$(BIN)/lint-imports"

soak: $(STAMP) ## Run the long kills, loads and soaks
	@if [ -d tests/soak ]; then $(PYTEST) -m soak tests/soak; else echo "There are no soak tests (tests/soak)."; fi

bench: $(STAMP) ## Measure speed and quality
	@"$(BIN)/python" -m tests.bench

widget: ## Build the widget's file from its sources (needs node and npm)
	@cd widget && npm ci --no-audit --no-fund --ignore-scripts --loglevel=error
	@cd widget && node build.mjs
	@echo "Built assistant/api/static/widget/lsip.js."

clean: ## Remove the environment, the data and all caches
	@rm -rf "$(VENV)" data dist build bench-out .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis widget/node_modules
	@find . -path ./.git -prune -o -type d -name __pycache__ -prune -exec rm -rf {} +
	@echo "Removed the environment ($(VENV)), data and caches."
