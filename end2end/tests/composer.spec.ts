import { enter, invite, makeRoom, type Guest } from "../support/api.ts";
import { allSent, composer, log, messages, say } from "../support/chat.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" } });

let jonas: Guest;

test.beforeEach(async ({ page }) => {
  const room = await makeRoom(page.request, true);
  jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
});

test("Enter sends, Shift and Enter break the line", async ({ page }) => {
  await composer(page).pressSequentially("First line");
  await composer(page).press("Shift+Enter");
  await composer(page).pressSequentially("Second line");
  await expect(messages(page)).toHaveCount(0);
  await composer(page).press("Enter");
  await expect(messages(page)).toHaveCount(1);
  expect(await messages(page).innerText()).toBe("First line\nSecond line");
  await expect(composer(page)).toHaveValue("");
  await allSent(page);
});

test("nothing is sent of nothing", async ({ page }) => {
  // Spaces, and what is none and shows as little.
  for (const nothing of ["   ", "\u200B\u2060", "\u2800"]) {
    await say(page, nothing);
    // With nothing to send there is no button for it.
    await expect(page.getByRole("button", { name: "Send" })).toBeHidden();
  }
  await say(page, "Something");
  await expect(messages(page)).toHaveText(["Something"]);
});

test("the button sends, and the next message can be typed at once", async ({ page }) => {
  const send = page.getByRole("button", { name: "Send" });
  await expect(send).toBeHidden();
  await composer(page).fill("By the button");
  await expect(send).toHaveAttribute("aria-disabled", "false");
  await send.click();
  await expect(messages(page)).toHaveText(["By the button"]);
  await expect(composer(page)).toBeFocused();
});

test("an Enter that picks a word in an input method sends nothing", async ({ page, context }) => {
  const devtools = await context.newCDPSession(page);
  const enter = (code: number) =>
    devtools.send("Input.dispatchKeyEvent", { type: "rawKeyDown", key: "Enter", code: "Enter", windowsVirtualKeyCode: code });
  await composer(page).focus();
  await devtools.send("Input.imeSetComposition", { text: "こんにちは", selectionStart: 5, selectionEnd: 5 });
  await expect(composer(page)).toHaveValue("こんにちは");
  await enter(13);
  // Safari ends the composition first, and marks the key by its code.
  await devtools.send("Input.insertText", { text: "今日は" });
  await enter(229);
  await expect(composer(page)).toHaveValue("今日は");
  await expect(messages(page)).toHaveCount(0);
  await composer(page).press("Enter");
  await expect(messages(page)).toHaveText(["今日は"]);
});

test("a text that is too long says by how much, and is kept", async ({ page }) => {
  const left = page.locator("#composer-left");
  await composer(page).fill("x".repeat(3_990));
  await expect(left).toHaveText("10");
  await composer(page).fill("x".repeat(4_005));
  await expect(left).toHaveText("-5");
  await expect(page.getByRole("button", { name: "Send" })).toHaveAttribute("aria-disabled", "true");
  await composer(page).press("Enter");
  await expect(composer(page)).toHaveValue("x".repeat(4_005));
  await expect(messages(page)).toHaveCount(0);
  await composer(page).fill("x".repeat(4_000));
  await composer(page).press("Enter");
  await expect(messages(page)).toHaveText(["x".repeat(4_000)]);
  await allSent(page);
});

test("web addresses are links that tell nobody where they stood", async ({ page }) => {
  await jonas.say("See https://example.org/a?b=1&c=2, and javascript:alert(1)");
  const link = messages(page).getByRole("link");
  await expect(link).toHaveText(["https://example.org/a?b=1&c=2"]);
  await expect(link).toHaveAttribute("href", "https://example.org/a?b=1&c=2");
  await expect(link).toHaveAttribute("target", "_blank");
  await expect(link).toHaveAttribute("rel", /noopener.*noreferrer/);
});

test("what looks like markup is text", async ({ page }) => {
  const markup = `<img src=x onerror="document.title='broken in'"><script>document.title='broken in'</script>&amp;<b>bold</b>`;
  await jonas.say(markup);
  await say(page, markup);
  await expect(messages(page)).toHaveText([markup, markup]);
  await expect(messages(page).locator("img, script, b")).toHaveCount(0);
  await expect(page).not.toHaveTitle("broken in");
});

test("the newest stays in sight while one is there", async ({ page }) => {
  await fillLog(page);
  for (let i = 1; i <= 3; i++) {
    await jonas.say(`News ${i}\nof two lines`);
    await expect(messages(page).last()).toContainText(`News ${i}`);
    await expect(messages(page).last()).toBeInViewport({ ratio: 1 });
  }
  await expect(page.getByRole("button", { name: /new message|newest/ })).toBeHidden();
});

test("who reads above is left alone, and told of what is new", async ({ page }) => {
  await fillLog(page);
  const read = messages(page).filter({ hasText: /^Line 20$/ });
  await log(page).evaluate((log) => log.scrollTo(0, -(log.scrollHeight - log.clientHeight) / 2));
  await read.evaluate((row) => row.scrollIntoView({ block: "center" }));
  await expect(page.getByRole("button", { name: "To the newest" })).toBeVisible();
  const before = await read.boundingBox();

  await jonas.say("News");
  const news = page.getByRole("button", { name: "1 new message" });
  await expect(news).toBeVisible();
  expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? -1, 0);

  await jonas.say("More news");
  await page.getByRole("button", { name: "2 new messages" }).click();
  await expect(messages(page).last()).toHaveText("More news");
  await expect(messages(page).last()).toBeInViewport({ ratio: 1 });
  await expect(page.getByRole("button", { name: /new message|newest/ })).toBeHidden();
});

test("what one says oneself is worth seeing", async ({ page }) => {
  await fillLog(page);
  await messages(page).first().scrollIntoViewIfNeeded();
  await say(page, "Said from far above");
  await expect(messages(page).last()).toHaveText("Said from far above");
  await expect(messages(page).last()).toBeInViewport({ ratio: 1 });
});

/** More than fits on any screen. */
async function fillLog(page: Page): Promise<void> {
  for (let i = 1; i <= 40; i++) await jonas.say(`Line ${i}`);
  await expect(messages(page)).toHaveCount(40);
  await expect(messages(page).last()).toBeInViewport();
}
