/** A page's address, which stands behind the `#`, because a path without a file is the API's. Pure. */

export type Route = {
  /** Without the slashes: `["batches", "acb_…"]`. */
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

/** A link's `href`. Parts are encoded; what is empty in the query is left out. */
export function linkTo(path: readonly string[], query: Readonly<Record<string, string | null>> = {}): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === null || value === "" ? [] : [[name, value]],
  );
  const text = new URLSearchParams(given).toString();
  return `#/${path.map(encodeURIComponent).join("/")}${text === "" ? "" : `?${text}`}`;
}
