import { expect, type Page } from "@playwright/test";
import { end, invite, makeRoom } from "../api.ts";
import { awake, openHome } from "../chat.ts";
import { talk } from "./scenes.ts";
import type { Means, Walk } from "./walk.ts";

/** What most depends on the length of words and on the direction of lines. */
function inLanguage(language: string, more: string): Walk {
  const states: Walk["states"] = {
    home: openHome,
    "start-dialog": async (page) => {
      await page.locator(".start button").click();
      await page.getByRole("switch").check();
    },
    "gone-ended": async (page) => {
      const room = await makeRoom(page.request);
      await end(room);
      await page.goto(room.url);
    },
    "room-talk": talk,
    "room-menu": (page) => page.getByRole("button", { name: more, exact: true }).click(),
    "room-message-menu": async (page) => {
      await page.locator(".row-acts").last().focus();
      await page.keyboard.press("Enter");
    },
    "room-end-question": async (page) => {
      await page.getByRole("button", { name: more, exact: true }).click();
      await page.locator("#more .menu-item.danger").click();
    },
    join: async (page, { context }) => {
      const room = await makeRoom(page.request, true);
      await invite(room, "Maya");
      await invite(room, "Jonas");
      await context.clearCookies({ name: /^(?!language)/ });
      await page.goto(room.url);
      await awake(page);
      await expect(page.locator(".facts")).toContainText(/\d:\d\d/);
    },
  };
  return {
    scene: (page, means) => speak(page, means, language),
    states: Object.fromEntries(
      Object.entries(states).map(([name, arrive]) => [
        `${language}-${name}`,
        async (page: Page, means: Means) => {
          await arrive(page, means, undefined);
          await expect(page.locator("html")).toHaveAttribute("lang", language);
        },
      ]),
    ),
  };
}

/** All pages, from now on, in a language. */
async function speak(page: Page, { context }: Means, language: string): Promise<void> {
  const { url } = await makeRoom(page.request);
  await context.addCookies([{ name: "language", value: language, url: new URL(url).origin }]);
}

const spanish = inLanguage("es", "Más");

export const languages: Record<string, Walk> = {
  German: inLanguage("de", "Mehr"),
  Arabic: inLanguage("ar", "المزيد"),
  // What its words are shorter in than German's stands for itself.
  Spanish: { ...spanish, states: Object.fromEntries(Object.entries(spanish.states).filter(([name]) => /home|talk|menu/.test(name))) },
};
