import { expect } from "@playwright/test";
import { invite } from "../api.ts";
import { jwt } from "../identity.ts";
import { allSent, composer, messages, say } from "../chat.ts";
import { alone, crowd } from "./scenes.ts";
import type { Walk } from "./walk.ts";

/** What people may do to a chat's layout. */
export const conversations: Record<string, Walk> = {
  "as many people as fit": {
    scene: crowd,
    states: {
      "room-fifty": async () => {},
      "room-fifty-people": (page) => page.getByRole("button", { name: "50 here" }).click(),
    },
  },
  "what names and texts may do": { states: {
  "room-long-names": async (page) => {
    const room = await alone(page, true, "Maximiliane von und zu Hohenlohe-Langen");
    for (const name of ["Wolfeschlegelsteinhausenbergerdorffwelch", "W".repeat(40), "Anna-Sophia Featherstonehaugh-Cholmondel"]) {
      const guest = await invite(room, name);
      await guest.say("Hello");
      await guest.say("A pleasure, and that in more than one line of text so that it must be broken somewhere");
    }
    await expect(messages(page)).toHaveCount(6);
    await page.getByRole("button", { name: /here$/ }).click();
  },
  "room-same-names": async (page) => {
    const room = await alone(page, true, "Maya");
    for (const name of ["Maya", "Mауа", "Jonas", "Jonas"]) await (await invite(room, name)).say(`It is me, ${name}`);
    await expect(messages(page)).toHaveCount(4);
    await page.getByRole("button", { name: /here$/ }).click();
  },
  "room-verified": async (page) => {
    const room = await alone(page, true, "Maya");
    const bearer = { authorization: `Bearer ${jwt("user-7", "Maya")}`, "content-type": "application/json" };
    const answer = await fetch(`${room.api}/join`, { method: "POST", headers: bearer, body: "{}" });
    const { token } = await answer.json();
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
    const body = { v: 1, kind: "text", text: "It is me, the one whom you know" };
    await fetch(`${room.api}/messages`, { method: "POST", headers, body: JSON.stringify({ clientId: "m1", body }) });
    await (await invite(room, "Maya ✓")).say("No, it is me");
    await expect(messages(page)).toHaveCount(2);
    await page.getByRole("button", { name: /here$/ }).click();
  },
  "room-long-words": async (page) => {
    const room = await alone(page, true);
    const jonas = await invite(room, "Jonas");
    await jonas.say("W".repeat(400));
    await jonas.say(`https://example.org/${"very-long-path-".repeat(20)}?q=${"x".repeat(120)}`);
    await say(page, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft".repeat(3));
    await composer(page).fill("i".repeat(300));
    await expect(messages(page)).toHaveCount(3);
  },
  "room-right-to-left": async (page) => {
    const room = await alone(page, true, "נועה");
    const fatima = await invite(room, "فاطمة الزهراء");
    await fatima.say("مرحبا، هل نلتقي يوم السبت؟");
    await fatima.say("أحضر الخيمة معي (2 أشخاص) https://example.org/خيمة");
    await say(page, "כן! ניפגש בשער הצפוני ב־9:00");
    await say(page, "OK, בשעה תשע then");
    await expect(messages(page)).toHaveCount(4);
  },
  "room-emoji": async (page) => {
    const room = await alone(page, true, "🦊 Fox");
    const family = await invite(room, "👨‍👩‍👧‍👦");
    await family.say("👍");
    await family.say("🏕️🔥🌲🌲🌲 " + "🎉".repeat(60));
    await say(page, "❤️ 李小龙 さくら 👩🏽‍🚀 ½ ﷽ Z̴̢͌a̷͎͝l̸̰̈́g̶̨̕o̵̘͋");
    await expect(messages(page)).toHaveCount(3);
  },
  "room-formatted": async (page) => {
    const room = await alone(page, true);
    const jonas = await invite(room, "Jonas");
    const noor = await invite(room, "نور");
    await jonas.say("*Saturday*, _really_:\n- the tent\n- the stove\n  - and *two* lamps\n1. north gate\n2. https://example.org/map_of_gates\nThanks");
    await jonas.say("> Who brings the tent?\n> Anybody?\nI do. Run `make camp` before:\n```sh\nmake camp && ./tent --pegs=24 --guy-lines=12 --door=north # a long line that must scroll by itself\nexit\n```");
    await say(page, "> I do\nGreat, then:\n- *I* bring `coffee`\n- _and_ cake\n```\nfn main() {}\n```");
    await allSent(page);
    await noor.say("*مرحبا*:\n- الخيمة\n- _المصابيح_\n> نعم");
    await jonas.say("🏕️");
    await say(page, "🎉🎉🎉");
    await expect(messages(page)).toHaveCount(6);
  },
  "room-text": async (page) => {
    const room = await alone(page, true);
    const jonas = await invite(room, "Jonas");
    await jonas.say("Three things:\n\n  1. the tent\n  2. the stove\n  3. <script>alert('no')</script>\n\nSee https://example.org/list, please");
    await say(page, "One\nTwo\nThree");
    await expect(messages(page)).toHaveCount(2);
  },
  } },
};
