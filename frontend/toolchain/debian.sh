#!/bin/sh
# Makes a Rust toolchain that compiles for the browser out of Debian's packages:
#   debian.sh FOLDER
# The packages are unpacked into FOLDER, not installed: installed they conflict with rustup. Debian
# has no standard library for wasm32-unknown-unknown, so it is compiled from Debian's source, by
# Debian's compiler: a compiler cannot read another version's library.
set -eu

folder=$1
target=wasm32-unknown-unknown
here=$(cd "$(dirname "$0")" && pwd)

say() { echo "$*" >&2; }
fail() { say "$*" && exit 1; }
# The one name among a package's dependencies that begins so: it carries the version.
depends() { apt-cache depends "$1" | sed -n "s/^ *Depends: \($2[0-9.]*\)$/\1/p" | head -n 1; }
# The installed cargo, without rustup's choice of a toolchain around it.
real_cargo() { rustup which cargo 2>/dev/null || command -v cargo; }

command -v apt-get >/dev/null || fail "No Rust for the browser: please run 'rustup target add $target' where there is a network."

say "Making a Rust toolchain for the browser from Debian's packages (110 MB, about 2 minutes, once)"
apt-cache show rustc-web >/dev/null 2>&1 || [ "$(id -u)" != 0 ] || apt-get update -qq >&2
version=$(apt-cache policy rustc-web | sed -n 's/^ *Candidate: //p')
[ -n "$version" ] && [ "$version" != '(none)' ] || fail "Debian's rustc-web is not to be found; perhaps: sudo apt-get update"
libstd=libstd-rust-web-$(echo "$version" | cut -d. -f1,2)
llvm=$(depends "$libstd" libllvm)
"$here/system.sh" "lld-${llvm#libllvm}:lld-${llvm#libllvm}" cc:gcc

# All is made in a folder beside the final one and renamed last: an interrupted attempt leaves nothing
# that looks finished.
work=$folder.partial
rm -rf "$work"
mkdir -p "$work/packages"
cd "$work/packages"
# apt drops its rights for a download and warns where it cannot; as ourselves it says nothing.
apt-get download -qq -o APT::Sandbox::User= rustc-web "$libstd" libstd-rust-web-dev rust-web-src rust-web-clippy >&2
for package in *.deb; do
    dpkg -x "$package" "$work"
done

cd "$work/usr"
mv lib/*-linux-gnu/librustc_driver-*.so lib/
ln -s "$(real_cargo)" bin/cargo
PATH=$work/usr/bin:$PATH LD_LIBRARY_PATH=$work/usr/lib
export PATH LD_LIBRARY_PATH
unset RUSTC RUSTUP_TOOLCHAIN
host=$(rustc -vV | sed -n 's/^host: //p')
mkdir -p "lib/rustlib/$host/bin"
ln -s "$(command -v "lld-${llvm#libllvm}")" "lib/rustlib/$host/bin/rust-lld"

say "Compiling its standard library (about a minute)"
cd "$work/usr/src"/rustc-*/library
# The bitcode is what link-time optimisation reads; the flag keeps the library's private crates private.
CARGO_TARGET_DIR=$work/std RUSTC_BOOTSTRAP=1 RUSTFLAGS="-Cembed-bitcode=yes -Zforce-unstable-if-unmarked" \
    cargo build --quiet --release --target "$target" --manifest-path sysroot/Cargo.toml >&2
mkdir -p "$work/usr/lib/rustlib/$target/lib"
cp "$work/std/$target/release/deps/"*.rlib "$work/usr/lib/rustlib/$target/lib/"

cd "$work/usr"
rm -rf src share
mv "$work/usr" "$folder"
rm -rf "$work"
