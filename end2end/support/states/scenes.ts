import { expect, type Page } from "@playwright/test";
import { enter, invite, makeRoom, speakFor, type Guest, type Room } from "../api.ts";
import { messages } from "../chat.ts";

/** A new chat with nobody else. */
export async function alone(page: Page, history: boolean, name = "Maya"): Promise<Room> {
  const room = await makeRoom(page.request, history);
  await enter(page, room, name);
  await expect(page.getByText("Say hello")).toBeVisible();
  return room;
}

/** Several people in a lively conversation, in a browser of whatever language. */
export async function talk(page: Page): Promise<Room> {
  const room = await makeRoom(page.request, true);
  const maya = await speakFor(page, room, "Maya");
  const [jonas, yuki, ana] = [await invite(room, "Jonas"), await invite(room, "Yuki Tanaka"), await invite(room, "Ana")];
  await jonas.say("Are we still on for Saturday?");
  await jonas.say("I can bring the tent");
  await maya.say("Yes! Meet at the north gate at nine");
  await yuki.say(
    "I will be ten minutes late, my train comes at five past. Please do not wait with the coffee for me, I can have mine on the way to the lake.",
  );
  await ana.say("🏕️ Perfect");
  await ana.say("Here is the way: https://example.org/map/north-gate");
  await maya.say("See you there");
  await maya.say("Bring a jacket, the nights are cold");
  await page.goto(room.url);
  await expect(page.locator(".bubble")).toHaveCount(8);
  await connect(page, room, [jonas, yuki, ana]);
  return room;
}

/** As many as fit. */
export async function crowd(page: Page): Promise<void> {
  const room = await alone(page, true);
  const guests: Guest[] = [];
  for (let i = 1; i < 50; i++) guests.push(await invite(room, `Guest number ${i}`));
  await connect(page, room, guests);
  for (const guest of guests.filter((_, i) => i % 4 === 0)) await guest.say("Hello from one of many");
  await expect(messages(page)).toHaveCount(13);
  await expect(page.getByRole("button", { name: "50 here" })).toBeVisible();
}

/** Opens a socket for each guest, from a page that is inside: they are here for as long as the page is. */
export async function connect(page: Page, room: Room, guests: Guest[]): Promise<void> {
  await page.evaluate(
    async ([address, tokens]) => {
      // Kept: a socket that nobody holds may be cleared away.
      const kept = ((globalThis as { guests?: WebSocket[] }).guests ??= []);
      const welcomes = tokens.map((token) => {
        const socket = new WebSocket(address);
        socket.onopen = () => socket.send(JSON.stringify({ type: "join_instant_chat", token }));
        kept.push(socket);
        return new Promise((welcome) => (socket.onmessage = welcome));
      });
      await Promise.all(welcomes);
    },
    [`${room.api.replace("http", "ws")}/socket`, guests.map(({ token }) => token)] as const,
  );
  await expect(page.locator(".person:not(.away)")).toHaveCount(guests.length + 1);
}
