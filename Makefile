# `make` alone says what there is. Everything builds in target/ or CARGO_TARGET_DIR; the site is
# always in target/site, where the server looks for it.

TARGET := $(or $(CARGO_TARGET_DIR),target)
TOOLS := frontend/toolchain
# cargo, with a Rust that compiles for the browser; made on first use.
WASM_CARGO := $(TOOLS)/wasm.sh cargo
WASM_TARGET := wasm32-unknown-unknown
BUNDLE := cargo run --quiet --package bundle --

# leptos compiles the name of the site's files into the server. The same for all commands, lest one
# rebuilds what the other has built.
export LEPTOS_OUTPUT_NAME := instant-chat

.PHONY: help run build watch site site-debug test lint unit faults-short browser faults api-test bare-machine deny fuzz size bench clean
.DEFAULT_GOAL := help

help: ## This list.
	@sed -n 's/^\([a-z-]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 20

run: build ## Build what changed and start the chat. The first time: 15 to 25 minutes on 2 cores.
	@exec $(TARGET)/release/instant-chat

build: site ## One program with the site in it: target/release/instant-chat.
	cargo build --release --package server --features embed

site: first-time cc ## The site as visitors get it, in target/site: small and compressed.
	$(WASM_CARGO) build --package frontend --target $(WASM_TARGET) --profile wasm-release
	@$(BUNDLE) --wasm $(TARGET)/$(WASM_TARGET)/wasm-release/frontend.wasm --release

site-debug: cc ## The same, quicker to build and larger, with names for debugging.
	$(WASM_CARGO) build --package frontend --target $(WASM_TARGET)
	@$(BUNDLE) --wasm $(TARGET)/$(WASM_TARGET)/debug/frontend.wasm

# In a folder of its own: what leptos compiles for reloading has marks in it that no other build must have.
watch: cargo-leptos ## Rebuild and reload while editing. The first time compiles cargo-leptos: 20 minutes.
	CARGO_TARGET_DIR="$(abspath $(TARGET))/watch" PATH="$(CURDIR)/.toolchain/bin:$$PATH" $(WASM_CARGO) leptos watch

test: tools lint unit faults-short api-test browser ## All checks and tests. From nothing: 27 minutes on 2 cores.

lint: cc ## Formatting and clippy, for the server and for the browser.
	cargo fmt --all --check
	cargo clippy --workspace --all-targets -- -D warnings
	$(WASM_CARGO) clippy --package frontend --target $(WASM_TARGET) -- -D warnings

unit: tools ## Rust's tests: units, logs against SQLite and PostgreSQL, the server over its sockets.
	@if command -v cargo-nextest >/dev/null; then cargo nextest run --workspace --no-fail-fast; else cargo test --workspace --all-targets; fi
	cargo test --workspace --doc

faults-short: tools ## A little of `make faults`, in a minute.
	@# The tests' own builds of runner and server: other commands would compile tokio again with other features.
	cargo test --workspace --no-run
	$(TARGET)/debug/faults --short

browser: tools site end2end/node_modules/.package-lock.json ## Playwright in Chromium, against the site as visitors get it.
	@# The tests' own build, as above.
	cargo test --workspace --no-run
	cd end2end && npx tsc && INSTANT_CHAT_BIN="$(abspath $(TARGET))/debug/instant-chat" npx playwright test

faults: tools ## Kill it, cut it off, fill its disk, under load, 200 times; then compare what everybody saw.
	cargo test --workspace --no-run
	@# A thousand sockets need as many descriptors, on both sides.
	ulimit -n "$$(ulimit -H -n)" && $(TARGET)/debug/faults

api-test: $(TARGET)/schemathesis/bin/schemathesis ## What the server says of its API, held against what it does. Takes Python.
	@# The tests' own build, as above.
	cargo test --workspace --no-run
	end2end/api/run.sh "$(abspath $(TARGET))/debug/instant-chat" "$(abspath $(TARGET))/schemathesis/bin/schemathesis"

bare-machine: ## What the README says of a first start, on a Debian with nothing on it, in a folder. By root.
	end2end/bare-machine/run.sh

deny: .toolchain/bin/cargo-deny ## Licences and sources of all that is built in; known faults, where their list can be had.
	.toolchain/bin/cargo-deny --locked check licenses bans sources
	@if .toolchain/bin/cargo-deny fetch db >/dev/null 2>&1; then \
	    .toolchain/bin/cargo-deny --locked check advisories; \
	else \
	    echo "Known faults were not looked for: the list (github.com/rustsec/advisory-db) cannot be had from here." >&2; \
	fi

fuzz: cc ## Throw at parsers what nobody would think of, FUZZ_SECONDS (600) each; keep what reached something new.
	@$(TOOLS)/system.sh c++:g++
	end2end/fuzz/run.sh "$(abspath $(TARGET))/fuzz"

size: site ## What a first visit to a room downloads, in bytes.
	@$(TOOLS)/system.sh curl:curl
	@cargo build --quiet --package server
	@$(TOOLS)/room-page.sh $(TARGET)/debug/instant-chat >$(TARGET)/room-page.html
	@$(BUNDLE) size $(TARGET)/room-page.html

bench: ## What delivering and storing cost, beside the floor of the same machine. Takes 8 minutes; let nothing else run.
	@$(TOOLS)/system.sh cc:gcc initdb:postgresql
	cargo build --release --package load --package server
	@$(TARGET)/release/load

.toolchain/bin/cargo-deny: export CARGO_PROFILE_DEV_DEBUG := 0
.toolchain/bin/cargo-deny: | cc
	@echo "Compiling cargo-deny: some minutes, once"
	cargo install cargo-deny --version 0.20.2 --debug --root .toolchain --locked

clean: ## Remove what was built. Toolchains made here (.toolchain) and data stay.
	cargo clean
	rm -rf target/site target/site.stamp end2end/node_modules end2end/test-results end2end/playwright-report

# --- what the above stand on ---

.PHONY: first-time cc tools cargo-leptos
first-time:
	@test -e $(TARGET)/$(WASM_TARGET)/wasm-release/frontend.wasm || \
	    echo "Building for the first time: 15 to 25 minutes on 2 cores. Later builds take seconds."

cc:
	@$(TOOLS)/system.sh cc:gcc
	@$(TOOLS)/rust.sh

# Chromium without its windows, which takes half the time, where it is to be had by itself.
BROWSERS := $(if $(shell command -v apt-get),chromium-headless-shell:chromium-headless-shell) chromium:chromium

# All at once and before anything is compiled: what is missing is said after a second, not after minutes.
tools:
	@$(TOOLS)/system.sh cc:gcc initdb:postgresql node:nodejs npm:npm $(BROWSERS)
	@$(TOOLS)/rust.sh

end2end/node_modules/.package-lock.json: end2end/package-lock.json | tools
	cd end2end && npm ci --no-audit --no-fund
	@touch $@

$(TARGET)/schemathesis/bin/schemathesis: | cc
	@$(TOOLS)/system.sh python3:python3-venv curl:curl
	python3 -m venv $(TARGET)/schemathesis
	$(TARGET)/schemathesis/bin/pip install --quiet schemathesis==4.32.5
	@touch $@

# Links under which bundle answers for the tools that cargo-leptos would download.
cargo-leptos: cc
	cargo build --quiet --package bundle
	@mkdir -p .toolchain/bin
	@ln -sf "$(abspath $(TARGET))/debug/bundle" .toolchain/bin/wasm-bindgen
	@ln -sf "$(abspath $(TARGET))/debug/bundle" .toolchain/bin/wasm-opt
	@PATH="$(CURDIR)/.toolchain/bin:$$PATH" command -v cargo-leptos >/dev/null || $(MAKE) --no-print-directory .toolchain/bin/cargo-leptos

# Its locked dependencies want a newer Rust than we do; the newest that suit this Rust work as well.
.toolchain/bin/cargo-leptos: export CARGO_PROFILE_DEV_DEBUG := 0
.toolchain/bin/cargo-leptos:
	@echo "Compiling cargo-leptos: up to 20 minutes on 2 cores, once"
	cargo install cargo-leptos --version 0.3.11 --debug --root .toolchain --locked || \
	    cargo install cargo-leptos --version 0.3.11 --debug --root .toolchain --ignore-rust-version
