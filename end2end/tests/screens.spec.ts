import { AxeBuilder } from "@axe-core/playwright";
import { join } from "node:path";
import { knowsHost } from "../support/identity.ts";
import { layoutFaults } from "../support/layout.ts";
import { states } from "../support/states/index.ts";
import { expect, test } from "../support/test.ts";

test.use({
  settings: { ...knowsHost, MESSAGES_PER_SECOND: "1000", MESSAGE_BURST: "1000", LEAVE_AFTER: "10m" },
  // A picture of a moment, not of the way to it.
  contextOptions: { reducedMotion: "reduce" },
});

// Some states are trouble: the browser says so in the console.
const MEANT = [/status of (403|404|409|410|422)/, /WebSocket connection to .* failed/, /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_REFUSED|FAILED)/];
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

for (const [name, arrive] of Object.entries(states)) {
  test(name, async ({ page, context, somebody, ownServer, watch }, { project }) => {
    watch.allow(...MEANT);
    await arrive(page, { context, somebody, ownServer });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: join("screenshots", project.name, `${name}-${colorScheme}.png`), animations: "disabled" });
      expect.soft(await layoutFaults(page), `${colorScheme}: layout`).toEqual([]);
      // The other scheme differs in nothing but its colours.
      const axe = new AxeBuilder({ page });
      const rules = colorScheme === "light" ? axe.withTags(RULES) : axe.withRules(["color-contrast"]);
      expect.soft(await barriers(rules), `${colorScheme}: access`).toEqual([]);
    }
  });
}

/** What axe finds, in short. */
async function barriers(axe: AxeBuilder): Promise<string[]> {
  const { violations } = await axe.analyze();
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
  );
}
