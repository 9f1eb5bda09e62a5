#!/bin/sh
# run.sh SERVER SCHEMATHESIS: what the server says of its API, held against what it does. For rooms that are not there;
# for one that is, as a participant of it; as its creator; as somebody whom the host's site vouches for.
set -eu
server=$1 schemathesis=$2
folder=$(mktemp -d)
trap 'kill "$pid" 2>/dev/null || true; rm -rf "$folder"' EXIT
export HOST=127.0.0.1 PORT=0 DATA_DIR="$folder/data" LOG=error MESSAGES_PER_SECOND=10000 MESSAGE_BURST=100000 ROOM_LIMIT=100000/1s
for deed in REQUEST CREATE JOIN CONNECT MISS; do export "${deed}_LIMIT=100000/1s"; done
# So many join that nobody else would fit.
export ROOM_CAPACITY=1000
export IDENTITY_SECRET=a-secret-of-at-least-32-bytes-for-tests IDENTITY_ISSUER=https://host.example IDENTITY_AUDIENCE=chat
"$server" >"$folder/out" &
pid=$!
until grep -q ready "$folder/out"; do kill -0 "$pid"; sleep 0.1; done
url=$(sed -n 's/^Instant Chat is ready: //p' "$folder/out")
api=$url/api/chat/instant
cd "$folder"
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }
call() { curl -fsS --noproxy '*' -X POST "$@"; }
configure() {
    # A name, a text or a file is more than a schema can say: 415 and 422 are answers to what fits the schema, too.
    printf '[checks.positive_data_acceptance]\nexpected-statuses = [%s]\n' \
        '"2xx", 401, 403, 404, 409, 415, 422' >schemathesis.toml
    [ $# = 0 ] || { echo '[parameters]'; printf '%s\n' "$@"; } >>schemathesis.toml
}
test_api() {
    # A stream of events has no end and a socket is no call; both have tests of their own.
    NO_PROXY=127.0.0.1 "$schemathesis" --config-file schemathesis.toml run "$url/api/openapi.json" \
        --exclude-path-regex '(events|socket)$' --no-color --seed 1 --generation-database none \
        --max-examples "${MAX_EXAMPLES:-50}" "$@"
}
# What only who has the creator's token may do, but for the end.
rules='(lock|text-only|extend|owner-link|remove)$'

configure
test_api

made=$(call "$api/create" -H 'content-type: application/json' -d '{"creatorName":"Maya","storeHistory":true}')
chat=$(echo "$made" | field chatId) token=$(echo "$made" | field token) creator=$(echo "$made" | field creatorToken)
printf '%s' iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg== |
    base64 -d >picture.png
medium=$(call "$api/$chat/media" -H "Authorization: Bearer $token" --data-binary @picture.png | field mediaId)
configure "chatId = \"$chat\"" "mediaId = \"$medium\""
test_api --header "Authorization: Bearer $token"

configure "chatId = \"$chat\""
test_api --header "Authorization: Bearer $creator" --include-path-regex "$rules"
test_api --header "Authorization: Bearer $creator" --include-path-regex '/end$'

identity=$(python3 -c '
import base64, hashlib, hmac, json, os, time
def part(data): return base64.urlsafe_b64encode(data).rstrip(b"=")
claims = {"sub": "user-7", "name": "Maya", "iss": os.environ["IDENTITY_ISSUER"], "aud": os.environ["IDENTITY_AUDIENCE"],
          "exp": int(time.time()) + 3600}
signed = part(json.dumps({"alg": "HS256"}).encode()) + b"." + part(json.dumps(claims).encode())
key = os.environ["IDENTITY_SECRET"].encode()
print((signed + b"." + part(hmac.new(key, signed, hashlib.sha256).digest())).decode())')
made=$(call "$api/create" -H "Authorization: Bearer $identity")
configure "chatId = \"$(echo "$made" | field chatId)\""
test_api --header "Authorization: Bearer $identity" --include-path-regex '(create|join)$'
