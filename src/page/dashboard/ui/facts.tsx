/** A list of facts, each with its name. */

export const Facts = ({ facts }: { readonly facts: readonly (readonly [string, string])[] }) => (
  <dl class="facts">
    {facts.map(([name, value]) => (
      <div key={name} class="fact">
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);
