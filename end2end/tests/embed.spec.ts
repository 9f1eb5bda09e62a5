import { join } from "node:path";
import { invite, makeRoom, type Room } from "../support/api.ts";
import { Host } from "../support/host.ts";
import { jwt, knowsHost } from "../support/identity.ts";
import { expect, test, type Page, type Server } from "../support/test.ts";

let host: () => Promise<Host>;
test.beforeEach(({ outlive }) => {
  host = async () => outlive(await Host.start());
});

/** What a site writes into its page. */
const script = (server: Server, room: Room, more = "") =>
  `<h1>Shop</h1><script src="${server.origin}/embed.js" data-chat="${room.url.split("/").at(-1)}" ${more} async></script>`;

const frame = (page: Page) => page.frameLocator("iframe");

test("a chat on a page of another site: named, dark, verified, and it talks", async ({ page, request, ownServer }) => {
  const shop = await host();
  const server = await ownServer({ ...knowsHost, EMBED_ORIGINS: shop.origin });
  const room = await makeRoom(request, true, server.origin);
  const noor = await invite(room, "Noor");
  shop.body = script(server, room, `data-name="Maya" data-theme="dark" data-identity="${jwt("user-7", "Maya")}" data-height="30rem"`);
  // The narrowest place that a chat has to fit into.
  await page.setViewportSize({ width: 336, height: 700 });
  await page.goto(shop.origin);
  const chat = frame(page);
  await expect(chat.getByRole("textbox", { name: "Your name" })).toHaveValue("Maya");
  await expect(chat.locator("html")).toHaveAttribute("data-theme", "dark");
  await expect(chat.locator("html[data-awake]")).toBeAttached();
  await chat.getByRole("button", { name: "Join chat" }).click();
  const composer = chat.getByRole("textbox", { name: "Message" });
  await composer.fill("Hello from the shop");
  await composer.press("Enter");
  await expect(chat.locator(".bubble")).toHaveText(["Hello from the shop"]);
  await noor.say("Hello, shop");
  await expect(chat.locator(".bubble")).toHaveText(["Hello from the shop", "Hello, shop"]);

  const details = await (await fetch(room.api, { headers: { authorization: `Bearer ${noor.token}` } })).json();
  expect(details.participants).toContainEqual({ id: "user-7", name: "Maya", verified: true });
  await chat.getByRole("button", { name: /here$/ }).click();
  await expect(chat.getByRole("region", { name: "In this chat" })).toContainText("verified by host.example");
  const inside = page.frames().at(-1);
  expect(await inside?.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
  await page.screenshot({ path: join("screenshots", "desktop", "embedded.png") });
});

test("an own iframe is told the rest by the script", async ({ page, request, ownServer }) => {
  const shop = await host();
  const server = await ownServer({ EMBED_ORIGINS: shop.origin });
  const room = await makeRoom(request, true, server.origin);
  shop.body =
    `<iframe id="chat" title="Chat" src="${room.url}" width="400" height="600" allow="microphone"></iframe>` +
    script(server, room, `data-name="Maya" data-frame="chat"`);
  await page.goto(shop.origin);
  await expect(frame(page).getByRole("textbox", { name: "Your name" })).toHaveValue("Maya");
  await expect(page.locator("iframe")).toHaveCount(1);
});

test("a site that may show the chat cannot speak in it", async ({ page, request, ownServer }) => {
  const shop = await host();
  const server = await ownServer({ EMBED_ORIGINS: shop.origin });
  const room = await makeRoom(request, true, server.origin);
  const noor = await invite(room, "Noor");
  shop.body = script(server, room, `data-name="Maya"`);
  await page.goto(shop.origin);
  const chat = frame(page);
  await expect(chat.getByRole("textbox", { name: "Your name" })).toHaveValue("Maya");
  const forged = [
    { type: "instant_chat_message", clientId: "f1", body: { v: 1, kind: "text", text: "Forged" } },
    { type: "instant_chat_message", seq: 9, at: "2025-11-23T09:26:40Z", from: noor.id, clientId: "f2", body: { v: 1, kind: "text", text: "Forged" } },
    { type: "leave_instant_chat" },
    { type: "instant-chat", name: { toString: "Forged" }, theme: "</html><script>", identity: 7 },
    "Forged",
    null,
  ];
  const forge = () =>
    page.evaluate((all) => all.forEach((message) => document.querySelector("iframe")?.contentWindow?.postMessage(message, "*")), forged);
  await forge();
  // Nobody has come in by that, and nothing in the form is theirs.
  await expect(chat.getByRole("textbox", { name: "Your name" })).toHaveValue("Maya");
  await expect(chat.locator("html[data-awake]")).toBeAttached();
  await chat.getByRole("button", { name: "Join chat" }).click();
  await expect(chat.getByRole("textbox", { name: "Message" })).toBeVisible();
  await forge();
  // Whatever was forged came before this.
  await noor.say("Anybody there?");
  await expect(chat.locator(".bubble")).toHaveText(["Anybody there?"]);
  const history = await (await fetch(`${room.api}/messages`, { headers: { authorization: `Bearer ${noor.token}` } })).text();
  expect(history).not.toContain("Forged");
});

test("a site that is not named is refused, and says nothing to the chat", async ({ page, request, ownServer, watch }) => {
  const [shop, other] = [await host(), await host()];
  const server = await ownServer({ EMBED_ORIGINS: shop.origin });
  const room = await makeRoom(request, true, server.origin);
  other.body = script(server, room, `data-name="Maya"`);
  const refusal = page.waitForEvent("console", (message) => /frame-ancestors/.test(message.text()));
  watch.allow(/frame-ancestors/, /Failed to execute 'postMessage'/, /ERR_BLOCKED_BY_RESPONSE|ERR_BLOCKED_BY_CSP/);
  await page.goto(other.origin);
  expect((await refusal).text()).toContain(`frame-ancestors ${shop.origin}`);
  await expect(frame(page).getByRole("textbox", { name: "Your name" })).toHaveCount(0);
});
