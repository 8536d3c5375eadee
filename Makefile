# make demo   a first result: install, load the sample articles, ask two questions
# make test   install what the tests need and run every test
# make check  linters, types, layer contract (also part of `make test`)
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: demo test check clean

$(STAMP): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
	touch $(STAMP)

demo: $(STAMP)
	$(BIN)/python -m kb.dev.demo

check: $(STAMP)
	$(BIN)/ruff check kb api tests
	$(BIN)/ruff format --check kb api tests
	$(BIN)/mypy
	$(BIN)/lint-imports

test: check
	$(BIN)/python -m pytest

clean:
	rm -rf $(VENV) build dist demo-store .pytest_cache .mypy_cache .ruff_cache
