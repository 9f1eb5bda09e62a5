import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** The browser of this machine: `CHROMIUM`, or the first of these names on the PATH. Nothing is downloaded. */
export function chromium(): string {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const names = ["chromium", "chromium-browser", "google-chrome"];
  const found = process.env["CHROMIUM"] ?? names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
  if (!found) throw new Error("There is no Chromium on the PATH. Install it, or name it in CHROMIUM.");
  return found;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
