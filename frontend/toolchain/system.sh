#!/bin/sh
# Makes sure that programs are there which come from the system's packages:
#   system.sh COMMAND:PACKAGE…
# As root on Debian it installs what is missing, all at once; otherwise it prints the one command
# that does. A system with other package names only needs the commands to be on PATH.
set -eu

# Debian keeps PostgreSQL's server programs off PATH, one folder a version.
is_there() {
    command -v "$1" || ls "/usr/lib/postgresql/"*"/bin/$1"
} >/dev/null 2>&1

missing=
for pair; do
    is_there "${pair%%:*}" || missing="$missing ${pair#*:}"
done
[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null; then
    echo "Please install:$missing" >&2
    exit 1
fi
if [ "$(id -u)" != 0 ]; then
    echo "Some programs are missing. Please run: sudo apt-get install$missing" >&2
    exit 1
fi
echo "Installing$missing (some minutes at most)" >&2
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq >&2
# Word splitting is meant: one word a package.
# shellcheck disable=SC2086
apt-get install -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends $missing </dev/null >&2
