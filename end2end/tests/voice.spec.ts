import { enter, makeRoom } from "../support/api.ts";
import { windowed } from "../support/chromium.ts";
import { allSent, composer, say } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";
import { allowMicrophone, desk, hasLasted, heard, length, loudBars, record, recordButton, voices, withoutMicrophone } from "../support/voice.ts";

test("a recording is heard before it is sent, and by others after", windowed, async ({ page, somebody }) => {
  const room = await makeRoom(page.request, true);
  await allowMicrophone(page);
  await enter(page, room, "Maya");
  await record(page, 2);
  expect(await loudBars(desk(page).locator(".desk-bars"))).toBeGreaterThan(0);
  await desk(page).getByRole("button", { name: "Stop and listen" }).click();
  const preview = desk(page).getByRole("group", { name: "A voice message" });
  await preview.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => heard(preview)).toBeGreaterThan(0);
  await desk(page).getByRole("button", { name: "Send" }).click();
  await expect(voices(page)).toHaveCount(1);
  await allSent(page);
  await expect(composer(page)).toBeFocused();

  const jonas = await somebody();
  await enter(jonas, room, "Jonas");
  const voice = voices(jonas);
  await expect(voice).toHaveCount(1);
  const told = await length(voice);
  expect(told).toBeGreaterThanOrEqual(2_000);
  await expect(voice.locator(".voice-time")).toHaveText(`0:0${Math.floor(told / 1_000)}`);
  expect(await loudBars(voice.locator(".bars").first())).toBeGreaterThan(0);
  await voice.getByRole("button", { name: "Play" }).click();
  await expect.poll(() => heard(voice)).toBeGreaterThan(0);
  // To its end, and back at its beginning.
  await expect(voice.getByRole("button", { name: "Play" })).toBeVisible();
  expect(await heard(voice)).toBe(0);
  // What is stored says itself how long it is.
  const lasts = await voice.locator("audio").evaluate((audio: HTMLAudioElement) => audio.duration);
  expect(Math.abs(lasts - told / 1_000)).toBeLessThan(0.2);
});

test("one can hold on, go on, and think better of it", windowed, async ({ page }) => {
  const room = await makeRoom(page.request);
  await allowMicrophone(page);
  await enter(page, room, "Maya");
  await record(page);
  await desk(page).getByRole("button", { name: "Pause the recording" }).click();
  const held = await desk(page).locator(".desk-bars path").getAttribute("d");
  await desk(page).getByRole("button", { name: "Go on recording" }).click();
  await hasLasted(page, 2);
  expect(await desk(page).locator(".desk-bars path").getAttribute("d")).not.toBe(held);
  await desk(page).getByRole("button", { name: "Delete the recording" }).click();
  await expect(desk(page)).toBeHidden();
  await expect(recordButton(page)).toBeVisible();
  await say(page, "Never mind");
  await allSent(page);
  await expect(voices(page)).toHaveCount(0);
});

test("held, the button records as long as it is held", windowed, async ({ page }) => {
  const room = await makeRoom(page.request);
  await allowMicrophone(page);
  await enter(page, room, "Maya");
  await recordButton(page).hover();
  await page.mouse.down();
  await hasLasted(page, 1);
  await page.mouse.up();
  await expect(desk(page).getByRole("group", { name: "A voice message" })).toBeVisible();
});

test("a recording is made, sent and played by keyboard alone", windowed, async ({ page }) => {
  const room = await makeRoom(page.request);
  await allowMicrophone(page);
  await enter(page, room, "Maya");
  await recordButton(page).focus();
  await page.keyboard.press("Enter");
  await expect(desk(page).getByRole("button", { name: "Stop and listen" })).toBeFocused();
  await hasLasted(page, 3);
  await page.keyboard.press("Escape");
  await expect(desk(page).getByRole("button", { name: "Send" })).toBeFocused();
  await page.keyboard.press("Enter");
  const voice = voices(page);
  await allSent(page);
  const slider = voice.getByRole("slider", { name: "Position" });
  await slider.focus();
  await page.keyboard.press("ArrowRight");
  await expect(slider).toHaveAttribute("aria-valuetext", /^0:02 of 0:0\d$/);
  await page.keyboard.press("ArrowLeft");
  await expect(slider).toHaveAttribute("aria-valuetext", /^0:00 of 0:0\d$/);
  const speed = voice.getByRole("button", { name: /^Speed/ });
  await speed.press("Enter");
  await expect(speed).toHaveText("1.5×");
  expect(await voice.locator("audio").evaluate((audio: HTMLAudioElement) => audio.playbackRate)).toBe(1.5);
});

test("one voice at a time", windowed, async ({ page }) => {
  const room = await makeRoom(page.request);
  await allowMicrophone(page);
  await enter(page, room, "Maya");
  for (const count of [1, 2]) {
    await record(page, 2);
    await desk(page).getByRole("button", { name: "Send" }).click();
    await expect(voices(page)).toHaveCount(count);
    await allSent(page);
  }
  await voices(page).first().getByRole("button", { name: "Play" }).click();
  await expect(voices(page).first().getByRole("button", { name: "Pause" })).toBeVisible();
  await voices(page).last().getByRole("button", { name: "Play" }).click();
  await expect(voices(page).last().getByRole("button", { name: "Pause" })).toBeVisible();
  await expect(voices(page).first().getByRole("button", { name: "Play" })).toBeVisible();
});

test("without a microphone, or leave to use it, the page says what to do", windowed, async ({ page, somebody }) => {
  const room = await makeRoom(page.request);
  await enter(page, room, "Maya");
  await recordButton(page).click();
  await expect(page.getByRole("alert").filter({ hasText: "This page may not use the microphone. Allow it" })).toBeVisible();
  await say(page, "Then I write");
  await allSent(page);

  const jonas = await somebody();
  await withoutMicrophone(jonas);
  await enter(jonas, room, "Jonas");
  await recordButton(jonas).click();
  await expect(jonas.getByRole("alert").filter({ hasText: "No microphone was found." })).toBeVisible();
});
