import type { Page } from "@playwright/test";

/** What is wrong with the layout as it stands: things beyond the sides of the screen, and text that is cut off. */
export async function layoutFaults(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const faults: string[] = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth} wide, the screen ${innerWidth}`);

    const name = (element: Element) =>
      `<${element.tagName.toLowerCase()} class="${element.getAttribute("class") ?? ""}"> ${element.textContent?.trim().slice(0, 40)}`;
    // For listeners only: a pixel that holds words.
    const isHiddenFromSight = (element: Element) => element.getBoundingClientRect().width <= 1;

    for (const element of document.querySelectorAll<HTMLElement>("body *")) {
      if (!element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true }) || isHiddenFromSight(element)) continue;
      if (element.closest(".visually-hidden, noscript")) continue;
      // What ends in … is cut on purpose.
      if (element.parentElement && getComputedStyle(element.parentElement).textOverflow === "ellipsis") continue;
      // Lines of code scroll by themselves.
      if (element.matches("pre.said-code, pre.said-code *")) continue;
      const { left, right } = element.getBoundingClientRect();
      if (left < -1 || right > innerWidth + 1) faults.push(`beyond the screen (${left} to ${right}): ${name(element)}`);

      // Fields scroll by their nature.
      if (element.matches("input, textarea")) continue;
      const { overflowX, overflowY, textOverflow } = getComputedStyle(element);
      const cuts = (overflow: string) => overflow === "hidden" || overflow === "clip";
      if (cuts(overflowX) && textOverflow !== "ellipsis" && element.scrollWidth > element.clientWidth + 1)
        faults.push(`cut at its side: ${name(element)}`);
      if (cuts(overflowY) && element.scrollHeight > element.clientHeight + 4)
        faults.push(`cut at its foot (${element.scrollHeight} in ${element.clientHeight}): ${name(element)}`);
      // Nothing scrolls sideways.
      if (overflowX === "auto" && element.scrollWidth > element.clientWidth + 1) faults.push(`scrolls sideways: ${name(element)}`);
    }
    return faults;
  });
}
