// Draws public/icons from the mark in public/favicon.svg. After the mark has changed, in end2end:
//   CHROMIUM=$(command -v chromium) node icons/make.mjs
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { chromium } from "@playwright/test";

const folder = new URL("../../public/", import.meta.url);
const mark = await readFile(new URL("favicon.svg", folder), "utf8");
const [ground, bolt] = [...mark.matchAll(/<path fill="[^"]*" d="[^"]*"\/>/g)].map(([path]) => path);
const colour = /fill="([^"]*)"/.exec(ground)[1];

// Launchers cut a maskable icon to any shape within its middle 80 %: the bolt stays inside, the ground fills all.
const filled = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><path fill="${colour}" d="M0 0h32v32H0z"/>${bolt}</svg>`;

await mkdir(new URL("icons/", folder), { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
const page = await browser.newPage();
for (const [name, side, svg] of [
  ["icon-192", 192, mark],
  ["icon-512", 512, mark],
  ["maskable-512", 512, filled],
  ["apple-touch-180", 180, filled],
]) {
  await page.setViewportSize({ width: side, height: side });
  await page.setContent(`<style>html, body { margin: 0; background: none } svg { display: block; width: ${side}px; height: ${side}px }</style>${svg}`);
  await writeFile(new URL(`icons/${name}.png`, folder), await page.screenshot({ omitBackground: true }));
}
await browser.close();
