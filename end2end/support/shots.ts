import type { Page } from "@playwright/test";

/** Pictures of the page as it stands, to be looked at: on a computer and on a phone, in light and in dark. */
export async function shots(page: Page, name: string): Promise<void> {
  const before = page.viewportSize();
  for (const [screen, size] of Object.entries({ wide: { width: 1280, height: 800 }, phone: { width: 390, height: 844 } })) {
    await page.setViewportSize(size);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `screenshots/${name}-${screen}-${colorScheme}.png`, animations: "disabled" });
    }
  }
  if (before) await page.setViewportSize(before);
}
