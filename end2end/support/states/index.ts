import { amendments } from "./amended.ts";
import { conversations } from "./conversations.ts";
import { creator } from "./creator.ts";
import { languages } from "./languages.ts";
import { pages } from "./pages.ts";
import { rooms } from "./rooms.ts";
import { sharing } from "./sharing.ts";
import { voice } from "./voice.ts";
import type { Walk } from "./walk.ts";

/** Every page and every state that it can be in, walk by walk. */
export const walks: Record<string, Walk> = {
  ...pages,
  ...rooms,
  ...conversations,
  ...amendments,
  ...sharing,
  ...voice,
  ...creator,
  ...languages,
};
