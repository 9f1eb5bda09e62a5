import { awake, banner, composer, inside, messages, say } from "../support/chat.ts";
import { invite, makeRoom, participants, type Room } from "../support/api.ts";
import { choose, drawing, pictures } from "../support/pictures.ts";
import { expect, test, type Page } from "../support/test.ts";

const SAYS = "Your browser keeps no cookies for this chat: after a reload you will be asked for your name again.";

/** A browser that takes cookies without a word and sends none. */
async function withoutCookies(page: Page): Promise<void> {
  await page.route("**/*", async (route) => {
    const { cookie: _, ...headers } = await route.request().allHeaders();
    const answer = await route.fetch({ headers, maxRedirects: 0 }).catch(() => undefined);
    if (!answer) return route.abort();
    const { "set-cookie": __, ...kept } = answer.headers();
    await route.fulfill({ response: answer, headers: kept });
    await page.context().clearCookies();
  });
}

/** One that does not even take those of scripts. */
async function blocked(page: Page): Promise<void> {
  await page.addInitScript(() => Object.defineProperty(Document.prototype, "cookie", { get: () => "", set: () => {} }));
}

async function join(page: Page, room: Room): Promise<void> {
  await page.goto(room.url);
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await page.getByRole("button", { name: "Join chat" }).click();
  await inside(page);
}

test("without cookies one is in all the same, and is told what a reload does", async ({ page, request }) => {
  await withoutCookies(page);
  const room = await makeRoom(request, true);
  const jonas = await invite(room, "Jonas");
  await join(page, room);
  await expect(banner(page)).toContainText(SAYS);
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `screenshots/cookieless-${colorScheme}.png` });
  }
  await banner(page).getByRole("button", { name: "Dismiss" }).click();
  await expect(banner(page)).toBeHidden();
  await say(page, "Here I am");
  await jonas.say("Welcome");
  await expect(messages(page)).toHaveText(["Here I am", "Welcome"]);
  // The first try, whose cookie did not hold, and the one that is here; no more of them.
  const read = await fetch(room.api, { headers: { authorization: `Bearer ${jonas.token}` } });
  const names = (await read.json()).participants.map(({ name }: { name: string }) => name);
  expect(names.filter((name: string) => name === "Maya")).toHaveLength(2);
  // A reload asks again, and nothing is worse than before.
  await page.reload();
  await expect(page.getByRole("button", { name: "Join chat" })).toBeVisible();
});

test("where a browser says so at once there is nobody too many", async ({ page, request }) => {
  await blocked(page);
  await withoutCookies(page);
  const room = await makeRoom(request, true);
  const jonas = await invite(room, "Jonas");
  await join(page, room);
  const read = await fetch(room.api, { headers: { authorization: `Bearer ${jonas.token}` } });
  const names = (await read.json()).participants.map(({ name }: { name: string }) => name);
  expect(names.toSorted()).toEqual(["Jonas", "Maya"]);
  await expect.poll(() => participants(room)).toBe(1);
});

test("a name that is none is refused there, too", async ({ page, request, watch }) => {
  watch.allow(/status of 422/);
  await blocked(page);
  await withoutCookies(page);
  const room = await makeRoom(request, true);
  await page.goto(room.url);
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("\u2800");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(page.locator("#join-problem")).not.toBeEmpty();
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(composer(page)).toBeVisible();
});

test("pictures are sent and seen without cookies", async ({ page, request }) => {
  await withoutCookies(page);
  const room = await makeRoom(request, true);
  await join(page, room);
  await choose(page, [drawing(40, 40)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(pictures(page)).toHaveCount(1);
  const width = () => pictures(page).first().evaluate((image: HTMLImageElement) => image.naturalWidth);
  await expect.poll(width).toBeGreaterThan(0);
});
