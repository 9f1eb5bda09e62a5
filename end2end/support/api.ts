import { expect, type APIRequestContext, type Page } from "@playwright/test";
import { inside } from "./chat.ts";

const API = "/api/chat/instant";

/** A room made by REST, for tests that are not about making one. */
export interface Room {
  id: string;
  path: string;
  url: string;
  /** Proves the creator. */
  creatorToken: string;
}

/** Somebody who speaks by REST. */
export interface Guest {
  id: string;
  say: (text: string) => Promise<void>;
}

/** Makes a room. Made with a page's `request`, the page's browser is the creator's. */
export async function makeRoom(request: APIRequestContext, storeHistory = false, creatorName?: string): Promise<Room> {
  const answer = await request.post(`${API}/create`, { data: { storeHistory, creatorName } });
  expect(answer.status()).toBe(201);
  const { chatId, url, creatorToken } = await answer.json();
  return { id: chatId, path: `/instant-chat/${chatId}`, url, creatorToken };
}

/** Lets the page's browser into a room and opens it. */
export async function enter(page: Page, room: Room, name: string): Promise<void> {
  const answer = await page.request.post(`${API}/${room.id}/join`, { data: { name } });
  expect(answer.status()).toBe(200);
  await page.goto(room.path);
  await inside(page);
}

/** Lets somebody in who has no browser. */
export async function invite(request: APIRequestContext, room: Room, name: string): Promise<Guest> {
  // A bearer token that nobody holds: the answer's token is not kept in the cookies of `request`.
  const answer = await request.post(`${API}/${room.id}/join`, { data: { name }, headers: { authorization: "Bearer none" } });
  expect(answer.status()).toBe(200);
  const { participant, token } = await answer.json();
  let said = 0;
  return {
    id: participant.id,
    say: async (text) => {
      const data = { clientId: `${participant.id}-${++said}`, body: { v: 1, kind: "text", text } };
      const answer = await request.post(`${API}/${room.id}/messages`, { data, headers: { authorization: `Bearer ${token}` } });
      expect(answer.status()).toBe(201);
    },
  };
}

export async function end(request: APIRequestContext, room: Room): Promise<void> {
  const answer = await request.post(`${API}/${room.id}/end`, { headers: { authorization: `Bearer ${room.creatorToken}` } });
  expect(answer.status()).toBe(204);
}

/** How many are inside. */
export async function participants(request: APIRequestContext, path: string): Promise<number> {
  const answer = await request.get(`${API}/${path.split("/").at(-1)}`);
  return (await answer.json()).participantCount;
}
