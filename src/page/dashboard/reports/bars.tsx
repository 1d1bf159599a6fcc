/** Counts beside each other, as bars with their numbers. */

import { useId } from "preact/hooks";
import { count } from "../text/format.ts";

type Props = {
  readonly title: string;
  readonly about: string;
  readonly bars: readonly (readonly [label: string, count: number])[];
};

export function Bars({ title, about, bars }: Props) {
  const id = useId();
  const most = Math.max(1, ...bars.map(([, value]) => value));
  return (
    <section class="card card-body" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="hint">{about}</p>
      <dl class="bars">
        {bars.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>
              <span class="bar" style={{ width: `${(value / most) * 100}%` }} />
              <span class="number">{count(value)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
