import { allSent, awake, banner, composer, inside, messages, openMenu, say } from "../support/chat.ts";
import { invite, makeRoom, participants, type Guest, type Room } from "../support/api.ts";
import { Cookieless } from "../support/cookieless.ts";
import { choose, drawing, pictures, share } from "../support/pictures.ts";
import { shots } from "../support/shots.ts";
import { expect, test, type Page } from "../support/test.ts";

const SAYS = "Your browser keeps no cookies for this chat: after a reload you will be asked for your name again.";

let cookieless: Cookieless;
let room: Room;

test.beforeEach(async ({ server, request, outlive }) => {
  cookieless = outlive(await Cookieless.before(server.origin));
  room = await makeRoom(request, true);
});

const address = () => cookieless.origin + new URL(room.url).pathname;

/** One that does not even take those of scripts. */
async function blocked(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => {} }));
}

/** Everybody who ever came in, by the log. */
async function comers(reader: Guest): Promise<string[]> {
  const read = await fetch(`${room.api}/messages`, { headers: { authorization: `Bearer ${reader.token}` } });
  const { entries }: { entries: { type: string; participant: { name: string } }[] } = await read.json();
  return entries.filter(({ type }) => type === "instant_chat_user_joined").map(({ participant }) => participant.name);
}

async function join(page: Page): Promise<void> {
  await page.goto(address());
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await page.getByRole("button", { name: "Join chat" }).click();
  await inside(page);
}

test("without cookies one is in all the same, and is told what a reload does", async ({ page }) => {
  const jonas = await invite(room, "Jonas");
  await join(page);
  await expect(banner(page)).toContainText(SAYS);
  await shots(page, "cookieless");
  await banner(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(banner(page)).toBeHidden();
  await say(page, "Here I am");
  await allSent(page);
  await jonas.say("Welcome");
  await expect(messages(page)).toHaveText(["Here I am", "Welcome"]);
  // The first try, whose cookie did not hold, and the one that is here; no more of them.
  expect(await comers(jonas)).toEqual(["Jonas", "Maya", "Maya"]);
  // A reload asks again, and nothing is worse than before.
  await page.reload();
  await expect(page.getByRole("button", { name: "Join chat" })).toBeVisible();
});

test("where a browser says so at once there is nobody too many", async ({ page }) => {
  await blocked(page);
  const jonas = await invite(room, "Jonas");
  await join(page);
  expect(await comers(jonas)).toEqual(["Jonas", "Maya"]);
  await expect.poll(() => participants(room)).toBe(1);
});

test("a name that is none is refused there, too", async ({ page, watch }) => {
  watch.allow(/status of 422/);
  await blocked(page);
  await page.goto(address());
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("\u2800");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(page.locator("#join-problem")).not.toBeEmpty();
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(composer(page)).toBeVisible();
});

test("pictures are sent and seen without cookies", async ({ page }) => {
  const jonas = await invite(room, "Jonas");
  await join(page);
  await choose(page, [drawing(40, 40)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(pictures(page)).toHaveCount(1);
  await share(room, jonas, drawing(60, 30));
  await expect(pictures(page)).toHaveCount(2);
  // Either may be the first to arrive.
  const widths = () => pictures(page).evaluateAll((images: HTMLImageElement[]) => images.map((image) => image.naturalWidth).sort());
  await expect.poll(widths).toEqual([40, 60]);
  // Looked at, and saved with all the rest.
  await pictures(page).last().click();
  await expect(page.getByRole("dialog", { name: "A picture" }).locator("img")).toBeVisible();
  await page.keyboard.press("Escape");
  await openMenu(page);
  await page.getByRole("button", { name: "Save conversation…" }).click();
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Save as data (JSON)" }).click();
  expect((await download).suggestedFilename()).toBe("chat.json");
});
