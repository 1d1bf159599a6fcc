/** Replaces the list while there is no batch: what to set up, in order, and a test call. */

import { useState } from "preact/hooks";
import { linkTo } from "../address.ts";
import { allPages } from "../api/all-pages.ts";
import { useDashboard } from "../api/context.ts";
import { useKeptState } from "../api/use-kept-state.ts";
import { useResource } from "../api/use-resource.ts";
import { Icon } from "../ui/icon.tsx";
import { WaitingLines } from "../ui/waiting.tsx";
import { type Step, stepsOf } from "./steps.ts";
import { TestCall } from "./test-call.tsx";
import { STEPS, WORDS } from "./words.ts";

const PAGES = { provider: "providers", number: "numbers", agent: "agents" } as const;

export function FirstSteps() {
  const { client } = useDashboard();
  const providers = useResource("providers", () => client.listProviders());
  const numbers = useResource("numbers", () => allPages((page) => client.listPhoneNumbers(page)));
  const agents = useResource("agents", () => allPages((page) => client.listAgents(page)));
  const [hasCalled, setCalled] = useKeptState("test call", () => false);
  const [isCalling, setCalling] = useState(false);
  if (providers.value === null || numbers.value === null || agents.value === null) return <WaitingLines />;
  const known = { providers: providers.value.length, numbers: numbers.value.length, agents: agents.value.length };
  const steps = stepsOf(known, hasCalled);
  return (
    <section class="card" aria-labelledby="first-steps">
      <div class="card-body">
        <h2 id="first-steps">{WORDS.title}</h2>
        <p class="soft small">{WORDS.about}</p>
      </div>
      <ol class="steps">
        {steps.map((step, place) => (
          <StepItem key={step.name} step={step} place={place + 1} onCall={() => setCalling(true)} />
        ))}
      </ol>
      {isCalling && (
        <TestCall
          agents={agents.value}
          numbers={numbers.value}
          onCalled={() => setCalled(true)}
          onClose={() => setCalling(false)}
        />
      )}
    </section>
  );
}

type ItemProps = { readonly step: Step; readonly place: number; readonly onCall: () => void };

function StepItem({ step, place, onCall }: ItemProps) {
  const { name, state } = step;
  const { title, about, action } = STEPS[name];
  const look = `button small ${state === "next" ? "primary" : ""}`;
  return (
    <li class={`step ${state}`}>
      <span class="step-mark" aria-hidden="true">
        {state === "done" ? <Icon name="check" /> : place}
      </span>
      <div class="grow">
        <div class="title">
          {title}
          {state === "done" && <span class="unseen"> {WORDS.done}</span>}
        </div>
        <div class="soft small">{about}</div>
      </div>
      {name === "call" ? (
        state !== "later" && (
          <button type="button" class={look} onClick={onCall}>
            {action}
          </button>
        )
      ) : state === "done" ? (
        <a class="small" href={linkTo([PAGES[name]])} aria-label={WORDS.viewLabel(PAGES[name])}>
          {WORDS.view}
        </a>
      ) : (
        <a class={look} href={linkTo([PAGES[name]])}>
          {action}
        </a>
      )}
    </li>
  );
}
