/** Starts one stand-in carrier for all test files in workerd; they find it by its address. */

import type { TestProject } from "vitest/node";
import { startCarrier } from "../carrier/server.ts";

declare module "vitest" {
  export interface ProvidedContext {
    carrierUrl: string;
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const carrier = await startCarrier({ port: 0, ringMs: 5, talkMs: 20, jitter: 0 });
  project.provide("carrierUrl", carrier.url);
  return () => carrier.close();
}
