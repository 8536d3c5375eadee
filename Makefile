# make demo   a first result: install, load the sample articles, ask two questions
# make test   install what the tests need and run every test
# make check  linters, types, layer contract, generated files (the quick first part of `make test`)
# make bench  measure speed and memory, and print the figures
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
# The libraries that data is baked from: only their data are used, so without what they depend on.
BAKERY := $(VENV)/bakery

.PHONY: demo test check bench clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $(STAMP)

$(BAKERY)/.installed: $(STAMP)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --upgrade --target $(BAKERY) --group bake
	touch $@

demo: $(STAMP)
	$(BIN)/python -m kb.dev.demo

check: $(STAMP) $(BAKERY)/.installed
	$(BIN)/ruff check kb api tests
	$(BIN)/ruff format --check kb api tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m kb.dev.gen_vocab --check
	$(BIN)/python -m kb.dev.gen_docs --check
	PYTHONPATH=$(BAKERY) $(BIN)/python -m kb.dev.bake_gazetteer --check
	PYTHONPATH=$(BAKERY) $(BIN)/python -m kb.dev.bake_lemmas --check

test: check
	$(BIN)/python -m pytest

bench: $(STAMP)
	DEMARCHE_BENCH=1 $(BIN)/python -m pytest tests/bench -s

clean:
	rm -rf $(VENV) build dist demo-store .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
