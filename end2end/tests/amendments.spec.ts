import { enter, invite, makeRoom, type Guest, type Room } from "../support/api.ts";
import { openActs } from "../support/acts.ts";
import { allSent, composer, log, messages, say } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" } });

let room: Room;
let jonas: Guest;

test.beforeEach(async ({ page }) => {
  room = await makeRoom(page.request, true);
  jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
});

test("a message is answered with an emoji, and the answer taken back", async ({ page, somebody }) => {
  const seq = await jonas.say("Who brings the tent?");
  await openActs(page, "Who brings the tent?");
  await page.getByRole("button", { name: "👍" }).click();
  const thumb = log(page).getByRole("button", { name: /^👍/ });
  await expect(thumb).toHaveAccessibleName("👍 1: You");
  await jonas.react(seq, "👍");
  await expect(thumb).toHaveAccessibleName("👍 2: You and Jonas");
  await expect(thumb).toHaveAttribute("aria-pressed", "true");

  // Who comes later sees them, too.
  const yuki = await somebody();
  await enter(yuki, room, "Yuki");
  const yukis = log(yuki).getByRole("button", { name: /^👍/ });
  await expect(yukis).toHaveAccessibleName("👍 2: Maya and Jonas");
  await yukis.click();
  await expect(thumb).toHaveAccessibleName("👍 3: You, Jonas and Yuki");
  await thumb.click();
  await expect(thumb).toHaveAccessibleName("👍 2: Jonas and Yuki");
  await expect(thumb).toHaveAttribute("aria-pressed", "false");
  await yukis.click();
  await jonas.react(seq, "👍", false);
  await expect(thumb).toHaveCount(0);
});

test("any emoji of the picker is reached by keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  await jonas.say("Who brings the tent?");
  await openActs(page, "Who brings the tent?");
  await page.keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "More reactions" })).toBeFocused();
  await page.keyboard.press("Enter");
  const picker = page.getByRole("group", { name: "More reactions" });
  await expect(picker.getByRole("button").first()).toBeFocused();
  for (const key of ["ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft"]) await page.keyboard.press(key);
  await expect(picker.getByRole("button").nth(1)).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Message" })).toBeHidden();
  await expect(log(page).locator(".reaction")).toHaveAccessibleName("😄 1: You");
  // The last who takes an emoji back stays at the message.
  await log(page).locator(".reaction").press("Enter");
  await expect(log(page).locator(".reaction")).toHaveCount(0);
  await expect(log(page).locator(".row:focus")).toHaveText(/Who brings the tent/);
});

test("one's own text is edited, and all read the new one", async ({ page, somebody }) => {
  const yuki = await somebody();
  await enter(yuki, room, "Yuki");
  await say(page, "At nein o'clock");
  await allSent(page);
  await composer(page).fill("And bring");
  await openActs(page, "At nein o'clock");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await expect(composer(page)).toHaveValue("At nein o'clock");
  await expect(composer(page)).toBeFocused();
  await composer(page).fill("At nine o'clock");
  await composer(page).press("Enter");
  // What was being written is there again.
  await expect(composer(page)).toHaveValue("And bring");
  for (const reader of [page, yuki]) {
    await expect(messages(reader)).toHaveText(["At nine o'clock"]);
    await expect(log(reader).locator(".row-meta")).toHaveText(/^edited · /);
  }
  await page.reload();
  await expect(messages(page)).toHaveText(["At nine o'clock"]);
  await expect(composer(page)).toHaveValue("And bring");
});

test("the arrow up edits one's last text, escape gives it up", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have no such keys");
  await say(page, "First");
  await say(page, "Second");
  await allSent(page);
  await jonas.say("Third");
  await expect(messages(page)).toHaveCount(3);
  await allSent(page);
  await composer(page).press("ArrowUp");
  await expect(composer(page)).toHaveValue("Second");
  await page.keyboard.type(" thoughts");
  await page.keyboard.press("Escape");
  await expect(composer(page)).toHaveValue("");
  await expect(page.locator(".replying")).toHaveCount(0);
  await expect(messages(page)).toHaveText(["First", "Second", "Third"]);
  await composer(page).press("ArrowUp");
  await page.keyboard.type(" thoughts");
  await page.keyboard.press("Enter");
  await expect(messages(page)).toHaveText(["First", "Second thoughts", "Third"]);
});

test("one's own message is deleted for everybody, after a question", async ({ page, somebody }) => {
  const yuki = await somebody();
  await enter(yuki, room, "Yuki");
  await say(page, "Not this");
  await allSent(page);
  await jonas.answer("Why?", 4);
  await expect(messages(page)).toHaveCount(2);
  await openActs(page, "Not this");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Keep it" }).click();
  await expect(messages(page).first()).toHaveText("Not this");
  await openActs(page, "Not this");
  await page.getByRole("button", { name: "Delete…" }).click();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  for (const reader of [page, yuki]) {
    await expect(messages(reader).first()).toHaveText("This message was deleted");
    await expect(messages(reader).last()).toHaveText(/This message was deletedWhy\?$/);
    await expect(log(reader).getByRole("button", { name: "Message menu" })).toHaveCount(1);
  }
  await page.reload();
  await expect(messages(page).first()).toHaveText("This message was deleted");
  expect(await log(page).innerText()).not.toContain("Not this");
});

test("what others said is answered, not changed", async ({ page }) => {
  await jonas.say("Who brings the tent?");
  await openActs(page, "Who brings the tent?");
  await expect(page.getByRole("button", { name: "Reply" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Edit", exact: true })).toBeHidden();
  await expect(page.getByRole("button", { name: "Delete…" })).toBeHidden();
});

test("what is said about a message that is gone says so, and can be given up", async ({ page }) => {
  await say(page, "Not this");
  await allSent(page);
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => server.send(frame));
    // Nobody hears of the deletion.
    server.onMessage((frame) => {
      if (!frame.includes('"delete"')) socket.send(frame);
    });
  });
  await page.reload();
  await expect(messages(page)).toHaveText(["Not this"]);
  await page.evaluate(async (api) => {
    const body = JSON.stringify({ clientId: "elsewhere", body: { v: 1, kind: "delete", target: 3 } });
    await fetch(`${api}/messages`, { method: "POST", headers: { "content-type": "application/json" }, body });
  }, new URL(room.api).pathname);
  await openActs(page, "Not this");
  await page.getByRole("button", { name: "Edit", exact: true }).click();
  await composer(page).fill("But that");
  await composer(page).press("Enter");
  await expect(page.getByRole("alert").filter({ hasText: "That message is not there any more." })).toBeVisible();
  await page.getByRole("button", { name: "Discard" }).click();
  await expect(messages(page)).toHaveText(["Not this"]);
});
