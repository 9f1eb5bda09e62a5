import { expect, type Page } from "@playwright/test";
import { invite } from "../api.ts";
import { composer, log, messages } from "../chat.ts";
import { allLoaded, choose, drawing, pictures, share, tray } from "../pictures.ts";
import { alone, talk } from "./scenes.ts";
import { walk, type Walk } from "./walk.ts";

/** Pictures: before they are sent, on their way, in the conversation, looked at. */
export const sharing: Record<string, Walk> = {
  "pictures on their way": walk({
    scene: talk,
    states: {
      "pictures-drop": async (page) => {
        await page.evaluate(() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["…"], "lake.png"));
          document.body.dispatchEvent(new DragEvent("dragover", { bubbles: true, cancelable: true, dataTransfer }));
        });
        await expect(page.getByText("Drop pictures to share them")).toBeVisible();
      },
      "pictures-tray-refused": async (page) => {
        await page.evaluate(() => document.body.dispatchEvent(new DragEvent("dragleave", { bubbles: true })));
        const words = { name: "minutes of the meeting.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF") };
        await choose(page, [drawing(400, 300), words], 1);
        await expect(page.getByRole("alert").filter({ hasText: "minutes" })).toBeVisible();
      },
      "pictures-tray": async (page) => {
        await choose(page, [drawing(300, 400), drawing(64, 64)]);
        await tray(page).getByRole("textbox").first().fill("The lake");
        await composer(page).fill("This is where we go");
      },
      "pictures-landscape": async (page, _, room) => {
        await share(room, await invite(room, "Noor"), drawing(800, 600), "The lake in the morning");
        await page.getByRole("button", { name: "Send" }).click();
        await expect(pictures(page)).toHaveCount(4);
        await allLoaded(page);
      },
      "pictures-failed": async (page) => {
        const detail = "There is no space left. Please try again later.";
        await page.route(/\/media$/, (route) => route.fulfill({ status: 409, json: { code: "media_full", detail } }));
        await choose(page, [drawing(400, 300)]);
        await page.getByRole("button", { name: "Send" }).click();
        await expect(page.getByRole("alert").filter({ hasText: "Not sent" })).toBeVisible();
      },
      "pictures-uploading": async (page) => {
        await page.unroute(/\/media$/);
        // Never answered.
        await page.route(/\/media$/, () => {});
        await choose(page, [drawing(400, 300), drawing(64, 64)]);
        await page.getByRole("button", { name: "Send" }).click();
        await expect(page.getByRole("progressbar")).toHaveCount(2);
      },
    },
  }),
  "pictures of all shapes": {
    states: {
      "pictures-portrait": async (page) => {
        const room = await alone(page, true);
        const noor = await invite(room, "Noor");
        await noor.say("From above");
        await share(room, noor, drawing(300, 500));
        await share(room, noor, drawing(500, 500));
        await noor.answer("This one", 3);
        await expect(messages(page)).toHaveCount(4);
        await allLoaded(page);
      },
      "pictures-tiny": async (page) => {
        const room = await alone(page, true);
        const noor = await invite(room, "Noor");
        await share(room, noor, drawing(16, 16), "An icon");
        await share(room, noor, drawing(2_000, 20), "A line");
        await choose(page, [drawing(8, 8)]);
        await page.getByRole("button", { name: "Send" }).click();
        await expect(pictures(page)).toHaveCount(3);
        await allLoaded(page);
      },
      "pictures-not-loaded": async (page) => {
        const room = await alone(page, true);
        await page.route(/\/media\/[^/]+$/, (route) => route.abort());
        await share(room, await invite(room, "Noor"), drawing(800, 600), "Water that is still and dark, hills behind it. ".repeat(8));
        await expect(messages(page)).toContainText("could not be loaded");
      },
    },
  },
  "pictures looked at": {
    states: {
      "pictures-lightbox": (page) => look(page, "The lake in the morning"),
      "pictures-lightbox-long-words": (page) => look(page, "Water that is still and dark, with hills behind it and one small boat. ".repeat(6).trim()),
    },
  },
};

async function look(page: Page, alt: string): Promise<void> {
  const room = await alone(page, true);
  const noor = await invite(room, "Noor");
  await share(room, noor, drawing(300, 400));
  await share(room, noor, drawing(800, 600), alt);
  await share(room, noor, drawing(400, 400));
  await expect(pictures(page)).toHaveCount(3);
  await allLoaded(page);
  await log(page).getByRole("button", { name: alt }).click();
  await expect(page.getByRole("dialog", { name: "Picture" })).toContainText("2 of 3");
}
