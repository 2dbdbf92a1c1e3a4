# Hearsay: `make demo` shows it at work, `make test` proves it. Both set up what they need.
SWIFT ?= swift
PYTHON ?= python3
DEMO  := Examples/articles/harbour.txt

.PHONY: help demo test build setup lint reference bench quality compare dist test-spark clean

help: ## This list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Install the C libraries that Hearsay links (Debian, Ubuntu); say what is missing elsewhere
	@Scripts/setup

build: setup ## Build the release binary: .build/release/hearsay
	@$(SWIFT) build -c release --product hearsay

demo: build ## Who said what about whom in a damaged article
	@echo; sed 's/^/  | /' $(DEMO) | cut -c 1-140 | head -12; echo "  | …"; echo
	@.build/release/hearsay run pipelines/news.yaml $(DEMO) --quiet
	@.build/release/hearsay run pipelines/news.yaml $(DEMO) -o out/harbour.jsonl
	@echo "The same as JSON Lines: out/harbour.jsonl"

test: setup ## All tests: modules, stages' examples, pipelines' own, the binary end to end
	@$(SWIFT) build --build-tests
	@$(SWIFT) test --skip-build
	@.build/debug/hearsay validate pipelines/*.yaml
	@.build/debug/hearsay test pipelines/*.yaml Examples/Python/*.yaml

lint: ## Formatting, as CI checks it
	@$(SWIFT) format lint --strict -r Package.swift BuildTools Sources Plugins Tests Training Benchmarks/Package.swift Benchmarks/Sources \
		Fuzz/Package.swift Fuzz/Sources \
		Examples/OwnBinary/Package.swift Examples/OwnBinary/Sources

reference: setup ## Write Documentation/Stages.md and Documentation/pipeline.schema.json from the declarations
	@$(SWIFT) build --product hearsay
	@.build/debug/hearsay stages --markdown > Documentation/Stages.md
	@.build/debug/hearsay schema > Documentation/pipeline.schema.json

bench: setup ## MB/s per stage and of the whole pipeline
	@$(SWIFT) run -c release --package-path Benchmarks hearsay-benchmarks

quality: build ## Score the stages on the development data, where it is at hand
	@Scripts/quality

compare: build ## Pages, repair, sentences, quotes and stance of ours and of every installed peer on the same texts, a table each
	@Scripts/compare

dist: build ## One folder and one archive that run on machines without Swift
	@Scripts/dist

test-spark: dist ## The Spark package on a cluster of two executors here; needs pyspark, pyarrow, pytest and Java 17
	@$(PYTHON) -m pytest -q Integrations/spark

clean: ## Remove what builds leave behind
	@rm -rf .build Benchmarks/.build Fuzz/.build Examples/OwnBinary/.build out dist
