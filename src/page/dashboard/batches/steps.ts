/** What must be set up before the first batch, in order. Pure. */

export type Step = {
  readonly name: "provider" | "number" | "agent" | "call";
  readonly title: string;
  readonly about: string;
  readonly state: "done" | "next" | "later";
};

/** How many of each exist; null until known. */
export type Known = {
  readonly providers: number | null;
  readonly numbers: number | null;
  readonly agents: number | null;
};

export const STEPS_TITLE = "Get started";
export const STEPS_ABOUT = "Four steps to your first batch.";

const STEPS = [
  { name: "provider", title: "Connect a provider", about: "The carrier account that places your calls." },
  { name: "number", title: "Add a number", about: "People see it when their phone rings." },
  { name: "agent", title: "Create an agent", about: "The voice that talks to people." },
  { name: "call", title: "Make a test call", about: "Call your own phone first." },
] as const;

export function stepsOf({ providers, numbers, agents }: Known, hasCalled: boolean): readonly Step[] {
  const isDone = {
    provider: (providers ?? 0) > 0,
    number: (numbers ?? 0) > 0,
    agent: (agents ?? 0) > 0,
    call: hasCalled,
  };
  const next = STEPS.find(({ name }) => !isDone[name])?.name;
  return STEPS.map((step) => ({
    ...step,
    state: isDone[step.name] ? "done" : step.name === next ? "next" : "later",
  }));
}
