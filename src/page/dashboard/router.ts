/** Selects the page by the address, so that reload, bookmarks and the back button work. */

import { useEffect, useState } from "preact/hooks";
import { type Route, routeOf } from "./address.ts";

export function go(href: string): void {
  location.hash = href;
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, []);
  return routeOf(hash);
}
