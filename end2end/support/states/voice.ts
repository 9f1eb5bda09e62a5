import { expect } from "@playwright/test";
import { composer } from "../chat.ts";
import { windowed } from "../chromium.ts";
import { allowMicrophone, desk, record, recordButton, voices } from "../voice.ts";
import { talk } from "./scenes.ts";
import type { Walk } from "./walk.ts";

/** Voice messages: while one speaks, before they are sent, in the conversation. */
export const voice: Record<string, Walk> = {
  "voice messages": {
    scene: talk,
    details: windowed,
    states: {
      "voice-refused": async (page) => {
        await recordButton(page).click();
        await expect(page.getByRole("alert").filter({ hasText: "may not use the microphone" })).toBeVisible();
      },
      "voice-recording": async (page) => {
        await allowMicrophone(page);
        await record(page, 2);
        await desk(page).getByRole("button", { name: "Pause the recording" }).click();
        await expect(desk(page).getByRole("button", { name: "Go on recording" })).toBeVisible();
      },
      "voice-preview": async (page) => {
        await desk(page).getByRole("button", { name: "Stop and listen" }).click();
        await expect(desk(page).getByRole("slider")).toBeVisible();
      },
      "voice-conversation": async (page) => {
        await desk(page).getByRole("button", { name: "Send" }).click();
        await expect(voices(page)).toHaveCount(1);
        await voices(page).getByRole("slider").fill("1500");
        await composer(page).blur();
      },
    },
  },
};
