/** The system's Chromium, driven by playwright-core; the project downloads none. */

import { accessSync, constants } from "node:fs";
import { type Browser, chromium } from "playwright-core";

const KNOWN_PLACES = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];
/** Nothing of the machine's own, and nothing over the network but the page. */
const ARGUMENTS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** Null where there is none: `CHROMIUM` names one that stands elsewhere. */
export const chromiumPath = (): string | null =>
  [process.env.CHROMIUM ?? "", ...KNOWN_PLACES].find((path) => path !== "" && isExecutable(path)) ?? null;

export const launch = (executablePath: string): Promise<Browser> =>
  chromium.launch({ executablePath, args: ARGUMENTS });

/** Said once a file, in place of a failure: a machine without a browser can still run everything else. */
export function sayWithout(): void {
  console.warn("No Chromium on this machine: the dashboard is not tested. Install chromium, or set CHROMIUM to one.");
}
