import { expect, type Page } from "@playwright/test";
import { enter, invite, makeRoom, type Guest, type Room } from "../api.ts";
import { log, messages, say } from "../chat.ts";

/** A new chat with nobody else. */
export async function alone(page: Page, history: boolean, name = "Maya"): Promise<Room> {
  const room = await makeRoom(page.request, history);
  await enter(page, room, name);
  await expect(page.getByText("Say hello")).toBeVisible();
  return room;
}

/** Several people in a lively conversation. */
export async function talk(page: Page): Promise<Room> {
  const room = await alone(page, true);
  const [jonas, yuki, ana] = [await invite(room, "Jonas"), await invite(room, "Yuki Tanaka"), await invite(room, "Ana")];
  await jonas.say("Are we still on for Saturday?");
  await jonas.say("I can bring the tent");
  await expect(messages(page)).toHaveCount(2);
  await say(page, "Yes! Meet at the north gate at nine");
  await expect(messages(page)).toHaveCount(3);
  await yuki.say("I will be ten minutes late, my train comes at five past. Please do not wait with the coffee for me, I can have mine on the way to the lake.");
  await ana.say("🏕️ Perfect");
  await ana.say("Here is the way: https://example.org/map/north-gate");
  await expect(messages(page)).toHaveCount(6);
  await say(page, "See you there");
  await say(page, "Bring a jacket, the nights are cold");
  await expect(log(page).getByText("sent").last()).toBeVisible();
  await expect(messages(page)).toHaveCount(8);
  return room;
}

/** As many as fit. */
export async function crowd(page: Page, host: Page): Promise<void> {
  const room = await alone(page, true);
  const guests: Guest[] = [];
  for (let i = 1; i < 50; i++) guests.push(await invite(room, `Guest number ${i}`));
  await connect(host, room, guests);
  await expect(page.getByRole("button", { name: "50 here" })).toBeVisible();
  for (const guest of guests.filter((_, i) => i % 4 === 0)) await guest.say("Hello from one of many");
  await expect(messages(page)).toHaveCount(13);
}

/** Opens a socket for each guest, in a page of this site; they stay for as long as the page does. */
async function connect(host: Page, room: Room, guests: Guest[]): Promise<void> {
  await host.goto("/");
  const tokens = guests.map(({ token }) => token);
  await host.evaluate(
    ([address, tokens]) => {
      for (const token of tokens) {
        const socket = new WebSocket(address);
        socket.onopen = () => socket.send(JSON.stringify({ type: "join_instant_chat", token }));
      }
    },
    [`${room.api.replace("http", "ws")}/socket`, tokens] as const,
  );
}
