#!/bin/sh
# Checks that a tool is there and new enough: `setup.sh rust|node|chromium|miri ...`. Adds what can be added without
# asking (the wasm target); for anything else it says in one line what is missing and what to do, and fails.
set -eu

rust_needed=88 # 1.88, as in Cargo.toml
node_needed=20

fail() {
    echo "handwire: $1" >&2
    exit 1
}

# Whether the standard library for wasm32 is installed, however Rust came to this machine.
has_wasm_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/wasm32-unknown-unknown/lib" ]
}

check_rust() {
    command -v cargo >/dev/null 2>&1 || fail "Rust is missing: install it from https://rustup.rs"
    minor=$(rustc --version | sed -n 's/^rustc 1\.\([0-9]*\)\..*/\1/p')
    [ "${minor:-0}" -ge "$rust_needed" ] || fail "$(rustc --version) is too old: run \`rustup update\` (1.$rust_needed or newer is needed)"
    has_wasm_target && return
    command -v rustup >/dev/null 2>&1 || fail "the target wasm32-unknown-unknown is missing, and there is no rustup to add it: install Rust from https://rustup.rs"
    rustup target add wasm32-unknown-unknown || fail "the target wasm32-unknown-unknown could not be added: run \`rustup target add wasm32-unknown-unknown\` when the network is there"
}

check_node() {
    command -v node >/dev/null 2>&1 || fail "Node is missing: install version $node_needed or newer from https://nodejs.org"
    version=$(node --version)
    major=$(echo "$version" | sed 's/^v\([0-9]*\)\..*/\1/')
    [ "$major" -ge "$node_needed" ] || fail "Node $version is too old: install version $node_needed or newer from https://nodejs.org"
    command -v npm >/dev/null 2>&1 || fail "npm is missing: install it (it comes with Node from https://nodejs.org)"
}

# The same search as in tests/support/chromium.js.
check_chromium() {
    if [ -n "${CHROMIUM:-}" ]; then
        [ -x "$CHROMIUM" ] || fail "CHROMIUM=$CHROMIUM is no program: set it to the path of a Chromium"
        return
    fi
    for name in chromium chromium-browser google-chrome; do
        command -v "$name" >/dev/null 2>&1 && return
    done
    fail "no Chromium found: install it (\`apt-get install chromium\`) or set CHROMIUM to its path"
}

check_miri() {
    command -v rustup >/dev/null 2>&1 || fail "Miri needs rustup: install Rust from https://rustup.rs"
    cargo +nightly miri --version >/dev/null 2>&1 || fail "Miri is missing: run \`rustup toolchain install nightly --component miri,rust-src\`"
}

for tool in "$@"; do
    case $tool in
    rust | node | chromium | miri) "check_$tool" ;;
    *) fail "setup.sh knows rust, node, chromium and miri, not $tool" ;;
    esac
done
