#!/bin/sh
# What the README says of a first start, done to the letter on a Debian with nothing on it: a folder that debootstrap
# fills, with processes of its own. By root, on Debian; takes as long as the first build. What it made it removes.
#   bare-machine.sh [FOLDER]: where the machine is to be, with 12 GB free.
set -eu

here=$(cd "$(dirname "$0")/../.." && pwd)
[ "$(id -u)" = 0 ] || { echo "Only root makes a machine in a folder: sudo make bare-machine" >&2; exit 1; }
"$here/frontend/toolchain/system.sh" debootstrap:debootstrap curl:curl git:git

machine=$(mktemp -d "${1:-/var/tmp}/bare-machine.XXXXXX")
trap 'rm -rf --one-file-system "$machine"' EXIT
trap 'exit 1' HUP INT TERM
began=$(date +%s)
say() { printf '%4d s  %s\n' "$(($(date +%s) - began))" "$*"; }

# As it comes, and what the README asks for.
. /etc/os-release
debootstrap --variant=minbase --include=ca-certificates "$VERSION_CODENAME" "$machine" >"$machine.log" 2>&1 ||
    { tail "$machine.log" >&2; exit 1; }
rm "$machine.log"
say "Debian is there"
cat >"$machine/etc/apt/sources.list" <<EOF
deb http://deb.debian.org/debian $VERSION_CODENAME main
deb http://deb.debian.org/debian $VERSION_CODENAME-updates main
deb http://deb.debian.org/debian-security $VERSION_CODENAME-security main
EOF
# How this machine finds and trusts the world, so does that one.
cp /etc/hosts /etc/resolv.conf "$machine/etc/"
cp "${SSL_CERT_FILE:-/etc/ssl/certs/ca-certificates.crt}" "$machine/etc/ssl/certs/ca-certificates.crt"
cp /etc/apt/apt.conf.d/*registry* "$machine/etc/apt/apt.conf.d/" 2>/dev/null || true
# Processes of its own, which end with the first; its own view of them and of nothing else. In place of the shell that says so.
run() {
    exec unshare --mount --pid --fork --kill-child --mount-proc="$machine/proc" chroot "$machine" /usr/bin/env -i \
        HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$@"
}
inside() { (run "$@"); }
packages=$(sed -n 's/^\(sudo \)\{0,1\}apt install \(.*[^ ]\) *#.*/\2/p' "$here/README.md")
# One word a package.
# shellcheck disable=SC2086
inside sh -c 'apt-get -qq update && apt-get -qq -y install --no-install-recommends "$@" >/dev/null 2>&1' sh $packages
say "installed, as the README says: $packages"

git clone --quiet "file://$here" "$machine/root/instant-chat"
grep -q '^make run  ' "$here/README.md"
# Any port that is free, as other servers may run here.
run PORT=0 sh -c 'cd /root/instant-chat && exec make run' >"$machine/out" 2>"$machine/err" &
serving=$!
# The first of its processes heeds no other signal.
trap 'kill -KILL "$serving" 2>/dev/null || true; wait "$serving" 2>/dev/null || true; rm -rf --one-file-system "$machine"' EXIT
until grep -q 'is ready' "$machine/out"; do
    kill -0 "$serving" 2>/dev/null || { tail -n 30 "$machine/err" >&2; exit 1; }
    sleep 1
done
url=$(sed -n 's/^Instant Chat is ready: //p' "$machine/out")
say "make run serves at $url"

ask() { curl -fsS --noproxy '*' "$@"; }
ask "$url/" | grep -q 'Start Instant Chat'
made=$(ask "$url/api/chat/instant/create" -H 'content-type: application/json' -d '{"storeHistory":true}')
room=$(printf %s "$made" | sed -n 's/.*"chatId":"\([^"]*\)".*/\1/p')
page=$(ask "$url/instant-chat/$room")
for file in $(printf %s "$page" | grep -o '/pkg/[^"]*\.\(css\|js\|wasm\)' | sort -u); do
    ask -o /dev/null "$url$file"
    say "served: $file"
done
printf %s "$page" | grep -q '/pkg/[^"]*\.wasm'
say "a chat was started, and its page and all that it loads are there"
