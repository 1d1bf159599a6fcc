/** A part of the page that is loaded when it is first shown, so that the first page appears sooner. */

import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { NOT_LOADED } from "./words.ts";

const AFTER_FAILURE_MS = 3_000;

/**
 * Some browsers never ask again for a part that they could not load. A new page does, and loses what is in a dialog. If
 * the page is one that was loaded again, that has not helped.
 */
async function isToBeLoadedAgain(): Promise<boolean> {
  const loads = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
  if (loads[0]?.type === "reload" || document.querySelector("dialog[open]") !== null) return false;
  return fetch(location.pathname, { cache: "no-store" }).then(
    ({ ok }) => ok,
    () => false,
  );
}

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
    const [part, setPart] = useState<{ readonly Component: FunctionComponent<Props> | null }>();
    useEffect(() => {
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isShown = true;
      const attempt = () =>
        load().then(
          (Component) => setPart({ Component }),
          async () => {
            setPart({ Component: null });
            const isToReload = await isToBeLoadedAgain();
            if (!isShown) return;
            if (isToReload) location.reload();
            else timer = setTimeout(attempt, AFTER_FAILURE_MS);
          },
        );
      void attempt();
      return () => {
        isShown = false;
        clearTimeout(timer);
      };
    }, []);
    if (part === undefined) return <>{meanwhile}</>;
    const { Component } = part;
    return Component === null ? <NotLoaded /> : <Component {...props} />;
  };
}
