import { expect } from "@playwright/test";
import { enter, makeRoom } from "../api.ts";
import { notices, openMenu } from "../chat.ts";
import type { States } from "./index.ts";
import { talk } from "./scenes.ts";

/** What only the creator sees, and what others see of it. */
export const creator: States = {
  "creator-remove-question": async (page) => {
    await talk(page);
    await page.getByRole("button", { name: /here$/ }).click();
    await page.getByRole("button", { name: "Remove Jonas" }).click();
  },
  "creator-settings": async (page) => {
    await talk(page);
    await openMenu(page);
    await page.getByRole("switch", { name: "Locked: nobody new can join" }).click();
    await expect(notices(page).filter({ hasText: "locked" })).toBeVisible();
    await page.getByRole("switch", { name: "Only text, no pictures or voice" }).click();
    await expect(notices(page).filter({ hasText: "only text" })).toBeVisible();
    await page.getByRole("button", { name: "Extend by 24 hours, once" }).click();
    await expect(notices(page).filter({ hasText: "extended" })).toBeVisible();
  },
  "creator-notices": async (page, means) => {
    await creator["creator-settings"]?.(page, means);
    await page.keyboard.press("Escape");
  },
  "creator-owner-link": async (page) => {
    await talk(page);
    await openMenu(page);
    await page.getByRole("button", { name: "Owner link…" }).click();
    await page.getByRole("button", { name: "Show an owner link" }).click();
    await expect(page.locator(".owner-link")).toContainText("#owner=");
  },
  "join-locked": async (page, { somebody }) => {
    const owner = await somebody();
    const room = await makeRoom(owner.request, true);
    await owner.request.post(`${room.api}/lock`);
    await page.goto(room.url);
    await expect(page.getByRole("heading", { name: "This chat is locked" })).toBeVisible();
  },
  removed: async (page, { somebody }) => {
    const owner = await somebody();
    const room = await makeRoom(owner.request, true);
    await enter(page, room, "Sam");
    const { participants } = await (await page.request.get(room.api)).json();
    await owner.request.post(`${room.api}/remove`, { data: { participantId: participants[0].id } });
    await expect(page.getByRole("heading", { name: "You were removed from this chat" })).toBeVisible();
  },
};
