import { readFile } from "node:fs/promises";
import { enter, invite, makeRoom } from "../support/api.ts";
import { allSent, messages, openMenu, say } from "../support/chat.ts";
import { choose, pictures, sidewaysPhotograph } from "../support/pictures.ts";
import { expect, test } from "../support/test.ts";

test("the conversation is saved as a page that needs nothing else", async ({ page, somebody }) => {
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
  const asked = await jonas.say("*Who* brings the tent? <b>");
  await say(page, "I do");
  await jonas.react(asked, "👍");
  await choose(page, [await sidewaysPhotograph(page)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(messages(page)).toHaveCount(3);
  await expect(pictures(page)).toHaveCount(1);
  await allSent(page);

  await openMenu(page);
  await page.getByRole("button", { name: "Save conversation…" }).click();
  const dialog = page.getByRole("dialog", { name: "Save this conversation" });
  const [download] = await Promise.all([page.waitForEvent("download"), dialog.getByRole("link", { name: "Save as a web page" }).click()]);
  expect(download.suggestedFilename()).toMatch(/^chat-\d{4}-\d\d-\d\d\.html$/);
  await expect(dialog).toBeHidden();
  const path = await download.path();

  // Somewhere else, with no server at all.
  const reader = await somebody();
  await reader.context().setOffline(true);
  await reader.setContent(await readFile(path, "utf8"));
  await expect(reader.locator(".message")).toHaveCount(3);
  await expect(reader.locator(".message").first()).toContainText("Who brings the tent? <b>");
  await expect(reader.locator(".message").first().locator("strong")).toHaveText("Who");
  await expect(reader.locator(".reactions")).toHaveText("👍 Jonas");
  const width = await reader.locator("img").evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth));
  expect(width).toBeGreaterThan(0);
  for (const colorScheme of ["light", "dark"] as const) {
    await reader.emulateMedia({ colorScheme });
    await reader.screenshot({ path: `screenshots/saved-${colorScheme}.png`, fullPage: true });
  }
});

test("it is saved as data, too", async ({ page }) => {
  const room = await makeRoom(page.request);
  await enter(page, room, "Maya");
  await say(page, "Hello");
  await allSent(page);
  await openMenu(page);
  await page.getByRole("button", { name: "Save conversation…" }).click();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save as data (JSON)" }).click()]);
  const { entries, participants } = JSON.parse(await readFile(await download.path(), "utf8"));
  expect(participants).toHaveLength(1);
  expect(entries.at(-1).body).toEqual({ v: 1, kind: "text", text: "Hello" });
});

test("shortly before the end one is reminded", async ({ ownServer, page }) => {
  const server = await ownServer({ ROOM_TTL: "9m" });
  const room = await makeRoom(page.request, false, server.origin);
  await enter(page, room, "Maya");
  await expect(page.getByRole("status").filter({ hasText: "This chat ends soon." })).toBeVisible();
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: "Save the conversation first" }).first().click()]);
  expect(await readFile(await download.path(), "utf8")).toContain("</html>");
});
