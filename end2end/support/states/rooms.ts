import { expect, type Page } from "@playwright/test";
import { end, enter, invite, makeRoom } from "../api.ts";
import { openActs } from "../acts.ts";
import { banner, composer, log, messages, openMenu, say } from "../chat.ts";
import { alone, talk } from "./scenes.ts";
import { walk, type Walk } from "./walk.ts";

/** A chat, and all that may open over it or happen to it. */
export const rooms: Record<string, Walk> = {
  "a chat's beginning": {
    states: {
      "room-empty-live": (page) => alone(page, false),
      "room-empty-history": (page) => alone(page, true),
      "room-connecting": async (page) => {
        await page.routeWebSocket(/\/socket$/, () => {});
        const room = await makeRoom(page.request);
        await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } });
        await page.goto(room.url);
        await expect(page.getByText("Connecting…")).toBeVisible();
      },
    },
  },
  "a conversation": walk({
    scene: talk,
    states: {
      "room-talk": async () => {},
      "room-people": (page) => page.getByRole("button", { name: /here$/ }).click(),
      "room-menu": openMenu,
      "room-message-menu": (page) => openActs(page, "🏕️ Perfect"),
      "room-own-message-menu": (page) => openActs(page, "See you there"),
      "room-invite": async (page) => {
        await page.getByRole("button", { name: "Invite" }).click();
        await page.getByRole("img", { name: "QR code" }).evaluate((image: HTMLImageElement) => image.decode());
      },
      "room-end-question": async (page) => {
        await openMenu(page);
        await page.getByRole("button", { name: "End chat for everybody…" }).click();
      },
      "room-save": async (page) => {
        await openMenu(page);
        await page.getByRole("button", { name: "Save conversation…" }).click();
      },
      "room-keys": async (page) => {
        await page.keyboard.press("Control+/");
        await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
      },
      "room-too-long": async (page) => {
        await composer(page).fill("A long story. ".repeat(300));
        await expect(page.locator("#composer-left")).toHaveClass(/over/);
      },
      "room-typing": async (page, { somebody }, room) => {
        await composer(page).fill("");
        const nkechi = await somebody();
        await enter(nkechi, room, "Nkechi");
        await composer(nkechi).fill("I am");
        await expect(page.getByText("Nkechi is typing…")).toBeVisible();
      },
      "room-replies": async (page, _, room) => {
        const noor = await invite(room, "Noor");
        await openActs(page, "I can bring the tent");
        await page.getByRole("button", { name: "Reply" }).click();
        await say(page, "Is it large enough for four?");
        await expect(messages(page)).toHaveCount(9);
        const question = (await noor.say("Wait")) - 2;
        await noor.answer("I have a larger one", question);
        await expect(messages(page)).toHaveCount(11);
        await openActs(page, "I have a larger one");
        await page.getByRole("button", { name: "Reply" }).click();
        await composer(page).fill("Perfect, bring");
      },
      "room-waiting": async (page, { context }) => {
        await context.setOffline(true);
        await say(page, "Can you still hear me?");
        await say(page, "I am in a tunnel, this goes out later");
        await expect(banner(page)).toHaveClass(/shown/, { timeout: 15_000 });
      },
      "room-ended": async (page, { context }, room) => {
        await context.setOffline(false);
        await expect(banner(page)).not.toHaveClass(/shown/, { timeout: 15_000 });
        await end(room);
        await expect(page.getByRole("heading", { name: "This chat has been ended" })).toBeVisible();
      },
    },
  }),
  "reading above": walk({
    scene: talk,
    states: {
      "room-above": async (page, _, room) => {
        const jonas = await invite(room, "Jonas");
        for (let i = 1; i <= 30; i++) await jonas.say(`Line ${i}`);
        await expect(messages(page).last()).toHaveText("Line 30");
        await log(page).evaluate((log) => log.scrollTo(0, -log.scrollHeight / 2));
        // The page knows of it, a frame later.
        await expect(page.getByRole("button", { name: "To the newest" })).toBeVisible();
        await jonas.say("And one more");
        await expect(page.getByRole("button", { name: "1 new message" })).toBeVisible();
      },
      "room-new": async (page) => {
        await page.getByRole("button", { name: "1 new message" }).click();
        await expect(log(page).getByText("New", { exact: true })).toBeVisible();
      },
    },
  }),
  "a message that is refused": {
    scene: refuseMessages,
    states: {
      "room-failed": async (page) => {
        await talk(page);
        await say(page, "This one is refused");
        await expect(page.getByRole("alert").filter({ hasText: "Not sent" })).toBeVisible();
      },
    },
  },
  "a chat whose time is short": {
    states: {
      "room-ends-soon": async (page, { ownServer }) => {
        const server = await ownServer({ ROOM_TTL: "9m" });
        const room = await makeRoom(page.request, false, server.origin);
        await enter(page, room, "Maya");
        await expect(page.getByRole("link", { name: "Save the conversation first" }).first()).toBeVisible();
      },
      "room-expired": async (page, { ownServer }) => {
        const brief = await ownServer({ ROOM_TTL: "4s", SWEEP_EVERY: "50ms" });
        await enter(page, await makeRoom(page.request, false, brief.origin), "Maya");
        await say(page, "This will be short");
        await expect(page.getByRole("heading", { name: /This chat is over/ })).toBeVisible();
      },
    },
  },
  "a server that started anew": {
    states: {
      "room-resynced": async (page, { ownServer }) => {
        const server = await ownServer();
        const room = await makeRoom(page.request, false, server.origin);
        await enter(page, room, "Maya");
        await say(page, "Never written down");
        await expect(messages(page)).toHaveCount(1);
        await server.kill();
        await server.start();
        await expect(banner(page)).toHaveText(/You were away for a while/, { timeout: 15_000 });
      },
    },
  },
};

/** From now on the server refuses whatever this page says. */
async function refuseMessages(page: Page): Promise<void> {
  await page.routeWebSocket(/\/socket$/, (socket) => {
    const server = socket.connectToServer();
    socket.onMessage((frame) => {
      const { type, clientId, body } = JSON.parse(frame.toString());
      if (type !== "instant_chat_message" || !body.text.includes("refused")) return server.send(frame);
      socket.send(JSON.stringify({ type: "error", code: "invalid_message", detail: "That message cannot be sent.", clientId }));
    });
  });
}
