# Lateen. `make` alone says what there is to make.
SHELL := /bin/bash
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory

# A PostgreSQL to use instead of our own: make demo DATABASE_URL=postgresql://user:password@host/db
DATABASE_URL ?=

.PHONY: help demo build test bench images clean

help: ## Say what there is to make
	@echo "Lateen, a service mesh in Java. There is to make:"
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Settings: JAVA_HOME (a JDK 25; else looked for below /usr/lib/jvm), DATABASE_URL (for demo)."

demo: ## Build what is missing, then run a whole mesh with the sample application until Ctrl-C
	@scripts/setup demo
	@scripts/build
	@LATEEN_DATABASE_URL="$(DATABASE_URL)" exec bin/lateen up

build: ## Build every program
	@scripts/setup build
	@scripts/build

test: ## Install what the tests need, run all of them, print a summary
	@scripts/setup test
	@scripts/test

bench: ## Measure the sidecar side by side with HAProxy, nginx and Spring Cloud Gateway
	@scripts/setup bench
	@scripts/bench

images: ## Build the container images, without an engine: target/images
	@scripts/setup build
	@scripts/images

clean: ## Remove what was built; the mesh's state in .lateen stays
	@scripts/mvn -q clean
