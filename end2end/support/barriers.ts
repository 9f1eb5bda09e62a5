import axe, { type RunOptions } from "axe-core";
import type { Page } from "@playwright/test";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** All that axe looks for. */
export const everything: RunOptions = { runOnly: { type: "tag", values: RULES } };
/** What another colour scheme can make worse. */
export const colours: RunOptions = { runOnly: { type: "rule", values: ["color-contrast"] } };

/**
 * What axe finds in the page as it stands, in short. Run in the page itself, and put there once: @axe-core/playwright
 * puts it there each time, and opens another page for what frames say, of which there are none. That takes twice as long.
 */
export async function barriers(page: Page, options: RunOptions): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
  return page.evaluate(async (options) => {
    const { axe } = window as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { ...options, resultTypes: ["violations"] });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id} (${help}): ${node.html.slice(0, 160)} ${node.any[0]?.message ?? node.all[0]?.message ?? ""}`),
    );
  }, options);
}
