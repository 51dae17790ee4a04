# Pressmark. Needs Python 3.11+, make and a package index; everything else is installed into $(VENV).
#
#   make run PYTHON=/path/to/python3     another Python
#   make test ARGS="-k codebook -x"      arguments for what is run

VENV ?= .venv
PYTHON ?=
ARGS ?=
SCHEMAS ?=
export VENV PYTHON
# What pytest makes of the tests is kept: else each run translates them anew, seconds per process.
unexport PYTHONDONTWRITEBYTECODE

BIN = $(VENV)/bin
PY = $(BIN)/python
PYTEST = $(PY) -m pytest -n 2 --dist worksteal -rs

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help run tour test check lint types layers format coverage mutants bench test-faults test-install \
	test-clients \
	docs lock clean distclean environment dev-environment

help: ## say what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-13s %s\n", $$1, $$2}' Makefile

run: environment ## open the reader on the sample articles
	@$(PY) -m tui --workspace . $(ARGS) seeds

tour: environment ## five steps on the sample articles
	@$(PY) -m tui --tour $(ARGS)

test: dev-environment ## the test suite
	@$(PYTEST) $(ARGS)

check: lint types layers ## lint, format, types, layers (make -k check: all of them, come what may)

lint: dev-environment
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: dev-environment
	@echo $(BIN)/pyright
	@PYRIGHT_PYTHON_IGNORE_WARNINGS=1 $(BIN)/pyright --pythonpath $(PY)

layers: dev-environment
	$(BIN)/lint-imports

format: dev-environment ## put the sources in shape
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

coverage: dev-environment ## branch coverage of what holds annotations and texts; minutes
	@rm -f .coverage .coverage.*
	@$(PY) -m coverage run -m pytest -q --deselect tests/store/test_system_calls.py \
		--deselect tests/store/test_power_loss.py --ignore tests/desk/test_imports.py \
		tests/store tests/anchoring tests/model tests/articles tests/desk $(ARGS)
	@$(PY) -m coverage combine --quiet
	@$(PY) -m coverage report

mutants: dev-environment ## mutation score of the same, hours; ARGS="--sample 700" or "tui.store.locks*" for less
	@PRESSMARK_EXAMPLES=12 $(PY) .ci/mutants $(BIN) $(ARGS)

bench: dev-environment ## measure; ARGS are those of benchmarks/
	@$(PY) -m benchmarks $(ARGS)

test-faults: dev-environment ## kills, full disks, power losses, failing calls, mutated shards: full numbers
	@PRESSMARK_KILLS=500 PRESSMARK_FULL_DISKS=300 PRESSMARK_WRITES=500 PRESSMARK_POWER_LOSSES=300 \
		PRESSMARK_MUTATIONS=1000 $(PYTEST) -m faults $(ARGS)

test-install: dev-environment ## the wheel alone, with its newest dependencies
	@$(PY) -m pytest -rs -m install tests/install $(ARGS)

test-clients: dev-environment ## the programs that read our exports, installed beside; SCHEMAS=DIR has published schemas
	@PRESSMARK_SCHEMAS="$(abspath $(SCHEMAS))" $(PY) -m pytest -rs -m clients tests/clients $(ARGS)

docs: environment ## docs/keys.md from the registry of actions, and the picture of the desk
	@$(PY) -m tui keys --default --markdown > docs/keys.md.new && mv docs/keys.md.new docs/keys.md
	@$(PY) docs/pictures/make.py

lock: dev-environment ## the newest allowed versions into the lock files
	@.ci/lock

clean: ## remove what was built and cached
	@rm -rf build dist mutants .pytest_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -f snapshot_report.html .coverage .coverage.*
	@find src tests -name __pycache__ -type d -prune -exec rm -rf {} +

distclean: clean ## and the virtual environment
	@rm -rf $(VENV)

environment:
	@.ci/venv run

dev-environment:
	@.ci/venv dev
