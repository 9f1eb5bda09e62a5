import { enter, invite, makeRoom } from "../support/api.ts";
import { awake, composer, inside, messages, notices, openMenu, say } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

test("a chat is locked and opened again, and everybody is told", async ({ page, somebody }) => {
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  await openMenu(page);
  const lock = page.getByRole("switch", { name: "Locked: nobody new can join" });
  await lock.click();
  await expect(notices(page).last()).toHaveText("You locked the chat: nobody new can join");
  await expect(lock).toBeChecked();

  const sam = await somebody();
  await sam.goto(room.url);
  await expect(sam.getByRole("heading", { name: "This chat is locked" })).toBeVisible();
  await expect(sam.getByRole("button", { name: "Join chat" })).toBeHidden();

  await lock.click();
  await expect(notices(page).last()).toHaveText("You opened the chat again");
  await expect(lock).not.toBeChecked();
  await sam.reload();
  await awake(sam);
  await sam.getByRole("textbox", { name: "Your name" }).fill("Sam");
  await sam.getByRole("button", { name: "Join chat" }).click();
  await inside(sam);
  await expect(notices(sam).filter({ hasText: "Maya locked the chat" })).toBeVisible();
});

test("who is removed sees it at once, and cannot come back as they were", async ({ page, somebody, watch }) => {
  watch.allow(/status of 403/);
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  const sam = await somebody();
  await enter(sam, room, "Sam");
  await say(sam, "Hello");
  await expect(messages(page)).toHaveText(["Hello"]);
  await page.getByRole("button", { name: "2 here" }).click();
  await page.getByRole("button", { name: "Remove Sam" }).click();
  const dialog = page.getByRole("dialog", { name: "Remove Sam from this chat?" });
  await expect(dialog.getByRole("switch", { name: "Lock the chat, too" })).toBeChecked();
  await dialog.getByRole("button", { name: "Remove", exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect(sam.getByRole("heading", { name: "You were removed from this chat" })).toBeVisible();
  await expect(notices(page).filter({ hasText: "Sam was removed" })).toBeVisible();
  await expect(messages(page)).toHaveText(["Hello"]);
  expect((await sam.reload())?.status()).toBe(403);
  // Locked behind them: nor under another name, from a browser that knows nothing of it.
  const other = await somebody();
  await other.goto(room.url);
  await expect(other.getByRole("heading", { name: "This chat is locked" })).toBeVisible();
});

test("a chat is extended once", async ({ page }) => {
  const room = await makeRoom(page.request);
  await enter(page, room, "Maya");
  await openMenu(page);
  const extend = page.getByRole("button", { name: "Extend by 24 hours, once" });
  await extend.click();
  await expect(notices(page).last()).toContainText("You extended the chat: it ends");
  await expect(page.locator(".countdown")).toContainText(/4[78] h/);
  await expect(extend).toBeHidden();
});

test("an owner link makes another browser the creator's, and is gone from its address", async ({ page, somebody }) => {
  const room = await makeRoom(page.request);
  await enter(page, room, "Maya");
  await openMenu(page);
  await page.getByRole("button", { name: "Owner link…" }).click();
  const dialog = page.getByRole("dialog", { name: "Your chat on another device" });
  await dialog.getByRole("button", { name: "Show an owner link" }).click();
  const shown = dialog.locator(".owner-link");
  await expect(shown).toContainText(`${room.url}#owner=`);
  const link = (await shown.textContent()) ?? "";
  const phone = await somebody();
  const sent: string[] = [];
  phone.on("request", (request) => sent.push(request.url(), request.headers()["referer"] ?? ""));
  await phone.goto(`${link}&key=kept`);
  await expect(phone.getByRole("heading", { name: "Your chat is ready" })).toBeVisible();
  await expect(phone).toHaveURL(`${room.url}#key=kept`);
  const token = link.split("#owner=")[1] ?? "";
  expect(token.length).toBeGreaterThan(16);
  expect(sent.filter((url) => url.includes(token))).toEqual([]);
  await awake(phone);
  await phone.getByRole("textbox", { name: "Your name" }).fill("Maya's phone");
  await phone.getByRole("button", { name: "Join chat" }).click();
  await inside(phone);
  await openMenu(phone);
  await expect(phone.getByRole("button", { name: "End chat for everybody…" })).toBeVisible();
});

test("guests see nothing of the creator's tools", async ({ page, somebody }) => {
  const room = await makeRoom(page.request);
  await invite(room, "Ana");
  const guest = await somebody();
  await enter(guest, room, "Jonas");
  await openMenu(guest);
  await expect(guest.getByText("Your chat")).toHaveCount(0);
  await expect(guest.getByRole("button", { name: /Remove/ })).toHaveCount(0);
  await expect(composer(guest)).toBeVisible();
});
