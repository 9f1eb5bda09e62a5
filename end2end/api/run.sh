#!/bin/sh
# run.sh SERVER SCHEMATHESIS: what the server says of its API, held against what it does. Twice: about rooms that are
# not there, and about one that is, as a participant of it.
set -eu
server=$1 schemathesis=$2
folder=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
export HOST=127.0.0.1 PORT=0 DATA_DIR="$folder/data" LOG=error MESSAGES_PER_SECOND=10000 MESSAGE_BURST=100000
for deed in REQUEST CREATE JOIN CONNECT MISS; do export "${deed}_LIMIT=100000/1s"; done
# So many join that nobody else would fit.
export ROOM_CAPACITY=1000
"$server" >"$folder/out" &
pid=$!
until grep -q ready "$folder/out"; do kill -0 "$pid"; sleep 0.1; done
url=$(sed -n 's/^Instant Chat is ready: //p' "$folder/out")
cd "$folder"
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
configure() {
    # A name or a text is more than a schema can say: 422 is an answer to what fits the schema, too.
    printf '[checks.positive_data_acceptance]\nexpected-statuses = [%s]\n' \
        '"2xx", 401, 403, 404, 409, 422' >schemathesis.toml
}
test_api() {
    # A stream of events has no end and a socket is no call; both have tests of their own.
    NO_PROXY=127.0.0.1 "$schemathesis" --config-file schemathesis.toml run "$url/api/openapi.json" \
        --exclude-path-regex '(events|socket)$' --no-color --seed 1 --generation-database none \
        --max-examples "${MAX_EXAMPLES:-100}" "$@"
}
configure
test_api
made=$(curl -fsS --noproxy '*' -X POST -H 'content-type: application/json' -d '{"creatorName":"Maya"}' \
    "$url/api/chat/instant/create")
configure
printf '[parameters]\nchatId = "%s"\n' "$(echo "$made" | field chatId)" >>schemathesis.toml
test_api --header "Authorization: Bearer $(echo "$made" | field token)"
