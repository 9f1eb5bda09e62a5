import { enter, makeRoom } from "../support/api.ts";
import { allSent, banner, inside, join, log, messages, notices, say, startChat } from "../support/chat.ts";
import { expect, test, type Page, type Server } from "../support/test.ts";

// The browser says in the console that it cannot connect: that is what these tests are about.
const NO_CONNECTION = [/WebSocket connection to .* failed/, /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED)/];
const AWAY = "Reconnecting… what you write is sent when the connection is back.";
const MISSED = "You were away for a while: earlier messages can no longer be shown.";

test.beforeEach(({ watch }) => watch.allow(...NO_CONNECTION));

test("what is written offline waits, and is sent once and in order", async ({ page: maya, context, somebody }) => {
  const link = await startChat(maya, { name: "Maya", history: true });
  const jonas = await somebody();
  await join(jonas, link, "Jonas");
  await say(maya, "Before");
  await allSent(maya);

  await context.setOffline(true);
  for (const text of ["One", "Two", "Three"]) await say(maya, text);
  await expect(log(maya).locator(".row.waiting")).toHaveCount(3);
  await expect(log(maya).getByText("sending…")).toBeVisible();
  await expect(banner(maya)).toHaveText(AWAY, { timeout: 15_000 });
  await say(jonas, "Meanwhile");
  await expect(messages(jonas)).toHaveText(["Before", "Meanwhile"]);

  await context.setOffline(false);
  const all = ["Before", "Meanwhile", "One", "Two", "Three"];
  await expect(messages(maya)).toHaveText(all);
  await expect(messages(jonas)).toHaveText(all);
  await allSent(maya);
  await expect(banner(maya)).toBeHidden();
  await expect(notices(jonas)).toHaveText("Maya and you joined");
});

test("what waits is kept over a reload", async ({ page: maya, somebody }) => {
  let hears = false;
  await maya.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      if (hears || !frame.includes("instant_chat_message")) server.send(frame);
    });
  });
  const room = await makeRoom(maya.request, true);
  await enter(maya, room, "Maya");
  const jonas = await somebody();
  await enter(jonas, room, "Jonas");
  for (const text of ["One", "Two"]) await say(maya, text);
  await expect(log(maya).locator(".row.waiting")).toHaveCount(2);

  hears = true;
  await maya.reload();
  await inside(maya);
  await expect(messages(jonas)).toHaveText(["One", "Two"]);
  await expect(messages(maya)).toHaveText(["One", "Two"]);
  await allSent(maya);
});

test("a stored room goes on after a power cut: nothing lost, nothing twice", async ({ page: maya, somebody, ownServer }) => {
  const server = await ownServer();
  const jonas = await somebody();
  await meet(server, true, maya, jonas);
  await say(maya, "Before");
  await expect(messages(jonas)).toHaveText(["Before"]);

  await server.kill();
  await Promise.all([say(maya, "Maya, in the dark"), say(jonas, "Jonas, in the dark")]);
  await expect(log(maya).locator(".row.waiting")).toHaveCount(1);
  await server.start();

  await Promise.all([allSent(maya), allSent(jonas)]);
  await say(jonas, "After");
  await expect(messages(maya)).toHaveCount(4);
  const texts = await messages(maya).allTextContents();
  expect(texts.toSorted()).toEqual(["After", "Before", "Jonas, in the dark", "Maya, in the dark"]);
  expect([texts[0], texts[3]]).toEqual(["Before", "After"]);
  await expect(messages(jonas)).toHaveText(texts);
  // What the pages show is what the log holds.
  await maya.reload();
  await inside(maya);
  await expect(messages(maya)).toHaveText(texts);
});

test("a power cut while messages are on their way", async ({ page: maya, somebody, ownServer }) => {
  const server = await ownServer({ MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" });
  const jonas = await somebody();
  await meet(server, true, maya, jonas);
  const said = Array.from({ length: 30 }, (_, i) => `Message ${i + 1}`);
  const saying = (async () => {
    for (const text of said) await say(maya, text);
  })();
  await expect(messages(jonas).nth(3)).toBeAttached();
  await server.kill();
  await server.start();
  await saying;
  await expect(messages(jonas)).toHaveText(said, { timeout: 20_000 });
  await expect(messages(maya)).toHaveText(said);
  await allSent(maya);
});

test("a live room begins anew after a power cut, and says so calmly", async ({ page: maya, somebody, ownServer }) => {
  const server = await ownServer();
  const jonas = await somebody();
  await meet(server, false, maya, jonas);
  await say(maya, "Never written down");
  await expect(messages(jonas)).toHaveText(["Never written down"]);

  await server.kill();
  await server.start();
  for (const page of [maya, jonas]) {
    await expect(banner(page)).toHaveText(MISSED, { timeout: 15_000 });
    await expect(messages(page)).toHaveCount(0);
  }
  await say(jonas, "Where were we?");
  await expect(messages(maya)).toHaveText(["Where were we?"]);
  await expect(messages(jonas)).toHaveText(["Where were we?"]);
});

/** Maya and Jonas in a room of this server. */
async function meet(server: Server, history: boolean, maya: Page, jonas: Page): Promise<void> {
  const room = await makeRoom(maya.request, history, server.origin);
  await enter(maya, room, "Maya");
  await enter(jonas, room, "Jonas");
  await expect(maya.getByRole("button", { name: "2 here" })).toBeVisible();
}
