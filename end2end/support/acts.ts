import { expect, type Page } from "@playwright/test";
import { messages } from "./chat.ts";

/** Opens the menu of the message that ends with `text`: by its button, on a phone by a finger that rests on it. */
export async function openActs(page: Page, text: string): Promise<void> {
  const bubble = messages(page).filter({ hasText: new RegExp(`${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}$`) }).first();
  await bubble.scrollIntoViewIfNeeded();
  if (await page.evaluate(() => matchMedia("(hover: none)").matches)) {
    const { x, y, width, height } = (await bubble.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x: x + width / 2, y: y + height / 2 }] });
    await expect(page.getByRole("dialog", { name: "Message" })).toBeVisible();
    await devtools.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  } else {
    await bubble.hover();
    await bubble.locator("..").getByRole("button", { name: "Message menu" }).click();
  }
  await expect(page.getByRole("dialog", { name: "Message" })).toBeVisible();
}
