import { expect, type APIRequestContext, type Page } from "@playwright/test";
import { inside } from "./chat.ts";

const API = "/api/chat/instant";

/** A room made by REST, for tests that are not about making one. */
export interface Room {
  /** Where it answers programs. */
  api: string;
  /** Its link. */
  url: string;
  /** Proves the creator. */
  creatorToken: string;
}

/** Somebody who speaks by REST. */
export interface Guest {
  id: string;
  token: string;
  /** Says something; returns its number. */
  say: (text: string) => Promise<number>;
  /** Says something in answer to the entry `replyTo`. */
  answer: (text: string, replyTo: number) => Promise<number>;
  react: (target: number, emoji: string, on?: boolean) => Promise<number>;
  edit: (target: number, text: string) => Promise<number>;
  delete: (target: number) => Promise<number>;
}

/** Makes a room. Made with a page's `request`, the page's browser is the creator's. */
export async function makeRoom(request: APIRequestContext, storeHistory = false, origin = ""): Promise<Room> {
  const answer = await request.post(`${origin}${API}/create`, { data: { storeHistory, tokenIn: "answer" } });
  expect(answer.status()).toBe(201);
  const { chatId, url, creatorToken } = await answer.json();
  // As an owner link does: from now on the browser has the token, too, in a cookie.
  const owned = await request.post(`${origin}/form/own`, { form: { chat: chatId, token: creatorToken } });
  expect(owned.status()).toBe(200);
  return { api: new URL(`${API}/${chatId}`, url).href, url, creatorToken };
}

/** Lets the page's browser into a room and opens it. */
export async function enter(page: Page, room: Room, name: string): Promise<void> {
  const answer = await page.request.post(`${room.api}/join`, { data: { name, tokenIn: "cookie" } });
  expect(answer.status()).toBe(200);
  await page.goto(room.url);
  await inside(page);
}

/** Lets somebody in who has no browser. */
export async function invite(room: Room, name: string): Promise<Guest> {
  const { participant, token } = await post(`${room.api}/join`, { name });
  return speaker(participant.id, token, (said) => post(`${room.api}/messages`, said, token));
}

/** Lets the page's browser into a room without opening it, to say by REST what it is to have said. */
export async function speakFor(page: Page, room: Room, name: string): Promise<Guest> {
  const joined = await page.request.post(`${room.api}/join`, { data: { name, tokenIn: "cookie" } });
  expect(joined.status()).toBe(200);
  const { participant } = await joined.json();
  return speaker(participant.id, "", async (data) => {
    const answer = await page.request.post(`${room.api}/messages`, { data });
    expect(answer.status(), await answer.text()).toBe(201);
    return answer.json();
  });
}

function speaker(id: string, token: string, send: (said: object) => Promise<{ seq: number }>): Guest {
  let said = 0;
  const say = async (body: object) => (await send({ clientId: `${id}-${++said}`, body: { v: 1, kind: "text", ...body } })).seq;
  return {
    id,
    token,
    say: (text) => say({ text }),
    answer: (text, replyTo) => say({ text, replyTo }),
    react: (target, emoji, on = true) => say({ kind: "reaction", target, emoji, on }),
    edit: (target, text) => say({ kind: "edit", target, text }),
    delete: (target) => say({ kind: "delete", target }),
  };
}

/** Ends it, as its creator. */
export async function end(room: Room): Promise<void> {
  await post(`${room.api}/end`, undefined, room.creatorToken);
}

/** How many are inside. */
export async function participants(room: Room): Promise<number> {
  return (await (await fetch(room.api)).json()).participantCount;
}

async function post(url: string, data: unknown, token?: string) {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  const answer = await fetch(url, { method: "POST", headers, body: JSON.stringify(data) ?? null });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${answer.status} ${text}`);
  return text ? JSON.parse(text) : undefined;
}
