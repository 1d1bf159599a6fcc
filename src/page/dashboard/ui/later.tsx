/** A part of the page that is loaded when it is first shown, so that the first page appears sooner. */

import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NOT_LOADED } from "./words.ts";

type Loaded<Props> = { readonly component: FunctionComponent<Props> } | { readonly error: unknown };

/** A connection that failed may be back. Some browsers remember the failure: then only a new page helps. */
const AFTER_FAILURE_MS = 3_000;

/** The file was replaced by a newer page, or the connection failed. */
const NotLoaded = () => (
  <div class="notice bad" role="alert">
    <div>
      <strong>{NOT_LOADED.title}.</strong> {NOT_LOADED.about}
      <div>
        <button type="button" class="button small" onClick={() => location.reload()}>
          {NOT_LOADED.again}
        </button>
      </div>
    </div>
  </div>
);

/** `meanwhile`: shown until it is loaded. */
export function later<Props extends object>(
  load: () => Promise<FunctionComponent<Props>>,
  meanwhile: ComponentChild = null,
): FunctionComponent<Props> {
  return function Later(props: Props) {
    const [loaded, setLoaded] = useState<Loaded<Props> | null>(null);
    useEffect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isShown = true;
      const attempt = () =>
        load().then(
          (component) => setLoaded({ component }),
          (error) => {
            setLoaded({ error });
            if (isShown) timer = setTimeout(attempt, AFTER_FAILURE_MS);
          },
        );
      void attempt();
      return () => {
        isShown = false;
        clearTimeout(timer);
      };
    }, []);
    if (loaded === null) return <>{meanwhile}</>;
    return "error" in loaded ? <NotLoaded /> : <loaded.component {...props} />;
  };
}
