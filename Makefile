# Everything a newcomer, a developer and CI call. Debian 12 with git, make and python3-venv is enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test check bench shots docs-pictures lock css clean

run: $(VENV)/.installed ## serve an invented county on 127.0.0.1:8000 (public) and :8001 (desk)
	$(BIN)/portal demo run

test: $(VENV)/.installed-dev ## run the tests on SQLite, and on PostgreSQL where it starts
	$(BIN)/python -m pytest -n 2 --dist worksteal

check: $(VENV)/.installed-dev ## format, lint, types, import contracts, templates, dead code
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djlint templates --check --lint --quiet
	$(BIN)/deptry .
	$(BIN)/vulture

bench: $(VENV)/.installed-dev ## measure filing and tracking beside bare baselines, the assistant, and the pages of notices
	$(BIN)/python -m bench
	$(BIN)/python -m bench.notices

shots: $(VENV)/.installed-dev ## photograph every page at 375 and 1280 px into shots/
	$(BIN)/python -m tests.shots

docs-pictures: $(VENV)/.installed-dev ## take the pictures of docs/notices.md anew (needs Chromium)
	$(BIN)/python -m tests.pictures

css: ## rebuild static/*.css from GOV.UK Frontend (needs Node)
	cd static/build && npm ci --no-audit --no-fund && npm run build

lock: ## resolve the dependencies anew (needs uv)
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header -q pyproject.toml --extra postgres --extra webauthn -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	  --no-annotate --no-header -q pyproject.toml --extra postgres --extra webauthn --group dev -c requirements.lock -o requirements-dev.lock

clean:
	rm -rf $(VENV) build shots .mypy_cache .ruff_cache .pytest_cache .hypothesis

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements.lock
	$(BIN)/pip install --disable-pip-version-check -q --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/pip install --disable-pip-version-check -q --require-hashes -r requirements-dev.lock
	touch $@
