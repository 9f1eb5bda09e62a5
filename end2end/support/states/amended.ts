import { expect, type Page } from "@playwright/test";
import { invite, type Room } from "../api.ts";
import { openActs } from "../acts.ts";
import { allSent, log, messages, say } from "../chat.ts";
import { alone } from "./scenes.ts";
import type { Walk } from "./walk.ts";

/** A conversation with reactions, an edited message and deleted ones. */
async function amended(page: Page): Promise<Room> {
  const room = await alone(page, true);
  const [jonas, yuki] = [await invite(room, "Jonas"), await invite(room, "Yuki Tanaka")];
  const asked = await jonas.say("Who brings the tent?");
  const edited = await jonas.say("I have the stove and the lamps");
  const gone = await yuki.say("Not this");
  await say(page, "I do, and the chairs as well");
  await allSent(page);
  const mine = gone + 1;
  for (const emoji of ["👍", "❤️", "😂"]) await jonas.react(asked, emoji);
  await yuki.react(asked, "👍");
  await yuki.react(mine, "🎉");
  await jonas.edit(edited, "I have the stove, and two lamps");
  await yuki.delete(gone);
  await openActs(page, "Who brings the tent?");
  await page.getByRole("dialog", { name: "Message" }).getByRole("button", { name: "👍" }).click();
  await expect(log(page).getByRole("button", { name: "👍 3" })).toHaveAttribute("aria-pressed", "true");
  await expect(log(page).getByText("This message was deleted")).toBeVisible();
  await expect(log(page).getByRole("button", { name: "🎉 1" })).toBeVisible();
  return room;
}

/** What became of messages, and how it is done. */
export const amendments: Record<string, Walk> = {
  "messages that were changed": {
    scene: amended,
    states: {
      amended: async () => {},
      "amended-menu": (page) => openActs(page, "the chairs as well"),
      "amended-picker": async (page) => {
        await openActs(page, "Who brings the tent?");
        await page.getByRole("button", { name: "More reactions" }).click();
      },
      "amended-ask": async (page) => {
        await openActs(page, "the chairs as well");
        await page.getByRole("button", { name: "Delete…" }).click();
      },
      "amended-editing": async (page) => {
        await openActs(page, "the chairs as well");
        await page.getByRole("button", { name: "Edit", exact: true }).click();
      },
      "amended-many": async (page) => {
        const room = await alone(page, true);
        const jonas = await invite(room, "Jonas");
        const seq = await jonas.say("Vote!");
        for (const emoji of ["👍", "❤️", "😂", "😮", "😢", "🙏", "🔥", "🎉", "👏", "🚀", "☕", "🍕"]) await jonas.react(seq, emoji);
        await expect(messages(page)).toHaveCount(1);
        await expect(log(page).locator(".reaction")).toHaveCount(12);
      },
    },
  },
};
