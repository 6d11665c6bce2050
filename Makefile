# Everything a person does with this repository. `make help` lists it.
PYTHON ?= python3
UV := .tools/bin/uv
BIN := .venv/bin
SERVE ?= 1
PORT ?= 8501
DEMO_HOME ?= demo-home

# Compiled modules are kept: every `pati` start would compile hundreds of them again otherwise.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help install demo dashboard test proofs test-endurance test-scale test-soak test-soak-day airflow lint types floors format bench peers peers-language recordings screenshots audit licences clean peers-stories peers-lake

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-12s %s\n", $$1, $$2}'

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Pati Maju needs Python 3.11 or newer; set PYTHON=python3.x")'
	$(PYTHON) -m venv .tools
	.tools/bin/python -m pip install --quiet --disable-pip-version-check "uv>=0.9,<1"

.venv/.installed: $(UV) pyproject.toml uv.lock
	$(UV) sync --frozen --quiet
	@touch $@

install: .venv/.installed ## install into .venv exactly what uv.lock says

demo: install ## crawl the offline newsroom, write the report, open the dashboard (SERVE=0: stop after the summary)
	$(BIN)/pati --home $(DEMO_HOME) demo --port $(PORT) $(if $(filter 0,$(SERVE)),--no-serve)

dashboard: install ## open the dashboard on the demo's data
	$(BIN)/pati --home $(DEMO_HOME) dashboard --port $(PORT)

test: install lint types floors ## everything that must hold: lint, types, import floors, tests (`make proofs`: the long ones)
	$(BIN)/pytest -n auto --dist loadfile -m "not proof"

proofs: install ## the long tests: processes killed at any moment, whole lives of a lake, hundreds of simulated years
	$(BIN)/pytest -n auto --dist loadfile -m proof

test-endurance: install ## five minutes of everything at once on one lake, with kills (SECONDS=300)
	PATI_ENDURANCE_SECONDS=$(or $(SECONDS),300) $(BIN)/pytest tests/pipelines/test_long_life.py -n 0 -s

.tools/airflow/.installed: $(UV) pyproject.toml uv.lock
	UV_PROJECT_ENVIRONMENT=.tools/airflow $(UV) sync --frozen --quiet --no-default-groups --extra airflow --group scale
	@touch $@

airflow: .tools/airflow/.installed ## Airflow with this project in it, in an environment of its own (.tools/airflow)

test-scale: airflow ## PostgreSQL, an S3 server, Airflow with two workers, one of them killed: the same lake
	PATI_SCALE=1 .tools/airflow/bin/python -m pytest tests/scale -p no:xdist -p no:randomly -o addopts= -rs --durations=5

test-soak: install ## 26 weeks of hourly runs with kills, a full disk, clock jumps, no network (PATI_SOAK_WEEKS=2)
	$(BIN)/python -m tests.soak --weeks $(or $(PATI_SOAK_WEEKS),26)

test-soak-day: install ## eighteen hours of the same, every kind of fault in them (minutes)
	PATI_SOAK_WEEKS=0 $(BIN)/python -m pytest -n 0 -m proof tests/soak

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

floors: install
	$(BIN)/lint-imports

format: install ## let ruff put the code in order
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.tools/peers/.installed: $(UV) benchmarks/crawling/peers.txt
	$(UV) venv --quiet --clear --python $(PYTHON) .tools/peers
	$(UV) pip install --quiet --python .tools/peers/bin/python -r benchmarks/crawling/peers.txt
	@touch $@

peers: .tools/peers/.installed ## the crawlers that benchmarks compare ours with, in an environment of their own

.tools/peers-language/.installed: $(UV) benchmarks/language/peers.txt
	$(UV) venv --quiet --clear --python $(PYTHON) .tools/peers-language
	$(UV) pip install --quiet --python .tools/peers-language/bin/python -r benchmarks/language/peers.txt
	@touch $@

peers-language: .tools/peers-language/.installed ## the language models that benchmarks compare ours with

.tools/peers-stories/.installed: $(UV) benchmarks/linking/peers.txt
	$(UV) venv --quiet --clear --python $(PYTHON) .tools/peers-stories
	$(UV) pip install --quiet --python .tools/peers-stories/bin/python -r benchmarks/linking/peers.txt
	@touch $@

peers-stories: .tools/peers-stories/.installed ## what benchmarks compare finding near-duplicates with

.tools/peers-lake/.installed: $(UV) benchmarks/lake/peers.txt
	$(UV) venv --quiet --clear --python $(PYTHON) .tools/peers-lake
	$(UV) pip install --quiet --python .tools/peers-lake/bin/python --no-deps -r benchmarks/lake/peers.txt
	@touch $@

peers-lake: .tools/peers-lake/.installed ## DuckDB's full-text search, which benchmarks compare ours with

bench: install peers peers-language peers-stories peers-lake ## all benchmarks, quick
	for f in benchmarks/[a-z]*.py; do $(BIN)/python $$f --quick || exit 1; done

recordings: install ## record the terminal sessions in docs/ again
	$(BIN)/python -m tests.record_terminal

screenshots: install ## pictures of the dashboard and the report for the documentation (needs chromium)
	$(BIN)/python -m tests.pictures --home $(DEMO_HOME)

audit: install ## known vulnerabilities of the locked runtime packages (needs the internet; SECURITY.md)
	$(BIN)/python -m tests.audit

licences: install ## write docs/licences.md: the licence of every locked runtime package
	$(BIN)/python -m tests.licences

clean: ## remove what the demo and the tools made
	rm -rf $(DEMO_HOME) .pytest_cache .mypy_cache .ruff_cache .hypothesis
