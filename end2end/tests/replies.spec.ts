import { enter, invite, makeRoom, type Guest, type Room } from "../support/api.ts";
import { allSent, composer, inside, log, messages, say } from "../support/chat.ts";
import { openActs } from "../support/acts.ts";
import { expect, test } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" } });

let room: Room;
let jonas: Guest;

test.beforeEach(async ({ page }) => {
  room = await makeRoom(page.request, true);
  jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
});

test("an answer quotes what it answers, for everybody, and leads to it", async ({ page, somebody }) => {
  await jonas.say("Who brings the tent?");
  for (let i = 1; i <= 40; i++) await jonas.say(`Line ${i}`);
  await expect(messages(page)).toHaveCount(41);
  await openActs(page, "Who brings the tent?");
  await page.getByRole("button", { name: "Reply" }).click();
  await expect(page.locator(".replying")).toContainText("Who brings the tent?");
  await expect(composer(page)).toBeFocused();
  await say(page, "I do");
  await expect(page.locator(".replying")).toHaveCount(0);
  await allSent(page);

  const yuki = await somebody();
  await enter(yuki, room, "Yuki");
  for (const reader of [page, yuki]) {
    const answer = messages(reader).last();
    await expect(answer).toHaveText(/Jonas\s*: Who brings the tent\?I do$/);
    await expect(answer).toBeInViewport();
    await answer.getByRole("button").click();
    const asked = messages(reader).filter({ hasText: /^Who brings the tent\?$/ });
    await expect(asked).toBeInViewport({ ratio: 1 });
    await expect(log(reader).locator(".row:focus")).toHaveText(/Who brings the tent/);
  }
});

test("what one is about to answer can be given up", async ({ page }) => {
  await jonas.say("Who brings the tent?");
  for (const giveUp of [() => composer(page).press("Escape"), () => page.getByRole("button", { name: "Do not answer it" }).click()]) {
    await openActs(page, "Who brings the tent?");
    await page.getByRole("button", { name: "Reply" }).click();
    await expect(page.locator(".replying")).toBeVisible();
    await giveUp();
    await expect(page.locator(".replying")).toHaveCount(0);
  }
  await say(page, "Something else");
  await expect(messages(page).last()).toHaveText("Something else");
});

test("an answer that waits is sent as one after a reload", async ({ page }) => {
  let hears = false;
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (hears || !frame.includes("instant_chat_message")) server.send(frame);
    });
  });
  await page.reload();
  await inside(page);
  await jonas.say("Who brings the tent?");
  await openActs(page, "Who brings the tent?");
  await page.getByRole("button", { name: "Reply" }).click();
  await say(page, "I do");
  await expect(log(page).locator(".row.waiting")).toHaveCount(1);
  hears = true;
  await page.reload();
  await inside(page);
  await expect(messages(page).last()).toHaveText(/Who brings the tent\?I do$/);
  await allSent(page);
});

test("without history, what was said before one came is not quoted", async ({ page, somebody }) => {
  const live = await makeRoom(page.request);
  const noor = await invite(live, "Noor");
  await enter(page, live, "Maya");
  await noor.say("Between the two of us");
  await openActs(page, "Between the two of us");
  await page.getByRole("button", { name: "Reply" }).click();
  const yuki = await somebody();
  await enter(yuki, live, "Yuki");
  await say(page, "Yes");
  await expect(messages(yuki)).toHaveText([/^An earlier messageYes$/]);
});

test("a message's text is copied", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await jonas.say("One\nTwo");
  await openActs(page, "Two");
  await page.getByRole("button", { name: "Copy text" }).click();
  await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("One\nTwo");
  await expect(page.getByRole("dialog", { name: "Message" })).toBeHidden();
});

test("the menu is reached and left by keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  await jonas.say("Who brings the tent?");
  await expect(messages(page)).toHaveCount(1);
  await composer(page).focus();
  // Backwards from where one writes, the newest message is next.
  await page.keyboard.press("Shift+Tab");
  const button = log(page).getByRole("button", { name: "Message menu" });
  await expect(button).toBeFocused();
  await expect(button).toHaveCSS("opacity", "1");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Reply" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(composer(page)).toBeFocused();
  await page.keyboard.type("Me");
  await page.keyboard.press("Enter");
  await expect(messages(page).last()).toHaveText(/Who brings the tent\?Me$/);
});

test("a press beside the menu closes it, a finger that scrolls does not open it", async ({ page, isMobile }) => {
  await jonas.say("Who brings the tent?");
  await openActs(page, "Who brings the tent?");
  const menu = page.getByRole("dialog", { name: "Message" });
  await page.mouse.click(200, 100);
  await expect(menu).toBeHidden();
  if (!isMobile) return;
  const bubble = messages(page).first();
  // A wait that begins after the finger's own and is longer: whatever the machine is busy with, it is over later.
  const touch = (...events: string[]) =>
    bubble.evaluate((bubble, events) => {
      for (const type of events) bubble.dispatchEvent(new PointerEvent(type, { pointerType: "touch", bubbles: true }));
      return new Promise((over) => setTimeout(over, 1_000));
    }, events);
  await touch("pointerdown", "pointercancel");
  await expect(menu).toBeHidden();
  // The same finger opens it where it rests: the wait was long enough.
  await touch("pointerdown");
  await expect(menu).toBeVisible({ timeout: 1 });
});
