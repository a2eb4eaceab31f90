# The whole life of a checkout. `make up` on a fresh machine needs only git, make and Python 3.11 or newer.
PYTHON ?= python3
export PYTHON
BIN := .venv/bin

.PHONY: help up dev test check fix bench setup clean

help: ## list the commands
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

up: ## install, build, start everything with the live demo, print one URL
	@scripts/bootstrap.sh run
	@exec $(BIN)/warmline up --demo

dev: ## like up, restarting on every change of the sources
	@scripts/bootstrap.sh dev
	@exec $(BIN)/warmline up --demo --reload

setup: ## install everything that checks and tests need
	@scripts/bootstrap.sh dev
	@scripts/install-chromium.sh
	@scripts/install-voice-tools.sh
	@scripts/install-voices.sh

check: ## formatting, types, layers, house rules, front end
	@scripts/check.sh

test: ## all tests, with real parts
	@$(MAKE) --no-print-directory setup
	@scripts/test.sh

fix: ## format and repair what can be repaired
	@scripts/bootstrap.sh dev
	@$(BIN)/ruff check --fix . ; $(BIN)/ruff format . ; cd web && npx biome check --write .

bench: ## measure every figure in benchmarks/
	@scripts/bootstrap.sh dev
	@$(BIN)/python -m benchmarks

clean: ## forget the demo's data
	@rm -rf .warmline
