import { expect, type Page } from "@playwright/test";
import { end, invite, makeRoom } from "../api.ts";
import { awake, openHome } from "../chat.ts";
import type { States } from "./index.ts";
import { talk } from "./scenes.ts";

/** What most depends on the length of words and on the direction of lines. */
function inLanguage(language: string, more: string): States {
  return {
    [`${language}-home`]: async (page) => {
      await openHome(page);
      await speak(page, language);
      await awake(page);
    },
    [`${language}-start-dialog`]: async (page) => {
      await openHome(page);
      await speak(page, language);
      await awake(page);
      await page.locator(".start button").click();
      await page.getByRole("switch").check();
    },
    [`${language}-gone-ended`]: async (page) => {
      const room = await makeRoom(page.request);
      await end(room);
      await page.goto(room.url);
      await speak(page, language);
    },
    [`${language}-join`]: async (page, { context }) => {
      const room = await makeRoom(page.request, true);
      await invite(room, "Maya");
      await invite(room, "Jonas");
      await context.clearCookies();
      await page.goto(room.url);
      await speak(page, language);
      await awake(page);
      await expect(page.locator(".facts")).toContainText(/\d:\d\d/);
    },
    [`${language}-room-talk`]: async (page) => {
      await talk(page);
      await speak(page, language);
      await expect(page.locator(".bubble")).toHaveCount(8);
    },
    [`${language}-room-menu`]: async (page) => {
      await talk(page);
      await speak(page, language);
      await page.getByRole("button", { name: more, exact: true }).click();
    },
    [`${language}-room-message-menu`]: async (page) => {
      await talk(page);
      await speak(page, language);
      await expect(page.locator(".bubble")).toHaveCount(8);
      await page.locator(".row-acts").last().focus();
      await page.keyboard.press("Enter");
    },
    [`${language}-room-end-question`]: async (page) => {
      await talk(page);
      await speak(page, language);
      await page.getByRole("button", { name: more, exact: true }).click();
      await page.locator("#more .menu-item.danger").click();
    },
  };
}

/** The same page in another language. */
async function speak(page: Page, language: string): Promise<void> {
  await page.context().addCookies([{ name: "language", value: language, url: new URL(page.url()).origin }]);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", language);
}

const spanish = inLanguage("es", "Más");

export const languages: States = {
  ...inLanguage("de", "Mehr"),
  ...inLanguage("ar", "المزيد"),
  "es-home": spanish["es-home"]!,
  "es-room-menu": spanish["es-room-menu"]!,
};
