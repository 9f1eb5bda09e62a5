import { test as base, expect, type Page } from "@playwright/test";
import { Server, type Settings } from "./server.ts";
import { reportBreaches, Watch } from "./watch.ts";

interface OfWorker {
  /** Settings of the worker's server: `test.use({ settings: … })` at the top of a file. */
  settings: Settings;
  /** The server that all tests of a worker share. Rooms keep them apart. */
  server: Server;
}

interface OfTest {
  /** Fails the test when anything in any of its pages goes wrong. */
  watch: Watch;
  /** A page of somebody else: another browser profile, without a cookie of ours. */
  somebody: () => Promise<Page>;
  /** Stops something when the test's pages are closed: one that still loads from it would call that a failure. */
  outlive: <T extends { stop(): Promise<unknown> }>(thing: T) => T;
  /** A server of this test's own, with settings of its own; it may be killed. */
  ownServer: (settings?: Settings) => Promise<Server>;
}

export const test = base.extend<OfTest, OfWorker>({
  settings: [{}, { scope: "worker", option: true }],

  server: [
    async ({ settings }, use) => {
      const server = await Server.start(settings);
      await use(server);
      await server.stop();
    },
    { scope: "worker" },
  ],

  baseURL: async ({ server }, use) => {
    await use(server.origin);
  },

  watch: [
    async ({ browser }, use) => {
      const watch = new Watch(browser);
      await use(watch);
      expect(watch.close(), "what went wrong in the pages").toEqual([]);
    },
    { auto: true },
  ],

  outlive: async ({}, use) => {
    const things: { stop(): Promise<unknown> }[] = [];
    await use((thing) => {
      things.push(thing);
      return thing;
    });
    for (const thing of things) await thing.stop();
  },

  // `watch` comes first, so that it sees the context being made; what pages load from comes before them, to go after.
  context: async ({ watch: _, outlive: __, context }, use) => {
    await reportBreaches(context);
    await use(context);
  },

  somebody: async ({ browser, watch: _, outlive: __ }, use) => {
    const contexts: Array<{ close(): Promise<void> }> = [];
    await use(async () => {
      const context = await browser.newContext();
      contexts.push(context);
      await reportBreaches(context);
      return context.newPage();
    });
    for (const context of contexts) await context.close();
  },

  ownServer: async ({ outlive }, use) => {
    await use(async (settings) => outlive(await Server.start(settings)));
  },
});

export { expect, type Page };
export type { Server };
