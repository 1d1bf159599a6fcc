/** A part of the page that is loaded when it is shown first, so that the first page comes sooner. */

import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { Failure } from "./failure.tsx";

type Loaded<Props> = { readonly component: FunctionComponent<Props> } | { readonly error: unknown };

/** `meanwhile`: what stands there until it is loaded. */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  meanwhile: ComponentChild = null,
): FunctionComponent<Props> {
  return function Later(props: Props) {
    const [loaded, setLoaded] = useState<Loaded<Props> | null>(null);
    useEffect(() => {
      void load().then(
        (component) => setLoaded({ component }),
        (error) => setLoaded({ error }),
      );
    }, []);
    if (loaded === null) return <>{meanwhile}</>;
    return "error" in loaded ? <Failure error={loaded.error} /> : <loaded.component {...props} />;
  };
}
