import { enter, invite, makeRoom } from "../support/api.ts";
import { banner, inside, log, messages, show } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

const AWAY = "Reconnecting… what you write is sent when the connection is back.";

/** Connections that go deaf without a word, both ways, as in a laptop's sleep; later ones work. */
interface Hole {
  /** So many of them, from the first on, are. */
  deaf: number;
  connections: number;
  /** What the page said into the hole. */
  swallowed: string[];
}

test.beforeEach(async ({ page, watch }) => {
  watch.allow(/WebSocket/);
  // What the page's timers wait for is the test's to say.
  await page.clock.install();
});

async function hole(page: import("@playwright/test").Page): Promise<Hole> {
  const hole: Hole = { deaf: 0, connections: 0, swallowed: [] };
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const age = ++hole.connections;
    const swallows = () => age <= hole.deaf;
    const server = socket.connectToServer();
    server.onMessage((text) => {
      if (!swallows()) socket.send(text);
    });
    socket.onMessage((text) => {
      if (swallows()) hole.swallowed.push(JSON.parse(String(text)).type);
      else server.send(text);
    });
  });
  return hole;
}

test("who only reads is told within 40 seconds that the connection is gone, and misses nothing", async ({ page }) => {
  const fell = await hole(page);
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
  await jonas.say("Heard");
  await expect(messages(page)).toHaveText(["Heard"]);
  fell.deaf = 1;
  await jonas.say("Not heard");
  // A minute of a page that hears nothing; it tries again as soon as it knows.
  let seconds = 0;
  while (fell.connections === 1 && seconds < 60) {
    await page.clock.runFor(1_000);
    seconds++;
    if (await banner(page).isVisible()) break;
  }
  expect(seconds).toBeGreaterThan(25);
  expect(seconds).toBeLessThanOrEqual(40);
  await expect(banner(page)).toContainText(AWAY);
  expect(fell.swallowed).toEqual(["beat"]);
  await page.clock.runFor(2_000);
  await expect(messages(page)).toHaveText(["Heard", "Not heard"]);
  await expect(banner(page)).toBeHidden();
});

test("a quiet room is no dead connection", async ({ page }) => {
  const fell = await hole(page);
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  for (let passed = 0; passed < 120; passed++) await page.clock.runFor(1_000);
  expect(fell.connections).toBe(1);
  await expect(banner(page)).toBeHidden();
});

test("who comes back finds out in ten seconds", async ({ page }) => {
  const fell = await hole(page);
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  await show(page, false);
  fell.deaf = 1;
  await page.clock.runFor(3_000);
  await show(page, true);
  await expect.poll(() => fell.swallowed).toEqual(["beat"]);
  for (let passed = 0; passed < 11; passed++) await page.clock.runFor(1_000);
  await expect(banner(page)).toContainText(AWAY);
});

test("a server that opens and does not welcome is given up, again and again", async ({ page }) => {
  const fell = await hole(page);
  fell.deaf = 2;
  const room = await makeRoom(page.request, true);
  expect((await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } })).status()).toBe(200);
  await page.goto(room.url);
  await expect(log(page).getByText("Connecting…")).toBeVisible();
  await expect.poll(() => fell.swallowed.length).toBe(1);
  for (let passed = 0; passed < 17; passed++) await page.clock.runFor(1_000);
  await expect.poll(() => fell.connections).toBe(2);
  await expect(banner(page)).toContainText(AWAY);
  for (let passed = 0; passed < 20; passed++) await page.clock.runFor(1_000);
  await inside(page);
});
