import { makeRoom } from "../support/api.ts";
import { awake, inside, openMenu } from "../support/chat.ts";
import { expect, test, type Page } from "../support/test.ts";

const hash = (page: Page): string => new URL(page.url()).hash;

test("another language, chosen in a room or at its door, keeps what follows the # of the address", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  await page.goto(`${room.url}#key=abc`);
  await awake(page);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("button", { name: "Chat beitreten" })).toBeVisible();
  expect(hash(page)).toBe("#key=abc");
  await page.getByRole("button", { name: "English" }).click();
  await expect(page.getByRole("button", { name: "Join chat" })).toBeVisible();
  expect((await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } })).status()).toBe(200);
  await page.reload();
  await inside(page);
  await openMenu(page);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page.getByRole("textbox", { name: "Nachricht" })).toBeVisible();
  expect(hash(page)).toBe("#key=abc");
});

test("joining before the wasm is there keeps it, and so does a refusal", async ({ page, watch }) => {
  watch.allow(/net::ERR_|Failed to fetch|dynamically imported|TypeError|JSHandle|status of 422/);
  const room = await makeRoom(page.request, true);
  await page.route(/\/pkg\/instant-chat\.[^/]*(wasm|js)$/, (route) => route.abort());
  await page.goto(`${room.url}#key=abc`);
  const name = page.getByRole("textbox", { name: "Your name" });
  await name.fill("\u2800");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(page).toHaveURL(/problem=invalid_name#key=abc$/);
  await name.fill("Maya");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(page).toHaveURL(`${room.url}#key=abc`);
  await page.unrouteAll();
  await page.reload();
  await inside(page);
  expect(hash(page)).toBe("#key=abc");
});

test("a new chat begins without what followed another address", async ({ page }) => {
  await page.route(/\/pkg\/instant-chat\.[^/]*(wasm|js)$/, () => {});
  await page.goto("/start#key=abc", { waitUntil: "commit" });
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await page.getByRole("button", { name: "Create chat" }).click();
  await expect(page).toHaveURL(/\/instant-chat\/[^#]+$/);
});
