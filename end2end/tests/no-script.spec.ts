import { join } from "node:path";
import { makeRoom, participants } from "../support/api.ts";
import { expect, test, type Page } from "../support/test.ts";

const nameField = { name: /Your name/ };
// Finds words inside of <noscript>, too.
const paragraph = (page: Page, text: string) => page.getByRole("paragraph").filter({ hasText: text });

test.beforeEach(({ watch }) => {
  // Chromium does not fetch modules where scripts are off, and words it so.
  watch.allow(/^request: csp \S+\.js$/);
});

test("a chat is created, entered and ended by plain forms", async ({ page, somebody, watch }, { project }) => {
  await page.goto("/");
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  await expect(page).toHaveURL(/\/start\??$/);
  await page.getByRole("textbox", nameField).fill("Maya");
  await page.getByRole("switch", { name: "Keep history" }).check();
  await page.getByRole("button", { name: "Create chat" }).click();
  await expect(page).toHaveURL(/\/instant-chat\/[\w-]{12}$/);
  await expect(page.getByRole("heading", { name: "You are in as Maya" })).toBeVisible();
  await expect(paragraph(page, "Talking live needs JavaScript.")).toBeVisible();
  await page.screenshot({ path: join("screenshots", project.name, "room.png") });
  const link = page.url();

  const jonas = await somebody();
  await jonas.goto(link);
  await expect(jonas.getByText("History is kept")).toBeVisible();
  await expect(paragraph(jonas, "You can join without JavaScript")).toBeVisible();
  await expect(jonas.getByText("No idea?")).toBeHidden();
  await jonas.screenshot({ path: join("screenshots", project.name, "join.png"), fullPage: true });
  await jonas.getByRole("textbox", nameField).fill("Jonas");
  await jonas.getByRole("button", { name: "Join chat" }).click();
  await expect(jonas).toHaveURL(link);
  await expect(jonas.getByRole("heading", { name: "You are in as Jonas" })).toBeVisible();
  await expect(jonas.getByRole("button", { name: /End this chat/ })).toHaveCount(0);

  watch.allow(/status of 410/);
  await page.getByRole("button", { name: "End this chat for everybody" }).click();
  await expect(page).toHaveURL(link);
  await expect(page.getByRole("heading", { name: "This chat has ended" })).toBeVisible();
  expect((await jonas.reload())?.status()).toBe(410);
});

test("a chat without history and without a name", async ({ page }) => {
  await page.goto("/start");
  await page.getByRole("button", { name: "Create chat" }).click();
  await expect(page.getByRole("heading", { name: "Your chat is ready" })).toBeVisible();
  await expect(page.getByText("Nothing is kept")).toBeVisible();
});

test("what is wrong with a form stands on its page", async ({ page, watch }, { project }) => {
  watch.allow(/status of 422/);
  await page.goto("/start");
  await page.getByRole("textbox", nameField).fill("x".repeat(41));
  await page.getByRole("button", { name: "Create chat" }).click();
  await expect(page).toHaveURL("/start?problem=invalid_name");
  await expect(page.getByRole("alert")).toHaveText("Please choose a name of 1 to 40 letters.");
  await page.screenshot({ path: join("screenshots", project.name, "start-problem.png"), fullPage: true });

  const room = await makeRoom(page.request);
  await page.goto(room.url);
  await page.getByRole("textbox", nameField).fill("x".repeat(41));
  await page.getByRole("button", { name: "Join chat" }).click();
  await expect(page).toHaveURL(`${room.url}?problem=invalid_name`);
  await expect(page.getByRole("alert")).toHaveText("Please choose a name of 1 to 40 letters.");
  expect(await participants(room)).toBe(0);
});

test("the language is chosen by a plain form", async ({ page }) => {
  await page.goto("/start");
  await page.getByRole("button", { name: "العربية" }).click();
  await expect(page).toHaveURL("/start");
  await expect(page.locator("html")).toHaveAttribute("dir", "rtl");
  await expect(page.getByRole("button", { name: "إنشاء الدردشة" })).toBeVisible();
});
