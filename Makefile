# Two commands do everything on a fresh machine: `make demo` and `make test`.

# Language of the demo's consumer: fr, ar or en.
IN ?= fr
FLAGS ?=

.PHONY: demo test lint check release clean

## Play a whole dispute over real mail servers on this machine.
demo:
	@tests/tools/install mail
	@cargo build --bin elitige --example demo
	@target/debug/examples/demo --in $(IN) $(FLAGS)

## Everything: the rules of the house, every unit, every story, real servers.
test: lint
	@tests/tools/install all
	@if cargo nextest --version >/dev/null 2>&1; then cargo nextest run --no-fail-fast; else cargo test --no-fail-fast; fi

lint:
	cargo fmt --check
	cargo clippy --all-targets --quiet -- -D warnings

release:
	cargo build --release --bin elitige

clean:
	cargo clean
