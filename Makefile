# Everything is done from here. `make help` lists it.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help install install-test install-check run test check bench pages assets fuzz lock clean

help: ## say what there is
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 16

$(VENV)/.installed: requirements/build.txt requirements/run.txt pyproject.toml hatch_build.py $(shell find web/assets -type f -not -path '*/node_modules/*' 2>/dev/null)
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes -r requirements/build.txt -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	touch $@

$(VENV)/.installed-test: $(VENV)/.installed requirements/test.txt
	$(PIP) install --require-hashes -r requirements/test.txt
	touch $@

$(VENV)/.installed-check: $(VENV)/.installed-test requirements/check.txt
	$(PIP) install --require-hashes -r requirements/check.txt
	touch $@

install: $(VENV)/.installed ## install Handrail and build its pages into .venv
install-test: $(VENV)/.installed-test
install-check: $(VENV)/.installed-check

run: $(VENV)/.installed ## install, load the demo partnership and serve it on loopback
	HANDRAIL_DEMO=1 $(BIN)/handrail demo
	HANDRAIL_DEMO=1 $(BIN)/handrail serve

test: $(VENV)/.installed-test ## install what the tests need and run every one
	$(BIN)/python -m pytest -n auto --dist worksteal

check: $(VENV)/.installed-check ## style, types and import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.installed-test ## what it costs, as ratios in one run
	$(BIN)/python -m bench

pages: $(VENV)/.installed-test ## write the pages anew that are made from tables and diagrams
	$(BIN)/python -m policy.clocks.page > docs/clocks.md
	$(BIN)/python -m engine.diagrams.handbook > docs/bpmn.md
	$(BIN)/python -m tests.workflows.process_page
	$(BIN)/python -m tests.workflows.coverage_page

assets: $(VENV)/.installed ## build the scripts and styles of the pages
	$(BIN)/python hatch_build.py

fuzz: $(VENV)/.installed-test ## the long random runs: hours (one process each; SIZE=… for another size)
	$(BIN)/python -m tests.engine.spiff.fuzz $(or $(SIZE),1000000)
	HANDRAIL_DIAGRAMS=$(or $(SIZE),100000) $(BIN)/python -m pytest tests/engine/spiff/test_restoring.py tests/engine/spiff/test_crashing.py
	HANDRAIL_FUZZ=$(or $(SIZE),100000) $(BIN)/python -m pytest tests/engine/diagrams/test_fuzz.py tests/engine/diagrams/test_executor_agrees.py
	HANDRAIL_FUZZ=$(or $(SIZE),20000) $(BIN)/python -m pytest tests/api/test_fuzz.py tests/handrail/test_rehearse_at_random.py
	$(BIN)/python -m tests.feel.fuzz $(or $(SIZE),10000000)

lock: ## write the locked dependencies anew (needs uv)
	uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/run.txt
	for group in build test check; do uv pip compile -q --group pyproject.toml:$$group -c requirements/run.txt --universal --python-version 3.11 --generate-hashes --no-annotate --no-header -o requirements/$$group.txt; done

clean: ## remove what was built and the demo's data
	rm -rf $(VENV) var web/static/dist web/assets/node_modules
