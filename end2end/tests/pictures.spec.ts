import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { enter, invite, makeRoom, type Guest, type Room } from "../support/api.ts";
import { openActs } from "../support/acts.ts";
import { allSent, composer, log, messages, say } from "../support/chat.ts";
import { allLoaded, animation, choose, colour, drawing, pictures, PLACE, share, sidewaysPhotograph, tray } from "../support/pictures.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000" } });

let room: Room;
let jonas: Guest;

test.beforeEach(async ({ page }) => {
  room = await makeRoom(page.request, true);
  jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
});

test("a photograph comes out upright and clean, as served and as stored", async ({ page, somebody, server }) => {
  const photograph = await sidewaysPhotograph(page);
  expect(photograph.buffer.includes(PLACE)).toBe(true);
  await page.evaluate(() => {
    const send = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (body) {
      (globalThis as { sent?: unknown }).sent = body;
      send.call(this, body);
    };
  });
  await choose(page, [photograph]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(messages(page)).toHaveCount(1);
  await allSent(page);
  // The browser's own work: the place has not left the machine.
  const upload = await page.evaluate(async () => await (globalThis as unknown as { sent: Blob }).sent.text());
  expect(upload.length).toBeGreaterThan(100);
  expect(upload.includes(PLACE) || upload.includes("Exif")).toBe(false);

  const yuki = await somebody();
  await enter(yuki, room, "Yuki");
  const seen = pictures(yuki).first();
  await allLoaded(yuki);
  expect(await seen.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([320, 640]);
  const [red = 0, , blueOnTop = 0] = await colour(seen, 0.5, 0.1);
  const [redBelow = 0, , blue = 0] = await colour(seen, 0.5, 0.9);
  expect(red).toBeGreaterThan(200);
  expect(blueOnTop).toBeLessThan(60);
  expect(blue).toBeGreaterThan(200);
  expect(redBelow).toBeLessThan(60);

  const served = await (await yuki.request.get((await seen.getAttribute("src")) ?? "")).body();
  const shelf = join(server.dataDir, "media", room.url.split("/").at(-1) ?? "");
  const stored = await Promise.all((await readdir(shelf)).map((file) => readFile(join(shelf, file))));
  expect(stored.length).toBeGreaterThan(0);
  for (const file of [served, ...stored]) {
    expect(file.length).toBeGreaterThan(0);
    expect(file.includes(PLACE) || file.includes("Exif")).toBe(false);
  }
});

test("what is large is made small, what is see-through stays so, what moves keeps moving", async ({ page }) => {
  const stripes = drawing(2_500, 10, (x) => [x % 256, 0, 0]);
  const hole = drawing(40, 40, (x) => (x < 20 ? [255, 0, 0] : [0, 0, 0, 0]));
  await choose(page, [stripes, hole, animation()]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(messages(page)).toHaveCount(3);
  await allSent(page);
  await page.reload();
  await expect(pictures(page)).toHaveCount(3);
  await allLoaded(page);
  const sides = await pictures(page).evaluateAll((all) => all.map((image) => [(image as HTMLImageElement).naturalWidth, (image as HTMLImageElement).naturalHeight]));
  expect(sides).toEqual([[2_048, 8], [40, 40], [2, 1]]);
  expect((await colour(pictures(page).nth(1), 0.75, 0.5))[3]).toBe(0);
  const moving = await page.request.get((await pictures(page).nth(2).getAttribute("src")) ?? "");
  expect(moving.headers()["content-type"]).toBe("image/gif");
});

test("the tray: described, taken out, sent with the words beside it", async ({ page }) => {
  await choose(page, [drawing(64, 48), drawing(48, 64)]);
  await expect(composer(page)).toHaveValue("");
  await tray(page).getByRole("textbox").first().fill("The lake");
  await tray(page).getByRole("button", { name: "Remove this picture" }).nth(1).click();
  await expect(tray(page).getByRole("textbox")).toHaveCount(1);
  await say(page, "Look");
  await expect(tray(page)).toBeHidden();
  await expect(messages(page)).toHaveCount(2);
  await allSent(page);
  await expect(messages(page).first()).toHaveText("Look");
  await expect(messages(page).last().getByRole("img", { name: "The lake" })).toBeVisible();
});

test("what cannot be shared is refused in words, and the others are kept", async ({ page }) => {
  const words = { name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("Not a picture") };
  await composer(page).fill("A draft");
  await choose(page, [drawing(32, 32), words], 1);
  await expect(page.getByRole("alert").filter({ hasText: "notes.txt" })).toContainText("Save it as JPEG");
  const heavy = { ...animation(), name: "heavy.gif" };
  heavy.buffer = Buffer.concat([heavy.buffer, Buffer.alloc(10 * 1024 * 1024)]);
  await choose(page, [heavy], 0);
  await expect(page.getByRole("alert").filter({ hasText: "heavy.gif" })).toContainText("up to 10 MB");
  await expect(tray(page).getByRole("textbox")).toHaveCount(1);
  await expect(composer(page)).toHaveValue("A draft");
  await page.getByRole("button", { name: "Dismiss" }).click();
  await expect(page.getByRole("button", { name: "Dismiss" })).toBeHidden();
});

test("pictures are pasted and dropped anywhere in the room", async ({ page }) => {
  const bytes = drawing(32, 32).buffer.toString("base64");
  await dispatch(page, "paste", bytes);
  await expect(tray(page).getByRole("textbox")).toHaveCount(1);
  await dispatch(page, "dragover", bytes);
  await expect(page.getByText("Drop pictures to share them")).toBeVisible();
  await dispatch(page, "dragleave", bytes);
  await expect(page.getByText("Drop pictures to share them")).toBeHidden();
  await dispatch(page, "dragover", bytes);
  await dispatch(page, "drop", bytes);
  await expect(page.getByText("Drop pictures to share them")).toBeHidden();
  await expect(tray(page).getByRole("textbox")).toHaveCount(2);
});

test("an upload can be stopped, and one that failed tried again", async ({ page, watch }) => {
  watch.allow(/net::ERR_FAILED/, /status of 507/);
  let answer: "hang" | "full" | "pass" = "hang";
  await page.route(/\/media$/, async (route) => {
    if (answer === "pass") return route.continue();
    if (answer === "full") return route.fulfill({ status: 507, body: "" });
  });
  await choose(page, [drawing(64, 64)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("progressbar", { name: "Sending the picture" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(messages(page)).toHaveCount(0);

  answer = "full";
  await choose(page, [drawing(64, 64)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "Not sent" })).toContainText("no space left");
  answer = "pass";
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(messages(page)).toHaveCount(1);
  await allSent(page);
  await allLoaded(page);
});

test("its place is kept while a picture loads, and it can be asked for again", async ({ page, watch }) => {
  watch.allow(/net::ERR_FAILED/);
  let fails = true;
  let release = () => {};
  const held = new Promise<void>((done) => (release = done));
  await page.route(/\/media\/[^/]+$/, async (route) => {
    if (!fails) return route.continue();
    await held;
    await route.abort();
  });
  await share(room, jonas, drawing(400, 300), "The lake");
  const button = messages(page).getByRole("button", { name: "The lake" });
  await expect(button).toBeVisible();
  const before = await button.boundingBox();
  expect(before?.width).toBeGreaterThan(200);
  expect((before?.width ?? 0) / (before?.height ?? 1)).toBeCloseTo(4 / 3, 1);
  release();
  await expect(messages(page)).toContainText("could not be loaded");
  await expect(messages(page)).toContainText("The lake");
  fails = false;
  await messages(page).getByRole("button", { name: "Try again" }).click();
  await allLoaded(page);
  expect(await button.boundingBox()).toEqual(before);
});

test("the conversation shows a small copy, a closer look the picture itself", async ({ page }) => {
  let state = 7;
  const noise = () => (state = (state * 1_103_515_245 + 12_345) % 2_147_483_648) >> 16 & 255;
  await share(room, jonas, drawing(1_600, 1_200, () => [noise(), noise(), noise()]), "Noise");
  await expect(pictures(page)).toHaveCount(1);
  await allLoaded(page);
  const width = (image: HTMLImageElement) => image.naturalWidth;
  expect(await pictures(page).evaluate(width)).toBe(720);
  await log(page).getByRole("button", { name: "Noise" }).click();
  const closer = page.getByRole("dialog", { name: "Picture" }).getByRole("img");
  await expect.poll(() => closer.evaluate(width)).toBe(1_600);
});

test("a picture is answered, quoted by its description, and saved", async ({ page }) => {
  await share(room, jonas, drawing(200, 100), "The lake at dawn");
  await allLoaded(page);
  await openActs(page, "");
  await expect(page.getByRole("button", { name: "Copy text" })).toBeHidden();
  await expect(page.getByRole("link", { name: "Save picture" })).toHaveAttribute("download", "picture");
  await page.getByRole("button", { name: "Reply" }).click();
  await say(page, "Beautiful");
  await expect(messages(page).last()).toHaveText(/The lake at dawnBeautiful$/);
});

test("pictures are looked at: by keyboard, closer, from one to the next", async ({ page, isMobile }) => {
  await share(room, jonas, drawing(200, 100), "The lake");
  await share(room, jonas, drawing(100, 200), "The tree");
  await expect(pictures(page)).toHaveCount(2);
  const first = log(page).getByRole("button", { name: "The lake" });
  await first.click();
  const dialog = page.getByRole("dialog", { name: "Picture" });
  await expect(dialog.getByRole("img", { name: "The lake" })).toBeVisible();
  await expect(dialog).toContainText("1 of 2");
  await expect(dialog.getByRole("button", { name: "Earlier picture" })).toBeHidden();
  await page.keyboard.press("ArrowRight");
  await expect(dialog.getByRole("img", { name: "The tree" })).toBeVisible();
  await expect(dialog.getByText("The tree")).toBeVisible();
  await page.keyboard.press("ArrowRight");
  await expect(dialog).toContainText("2 of 2");
  await page.keyboard.press("+");
  await expect(dialog.getByRole("img")).toHaveCSS("transform", /^matrix\(1\.5,/);
  await page.keyboard.press("-");
  await expect(dialog.getByRole("img")).toHaveCSS("transform", /^matrix\(1,/);
  await dialog.getByRole("img").dblclick();
  await expect(dialog.getByRole("img")).toHaveCSS("transform", /^matrix\(2\.5,/);
  await page.keyboard.press("ArrowLeft");
  await expect(dialog.getByRole("img", { name: "The lake" })).toHaveCSS("transform", /^matrix\(1,/);
  if (isMobile) await swipe(page, 300, 60);
  else await page.getByRole("button", { name: "Later picture" }).click();
  await expect(dialog.getByRole("img", { name: "The tree" })).toBeVisible();
  await expect(dialog.getByRole("link", { name: "Save picture" })).toHaveAttribute("download", "picture");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(first).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(dialog.getByRole("img", { name: "The lake" })).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toBeHidden();
});

/** A finger goes from one side to the other. */
async function swipe(page: Page, from: number, to: number): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const touch = (type: "touchStart" | "touchMove" | "touchEnd", x?: number) =>
    devtools.send("Input.dispatchTouchEvent", { type, touchPoints: x === undefined ? [] : [{ x, y: 400 }] });
  await touch("touchStart", from);
  for (let step = 1; step <= 4; step++) await touch("touchMove", from + ((to - from) * step) / 4);
  await touch("touchEnd");
}

/** Lets something happen that brings a file, as systems do it. */
async function dispatch(page: Page, type: string, bytes: string): Promise<void> {
  await page.evaluate(
    ([type, bytes]) => {
      const data = new DataTransfer();
      data.items.add(new File([Uint8Array.from(atob(bytes), (byte) => byte.charCodeAt(0))], "drawing.png", { type: "image/png" }));
      const how = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        type === "paste" ? new ClipboardEvent(type, { ...how, clipboardData: data }) : new DragEvent(type, { ...how, dataTransfer: data }),
      );
    },
    [type, bytes] as const,
  );
}
