/** Long files begin first, so that at the end of a run no worker waits for one that began last. Without this, large files do. */

import { BaseSequencer, type TestSpecification } from "vitest/node";

/** Those that take longer than ten seconds, by the end of their path. */
const LONG = [
  "dialer/conformance/conformance.test.ts",
  "simulator/simulator.test.ts",
  "docs/minimal.test.ts",
  "promises/misbehaving-carrier.workerd.test.ts",
  "promises/crash-at-every-step.workerd.test.ts",
  "promises/crash-of-direct-calls.workerd.test.ts",
  "journey/lanes.workerd.test.ts",
  "journey/windows.workerd.test.ts",
  "journey/erase-person.workerd.test.ts",
  "journey/webhooks.workerd.test.ts",
  "journey/pace.workerd.test.ts",
  "journey/cancel-call.workerd.test.ts",
  "api/reading-room.workerd.test.ts",
  "promises/carrier-down.workerd.test.ts",
  "promises/many.workerd.test.ts",
  "journey/idle.workerd.test.ts",
  "service/demo.service.test.ts",
  "service/crash.service.test.ts",
  "service/memory.service.test.ts",
  "service/unfinished.service.test.ts",
  "faults/kill.service.test.ts",
  "service/start.service.test.ts",
  "service/worst-request.service.test.ts",
  "browser/journey.browser.test.ts",
  "browser/monday.browser.test.ts",
  "browser/accessibility.browser.test.ts",
  "browser/docs.browser.test.ts",
  "browser/lists.browser.test.ts",
  "browser/usual-path.browser.test.ts",
];
const rank = ({ moduleId }: TestSpecification): number => {
  const found = LONG.findIndex((path) => moduleId.endsWith(path));
  return found < 0 ? LONG.length : found;
};

export class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) =>
      sorted.filter(({ project }) => project.name === name).sort((a, b) => rank(a) - rank(b)),
    );
  }
}
