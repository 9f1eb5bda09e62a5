import { inside, messages } from "../support/chat.ts";
import { invite, makeRoom } from "../support/api.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({ settings: { MESSAGES_PER_SECOND: "10000", MESSAGE_BURST: "10000" } });

// A desktop opens 3,000 in 2 s. The bound is for a machine on which other things run; before frames were applied
// together, half of these took half a minute.
const MANY = 2_000;
const WITHIN_MS = 8_000;
// Others to measure: LONG_ROOMS=500,1000,2000,3000.
const COUNTS = process.env["LONG_ROOMS"]?.split(",").map(Number) ?? [MANY / 4, MANY];

test("a long conversation opens in one go, and its cost grows with its length and no faster", async ({ page, somebody }) => {
  test.slow();
  const took: Record<number, number> = {};
  for (const count of COUNTS) {
    const visitor = await somebody();
    took[count] = await opening(visitor, await conversation(page, count), count);
  }
  console.log("    from the address to the newest message, in ms by messages:", JSON.stringify(took));
  expect(took[MANY] ?? 0).toBeLessThan(WITHIN_MS);
});

/** A stored room of `count` texts. */
async function conversation(page: Page, count: number) {
  const room = await makeRoom(page.request, true);
  const speakers = await Promise.all(["Jonas", "Noor", "Yuki"].map((name) => invite(room, name)));
  const words = "Shall we meet at the north gate, or rather by the lake? I bring the tent, and something to eat.";
  for (let said = 0; said < count; said += speakers.length * 10) {
    await Promise.all(
      speakers.map(async (speaker, who) => {
        for (let i = 0; i < 10; i++) {
          const number = said + who * 10 + i;
          if (number < count) await speaker.say(`${number + 1}: ${words.slice(0, 20 + ((number * 7) % 70))}`);
        }
      }),
    );
  }
  return room;
}

/** Milliseconds from the address to a screen that shows all of a conversation's messages. */
async function opening(page: Page, room: Awaited<ReturnType<typeof makeRoom>>, count: number): Promise<number> {
  const joined = await page.request.post(`${room.api}/join`, { data: { name: "Maya", tokenIn: "cookie" } });
  expect(joined.status()).toBe(200);
  await page.goto(room.url, { waitUntil: "commit" });
  const took = await page.evaluate(async (count) => {
    for (;;) {
      if (document.querySelectorAll(".rows .bubble").length >= count) break;
      await new Promise((done) => setTimeout(done, 20));
    }
    // Painted: the second frame after it comes when the first was drawn.
    for (let frame = 0; frame < 2; frame++) await new Promise((done) => requestAnimationFrame(done));
    return performance.now();
  }, count);
  await inside(page);
  await expect(messages(page)).toHaveCount(count);
  return Math.round(took);
}

