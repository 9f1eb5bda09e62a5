#!/bin/sh
# Prints the page that a guest gets for a new chat: room-page.sh SERVER
# SERVER is the program; it is started on a free port, in a folder of its own, and stopped again.
set -eu

folder=$(mktemp -d)
HOST=127.0.0.1 PORT=0 DATABASE_URL="sqlite:$folder/chat.db" DATA_DIR="$folder" "$1" >"$folder/log" &
server=$!
trap 'kill "$server" 2>/dev/null; wait "$server" || true; rm -rf "$folder"' EXIT

url=
while [ -z "$url" ]; do
    kill -0 "$server"
    sleep 0.1
    url=$(sed -n 's/^Instant Chat is ready: //p' "$folder/log")
done
chat=$(curl -fsS -H 'content-type: application/json' -d '{}' "$url/api/chat/instant/create" |
    sed 's/.*"chatId":"\([^"]*\)".*/\1/')
curl -fsS "$url/instant-chat/$chat"
