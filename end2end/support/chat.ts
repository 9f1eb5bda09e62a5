import { expect, type Locator, type Page } from "@playwright/test";

interface Start {
  /** Who starts it; without a name they join like everybody else. */
  name?: string;
  history?: boolean;
}

/** The home page, awake: the button opens the dialog. */
export async function openHome(page: Page): Promise<void> {
  await page.goto("/");
  await awake(page);
}

/** The page's wasm is there and its islands listen. */
export async function awake(page: Page): Promise<void> {
  await expect(page.locator("html[data-awake]")).toBeAttached();
}

export const startDialog = (page: Page): Locator => page.getByRole("dialog", { name: /Start a chat|Your chat is ready/ });

/** Fills in the dialog; it then shows the link, which is returned. */
export async function createChat(page: Page, { name = "", history = false }: Start = {}): Promise<string> {
  await openHome(page);
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  const dialog = startDialog(page);
  await dialog.getByRole("textbox", { name: "Your name" }).fill(name);
  await dialog.getByRole("switch", { name: "Keep history" }).setChecked(history);
  await dialog.getByRole("button", { name: "Create chat" }).click();
  const path = await dialog.getByRole("link", { name: "Enter chat" }).getAttribute("href");
  return new URL(path ?? "", page.url()).href;
}

/** Creates a chat through its dialog and goes in. Returns the link. */
export async function startChat(page: Page, start: Start = {}): Promise<string> {
  const link = await createChat(page, start);
  await page.getByRole("link", { name: "Enter chat" }).click();
  if (start.name) await inside(page);
  return link;
}

/** Opens the link, types a name, joins. */
export async function join(page: Page, link: string, name: string): Promise<void> {
  await page.goto(link);
  await awake(page);
  await page.getByRole("textbox", { name: "Your name" }).fill(name);
  await page.getByRole("button", { name: "Join chat" }).click();
  await inside(page);
}

/** The chat is open, and connected. */
export async function inside(page: Page): Promise<void> {
  await expect(composer(page)).toBeVisible();
  await expect(page.getByRole("button", { name: /^\d+ here$/ })).toBeVisible();
}

export const composer = (page: Page): Locator => page.getByRole("textbox", { name: "Message" });
export const log = (page: Page): Locator => page.getByRole("region", { name: "Messages" });
/** What was said, in the order of the page. */
export const messages = (page: Page): Locator => log(page).locator(".bubble");
/** Who came and went. */
export const notices = (page: Page): Locator => log(page).locator(".notice");
export const banner = (page: Page): Locator => page.locator(".banner");

/** Writes a message and sends it; does not wait for it to arrive anywhere. */
export async function say(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press("Enter");
}

/** All of one's own messages are in the log. */
export async function allSent(page: Page): Promise<void> {
  await expect(log(page).locator(".row.waiting, .row.failed")).toHaveCount(0);
}

export async function openMenu(page: Page): Promise<void> {
  await page.getByRole("button", { name: "More" }).click();
}

/** As the creator: ends the chat, with its confirmation. */
export async function endChat(page: Page): Promise<void> {
  await openMenu(page);
  await page.getByRole("button", { name: "End chat for everybody…" }).click();
  await page.getByRole("dialog", { name: "End this chat for everybody?" }).getByRole("button", { name: "End chat" }).click();
}

/** As if the tab came to the front, or went behind another. */
export async function show(page: Page, visible: boolean): Promise<void> {
  await page.evaluate((visible) => {
    Object.defineProperty(document, "visibilityState", { value: visible ? "visible" : "hidden", configurable: true });
    document.dispatchEvent(new Event("visibilitychange", { bubbles: true }));
  }, visible);
}
