#!/bin/sh
# Runs a command with a Rust toolchain that compiles for the browser, which it finds or makes:
#   wasm.sh cargo build --target wasm32-unknown-unknown …
# In this order: the Rust on PATH as it is, rustup's download of the target, Debian's packages (debian.sh).
# INSTANT_CHAT_WASM=rustup or =debian allows only that one.
set -eu

target=wasm32-unknown-unknown
here=$(cd "$(dirname "$0")" && pwd)
private=$here/../../.toolchain/debian

# The library itself is looked for: rustup may list a target whose files are gone.
can_compile() {
    set -- "$(rustc --print target-libdir --target "$target" 2>/dev/null)"/libstd-*.rlib
    [ -e "$1" ]
}

add_by_rustup() {
    command -v rustup >/dev/null || return 1
    echo "Adding Rust's $target target with rustup (20 MB)" >&2
    # Without network rustup tries again and again; a slow line needs its time.
    timeout 300 rustup target add "$target" >/dev/null 2>&1 && can_compile
}

# Debian's compiler does not look beside itself for its library, and cargo looks for rustc and
# clippy-driver on PATH.
run_private() {
    PATH=$private/bin:$PATH
    LD_LIBRARY_PATH=$private/lib${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
    export PATH LD_LIBRARY_PATH
    unset RUSTC RUSTUP_TOOLCHAIN
    exec "$@"
}

"$here/rust.sh"

case ${INSTANT_CHAT_WASM:-any} in
rustup)
    can_compile || add_by_rustup || { echo "rustup could not add $target" >&2 && exit 1; }
    exec "$@"
    ;;
debian) ;;
*)
    can_compile && exec "$@"
    # Once made, the private toolchain is used at once: rustup's attempt may take minutes to fail.
    [ -d "$private" ] && run_private "$@"
    add_by_rustup && exec "$@"
    ;;
esac
[ -d "$private" ] || "$here/debian.sh" "$private"
run_private "$@"
