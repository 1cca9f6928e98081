# `make serve` and `make test` are enough on a fresh machine; `make help` lists the rest.

include tools/versions

CACHE := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dagwright
TARGET := $(or $(CARGO_TARGET_DIR),target)
PORT ?= 8080

export PATH := $(CACHE)/wasm-bindgen-$(WASM_BINDGEN)/bin:$(CACHE)/trunk-$(TRUNK)/bin:$(CACHE)/binaryen-$(BINARYEN)/node_modules/.bin:$(CACHE)/cargo-deny-$(CARGO_DENY)/bin:$(CACHE)/cargo-llvm-cov-$(CARGO_LLVM_COV)/bin:$(CACHE)/nginx/usr/sbin:$(CACHE)/s3-$(AWSCLI)-$(MOTO)/bin:$(HOME)/.cargo/bin:$(PATH)

# Neither the engine nor the page may tell where it was built: the same sources give the same bytes on every machine.
# The last flag lets Leptos share the code of its views, which makes the page a sixth smaller.
export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS := --remap-path-prefix=$(CURDIR)=. --remap-path-prefix=$(or $(CARGO_HOME),$(HOME)/.cargo)=cargo \
	--cfg erase_components

ENGINE := $(TARGET)/wasm32-unknown-unknown/release/dagwright.wasm
DOOR := $(TARGET)/door
PAGE_SOURCES := $(shell find web core/src public templates npm Cargo.toml Trunk.toml -type f -not -path 'npm/templates/*')

.NOTPARALLEL:
.DELETE_ON_ERROR:
.PHONY: help serve build package test test-rust test-package test-airflow test-browser coverage check bench always

help: ## Lists these commands
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup-%:
	@tools/setup $*

serve: build ## Sets up what is missing, builds, and serves the portal at http://127.0.0.1:8080 (PORT=… for another port)
	@node tools/serve.mjs dist $(PORT)

build: setup-build package dist/index.html ## Sets up what is missing, and makes dist/ and a ready npm/

package: npm/engine.wasm
	@rm -rf npm/templates
	@cp -R templates npm/templates
	@cp LICENSE npm/LICENSE

# Cargo alone knows whether the engine is up to date, and leaves its file alone if it is.
$(ENGINE): always
	cargo build --release --locked --package dagwright --target wasm32-unknown-unknown

npm/engine.wasm: $(ENGINE) tools/versions
	wasm-bindgen --target web --no-typescript --omit-default-module-path --out-name engine --out-dir $(DOOR) $<
	wasm-opt -O3 --enable-bulk-memory --enable-multivalue --enable-nontrapping-float-to-int --enable-reference-types \
		--enable-sign-ext --enable-simd $(DOOR)/engine_bg.wasm --output $(DOOR)/engine.wasm
	cp $(DOOR)/engine.js npm/engine.js
	mv $(DOOR)/engine.wasm npm/engine.wasm

dist/index.html: npm/engine.wasm $(PAGE_SOURCES)
	trunk build --release --offline
	@touch $@

test: setup-test test-rust test-package test-airflow test-browser coverage check ## Sets up what is missing, and runs every test
	@echo "make test: everything passed."

test-rust:
	cargo test --locked --workspace --exclude dagwright-core

test-package: build
	node --test tests/package/*.test.mjs tests/forge/*.test.mjs tests/forge/opinions/*.test.mjs

test-airflow: build
	node --test tests/injection/*.test.mjs tests/airflow/*.test.mjs

test-browser: build
	cd tests && npx playwright test

# The tests of the engine run here, and only here: once, and counted.
coverage:
	cargo llvm-cov --locked --package dagwright-core --fail-under-lines 90

check: setup-check build ## Format, lints, licences and sizes
	cargo fmt --all --check
	cargo clippy --locked --package dagwright-core --package dagwright-json-schema --package dagwright --all-targets -- --deny warnings
	cargo clippy --locked --package dagwright-core --no-default-features -- --deny warnings
	cargo clippy --locked --package dagwright-web --target wasm32-unknown-unknown -- --deny warnings
	cargo deny --log-level error check bans licenses sources
	node tools/sizes.mjs

bench: setup-bench build ## Measures sizes and times, and writes docs/benchmarks.md
	node bench/run.mjs

always:
