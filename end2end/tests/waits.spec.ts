import { enter, makeRoom } from "../support/api.ts";
import { allSent, awake, banner, messages, say, startDialog } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

test.beforeEach(({ watch }) => watch.allow(/status of 429/));

test("who creates too much is told how long to wait, and keeps what was typed", async ({ page, ownServer }) => {
  const { origin } = await ownServer({ CREATE_LIMIT: "1/5s" });
  await page.goto(origin);
  await awake(page);
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  const dialog = startDialog(page);
  await dialog.getByRole("textbox", { name: "Your name" }).fill("Maya");
  await makeRoom(page.request, false, origin);
  await dialog.getByRole("button", { name: "Create chat" }).click();
  await expect(dialog.getByRole("alert")).toContainText("A lot is coming from your network right now.");
  await expect(dialog.getByText(/^You can try again in \d s\.$/)).toBeVisible();
  const create = dialog.getByRole("button", { name: "Create chat" });
  await expect(create).toHaveAttribute("aria-disabled", "true");
  await page.screenshot({ path: "screenshots/wait-create.png" });
  // The time passes by itself.
  await expect(create).toHaveAttribute("aria-disabled", "false");
  await expect(dialog.getByText(/^You can try again/)).toBeHidden();
  await expect(dialog.getByRole("textbox", { name: "Your name" })).toHaveValue("Maya");
  await create.click();
  await expect(page.getByRole("heading", { name: "Your chat is ready" })).toBeVisible();
});

test("who joins too much is told the same", async ({ page, ownServer, request }) => {
  const { origin } = await ownServer({ JOIN_LIMIT: "1/5s" });
  const room = await makeRoom(request, false, origin);
  await page.goto(room.url);
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
  const join = page.getByRole("button", { name: "Join chat" });
  await request.post(`${room.api}/join`, { data: { name: "Jonas" } });
  await join.click();
  await expect(page.getByText(/^You can try again in \d s\.$/)).toBeVisible();
  await expect(join).toHaveAttribute("aria-disabled", "true");
  await expect(join).toHaveAttribute("aria-disabled", "false");
  await join.click();
  await expect(page.getByRole("textbox", { name: "Message" })).toBeVisible();
});

test("who writes too fast is told when it goes on, and nothing is lost", async ({ page }) => {
  const room = await makeRoom(page.request);
  // As a server that asks for longer pauses than the page makes by itself.
  let isRefused = false;
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const { type, clientId, body } = JSON.parse(String(frame));
      if (isRefused || type !== "instant_chat_message" || body.text !== "Two") return server.send(frame);
      isRefused = true;
      socket.send(JSON.stringify({ type: "error", code: "rate_limited", detail: "You are fast.", clientId, retryAfter: 4 }));
    });
  });
  await enter(page, room, "Maya");
  for (const words of ["One", "Two"]) await say(page, words);
  await expect(banner(page)).toHaveText(/^That was a lot at once: what you wrote is sent in \d s\.\s*$/);
  await expect(messages(page)).toHaveText(["One", "Two"]);
  await allSent(page);
  await expect(banner(page)).not.toContainText("a lot at once");
});

test("without scripts the page says how long", async ({ page, ownServer }) => {
  const { origin } = await ownServer();
  await page.goto(`${origin}/start?problem=rate_limited&after=12`);
  await expect(page.getByText("You can try again in 12 s.")).toBeVisible();
  for (const nonsense of ["-1", "0", "999999", "1e3", "<b>"]) {
    await page.goto(`${origin}/start?problem=rate_limited&after=${encodeURIComponent(nonsense)}`);
    await expect(page.getByText("You can try again")).toBeHidden();
  }
});
