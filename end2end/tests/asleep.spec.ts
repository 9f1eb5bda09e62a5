import type { Route } from "@playwright/test";
import { makeRoom, type Room } from "../support/api.ts";
import { inside } from "../support/chat.ts";
import { shots } from "../support/shots.ts";
import { expect, test, type Page } from "../support/test.ts";

const FAILED = "The chat could not be loaded. Check your connection and try again.";
const SLOW = "The chat takes long to come. Wait a little more, or try again.";
const NEVER = /^This browser cannot run the chat: it needs WebAssembly\./;

let room: Room;
let isWrong: boolean;

test.beforeEach(async ({ page, watch }) => {
  watch.allow(/net::ERR_|status of 404|failed to fetch|WebAssembly|dynamically imported/i);
  isWrong = true;
  room = await makeRoom(page.request, true);
  expect((await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } })).status()).toBe(200);
});

/** The words are there in place of "Connecting…", and the button under them gets the chat. */
async function comesBack(page: Page, words: string | RegExp, name: string): Promise<void> {
  await expect(page.getByText(words)).toBeVisible();
  await expect(page.getByText("Connecting…")).toBeHidden();
  await shots(page, `asleep-${name}`);
  isWrong = false;
  await page.getByRole("button", { name: "Try again" }).click();
  await inside(page);
  expect(new URL(page.url()).hash).toBe("#later");
}

const open = (page: Page) => page.goto(`${room.url}#later`, { waitUntil: "commit" });

for (const [what, kind, answer] of [
  ["the wasm is cut off", "wasm", (route: Route) => route.abort("connectionreset")],
  ["the wasm is gone after a deploy", "wasm", (route: Route) => route.fulfill({ status: 404, body: "" })],
  ["half of the wasm comes", "wasm", async (route: Route) => {
    const response = await route.fetch();
    const body = await response.body();
    const { "content-encoding": _, ...headers } = response.headers();
    await route.fulfill({ status: 200, headers, body: body.subarray(0, body.length / 2) });
  }],
  ["the script is gone after a deploy", "js", (route: Route) => route.fulfill({ status: 404, body: "" })],
] as const) {
  test(`${what}: words, and a retry that works`, async ({ page }) => {
    await page.route(new RegExp(`/pkg/instant-chat\\.[^/]*${kind}$`), (route) => (isWrong ? answer(route) : route.continue()));
    await open(page);
    await comesBack(page, FAILED, kind);
  });
}

test("the wasm that never ends is told of after a while", async ({ page }) => {
  await page.clock.install();
  await page.route(/\/pkg\/instant-chat\.[^/]*wasm$/, (route) => (isWrong ? undefined : route.continue()));
  await open(page);
  await expect(page.getByText("Connecting…")).toBeVisible();
  await page.clock.fastForward(21_000);
  await comesBack(page, SLOW, "slow");
});

test("a browser without WebAssembly is told so", async ({ page, context }) => {
  const other = await context.newPage();
  await other.addInitScript(() => delete (globalThis as { WebAssembly?: unknown }).WebAssembly);
  await other.goto(room.url, { waitUntil: "commit" });
  await expect(other.getByText(NEVER)).toBeVisible();
  await other.screenshot({ path: "screenshots/asleep-never.png" });
  await page.close();
});

test.describe("in other languages", () => {
  for (const [language, words] of [
    ["de", "Der Chat konnte nicht geladen werden."],
    ["es", "No se ha podido cargar el chat."],
    ["ar", "تعذّر تحميل الدردشة."],
  ] as const) {
    test(language, async ({ page, context }) => {
      await context.addCookies([{ name: "language", value: language, url: room.url }]);
      await page.route(/\/pkg\/instant-chat\.[^/]*wasm$/, (route) => route.abort());
      await open(page);
      await expect(page.getByText(words)).toBeVisible();
    });
  }
});
