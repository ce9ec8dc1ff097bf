# `make run` and `make test` do all the set-up themselves; see README.md.
# The distribution's own Python is built for speed; one compiled by hand is often a quarter slower.
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
PORT ?= 8000
export PORT

LOCAL = @$(PYTHON) -m congress.local
BIN = .venv/bin
CODE = manage.py bench congress deputies proposals scoring stations tests
TEMPLATES = $(shell git ls-files 'templates/*.html')

.PHONY: help
help: ## show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-11s %s\n", $$1, $$2}'

.PHONY: run up stop clean
run: ## set up, seed a demo county when empty, serve it on PORT=8000 until Ctrl-C
	$(LOCAL) run
up: ## set up and start the private servers; then every ./manage.py COMMAND works
	$(LOCAL) up
stop: ## stop the private servers; the data stays
	$(LOCAL) stop
clean: ## remove .venv, .var and the private servers' data
	$(LOCAL) clean

.PHONY: tools test machines check
tools:
	$(LOCAL) test-up
test: tools ## the whole suite, or a part: make test k=assign
	@$(BIN)/pytest -n 3 --dist worksteal -m "not machine" $(if $(k),-k "$(k)") # on two cores: one of three waits for a server or a browser
test machines: export PYTHONDONTWRITEBYTECODE = # what is compiled once serves every worker, child and run
machines: tools ## 20,000 random steps of the ledger and of the loop beside their models, a year killed twenty times
	@PYTHONHASHSEED=0 $(BIN)/pytest -n 2 -m machine # the same lives in every run: sets keep one order
check: format lint types contracts templates migrations machines test ## every gate; what CI runs

.PHONY: bench campaign
bench: tools ## speeds, as ratios to bare SQL on this machine
	@set -e; for each in bench/*.py; do echo "$$each"; $(BIN)/python "$$each"; done
campaign: tools ## the heavy ones, or one: ONLY=roster|ledger|tamper|workflow|queues|crawl|ratings|disclosure|rolling|checkins|shop|rubbish|migrations|kills|mutation N=how many
	@$(BIN)/python -m tests.campaigns "$(ONLY)" $(or $(N),0) $(or $(SEED),0)

.PHONY: format lint types contracts templates migrations
format: tools ## is the code formatted?
	@$(BIN)/ruff format --check --quiet $(CODE)
lint: tools ## is the code clean?
	@$(BIN)/ruff check --quiet $(CODE)
types: tools ## do the types agree?
	@$(BIN)/mypy
contracts: tools ## do imports point one way?
	@$(BIN)/lint-imports
templates: tools ## are the templates formatted?
	@$(BIN)/djade --check --target-version 5.2 $(TEMPLATES)
	@$(BIN)/djhtml --check --tabwidth 2 $(TEMPLATES)
migrations: tools ## is a migration missing?
	@$(BIN)/python manage.py makemigrations --check --dry-run

.PHONY: tidy lock
tidy: tools ## format code and templates
	@$(BIN)/ruff check --quiet --fix $(CODE); $(BIN)/ruff format --quiet $(CODE)
	@$(BIN)/djade --target-version 5.2 $(TEMPLATES); $(BIN)/djhtml --tabwidth 2 $(TEMPLATES)
lock: ## pin requirements anew, with hashes (needs uv)
	@cd requirements && for name in base dev; do uv pip compile --quiet --upgrade --generate-hashes \
	    --python-version 3.11 --no-emit-index-url --no-header $$name.in -o $$name.txt || exit 1; done
