/** Provides where the shared service is. One for the run, though each project has its setup: Node loads it once. */

import { createRequire } from "node:module";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  export interface ProvidedContext {
    sharedService: string;
  }
}

const { share, unshare }: typeof import("../service/sharing.ts") = createRequire(import.meta.url)(
  "../service/sharing.ts",
);

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("sharedService", await share());
  return unshare;
}
