import { allSent, awake, composer, createChat, endChat, inside, join, log, messages, notices, say, startChat, startDialog } from "../support/chat.ts";
import { expect, test, type Page } from "../support/test.ts";

test("the dialog gives the link: copied, scanned, shared", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  // Chromium has no share sheet here; this one remembers what it was given.
  await page.addInitScript(() => {
    navigator.share = async (data) => void (document.title = `shared ${data?.url}`);
  });
  const link = await createChat(page, { name: "Maya", history: true });
  const dialog = startDialog(page);
  await expect(dialog).toHaveAccessibleName("Your chat is ready");
  await expect(dialog.getByRole("link", { name: "Enter chat" })).toBeFocused();

  await dialog.getByRole("button", { name: "Copy" }).click();
  await expect(dialog.getByText("The link is copied.")).toBeAttached();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);

  const code = dialog.getByRole("img", { name: "QR code of the link" });
  await expect.poll(() => code.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBeGreaterThan(0);

  await dialog.getByRole("button", { name: "Share" }).click();
  await expect(page).toHaveTitle(`shared ${link}`);

  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
});

test("where the browser does not let us copy, the whole link is selected", async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const link = await createChat(page);
  await startDialog(page).getByRole("button", { name: "Copy" }).click();
  await expect(page.getByText("The link is selected: copy it from here.")).toBeVisible();
  expect(await page.evaluate(() => getSelection()?.toString())).toBe(link);
});

test("two people talk, one reloads, a third reads it all", async ({ page: maya, somebody }) => {
  const link = await startChat(maya, { name: "Maya", history: true });
  const jonas = await somebody();
  await join(jonas, link, "Jonas");
  await expect(notices(maya)).toHaveText("You and Jonas joined");

  await test.step("typing is seen, and over when the message is there", async () => {
    await composer(jonas).pressSequentially("I am here");
    await expect(maya.getByText("Jonas is typing…")).toBeVisible();
    await composer(jonas).press("Enter");
    await expect(messages(maya)).toHaveText(["I am here"]);
    await expect(maya.getByText("Jonas is typing…")).toBeHidden();
  });

  await test.step("both see the same order, and each one's own", async () => {
    await Promise.all([sayMany(maya, "Maya", 9), sayMany(jonas, "Jonas", 9)]);
    await expect(messages(maya)).toHaveCount(19);
    const texts = await messages(maya).allTextContents();
    await expect(messages(jonas)).toHaveText(texts);
    for (const name of ["Maya", "Jonas"]) {
      expect(texts.filter((text) => text.startsWith(name))).toEqual(numbered(name, 9));
    }
    await allSent(maya);
    await allSent(jonas);
  });

  await test.step("a reload is nobody's business", async () => {
    const [before, met] = [await messages(maya).allTextContents(), await notices(maya).allTextContents()];
    await jonas.reload();
    await inside(jonas);
    await expect(messages(jonas)).toHaveText(before);
    // What comes after the reload comes after what it would have caused.
    await say(jonas, "Back again");
    await expect(messages(maya)).toHaveText([...before, "Back again"]);
    await expect(notices(maya)).toHaveText(met);
    await expect(maya.getByRole("button", { name: "2 here" })).toBeVisible();
    await maya.getByRole("button", { name: "2 here" }).click();
    await expect(maya.locator("#people").getByRole("listitem")).toHaveText([/Maya\s*you/, /Jonas\s*here/]);
    await maya.keyboard.press("Escape");
  });

  await test.step("who comes late reads it from the start", async () => {
    const yuki = await somebody();
    await join(yuki, link, "Yuki");
    await expect(messages(yuki)).toHaveText(await messages(maya).allTextContents());
    await expect(yuki.getByRole("button", { name: "3 here" })).toBeVisible();
  });
});

test("its creator ends it for everybody, after a question", async ({ page: maya, somebody, watch, request }) => {
  const link = await startChat(maya, { name: "Maya", history: true });
  const jonas = await somebody();
  await join(jonas, link, "Jonas");
  await say(jonas, "Until next time");
  await expect(messages(maya)).toHaveText(["Until next time"]);

  // Only who started it can.
  await jonas.getByRole("button", { name: "More" }).click();
  await expect(jonas.getByRole("button", { name: "Leave chat" })).toBeVisible();
  await expect(jonas.getByRole("button", { name: /End chat/ })).toHaveCount(0);
  await jonas.keyboard.press("Escape");

  await maya.getByRole("button", { name: "More" }).click();
  await maya.getByRole("button", { name: "End chat for everybody…" }).click();
  await maya.getByRole("button", { name: "Keep it" }).click();
  await say(jonas, "Still here");
  await expect(messages(maya)).toHaveText(["Until next time", "Still here"]);

  await endChat(maya);
  for (const page of [maya, jonas]) {
    await expect(page.getByRole("heading", { name: "This chat has been ended" })).toBeVisible({ timeout: 2_000 });
    await expect(composer(page)).toHaveCount(0);
  }

  watch.allow(/status of 410/);
  const answer = await jonas.goto(link);
  expect(answer?.status()).toBe(410);
  await expect(jonas.getByRole("heading", { name: "This chat has ended" })).toBeVisible();
  expect((await request.get(link)).status()).toBe(410);
});

test("without history, who comes later sees what is said from then on", async ({ page: maya, somebody }) => {
  const link = await startChat(maya, { name: "Maya" });
  const jonas = await somebody();
  await join(jonas, link, "Jonas");
  await say(maya, "Between the two of us");
  await expect(messages(jonas)).toHaveText(["Between the two of us"]);

  const yuki = await somebody();
  await join(yuki, link, "Yuki");
  await say(jonas, "Hello Yuki");
  await expect(messages(yuki)).toHaveText(["Hello Yuki"]);
  await expect(messages(maya)).toHaveText(["Between the two of us", "Hello Yuki"]);
});

test("who leaves is seen leaving at once", async ({ page: maya, somebody }) => {
  const link = await startChat(maya, { name: "Maya", history: true });
  const jonas = await somebody();
  await join(jonas, link, "Jonas");
  await expect(maya.getByRole("button", { name: "2 here" })).toBeVisible();
  await jonas.getByRole("button", { name: "More" }).click();
  await jonas.getByRole("button", { name: "Leave chat" }).click();
  await awake(jonas);
  await expect(jonas).toHaveURL("/");
  await expect(notices(maya).last()).toHaveText("Jonas left");
  await expect(maya.getByRole("button", { name: "1 here" })).toBeVisible();
});

test("two tabs of one person are one participant", async ({ page: maya, context }) => {
  const link = await startChat(maya, { name: "Maya", history: true });
  const second = await context.newPage();
  await second.goto(link);
  await inside(second);
  await say(maya, "From the first");
  await say(second, "From the second");
  for (const page of [maya, second]) {
    await expect(messages(page)).toHaveCount(2);
    await expect(log(page).locator(".row.mine")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "1 here" })).toBeVisible();
  }
});

const numbered = (name: string, count: number): string[] => Array.from({ length: count }, (_, i) => `${name} ${i + 1}`);

async function sayMany(page: Page, name: string, count: number): Promise<void> {
  for (const text of numbered(name, count)) await say(page, text);
}
