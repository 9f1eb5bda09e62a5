import { makeRoom, enter, invite } from "../support/api.ts";
import { allSent, composer, inside, log, messages, openHome, openMenu, say } from "../support/chat.ts";
import { layoutFaults } from "../support/layout.ts";
import type { Locator } from "@playwright/test";
import { expect, test, type Page } from "../support/test.ts";

test("from the start to the end with nothing but a keyboard", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  const { keyboard } = page;
  await openHome(page);
  await tabTo(page, page.getByRole("button", { name: "Start Instant Chat" }));
  await keyboard.press("Enter");

  const dialog = page.getByRole("dialog", { name: "Start a chat" });
  await tabTo(page, dialog.getByRole("textbox", { name: "Your name" }));
  await keyboard.type("Maya");
  await tabTo(page, dialog.getByRole("switch", { name: "Keep history" }));
  await keyboard.press("Space");
  await expect(dialog.getByRole("switch", { name: "Keep history" })).toBeChecked();
  await tabTo(page, dialog.getByRole("button", { name: "Create chat" }));
  await keyboard.press("Enter");
  // The next step has the focus already.
  await expect(page.getByRole("link", { name: "Enter chat" })).toBeFocused();
  await keyboard.press("Enter");
  await inside(page);

  await expect(composer(page)).toBeFocused();
  await keyboard.type("Hello");
  await keyboard.press("Enter");
  await expect(messages(page)).toHaveText(["Hello"]);
  await expect(composer(page)).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: "Invite" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Invite others" })).toBeVisible();
  await keyboard.press("Escape");
  await expect(page.getByRole("button", { name: "Invite" })).toBeFocused();

  await tabTo(page, page.getByRole("button", { name: "More" }));
  await keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "End chat for everybody…" }));
  await keyboard.press("Enter");
  await tabTo(page, page.getByRole("button", { name: "End chat", exact: true }));
  await keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "This chat has been ended" })).toBeVisible();
});

test("a list says what the keyboard can do, and it does", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have none");
  const { keyboard } = page;
  await enter(page, await makeRoom(page.request, true), "Maya");
  const list = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await composer(page).fill("A draft");
  await keyboard.press("Control+/");
  await expect(list).toBeVisible();
  await expect(list.getByRole("definition").last()).toHaveText("This list");
  await keyboard.press("Control+/");
  await expect(list).toBeHidden();
  await expect(composer(page)).toBeFocused();
  await expect(composer(page)).toHaveValue("A draft");
  // A slash alone is a slash.
  await keyboard.type("/");
  await expect(list).toBeHidden();
  await expect(composer(page)).toHaveValue("A draft/");

  await openMenu(page);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await expect(list).toBeVisible();
  await keyboard.press("Escape");
  await expect(list).toBeHidden();

  // What the list promises.
  await composer(page).fill("one");
  await keyboard.press("Shift+Enter");
  await keyboard.type("two");
  await keyboard.press("Enter");
  await expect(messages(page)).toHaveText(["one\ntwo"], { useInnerText: true });
  // What is not in the log yet is not edited.
  await allSent(page);
  await keyboard.press("ArrowUp");
  await expect(composer(page)).toHaveValue("one\ntwo");
  await keyboard.press("Escape");
  await expect(composer(page)).toHaveValue("");
  await keyboard.press("Shift+Tab");
  await tabTo(page, page.getByRole("button", { name: "Message menu" }));
  await keyboard.press("Enter");
  await expect(page.getByRole("dialog", { name: "Message" })).toBeVisible();
});

test("joining with nothing but a keyboard", async ({ page, somebody, isMobile }) => {
  test.skip(isMobile, "phones have none");
  const room = await makeRoom(page.request);
  const guest = await somebody();
  await guest.goto(room.url);
  // The one field there is has the focus already.
  await expect(guest.getByRole("textbox", { name: "Your name" })).toBeFocused();
  await guest.keyboard.type("Jonas");
  await guest.keyboard.press("Enter");
  await inside(guest);
  await expect(composer(guest)).toBeFocused();
});

test("on a phone nothing takes the focus, which would open the keyboard", async ({ page, somebody, isMobile }) => {
  test.skip(!isMobile, "screens with a keyboard");
  const room = await makeRoom(page.request);
  const guest = await somebody();
  await guest.goto(room.url);
  await expect(guest.getByText(/^Ends in .* at /)).toBeVisible();
  await expect(guest.getByRole("textbox", { name: "Your name" })).not.toBeFocused();
});

test("a dialog keeps the focus, and gives it back", async ({ page, isMobile }) => {
  test.skip(isMobile, "phones have no tab key");
  await openHome(page);
  const start = page.getByRole("button", { name: "Start Instant Chat" });
  await start.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Start a chat" });
  for (let i = 0; i < 8; i++) {
    await page.keyboard.press("Tab");
    // Between the last and the first the browser's own bar has its turn.
    expect(await page.evaluate(() => document.activeElement?.closest("main, header") && !document.activeElement.closest("dialog"))).toBeFalsy();
  }
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(start).toBeFocused();
});

test("what somebody says is read out once, what was said before is not", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await jonas.say("Long ago");
  await enter(page, room, "Maya");
  await expect(messages(page)).toHaveText(["Long ago"]);
  // What is read out: every text that the place for news ever has, from now on.
  const news = page.locator("p[role=status]");
  const heard = await news.evaluateAll((places) => {
    const heard = ((globalThis as unknown as { heard: string[] }).heard = places.map((place) => place.textContent ?? ""));
    for (const place of places) new MutationObserver(() => heard.push(place.textContent ?? "")).observe(place, { childList: true, characterData: true, subtree: true });
    return heard.join("");
  });
  expect(heard).not.toContain("Long ago");
  await jonas.say("Just now");
  await expect(news.filter({ hasText: "Jonas: Just now" })).toHaveCount(1);
  await say(page, "I hear you");
  await allSent(page);
  await jonas.say("And now");
  await expect(news.filter({ hasText: "Jonas: And now" })).toHaveCount(1);
  const all = await page.evaluate(() => (globalThis as unknown as { heard: string[] }).heard.filter(Boolean));
  expect(all).toEqual(["Jonas: Just now", "Jonas: And now"]);
});

test("at four times the size nothing scrolls sideways", async ({ page, isMobile }) => {
  test.skip(isMobile, "its screen is that narrow already");
  // 1280 pixels at 400 % are 320.
  await page.setViewportSize({ width: 320, height: 256 });
  await openHome(page);
  expect(await layoutFaults(page)).toEqual([]);
  await page.getByRole("button", { name: "Start Instant Chat" }).click();
  expect(await layoutFaults(page)).toEqual([]);

  const room = await makeRoom(page.request, true);
  await page.goto(room.url);
  expect(await layoutFaults(page)).toEqual([]);
  await enter(page, room, "Maximiliane von und zu Hohenlohe-Langen");
  await (await invite(room, "Jonas")).say("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk");
  await say(page, "Anything to read in between?");
  await expect(messages(page)).toHaveCount(2);
  expect(await layoutFaults(page)).toEqual([]);
  // There is still something of the conversation to be seen.
  expect((await log(page).boundingBox())?.height).toBeGreaterThan(48);
  await openMenu(page);
  expect(await layoutFaults(page)).toEqual([]);
});

test("in the system's own colours nothing loses its edge", async ({ page }, { project }) => {
  await page.emulateMedia({ forcedColors: "active" });
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  const jonas = await invite(room, "Jonas");
  await jonas.react(await jonas.say("Are you there?"), "👍");
  await say(page, "Yes, with `code` and more");
  await expect(messages(page)).toHaveCount(2);
  const edged = (target: Locator) =>
    target.evaluate((element) => {
      const { borderBlockStartStyle, borderBlockStartWidth } = getComputedStyle(element);
      return borderBlockStartStyle === "solid" && parseFloat(borderBlockStartWidth) >= 1;
    });
  for (const part of [messages(page).first(), messages(page).last(), page.locator(".said-code"), page.locator(".reaction"), page.locator(".composer")])
    expect(await edged(part), String(part)).toBe(true);
  await page.screenshot({ path: `screenshots/${project.name}-forced-colors-talk.png` });
  await openMenu(page);
  const sound = page.getByRole("switch", { name: "Sound" });
  const track = sound.locator("+ .switch-track");
  const colour = () => track.evaluate((element) => getComputedStyle(element).backgroundColor);
  const off = await colour();
  const knob = await track.evaluate((element) => getComputedStyle(element, "::after").backgroundColor);
  expect(knob, "what is off can be seen, too").not.toBe(off);
  await sound.click();
  expect(await colour(), "on looks unlike off").not.toBe(off);
  expect(await edged(page.locator("#more"))).toBe(true);
  await page.screenshot({ path: `screenshots/${project.name}-forced-colors-menu.png` });
});

test("who wants no motion sees none", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await openHome(page);
  const moving = () =>
    page.evaluate(() => document.getAnimations().filter(({ effect }) => Number(effect?.getComputedTiming().endTime) > 100).length);
  expect(await moving()).toBe(0);
  await page.emulateMedia({ reducedMotion: "no-preference" });
  // The dots of the picture's "is typing" move, for everybody else.
  expect(await moving()).toBeGreaterThan(0);
});

/** Presses Tab until `target` has the focus, and looks whether that can be seen. */
async function tabTo(page: Page, target: ReturnType<Page["getByRole"]>): Promise<void> {
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let i = 0; i < 30 && !(await hasFocus()); i++) await page.keyboard.press("Tab");
  await expect(target).toBeFocused();
  // An outline or a border of its own, on it or on what stands for it.
  const seen = await target.evaluate((element) => {
    const outlined = (candidate: Element | null | undefined) => {
      const { outlineStyle, outlineWidth } = candidate ? getComputedStyle(candidate) : { outlineStyle: "none", outlineWidth: "0" };
      return outlineStyle !== "none" && parseFloat(outlineWidth) >= 1;
    };
    return [element, element.nextElementSibling, element.closest(".composer")].some(outlined);
  });
  expect(seen, "the focus can be seen").toBe(true);
}
