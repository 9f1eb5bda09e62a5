import { createHash } from "node:crypto";
import { makeRoom } from "../support/api.ts";
import { expect, test } from "../support/test.ts";

test("every page says what it may do, and nobody may frame or keep it", async ({ request }) => {
  const room = await makeRoom(request);
  for (const path of ["/", "/start", room.url, "/nothing/here"]) {
    const headers = (await request.get(path)).headers();
    expect(headers, path).toMatchObject({
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "x-frame-options": "DENY",
      "cross-origin-opener-policy": "same-origin",
      "cache-control": "no-store",
    });
    const policy = directives(headers["content-security-policy"]);
    expect(policy, path).toMatchObject({
      "default-src": ["'none'"],
      "frame-ancestors": ["'none'"],
      "base-uri": ["'none'"],
      "form-action": ["'self'"],
    });
    expect(policy["script-src"], path).not.toContain("'unsafe-inline'");
    expect(policy["style-src"], path).not.toContain("'unsafe-inline'");
  }
  expect((await request.get(room.url)).headers()["x-robots-tag"]).toMatch(/noindex/);
});

test("pages are compressed for who takes it", async ({ request }) => {
  for (const [accepted, encoding] of [
    ["gzip, br", "br"],
    ["gzip", "gzip"],
    ["identity", undefined],
  ] as const) {
    const answer = await request.get("/", { headers: { "accept-encoding": accepted } });
    expect(answer.headers()["content-encoding"], accepted).toBe(encoding);
    expect(answer.headers()["vary"], accepted).toMatch(/accept-encoding/i);
    expect(await answer.text(), accepted).toContain("A chat, one link away.");
  }
});

test("a nonce is used once", async ({ request }) => {
  const nonces = new Set<string>();
  for (let i = 0; i < 3; i++) {
    const answer = await request.get("/");
    const nonce = /'nonce-([^']+)'/.exec(answer.headers()["content-security-policy"] ?? "")?.[1] ?? "";
    expect(nonce.length).toBeGreaterThanOrEqual(22);
    expect(await answer.text()).toContain(`nonce="${nonce}"`);
    nonces.add(nonce);
  }
  expect(nonces.size).toBe(3);
});

test("cookies are kept from scripts and from other sites", async ({ request }) => {
  const data = { storeHistory: false, creatorName: "Maya", tokenIn: "cookie" };
  const answer = await request.post("/api/chat/instant/create", { data });
  const cookies = answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie");
  expect(cookies).toHaveLength(2);
  for (const { value } of cookies) expect(value).toMatch(/HttpOnly/i), expect(value).toMatch(/SameSite=(Lax|Strict)/i);
});

test("the site's files are named by their content, compressed, and kept for good", async ({ request }) => {
  const page = await (await request.get((await makeRoom(request)).url)).text();
  const files = [...new Set(page.match(/\/pkg\/instant-chat\.[\w-]+\.(?:js|wasm|css)/g))];
  expect(files.map((file) => file.split(".").at(-1)).sort()).toEqual(["css", "js", "wasm"]);
  for (const file of files) {
    const plain = await request.get(file, { headers: { "accept-encoding": "identity" } });
    expect(plain.headers()["cache-control"], file).toMatch(/max-age=31536000, immutable/);
    expect(plain.headers()["content-encoding"], file).toBeUndefined();
    const digest = createHash("sha256").update(await plain.body()).digest("hex");
    for (const [accepted, encoding] of [
      ["gzip, deflate, br", "br"],
      ["gzip", "gzip"],
    ] as const) {
      const small = await request.get(file, { headers: { "accept-encoding": accepted } });
      expect(small.headers(), file).toMatchObject({ "content-encoding": encoding, vary: /accept-encoding/i.exec(small.headers()["vary"] ?? "")?.[0] });
      expect(Number(small.headers()["content-length"]), file).toBeLessThan((await plain.body()).length / 2);
      expect(createHash("sha256").update(await small.body()).digest("hex"), file).toBe(digest);
    }
  }
  const another = files[0]?.replace(/\.[\w-]+\.(\w+)$/, ".0000000000000000.$1") ?? "";
  expect((await request.get(another)).status()).toBe(404);
});

test("what has not changed is not sent again", async ({ request }) => {
  const first = await request.get("/favicon.svg");
  expect(first.status()).toBe(200);
  expect(first.headers()["content-type"]).toBe("image/svg+xml");
  const tag = first.headers()["etag"] ?? "";
  const again = await request.get("/favicon.svg", { headers: { "if-none-match": tag } });
  expect(again.status()).toBe(304);
  expect((await again.body()).length).toBe(0);
  expect((await request.get("/favicon.svg", { headers: { "if-none-match": '"other"' } })).status()).toBe(200);
});

function directives(policy = ""): Record<string, string[]> {
  const parts = policy.split(";").map((part) => part.trim().split(/\s+/));
  return Object.fromEntries(parts.map(([name = "", ...sources]) => [name, sources]));
}
