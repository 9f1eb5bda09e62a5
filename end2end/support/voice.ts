import { expect, type Locator, type Page } from "@playwright/test";
import { log } from "./chat.ts";

/** The browser's own answer to "may this page use the microphone?". Chromium's pretended one beeps every second. */
export async function allowMicrophone(page: Page): Promise<void> {
  await page.context().grantPermissions(["microphone"]);
}

/** There is none at all. */
export async function withoutMicrophone(page: Page): Promise<void> {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("none", "NotFoundError"));
  });
}

export const recordButton = (page: Page): Locator => page.getByRole("button", { name: "Record a voice message" });
/** What stands in the composer's place. */
export const desk = (page: Page): Locator => page.locator(".desk");
/** Recordings in the conversation. */
export const voices = (page: Page): Locator => log(page).getByRole("group", { name: "A voice message" });

/** Begins a recording, and waits until it has lasted so many seconds. */
export async function record(page: Page, seconds = 1): Promise<void> {
  await recordButton(page).click();
  await hasLasted(page, seconds);
}

/** The recording has lasted so many seconds, or more where the machine is slow. */
export async function hasLasted(page: Page, seconds: number): Promise<void> {
  await expect(desk(page).getByRole("timer")).toHaveText(new RegExp(`^0:0[${seconds}-9]$`));
}

/** How long a recording is, in milliseconds. */
export async function length(voice: Locator): Promise<number> {
  return Number(await voice.getByRole("slider", { name: "Position" }).getAttribute("max"));
}

/** Bars that are more than a dot, of a drawing. */
export async function loudBars(drawing: Locator): Promise<number> {
  const path = (await drawing.locator("path").first().getAttribute("d")) ?? "";
  return path.split("M").filter((bar) => /v(?!1$)\d+$/.test(bar)).length;
}

/** How far a recording is, of its whole length. */
export async function heard(voice: Locator): Promise<number> {
  const at = await voice.getByRole("slider", { name: "Position" }).inputValue();
  return Number(at) / (await length(voice));
}
