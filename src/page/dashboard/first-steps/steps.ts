/** What must be set up before the first batch, in order. Pure. */

export type Step = {
  readonly name: "provider" | "number" | "agent" | "call";
  readonly state: "done" | "next" | "later";
};

/** How many of each exist; null until known. */
export type Known = {
  readonly providers: number | null;
  readonly numbers: number | null;
  readonly agents: number | null;
};

const STEPS = ["provider", "number", "agent", "call"] as const;

export function stepsOf({ providers, numbers, agents }: Known, hasCalled: boolean): readonly Step[] {
  const isDone = {
    provider: (providers ?? 0) > 0,
    number: (numbers ?? 0) > 0,
    agent: (agents ?? 0) > 0,
    call: hasCalled,
  };
  const next = STEPS.find((name) => !isDone[name]);
  return STEPS.map((name) => ({ name, state: isDone[name] ? "done" : name === next ? "next" : "later" }));
}
