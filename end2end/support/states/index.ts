import type { BrowserContext, Page } from "@playwright/test";
import type { Server, Settings } from "../server.ts";
import { amendments } from "./amended.ts";
import { conversations } from "./conversations.ts";
import { creator } from "./creator.ts";
import { languages } from "./languages.ts";
import { pages } from "./pages.ts";
import { rooms } from "./rooms.ts";
import { sharing } from "./sharing.ts";
import { voice } from "./voice.ts";

/** What a state may need to come about. */
export interface Means {
  context: BrowserContext;
  somebody: () => Promise<Page>;
  ownServer: (settings?: Settings) => Promise<Server>;
}

/** States by their names, and the way there. */
export type States = Record<string, (page: Page, means: Means) => Promise<unknown>>;

/** Every page and every state that it can be in. */
export const states: States = { ...pages, ...rooms, ...conversations, ...amendments, ...sharing, ...voice, ...creator, ...languages };
