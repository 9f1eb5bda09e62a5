import { join } from "node:path";
import { barriers, colours, everything } from "../support/barriers.ts";
import { knowsHost } from "../support/identity.ts";
import { layoutFaults } from "../support/layout.ts";
import { walks } from "../support/states/index.ts";
import { close } from "../support/states/walk.ts";
import { expect, test, type Page } from "../support/test.ts";

test.use({
  settings: { ...knowsHost, MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000", LEAVE_AFTER: "10m" },
  // A state, not the way to it.
  contextOptions: { reducedMotion: "reduce" },
});

// Some states are trouble: the browser says so in the console.
const MEANT = [/status of (403|404|409|410|422)/, /WebSocket connection to .* failed/, /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)/];

// Nothing is compared with them: they are for people to look at.
const PICTURES = process.env["PICTURES"];

for (const [name, { scene, states, details = {} }] of Object.entries(walks)) {
  test(`nothing is cut off or barred: ${name}`, details, async ({ page, context, somebody, ownServer, watch }, { project }) => {
    test.setTimeout(60_000 + 15_000 * Object.keys(states).length);
    watch.allow(...MEANT);
    const means = { context, somebody, ownServer };
    const begun = await scene?.(page, means);
    for (const [state, arrive] of Object.entries(states)) {
      await test.step(state, async () => {
        await arrive(page, means, begun);
        expect.soft(await layoutFaults(page), `${state}: layout`).toEqual([]);
        // The other scheme differs in nothing but its colours.
        for (const [colorScheme, rules] of [["light", everything], ["dark", colours]] as const) {
          await page.emulateMedia({ colorScheme });
          await settled(page);
          const path = join("screenshots", project.name, `${state}-${colorScheme}.png`);
          if (PICTURES) await page.screenshot({ path, animations: "disabled" });
          expect.soft(await barriers(page, rules), `${state}, ${colorScheme}: access`).toEqual([]);
        }
        await page.emulateMedia({ colorScheme: "light" });
        await close(page);
      });
    }
  });
}

/** Colours that are on their way to others are there. One that is inherited sets out when it arrives where it comes from. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const transitions = () => document.getAnimations().filter((animation) => animation instanceof CSSTransition);
    for (let moving = transitions(); moving.length > 0; moving = transitions()) {
      for (const transition of moving) transition.finish();
      await new Promise(requestAnimationFrame);
    }
  });
}
