import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Title tag of tests that need what only a Chromium with windows has: a microphone, notifications of a worker. */
export const windowed = { tag: "@windowed" };

/** This machine's Chromium with windows: `CHROMIUM`, or the first of these names on the PATH. Nothing is downloaded. */
export function chromium(): string {
  const found = process.env["CHROMIUM"] ?? onPath("chromium", "chromium-browser", "google-chrome");
  if (!found) throw new Error("There is no Chromium on the PATH. Install it, or name it in CHROMIUM.");
  return found;
}

/** The one without, where Debian has it by itself: it takes half of the processor's time. */
export function headlessChromium(): string {
  return process.env["CHROMIUM"] ?? onPath("chromium-headless-shell") ?? chromium();
}

function onPath(...names: string[]): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
