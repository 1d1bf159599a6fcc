/** A page's address. It is in the fragment after `#`, because paths without a file belong to the API. Pure. */

export type Route = {
  /** Without slashes: `["batches", "acb_…"]`. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
};

export function routeOf(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?");
  return {
    path: path
      .split("/")
      .filter((part) => part !== "")
      .map(decodeURIComponent),
    query: new URLSearchParams(query),
  };
}

/** A link's `href`. Parts are encoded; empty values of the query are left out. */
export function linkTo(path: readonly string[], query: Readonly<Record<string, string | null>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === "" ? [] : [[name, value]],
  );
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}
