#!/usr/bin/env python3
"""make.py SERVER FOLDER: what a server of this build leaves in its database after a day's use, as statements.

DUMP_DATABASE_URL says where there is an empty Postgres. FOLDER gets sqlite.sql, postgres.sql, and said.json: what a participant of each room read over the API when the
database was written down. Who changes how things are kept opens them and reads the same.
"""
import json, os, re, sqlite3, struct, subprocess, sys, tempfile, urllib.request, zlib

server, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])


def picture():
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    pixels = zlib.compress(b"\0" + b"\xc0\x40\x20" * 4)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 1, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", pixels) + chunk(b"IEND", b""))


def recording():
    def element(name, content):
        return name + bytes([0x80 | len(content)]) + content
    track = element(b"\xae", element(b"\x83", b"\2") + element(b"\x86", b"A_OPUS"))
    return (element(b"\x1a\x45\xdf\xa3", element(b"\x42\x82", b"webm"))
            + element(b"\x18\x53\x80\x67", element(b"\x16\x54\xae\x6b", track) + element(b"\x1f\x43\xb6\x75", b"")))


class Chat:
    def __init__(self, url):
        self.api = url + "/api/chat/instant"

    def call(self, method, path, body=None, token=None, raw=None):
        headers = {"content-type": "application/json"}
        if token:
            headers["authorization"] = "Bearer " + token
        data = raw if raw is not None else json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.api + path, data, headers, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            answer = answer.read()
            return json.loads(answer) if answer else None


def use(chat):
    """A day's use: all kinds of entries, settings, people and ends. What a participant read of each room."""
    said, number = {}, iter(range(1000))

    def room(name, stored, **more):
        made = chat.call("POST", "/create", {"creatorName": "Maya", "storeHistory": stored, "tokenIn": "answer"})
        chat_id, token = made["chatId"], made["token"]

        def say(body, by=token):
            message = {"clientId": "m%d" % next(number), "body": {"v": 1, **body}}
            return chat.call("POST", "/%s/messages" % chat_id, message, by)["seq"]

        def join(name):
            return chat.call("POST", "/%s/join" % chat_id, {"name": name, "tokenIn": "answer"})

        def rule(what, body):
            return chat.call("POST", "/%s/%s" % (chat_id, what), body, made["creatorToken"])

        said[name] = {"chatId": chat_id, "token": token, "creatorToken": made["creatorToken"]}
        return chat_id, token, say, join, rule

    chat_id, maya, say, join, rule = room("talk", True)
    ben, eve = join("Ben"), join("Еve \u05d0\u05d1 😀")
    hello = say({"kind": "text", "text": "Hello, \"world\" \\ \u2028 😀 סלאם"})
    say({"kind": "text", "text": "Hello yourself", "replyTo": hello}, ben["token"])
    wrong = say({"kind": "text", "text": "Tuesday"}, ben["token"])
    say({"kind": "edit", "target": wrong, "text": "Wednesday"}, ben["token"])
    say({"kind": "edit", "target": wrong, "text": "Thursday"}, ben["token"])
    answered = say({"kind": "text", "text": "An answer", "replyTo": wrong})
    say({"kind": "edit", "target": answered, "text": "A better answer"})
    regretted = say({"kind": "text", "text": "Regretted"}, eve["token"])
    say({"kind": "edit", "target": regretted, "text": "Regretted, too"}, eve["token"])
    say({"kind": "reaction", "target": hello, "emoji": "👍", "on": True}, ben["token"])
    say({"kind": "reaction", "target": hello, "emoji": "❤️", "on": True}, eve["token"])
    say({"kind": "reaction", "target": hello, "emoji": "👍", "on": False}, ben["token"])
    say({"kind": "reaction", "target": regretted, "emoji": "👀", "on": True}, ben["token"])
    say({"kind": "delete", "target": regretted}, eve["token"])
    shown = chat.call("POST", "/%s/media" % chat_id, token=ben["token"], raw=picture())
    say({"kind": "image", "alt": "Four dots", "replyTo": hello, **shown}, ben["token"])
    gone = chat.call("POST", "/%s/media" % chat_id, token=maya, raw=picture())
    say({"kind": "delete", "target": say({"kind": "image", **gone})})
    heard = chat.call("POST", "/%s/media" % chat_id, token=maya, raw=recording())
    say({"kind": "audio", "mediaId": heard["mediaId"], "durationMs": 400, "waveform": [0, 9, 31]})
    rule("text-only", {"textOnly": True})
    rule("lock", {"locked": True})
    rule("extend", {"hours": 5})
    rule("owner-link", {})
    rule("remove", {"participantId": eve["participant"]["id"]})
    say({"kind": "text", "text": "The last word"})

    chat_id, maya, say, join, rule = room("empty", True)
    chat_id, maya, say, join, rule = room("long", True)
    for n in range(250):
        say({"kind": "text", "text": "Line %d" % n, **({"replyTo": n} if n % 7 == 6 else {})})
    chat_id, maya, say, join, rule = room("live", False)
    join("Ben")
    say({"kind": "text", "text": "This is not written down"})
    chat_id, maya, say, join, rule = room("ended", True)
    say({"kind": "text", "text": "This is gone"})
    rule("end", {})

    for name, room in said.items():
        if name in ("live", "ended"):
            continue
        room["entries"], after = [], 0
        while True:
            path = "/%s/messages?limit=200&after=%d" % (room["chatId"], after)
            page = chat.call("GET", path, token=room["token"])
            if not page["entries"]:
                break
            room["entries"] += page["entries"]
            after = page["nextAfter"]
        room["details"] = chat.call("GET", "/" + room["chatId"], token=room["token"])
    return said


def serve(data, more):
    environment = {**os.environ, "HOST": "127.0.0.1", "PORT": "0", "DATA_DIR": data, "LOG": "error",
                   "MESSAGES_PER_SECOND": "10000", "MESSAGE_BURST": "100000", "ROOM_LIMIT": "100000/1s", **more}
    for limit in ("REQUEST", "CREATE", "JOIN", "CONNECT", "MISS"):
        environment[limit + "_LIMIT"] = "100000/1s"
    program = subprocess.Popen([server], env=environment, stdout=subprocess.PIPE, text=True)
    for line in program.stdout:
        if found := re.search(r"ready: (\S+)", line):
            return program, found.group(1)
    raise SystemExit("the server did not start")


def stop(program):
    program.terminate()
    program.wait(30)


def main():
    os.makedirs(folder, exist_ok=True)
    said = {}
    with tempfile.TemporaryDirectory() as data:
        program, url = serve(data, {})
        said["sqlite"] = use(Chat(url))
        stop(program)
        database = next(os.path.join(data, name) for name in os.listdir(data) if name.endswith((".db", ".sqlite")))
        with open(os.path.join(folder, "sqlite.sql"), "w") as out:
            out.writelines(line + "\n" for line in sqlite3.connect(database).iterdump())
    with tempfile.TemporaryDirectory() as data:
        program, url = serve(data, {"DATABASE_URL": os.environ["DUMP_DATABASE_URL"]})
        said["postgres"] = use(Chat(url))
        stop(program)
        dump = subprocess.run(["pg_dump", "--inserts", "--no-owner", "--no-privileges", os.environ["DUMP_DATABASE_URL"]],
                              check=True, capture_output=True, text=True).stdout
        # What only pg_dump's own reader understands, and settings of the connection.
        dump = "\n".join(line for line in dump.split("\n")
                         if not re.match(r"\\|--|SET |SELECT pg_catalog.set_config|$", line))
        with open(os.path.join(folder, "postgres.sql"), "w") as out:
            out.write(dump + "\n")
    with open(os.path.join(folder, "said.json"), "w") as out:
        json.dump(said, out, ensure_ascii=False, separators=(",", ":"))
        out.write("\n")


main()
