import { end, enter, invite, makeRoom, participants } from "../support/api.ts";
import { awake, createChat, inside, join, openHome, startChat, startDialog } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

const nameField = { name: "Your name" };

test("home says what it is and starts a chat", async ({ page }) => {
  await openHome(page);
  await expect(page).toHaveTitle("Instant Chat: a chat, one link away");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("A chat, one link away.");
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  await expect(startDialog(page)).toBeVisible();
  await startDialog(page).getByRole("button", { name: "Close" }).click();
  await expect(startDialog(page)).toBeHidden();
});

test("a room before joining tells what one enters; looking changes nothing", async ({ page, somebody }) => {
  for (const [history, words] of [
    [true, "History is kept: who joins later can read it, until the chat ends"],
    [false, "Nothing is kept: you see what is said from now on"],
  ] as const) {
    const room = await makeRoom(page.request, history);
    const guest = await somebody();
    for (const visit of [1, 2]) {
      const answer = await guest.goto(room.url);
      await awake(guest);
      expect(answer?.headers()["set-cookie"], `visit ${visit}`).toBeUndefined();
    }
    await expect(guest.getByRole("heading", { level: 1 })).toHaveText("You are invited to chat");
    await expect(guest.getByRole("listitem")).toHaveText([
      "Nobody is inside",
      words,
      /^Ends in (24 h 00 min|23 h 59 min)\s*, (today|tomorrow) at \d?\d:\d\d$/,
    ]);
    expect(await participants(room)).toBe(0);

    await enter(await somebody(), room, "Jonas");
    await guest.reload();
    await expect(guest.getByText("1 person is inside")).toBeVisible();
    // Who made it is welcomed as such.
    await page.goto(room.url);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your chat is ready");
    expect(await participants(room)).toBe(1);
  }
});

test("what is not there says so, and offers a new chat", async ({ page, watch, ownServer }) => {
  watch.allow(/status of (404|410)/);
  const brief = await ownServer({ ROOM_TTL: "1s", SWEEP_EVERY: "50ms" });
  const ended = await makeRoom(page.request);
  await end(ended);
  const expired = await makeRoom(page.request, true, brief.origin);
  await expect.poll(async () => (await page.request.get(expired.url)).status()).toBe(410);

  for (const [address, status, title, detail] of [
    ["/nothing/here", 404, "No chat here", "There is nothing behind this address. Check that it is complete."],
    ["/instant-chat/unknown-room", 404, "No chat here", "There is no chat behind this link. Check that it is complete."],
    ["/instant-chat/A1b2C3d4E5f6", 404, "No chat here", "There is no chat behind this link. Check that it is complete."],
    [ended.url, 410, "This chat has ended", "This chat has been ended by the person who started it."],
    [expired.url, 410, "This chat is over", "This chat is over: its time has passed."],
  ] as const) {
    const answer = await page.goto(address);
    expect(answer?.status(), address).toBe(status);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page.getByText(detail)).toBeVisible();
    await page.getByRole("button", { name: "Start a new chat" }).click();
    await expect(page).toHaveURL(/\/start\??$/);
    await expect(page.getByRole("button", { name: "Create chat" })).toBeVisible();
  }
});

test("a chat that ends while somebody stands before it", async ({ page, somebody, watch }) => {
  watch.allow(/status of 410/);
  const room = await makeRoom(page.request);
  const guest = await somebody();
  await guest.goto(room.url);
  await awake(guest);
  await end(room);
  await guest.getByRole("textbox", nameField).fill("Jonas");
  await guest.getByRole("button", { name: "Join chat" }).click();
  await expect(guest.getByRole("heading", { level: 1 })).toHaveText("This chat has ended");
});

test("a name that is none is refused in its place", async ({ page, somebody, watch }) => {
  watch.allow(/status of 422/);
  const room = await makeRoom(page.request);
  const guest = await somebody();
  await guest.goto(room.url);
  await awake(guest);
  const field = guest.getByRole("textbox", nameField);
  for (const [typed, problem] of [
    ["x".repeat(41), "Please use a name of at most 40 letters."],
    // Nothing but what reverses the direction of writing.
    ["\u202e\u2066", "Please type a name."],
  ] as const) {
    await field.fill(typed);
    await guest.getByRole("button", { name: "Join chat" }).click();
    await expect(guest.getByRole("alert")).toHaveText(problem);
    await expect(field).toHaveAttribute("aria-invalid", "true");
    await expect(field).toHaveAccessibleDescription(problem);
    await expect(field).toBeFocused();
    await expect(field).toHaveValue(typed);
  }
  expect(await participants(room)).toBe(0);
  await field.fill("x".repeat(40));
  await field.press("Enter");
  await inside(guest);
});

test("the dialog refuses such a name too, and then goes on", async ({ page, watch }) => {
  watch.allow(/status of 422/);
  await openHome(page);
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  const dialog = startDialog(page);
  await dialog.getByRole("textbox", nameField).fill("y".repeat(41));
  await dialog.getByRole("button", { name: "Create chat" }).click();
  await expect(dialog.getByRole("alert")).toHaveText("Please use a name of at most 40 letters.");
  await dialog.getByRole("textbox", nameField).fill("Maya");
  await dialog.getByRole("textbox", nameField).press("Enter");
  await expect(dialog.getByRole("link", { name: "Enter chat" })).toBeVisible();
});

test("who has no name in mind takes the suggested one; it is remembered", async ({ page, somebody }) => {
  const room = await makeRoom(page.request);
  const guest = await somebody();
  await guest.goto(room.url);
  await awake(guest);
  const suggestion = guest.locator(".suggestion").getByRole("button");
  const name = await suggestion.innerText();
  expect(name).toMatch(/^\w+ \w+$/);
  await suggestion.click();
  await expect(guest.getByRole("textbox", nameField)).toHaveValue(name);
  await guest.getByRole("button", { name: "Join chat" }).click();
  await inside(guest);

  const next = await makeRoom(page.request);
  await guest.goto(next.url);
  await expect(guest.getByRole("textbox", nameField)).toHaveValue(name);
  await openHome(guest);
  await guest.getByRole("button", { name: "Start Instant Chat" }).click();
  await expect(startDialog(guest).getByRole("textbox", nameField)).toHaveValue(name);
});

test("the dialog begins again with its questions", async ({ page }) => {
  await createChat(page, { name: "Maya" });
  await startDialog(page).getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  await expect(startDialog(page)).toHaveAccessibleName("Start a chat");
});

test("a chat without a creator's name asks for it at the door", async ({ page }) => {
  await startChat(page);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Your chat is ready");
  await join(page, page.url(), "Maya");
});

test("a full room says so", async ({ page, somebody, ownServer, watch }) => {
  watch.allow(/status of 409/);
  const small = await ownServer({ ROOM_CAPACITY: "2" });
  const room = await makeRoom(page.request, false, small.origin);
  await invite(room, "Maya");
  await invite(room, "Jonas");
  const guest = await somebody();
  await guest.goto(room.url);
  await awake(guest);
  await guest.getByRole("textbox", nameField).fill("Yuki");
  await guest.getByRole("button", { name: "Join chat" }).click();
  await expect(guest.getByRole("alert")).toHaveText("This chat is full. Try again when somebody has left.");
});
