import { enter, invite, makeRoom, type Guest, type Room } from "../support/api.ts";
import { composer, inside, log, messages, openMenu, say, show } from "../support/chat.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" } });

let room: Room;
let jonas: Guest;

test.beforeEach(async ({ page }) => {
  // What the page rings with: counted, and never heard.
  await page.addInitScript(() => {
    const rung: string[] = [];
    Object.assign(globalThis, { rung });
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) {
      rung.push("note");
      start.call(this, when);
    };
    class Shown extends Notification {
      constructor(title: string, options?: NotificationOptions) {
        super(title, options);
        rung.push(title);
      }
    }
    Object.assign(globalThis, { Notification: Shown });
  });
  room = await makeRoom(page.request, true);
  jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
});

test("what comes while the page is hidden is counted, and marked where reading stopped", async ({ page }) => {
  await jonas.say("Seen");
  await expect(messages(page)).toHaveCount(1);
  await expect(page).toHaveTitle("Chat · Instant Chat");
  await show(page, false);
  await jonas.say("One");
  await jonas.say("Two");
  await expect(page).toHaveTitle("(2) Chat · Instant Chat");
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon-unread.svg");
  expect((await page.request.get("/favicon-unread.svg")).status()).toBe(200);

  await show(page, true);
  await expect(page).toHaveTitle("Chat · Instant Chat");
  await expect(page.locator("link[rel=icon]")).toHaveAttribute("href", "/favicon.svg");
  await expect(log(page).locator(".bubble, .new")).toHaveText(["Seen", "New", "One", "Two"]);
  await say(page, "I have read it");
  await expect(log(page).locator(".new")).toHaveCount(0);
  // It rang for nobody who did not ask for it.
  expect(await rung(page)).toEqual([]);
});

test("a draft is kept over a reload, and goes when it is sent or the chat ends", async ({ page }) => {
  await composer(page).fill("Half a thou");
  await page.reload();
  await inside(page);
  await expect(composer(page)).toHaveValue("Half a thou");
  const kept = () => page.evaluate(() => Object.keys(sessionStorage).filter((key) => key.startsWith("draft-")));
  expect(await kept()).toHaveLength(1);
  await say(page, "A whole thought");
  expect(await kept()).toEqual([]);
  await composer(page).fill("Too late");
  await page.request.post(`${room.api}/end`);
  await expect(page.getByRole("heading", { name: "This chat has been ended" })).toBeVisible();
  await expect.poll(kept).toEqual([]);
});

test("it rings only for who asked for it, and not in a chat that is muted", async ({ page, context }) => {
  await context.grantPermissions(["notifications"]);
  const turn = async (name: string) => {
    await openMenu(page);
    await page.getByRole("switch", { name }).click();
    await page.keyboard.press("Escape");
  };
  await turn("Sound");
  await turn("Notifications");
  await page.reload();
  await inside(page);
  await show(page, false);
  await jonas.say("A secret");
  await expect.poll(() => rung(page)).toEqual(["note", "note", "New message from Jonas"]);
  await show(page, true);

  await turn("Mute this chat");
  await show(page, false);
  await jonas.say("Another");
  await expect(page).toHaveTitle("(1) Chat · Instant Chat");
  await show(page, true);

  // What rings next is the next one: nothing was still on its way.
  await turn("Mute this chat");
  await show(page, false);
  await jonas.say("The last");
  await expect.poll(() => rung(page)).toEqual(["note", "note", "New message from Jonas", "note", "note", "New message from Jonas"]);
});

test("where notifications are not allowed the switch says so and stays off", async ({ page }) => {
  await page.evaluate(() => (Notification.requestPermission = async () => "denied"));
  await openMenu(page);
  await page.getByRole("switch", { name: "Notifications" }).click();
  await expect(page.getByText("Your browser does not let this site show notifications.")).toBeVisible();
  await expect(page.getByRole("switch", { name: "Notifications" })).not.toBeChecked();
});


const rung = (page: Page): Promise<string[]> => page.evaluate(() => (globalThis as unknown as { rung: string[] }).rung);
