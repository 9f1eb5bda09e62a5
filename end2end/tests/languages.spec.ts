import { enter, invite, makeRoom } from "../support/api.ts";
import { awake, composer, log, messages, openHome, openMenu, say } from "../support/chat.ts";
import { expect, test, type Page } from "../support/test.ts";

const root = (page: Page) => page.locator("html");

for (const [locale, language, direction, heading] of [
  ["en-US", "en", "ltr", "A chat, one link away."],
  ["de-AT", "de", "ltr", "Ein Chat, nur einen Link entfernt."],
  ["es-MX", "es", "ltr", "Un chat a un enlace de distancia."],
  ["ar-EG", "ar", "rtl", "دردشة على بُعد رابط واحد."],
  ["fr-FR", "en", "ltr", "A chat, one link away."],
] as const) {
  test.describe(locale, () => {
    test.use({ locale });
    test("the server answers in the browser's language", async ({ page }) => {
      await openHome(page);
      await expect(root(page)).toHaveAttribute("lang", language);
      await expect(root(page)).toHaveAttribute("dir", direction);
      await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    });
  });
}

test("a language that is chosen stays, on this page and on others", async ({ page }) => {
  const room = await makeRoom(page.request);
  await page.goto(room.url);
  await awake(page);
  await page.getByRole("button", { name: "Deutsch" }).click();
  await expect(page).toHaveURL(room.url);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Dein Chat ist bereit");
  await expect(page.getByText(/^Endet in 2\d Std\. \d\d Min\., (heute|morgen) um \d?\d:\d\d$/)).toBeVisible();
  await page.goto("/");
  await expect(root(page)).toHaveAttribute("lang", "de");
  await expect(page.getByRole("button", { name: "Deutsch" })).toHaveAttribute("aria-current", "true");
});

test("the room's menu changes the language, and nothing is lost", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  const jonas = await invite(room, "Jonas");
  await jonas.say("Hello");
  await expect(messages(page)).toHaveText(["Hello"]);
  await composer(page).fill("A draft");
  await openMenu(page);
  await page.getByRole("button", { name: "العربية" }).click();
  await expect(root(page)).toHaveAttribute("dir", "rtl");
  await expect(page.locator(".bubble")).toHaveText(["Hello"]);
  const field = page.getByRole("textbox", { name: "رسالة" });
  await expect(field).toHaveValue("A draft");
  await field.press("Enter");
  await expect(page.locator(".bubble")).toHaveText(["Hello", "A draft"]);
  // Only when it is sent has its row taken its place.
  await expect(page.locator(".row.mine .row-meta")).toHaveText(/^\d?\d:\d\d\s\S+\s+· أُرسلت$/);
  // One's own stand at the end of the line, and that is on the left.
  const [other, mine] = await Promise.all([0, 1].map((n) => page.locator(".bubble").nth(n).boundingBox()));
  expect(mine!.x).toBeLessThan(other!.x);
});

test("what goes wrong is told in the page's language, over the API in English", async ({ page, watch }) => {
  watch.allow(/status of 422/);
  const room = await makeRoom(page.request);
  await page.goto(room.url);
  await page.getByRole("button", { name: "Español" }).click();
  await awake(page);
  await page.getByRole("textbox", { name: "Tu nombre" }).fill("x".repeat(41));
  await page.getByRole("button", { name: "Entrar al chat" }).click();
  await expect(page.getByRole("alert")).toHaveText("Elige un nombre de 1 a 40 letras.");
  const answer = await page.request.post(`${room.api}/join`, { data: { name: "x".repeat(41) } });
  expect((await answer.json()).detail).toBe("Please use a name of at most 40 letters.");
});

test("a form that leads elsewhere leads home", async ({ page }) => {
  for (const back of ["https://example.org/", "//example.org", "/\\example.org"]) {
    const answer = await page.request.post("/form/language", {
      form: { language: "de", back },
      headers: { accept: "text/html" },
      maxRedirects: 0,
    });
    expect(answer.headers()["location"], back).toBe("/");
  }
});

test("names and texts run in their own direction", async ({ page }) => {
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  const layla = await invite(room, "ليلى");
  await layla.say("مرحبا بكم!");
  await say(page, "Hello!");
  await expect(messages(page)).toHaveCount(2);
  await expect(log(page).locator(".notice").last()).toHaveText("You and ليلى joined");
  await expect(log(page).locator(".row-who bdi").first()).toHaveText("ليلى");
  const begins = async (n: number) =>
    messages(page).nth(n).evaluate((bubble) => {
      const range = document.createRange();
      const walker = document.createTreeWalker(bubble, NodeFilter.SHOW_TEXT);
      let text = walker.nextNode() as Text;
      while (!text.data.includes("!")) text = walker.nextNode() as Text;
      const at = (offset: number) => {
        range.setStart(text, offset);
        range.setEnd(text, offset + 1);
        return range.getBoundingClientRect().left;
      };
      return at(text.data.indexOf("!")) < at(0) ? "right" : "left";
    });
  expect(await begins(0)).toBe("right");
  expect(await begins(1)).toBe("left");
});
