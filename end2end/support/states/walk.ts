import { expect, type BrowserContext, type Page } from "@playwright/test";
import type { Server, Settings } from "../server.ts";

/** What a state may need to come about. */
export interface Means {
  context: BrowserContext;
  somebody: () => Promise<Page>;
  ownServer: (settings?: Settings) => Promise<Server>;
}

/** States that are reached one after another, in one page. */
export interface Walk<Scene = unknown> {
  /** Where it begins. */
  scene?: (page: Page, means: Means) => Promise<Scene>;
  /** In this order; what is open is closed in between. What changes the scene for good comes last. */
  states: Record<string, (page: Page, means: Means, scene: Scene) => Promise<unknown>>;
  /** What its test is marked with. */
  details?: { tag: string };
}

/** A walk, with its scene's type kept to itself. */
export function walk<Scene>({ scene, states }: Walk<Scene>): Walk {
  return { states: states as Walk["states"], ...(scene && { scene }) };
}

/** Closes what is open over the page. */
export async function close(page: Page): Promise<void> {
  const open = page.locator("dialog[open], :popover-open");
  for (let layer = 0; layer < 3 && (await open.count()) > 0; layer++) await page.keyboard.press("Escape");
  await expect(open).toHaveCount(0);
}
