# Two commands do everything on a fresh machine: `make demo` and `make test`.

# Language of the demo's consumer: fr, ar or en.
IN ?= fr
# What the demo plays: granted (the shop accepts), mediation (a mediator helps), service (a shop's customer service, then mediation).
TRACK ?= granted
FLAGS ?=
# A folder of real mail with expectations and scorers; what it holds is not part of this repository.
CORPUS ?= ../shared/corpus
# How often `make crash` kills the daemon at random moments.
KILLS ?= 2000

.PHONY: demo test lint release corpus bench crash clean

## Play a whole dispute over real mail servers on this machine.
demo:
	@tests/tools/install mail
	@cargo build --bin elitige --example demo
	@target/debug/examples/demo --in $(IN) --track $(TRACK) $(FLAGS)

## Everything: the rules of the house, every unit, every story, real servers.
test: lint
	@tests/tools/install all
	@if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --cargo-profile suite --no-fail-fast; else cargo test --profile suite --no-fail-fast; fi

lint:
	cargo fmt --check
	cargo clippy --profile suite --all-targets --quiet -- -D warnings

release:
	cargo build --release --bin elitige

## Measure the reader on a corpus of real mail and store the figures.
corpus: release
	@tests/tools/corpus $(CORPUS) target/release/elitige tests/corpus-figures.md

## How many mails are read in a second, beside mail-parser alone; then what the daemon does on real servers, beside bare clients. ONLY=ac picks parts.
bench:
	@tests/tools/install mail
	cargo bench --bench reading -- $(wildcard $(CORPUS))
	cargo bench --bench mail

## Kill the daemon at every system call of a reference scenario, KILLS times at random under load, and cut its IMAP line after every byte. Takes hours.
crash: release
	@tests/tools/install all
	ELITIGE_PROGRAM=$(CURDIR)/target/release/elitige ELITIGE_SYSCALLS=all ELITIGE_KILLS=$(KILLS) ELITIGE_LIFE=1500 ELITIGE_CUTS=1 \
		cargo test --test crashes -- --nocapture --test-threads 1 f25_ f26_ f36_

clean:
	cargo clean
