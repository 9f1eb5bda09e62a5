import type { WebSocketRoute } from "@playwright/test";
import { enter, invite, makeRoom, type Room } from "../support/api.ts";
import { allSent, banner, composer, inside, log, messages, say } from "../support/chat.ts";
import { shots } from "../support/shots.ts";
import { expect, test, type Page } from "../support/test.ts";

/** Stands between the page and its server, and changes what the server says, as long as it forges; counts the connections. */
async function between(page: Page, change: (frame: Frame, socket: WebSocketRoute, count: number) => Frame[]) {
  const connections = { count: 0, forges: true };
  await page.routeWebSocket(/\/socket$/, (socket) => {
    connections.count++;
    const server = socket.connectToServer();
    server.onMessage((text) => {
      if (!connections.forges) return socket.send(text);
      for (const frame of change(JSON.parse(String(text)), socket, connections.count)) socket.send(JSON.stringify(frame));
    });
  });
  return connections;
}

type Frame = Record<string, unknown> & { type: string };

/** Opens the room as somebody who is inside, whatever becomes of the connection. */
async function open(page: Page, room: Room): Promise<void> {
  expect((await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } })).status()).toBe(200);
  await page.goto(room.url);
}

test("what a newer server says is something newer, and the chat goes on", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  for (const text of ["One", "Two", "Three", "Four", "Five"]) await jonas.say(text);
  const connections = await between(page, (frame) => {
    const body = frame["body"] as { text?: string } | undefined;
    switch (body?.text ?? frame.type) {
      case "welcome":
        return [{ ...frame, version: 9, limits: { rooms: "many" }, settings: { locked: "at night" }, badge: {} }, { type: "weather" }];
      case "Two":
        return [{ type: "instant_chat_poll", seq: frame["seq"], at: frame["at"], question: "Pizza?" }];
      case "Three":
        return [{ ...frame, body: { v: 1, kind: "hologram", depth: 3 } }];
      case "Four":
        return [{ ...frame, body: { v: 7, box: "…" } }];
      default:
        return [frame];
    }
  });
  await enter(page, room, "Maya");
  const newer = "This message needs a newer page. Reload to see it.";
  await expect(messages(page)).toHaveText(["One", newer, newer, "Five"]);
  const line = log(page).getByText("Something happened here that needs a newer page.");
  await expect(line).toHaveCount(1);
  await say(page, "Hello");
  await allSent(page);
  await jonas.say("Six");
  await expect(messages(page)).toHaveText(["One", newer, newer, "Five", "Hello", "Six"]);
  await shots(page, "newer");
  expect(connections.count).toBe(1);
  connections.forges = false;
  await log(page).getByRole("button", { name: "Reload" }).click();
  await inside(page);
});

for (const [what, change] of Object.entries({
  // A gap is one only after something: the first time that is one's own coming in, then whatever was there before.
  "a gap that stays": (frame: Frame, _: WebSocketRoute, count: number) =>
    frame.type === (count === 1 ? "instant_chat_user_joined" : "welcome")
      ? [frame, { type: "instant_chat_poll", seq: Number(frame["seq"]) + 5, at: frame["at"] ?? frame["now"] }]
      : [frame],
  "a welcome and a close": (frame: Frame, socket: WebSocketRoute) => {
    if (frame.type === "welcome") setTimeout(() => void socket.close({ code: 4999, reason: "a code of tomorrow" }), 20);
    return [frame];
  },
  "a refusal of tomorrow and a close": (_: Frame, socket: WebSocketRoute) => {
    setTimeout(() => void socket.close({ code: 1008 }), 20);
    return [{ type: "error", code: "too_sleepy", detail: "It is too late for chats." }];
  },
})) {
  test(`there is a pause before each connection, a longer one each time: ${what}`, async ({ page, watch }) => {
    watch.allow(/WebSocket/);
    const room = await makeRoom(page.request, true);
    const connections = await between(page, change);
    await open(page, room);
    await expect.poll(() => connections.count).toBeGreaterThan(1);
    await page.waitForTimeout(10_000 - 1_000);
    // 500, 1,000, 2,000, 4,000 ms and no less than half of each.
    expect(connections.count).toBeLessThanOrEqual(7);
    if (what.startsWith("a refusal")) await expect(log(page)).toContainText("It is too late for chats.");
  });
}

test("a welcome that the page cannot read is told as what it is", async ({ page, watch }) => {
  watch.allow(/WebSocket/);
  const room = await makeRoom(page.request, true);
  const connections = await between(page, (frame) => (frame.type === "welcome" ? [{ ...frame, you: { key: 7 } }] : []));
  await open(page, room);
  await expect(log(page).getByText("This page is too old for this chat")).toBeVisible();
  await expect(page.getByText("Connecting…")).toBeHidden();
  await shots(page, "outdated");
  expect(connections.count).toBeLessThanOrEqual(2);
  connections.forges = false;
  await log(page).getByRole("button", { name: "Reload" }).click();
  await inside(page);
});

test("a code of a newer server holds a message or fails it, in the server's words", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  const tries: string[] = [];
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((text) => {
      const { type, clientId, body } = JSON.parse(String(text));
      if (type !== "instant_chat_message" || body.text === "Fine") return server.send(text);
      tries.push(body.text);
      const again = body.text === "Later" && tries.length === 1 ? { retryAfter: 1 } : {};
      if (tries.length === 2) return server.send(text);
      socket.send(JSON.stringify({ type: "error", code: "too_sleepy", detail: "Not at this hour.", clientId, ...again }));
    });
  });
  await enter(page, room, "Maya");
  await say(page, "Later");
  await expect(log(page).locator(".row.sent")).toHaveCount(1);
  await say(page, "Never");
  await expect(log(page).getByRole("alert")).toContainText("Not at this hour.");
  await say(page, "Fine");
  await expect(log(page).locator(".row.sent")).toHaveCount(2);
  expect(tries).toEqual(["Later", "Later", "Never"]);
  await expect(composer(page)).toBeVisible();
  await expect(banner(page)).toBeHidden();
});

test("a page that knows its visitor when the socket does not loads itself once, and then says so", async ({ page, watch }) => {
  watch.allow(/WebSocket/);
  const room = await makeRoom(page.request, true);
  const connections = await between(page, (frame, socket) => {
    setTimeout(() => void socket.close({ code: 1008 }), 20);
    return frame.type === "welcome" ? [{ type: "error", code: "not_joined", detail: "Join the chat first." }] : [];
  });
  let loads = 0;
  page.on("load", () => loads++);
  await open(page, room);
  await expect(log(page).getByText("Join the chat first.")).toBeVisible();
  await page.waitForTimeout(3_000);
  expect(loads).toBe(2);
  connections.forges = false;
  await log(page).getByRole("button", { name: "Reload" }).click();
  await inside(page);
});
