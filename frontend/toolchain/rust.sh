#!/bin/sh
# Makes sure that there is a Rust. Where there is none at all, Debian's packages are installed, by root; whoever has
# rustup keeps it.
set -eu

here=$(cd "$(dirname "$0")" && pwd)

if command -v cargo >/dev/null && command -v rustc >/dev/null; then
    exit 0
fi
if [ -x "${CARGO_HOME:-$HOME/.cargo}/bin/cargo" ]; then
    echo "Rust is installed, but not on PATH. Please run: . \"${CARGO_HOME:-$HOME/.cargo}/env\"" >&2
    exit 1
fi
if ! command -v apt-get >/dev/null; then
    echo "Rust is missing. Please install it as https://rustup.rs says." >&2
    exit 1
fi
exec "$here/system.sh" cargo:cargo-web rustc:rustc-web rustfmt:rustfmt-web clippy-driver:rust-web-clippy
