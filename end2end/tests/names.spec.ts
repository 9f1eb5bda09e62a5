import { enter, invite, makeRoom } from "../support/api.ts";
import { composer, log, messages, notices } from "../support/chat.ts";
import { expect, test } from "../support/test.ts";

test("names that look alike are told apart, wherever they stand and on every screen", async ({ page: maya, somebody }) => {
  const room = await makeRoom(maya.request, true);
  await enter(maya, room, "Maya");
  await (await invite(room, "Jonas")).say("Hello");
  const first = await invite(room, "Noor");
  await first.say("I am the one you know");
  const author = (text: string) => log(maya).locator(".row", { hasText: text }).locator(".row-who");
  await expect(author("the one you know")).toHaveText("Noor:");

  // With a Cyrillic o.
  const noor = await somebody();
  await enter(noor, room, "Nоor");
  await composer(noor).pressSequentially("Me too");
  await expect(maya.getByText(/^Nоor#\d{3} is typing…$/)).toBeVisible();
  await composer(noor).press("Enter");
  await expect(messages(maya)).toHaveCount(3);

  const [one, other] = [/^Noor(#\d{3}): $/, /^Nоor(#\d{3}): $/];
  // Also what was on the screen before the other one came.
  await expect(author("the one you know")).toHaveText(one);
  await expect(author("Me too")).toHaveText(other);
  await expect(author("Hello")).toHaveText("Jonas:");
  await expect(notices(maya).last()).toHaveText(/^Nоor#\d{3} joined$/);
  const tag = async (text: string) => author(text).locator(".tag").innerText();
  expect(await tag("the one you know")).not.toBe(await tag("Me too"));

  await maya.getByRole("button", { name: /here$/ }).click();
  await expect(maya.locator(".person-name .tag").filter({ hasText: /#/ })).toHaveCount(2);
  // The same for everybody.
  const seenByNoor = log(noor).locator(".row", { hasText: "the one you know" }).locator(".tag");
  await expect(seenByNoor).toHaveText(await tag("the one you know"));
});

test("no name reaches into the words around it", async ({ page, somebody }) => {
  const room = await makeRoom(page.request, true);
  await enter(page, room, "Maya");
  const other = await somebody();
  await enter(other, room, "\u202Eevil אב");
  await composer(other).pressSequentially("x");
  const typing = page.locator(".typing-names");
  await expect(typing).toHaveText("evil אב is typing…");
  for (const name of [typing, notices(page).last()]) {
    await expect(name.locator("bdi")).toHaveText(["evil אב"]);
  }
});
