/** A part of the page that is loaded when it is shown first, so that the first page comes sooner. */

import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";

type Loaded<Props> = { readonly component: FunctionComponent<Props> } | { readonly error: unknown };

/** Its file is gone with a newer page, or the connection was. */
const NotLoaded = () => (
  <div class="notice bad" role="alert">
    <div>
      <strong>This part of the page could not be loaded.</strong> There may be a newer page.
      <div>
        <button type="button" class="button small" onClick={() => location.reload()}>
          Load the page again
        </button>
      </div>
    </div>
  </div>
);

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
    return "error" in loaded ? <NotLoaded /> : <loaded.component {...props} />;
  };
}
