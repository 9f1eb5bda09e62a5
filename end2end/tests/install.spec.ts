import { enter, invite, makeRoom } from "../support/api.ts";
import { windowed } from "../support/chromium.ts";
import { allSent, awake, log, messages, openMenu, say, show } from "../support/chat.ts";
import { choose, drawing, pictures } from "../support/pictures.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({ serviceWorkers: "allow" });

/** The worker is there and takes care of this page. */
async function installed(page: Page): Promise<void> {
  await awake(page);
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (!navigator.serviceWorker.controller) {
      await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken, { once: true }));
    }
  });
}

/** What the browser keeps, as paths. */
const kept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const names = await caches.keys();
    const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
    return requests.flat().map(({ url }) => new URL(url).pathname);
  });

test("the site can be installed", async ({ page, request }) => {
  await page.goto("/");
  const href = await page.locator('link[rel="manifest"]').getAttribute("href");
  const answer = await request.get(href ?? "");
  expect(answer.headers()["content-type"]).toBe("application/manifest+json");
  const { icons, start_url, display } = await answer.json();
  expect([start_url, display]).toEqual(["/", "standalone"]);
  for (const { src, sizes, type } of icons) {
    const icon = await request.get(src);
    expect(icon.headers()["content-type"]).toBe(type);
    if (type !== "image/png") continue;
    const [width, height] = await page.evaluate(async (src) => {
      const image = Object.assign(new Image(), { src });
      await image.decode();
      return [image.naturalWidth, image.naturalHeight];
    }, src);
    expect(`${width}x${height}`).toBe(sizes);
  }
  // Chromium agrees.
  const devtools = await page.context().newCDPSession(page);
  const { errors } = await devtools.send("Page.getAppManifest");
  expect(errors).toEqual([]);
});

test("the shell is kept, and nothing that anybody said", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  await installed(page);
  await page.reload();
  await say(page, "Between the two of us");
  await choose(page, [drawing(40, 40)]);
  await page.getByRole("button", { name: "Send" }).click();
  await expect(pictures(page)).toHaveCount(1);
  await allSent(page);
  await page.reload();
  await expect(messages(page)).toHaveCount(2);
  const paths = await kept(page);
  expect(paths.filter((path) => !/^\/(offline|favicon\.svg|pkg\/instant-chat\.[0-9a-f]+\.(css|js|wasm))$/.test(path))).toEqual([]);
  expect(paths).toHaveLength(5);
});

test("without a connection there is a page that says so, and the way back", async ({ page, ownServer, watch }) => {
  watch.allow(/net::ERR_(CONNECTION_REFUSED|FAILED|INTERNET_DISCONNECTED)/, /WebSocket connection to/);
  const server = await ownServer();
  const room = await makeRoom(page.request, true, server.origin);
  await enter(page, room, "Maya");
  await installed(page);
  await say(page, "Hello");
  await allSent(page);
  await server.kill();
  await page.goto(room.url);
  await expect(page.getByRole("heading", { name: "You are offline" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `screenshots/offline-${colorScheme}.png` });
  }
  await server.start();
  await page.getByRole("button", { name: "Try again" }).click();
  await expect(log(page)).toContainText("Hello");
  expect(new URL(page.url()).pathname).toBe(new URL(room.url).pathname);
});

test("a notification is shown by the worker, and knows its chat", windowed, async ({ page, context }) => {
  await context.grantPermissions(["notifications"]);
  // What is shown, once the browser has taken it. Its own list would do, but reading that too soon empties it.
  await page.addInitScript(() => {
    const shown: unknown[] = [];
    Object.assign(window, { shown });
    const show = ServiceWorkerRegistration.prototype.showNotification;
    ServiceWorkerRegistration.prototype.showNotification = async function (title, options) {
      await show.call(this, title, options);
      shown.push([title, options?.data, options?.tag]);
    };
  });
  const room = await makeRoom(page.request, true);
  const jonas = await invite(room, "Jonas");
  await enter(page, room, "Maya");
  await installed(page);
  await openMenu(page);
  await page.getByRole("switch", { name: "Notifications" }).click();
  await page.keyboard.press("Escape");
  await show(page, false);
  await jonas.say("A secret");
  const shown = () => page.evaluate(() => (window as unknown as { shown: unknown[] }).shown);
  await expect.poll(shown).toEqual([["New message from Jonas", room.url, "instant-chat"]]);
});
