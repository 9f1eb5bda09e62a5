import { expect, type BrowserContext, type Page } from "@playwright/test";
import { end, invite, makeRoom } from "../api.ts";
import { awake, createChat, openHome } from "../chat.ts";
import type { Walk } from "./walk.ts";

/** What comes before a chat, and after it. */
export const pages: Record<string, Walk> = {
  "home and the start of a chat": {
    states: {
      offline: (page) => page.goto("/offline"),
      "start-page": (page) => page.goto("/start"),
      "start-page-problem": (page) => page.goto("/start?problem=invalid_name"),
      home: openHome,
      "start-dialog": async (page) => {
        await page.getByRole("button", { name: "Start Instant Chat" }).click();
      },
      "start-dialog-history": async (page) => {
        await page.getByRole("button", { name: "Start Instant Chat" }).click();
        await page.getByRole("switch").check();
        await page.getByRole("textbox", { name: "Your name" }).fill("Maya");
      },
      "start-dialog-problem": async (page) => {
        await openHome(page);
        await page.getByRole("button", { name: "Start Instant Chat" }).click();
        await page.getByRole("textbox", { name: "Your name" }).fill("x".repeat(60));
        await page.getByRole("button", { name: "Create chat" }).click();
        await expect(page.getByRole("alert")).not.toBeEmpty();
      },
    },
  },
  "a link, made": {
    states: {
      "start-dialog-ready": async (page) => {
        await createChat(page, { name: "Maya" });
        await page.getByRole("img", { name: "QR code" }).evaluate((image: HTMLImageElement) => image.decode());
      },
    },
  },
  "a link, copied": {
    scene: async (page, { context }) => {
      await context.grantPermissions(["clipboard-write"]);
      // A share sheet, as phones have one; and a word that would go before it is looked at.
      await page.addInitScript(() => (navigator.share = async () => {}));
      await createChat(page, { name: "Maya" });
      await page.clock.install();
    },
    states: {
      "start-dialog-copied": async (page) => {
        await page.getByRole("button", { name: "Copy" }).click();
        await expect(page.getByRole("button", { name: "Copied" })).toBeVisible();
      },
    },
  },
  "a link, selected": {
    scene: async (page) => {
      await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
      await createChat(page, { name: "Maya" });
      await page.clock.install();
    },
    states: {
      "start-dialog-selected": async (page) => {
        await page.getByRole("button", { name: "Copy" }).click();
        await expect(page.getByText("The link is selected")).toBeVisible();
      },
    },
  },
  "chats that are not there": {
    states: {
      "gone-not-found": (page) => page.goto("/nothing/here"),
      "gone-unknown": (page) => page.goto("/instant-chat/A1b2C3d4E5f6"),
      "gone-ended": async (page) => {
        const room = await makeRoom(page.request);
        await end(room);
        await page.goto(room.url);
      },
      "gone-expired": async (page, { ownServer }) => {
        const brief = await ownServer({ ROOM_TTL: "1s", SWEEP_EVERY: "50ms" });
        const room = await makeRoom(page.request, true, brief.origin);
        await expect.poll(async () => (await page.request.get(room.url)).status()).toBe(410);
        await page.goto(room.url);
      },
    },
  },
  "the door of a chat": {
    states: {
      "join-creator": async (page) => {
        await page.goto((await makeRoom(page.request)).url);
        await awake(page);
      },
      "join-live": async (page, { context }) => {
        await openDoor(page, context, false);
      },
      "join-history": async (page, { context }) => {
        await openDoor(page, context, true);
      },
      "join-problem": async (page, { context }) => {
        await openDoor(page, context, false);
        await page.getByRole("textbox", { name: "Your name" }).fill("Bartholomew ".repeat(5));
        await page.getByRole("button", { name: "Join chat" }).click();
        await expect(page.getByRole("alert")).not.toBeEmpty();
      },
      "join-locked": async (page, { context, somebody }) => {
        const owner = await somebody();
        const room = await makeRoom(owner.request, true);
        await owner.request.post(`${room.api}/lock`);
        await context.clearCookies();
        await page.goto(room.url);
        await expect(page.getByRole("heading", { name: "This chat is locked" })).toBeVisible();
      },
      "join-full": async (page, { context, ownServer }) => {
        const small = await ownServer({ ROOM_CAPACITY: "2" });
        const room = await makeRoom(page.request, false, small.origin);
        await invite(room, "Maya");
        await invite(room, "Jonas");
        await context.clearCookies();
        await page.goto(room.url);
        await awake(page);
        await page.getByRole("textbox", { name: "Your name" }).fill("Yuki");
        await page.getByRole("button", { name: "Join chat" }).click();
        await expect(page.getByRole("alert")).not.toBeEmpty();
      },
    },
  },
};

async function openDoor(page: Page, context: BrowserContext, history: boolean): Promise<void> {
  const room = await makeRoom(page.request, history);
  await invite(room, "Maya");
  await invite(room, "Jonas");
  await context.clearCookies();
  await page.goto(room.url);
  await awake(page);
  await expect(page.getByText(/^Ends in .* at /)).toBeVisible();
}
