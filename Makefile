# handwire. `make` alone prints what there is; every target does its own set-up.

FILE ?= WIRE.md
export FILE
export NODE QUICK RUNS KEEP
# A fresh rustup is not always on the PATH of the shell that runs make.
export PATH := $(PATH):$(HOME)/.cargo/bin

SETUP := sh scripts/setup.sh
PACKAGES := node_modules/.package-lock.json
# Quoted, so that the shell leaves the stars alone.
BENCH_ROWS := $(foreach row,$(ROWS),'$(row)')
LIBRARIES := -p handwire-abi -p handwire -p handwire-web

.DEFAULT_GOAL := help
.PHONY: help run test test-browser fuzz serve guests size bench bench-check bench-browser lint doc miri features clean setup-rust setup-node

help: ## this list
	@echo "handwire: make TARGET"
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' Makefile

run: setup-rust setup-node ## the tour, on WIRE.md; FILE=path for another file, TRACE=1 prints every crossing
	@node scripts/build.js tour
	@node examples/tour/run.js "$$FILE"

test: guests $(PACKAGES) ## all tests but the browser's: Rust, then Node on real wasm
	cargo test
	cargo test -p handwire --features json,serde
	node --test --test-timeout=900000 tests/*.test.js

test-browser: guests $(PACKAGES) ## every example page in headless Chromium; CHROMIUM=path for a browser of yours
	@$(SETUP) chromium
	node --test --test-timeout=300000 tests/browser/*.test.js

fuzz: guests $(PACKAGES) ## damaged data buffers and forms, read by both sides for a minute; SEED=number for the same ones again
	@node scripts/fuzz.js 60 $(SEED)

serve: guests ## the example pages on http://127.0.0.1:8080; PORT=number for another port
	@node scripts/serve.js

guests: setup-rust setup-node ## every guest module, into target/guests and next to its page
	@node scripts/build.js

size: guests $(PACKAGES) ## bytes of guests and host, held against their budgets
	@node scripts/size.js

bench: setup-rust setup-node $(PACKAGES) ## speed beside wasm-bindgen and hand-tuned code; NODE=path or NODE=current, ROWS="c.* g.get", QUICK=1, RUNS=3
	@node tests/bench/run.js $(BENCH_ROWS)

bench-check: setup-rust setup-node $(PACKAGES) ## what is slower beside wasm-bindgen than in tests/bench/baseline.json
	@node tests/bench/run.js --check $(BENCH_ROWS)

bench-browser: setup-rust setup-node $(PACKAGES) ## the benchmark in headless Chromium; ROWS and QUICK as above
	@$(SETUP) chromium
	@node tests/bench/browser.js $(BENCH_ROWS)

lint: setup-rust setup-node $(PACKAGES) ## rustfmt, clippy, tsc, rustdoc: a warning is an error
	cargo fmt --all --check
	cargo clippy $(LIBRARIES) --all-targets -- -D warnings
	cargo clippy $(LIBRARIES) --all-targets --all-features -- -D warnings
	cargo clippy $(LIBRARIES) --target wasm32-unknown-unknown --features dlmalloc,panic-handler -- -D warnings
	cargo clippy $(LIBRARIES) --target wasm32-unknown-unknown --features wee_alloc,std -- -D warnings
	node scripts/build.js --clippy
	node_modules/.bin/tsc -p tsconfig.json
	node_modules/.bin/tsc -p scripts/types.tsconfig.json --noEmit
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps $(LIBRARIES) --all-features

doc: setup-rust ## the crates' documentation, into target/doc
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps $(LIBRARIES) --all-features

miri: setup-rust ## the crates' native tests under Miri (needs nightly)
	@$(SETUP) miri
	cargo +nightly miri test $(LIBRARIES)

features: setup-rust setup-node ## every sensible combination of Cargo features, natively and for wasm32
	@node scripts/features.js

clean: ## removes what was built and what was installed
	rm -rf target node_modules host-js/types host-js/LICENSE-* examples/*/*.wasm examples/*/*.glue.js examples/ports/*/*.wasm tests/bench/target tests/bench/dist tests/bench/.tools tests/bench/node_modules

setup-rust:
	@$(SETUP) rust

setup-node:
	@$(SETUP) node

$(PACKAGES): package-lock.json package.json | setup-node
	npm ci --no-progress
	@touch $@
