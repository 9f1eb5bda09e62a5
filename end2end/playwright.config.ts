import { defineConfig, devices, type PlaywrightTestConfig } from "@playwright/test";
import { chromium, headlessChromium, windowed } from "./support/chromium.ts";

type Project = NonNullable<PlaywrightTestConfig["projects"]>[number];

const phone: NonNullable<Project["use"]> = {
  viewport: { width: 390, height: 844 },
  hasTouch: true,
  isMobile: true,
  deviceScaleFactor: 2,
  userAgent: devices["Pixel 7"].userAgent,
};

// What a screen's size and touch make no difference to is tested once. How everything looks on a phone, `screens` knows.
const everyScreen = ["chat", "composer", "access", "replies", "amendments", "pictures", "screens"].map((name) => `**/${name}.spec.ts`);

const desktop = { viewport: { width: 1280, height: 800 } };
const launchOptions = {
  args: [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    // A microphone that beeps, for those who are allowed to use it.
    "--use-fake-device-for-media-stream",
  ],
  // Root has no sandbox to give.
  chromiumSandbox: process.getuid?.() !== 0,
};
const withWindows = { launchOptions: { ...launchOptions, executablePath: chromium() } };
const needsWindows = new RegExp(windowed.tag);

export default defineConfig({
  testDir: "tests",
  outputDir: "test-results",
  reporter: [["list"]],
  fullyParallel: true,
  workers: 2,
  // A test that passes at the second try has found something.
  retries: 0,
  forbidOnly: true,
  // Three times what the longest takes where nothing else runs.
  timeout: 90_000,
  expect: { timeout: 8_000 },
  use: {
    browserName: "chromium",
    launchOptions: { ...launchOptions, executablePath: headlessChromium() },
    actionTimeout: 10_000,
    // What it answers goes past a test's routes. The tests of it let it be.
    serviceWorkers: "block",
    // Kept of each test, they would take as long as the tests: TRACE=1 keeps them, for one that failed.
    trace: process.env["TRACE"] ? "on" : "off",
    locale: "en-GB",
    timezoneId: "UTC",
  },
  projects: [
    { name: "desktop", testIgnore: "**/no-script.spec.ts", grepInvert: needsWindows, use: desktop },
    { name: "desktop-windowed", grep: needsWindows, use: { ...desktop, ...withWindows } },
    { name: "phone", testMatch: everyScreen, grepInvert: needsWindows, use: phone },
    { name: "phone-windowed", testMatch: everyScreen, grep: needsWindows, use: { ...phone, ...withWindows } },
    { name: "no-script", testMatch: "**/no-script.spec.ts", use: { ...desktop, javaScriptEnabled: false } },
  ],
});
