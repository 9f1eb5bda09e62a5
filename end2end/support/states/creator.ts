import { expect } from "@playwright/test";
import { enter, makeRoom } from "../api.ts";
import { notices, openMenu } from "../chat.ts";
import { talk } from "./scenes.ts";
import type { Walk } from "./walk.ts";

/** What only the creator sees, and what others see of it. */
export const creator: Record<string, Walk> = {
  "the creator's tools": {
    scene: talk,
    states: {
      "creator-remove-question": async (page) => {
        await page.getByRole("button", { name: /here$/ }).click();
        await page.getByRole("button", { name: "Remove Jonas" }).click();
      },
      "creator-owner-link": async (page) => {
        await openMenu(page);
        await page.getByRole("button", { name: "Owner link…" }).click();
        await page.getByRole("button", { name: "Show an owner link" }).click();
        await expect(page.locator(".owner-link")).toContainText("#owner=");
      },
      "creator-settings": async (page) => {
        await openMenu(page);
        await page.getByRole("switch", { name: "Locked: nobody new can join" }).click();
        await expect(notices(page).filter({ hasText: "locked" })).toBeVisible();
        await page.getByRole("switch", { name: "Only text, no pictures or voice" }).click();
        await expect(notices(page).filter({ hasText: "only text" })).toBeVisible();
        await page.getByRole("button", { name: "Extend by 24 hours, once" }).click();
        await expect(notices(page).filter({ hasText: "extended" })).toBeVisible();
      },
      "creator-notices": async () => {},
      removed: async (page, { context, somebody }) => {
        const owner = await somebody();
        const room = await makeRoom(owner.request, true);
        await context.clearCookies();
        await enter(page, room, "Sam");
        const { participants } = await (await page.request.get(room.api)).json();
        await owner.request.post(`${room.api}/remove`, { data: { participantId: participants[0].id } });
        await expect(page.getByRole("heading", { name: "You were removed from this chat" })).toBeVisible();
      },
    },
  },
};
