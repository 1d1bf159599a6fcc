/** The repository's Markdown as pages of the site: where each stands, its address, and its place in the navigation. */

import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../../../", import.meta.url));

export type Source = {
  /** Its path in the repository: `docs/guides/csv.md`. */
  readonly path: string;
  /** Its address: `/docs/guides/csv`. */
  readonly address: string;
  readonly title: string;
  readonly text: string;
};

export type Section = { readonly title: string; readonly sources: readonly Source[] };

/** Sections of the navigation, each a folder of `docs`. */
const FOLDERS = [
  ["guides", "Guides"],
  ["reference", "Reference"],
  ["carriers", "Carriers"],
  ["operations", "Operations"],
  ["design", "Design"],
] as const;
const START = ["README.md", "docs/quickstart.md", "docs/concepts.md"];
const PROJECT = [
  "ARCHITECTURE.md",
  "docs/examples/minimal/README.md",
  "docs/benchmarks.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CODE_OF_CONDUCT.md",
  "CHANGELOG.md",
];

/** `docs/guides/README.md` is `/docs/guides`, `SECURITY.md` is `/docs/security`. */
export function addressOf(path: string): string {
  if (path === "README.md") return "/docs";
  if (path.startsWith("docs/")) return `/${path.replace(/(?:\/README)?\.md$/, "")}`;
  return `/docs/${path.replace(/\.md$/, "").toLowerCase().replaceAll("_", "-")}`;
}

export function sourceAt(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, address: addressOf(path), title: (/^# (.+)$/m.exec(text)?.[1] ?? path).replaceAll("`", ""), text };
}

/** The target of a relative link, as a path in the repository. */
export const targetOf = (from: string, link: string): string => normalize(join(dirname(from), link));

/** In the order in which the folder's README links to them; the others come last. */
function inFolder(folder: string): Source[] {
  const paths = globSync(`docs/${folder}/*.md`, { cwd: ROOT }).sort();
  const overview = `docs/${folder}/README.md`;
  const links = existsSync(join(ROOT, overview))
    ? [...sourceAt(overview).text.matchAll(/\]\(([^)#]+)/g)].map(([, link = ""]) => targetOf(overview, link))
    : [];
  const placeOf = (path: string): number => {
    const place = links.indexOf(path);
    return path === overview ? -1 : place < 0 ? links.length : place;
  };
  return paths.sort((a, b) => placeOf(a) - placeOf(b)).map(sourceAt);
}

/** Every page of the site, in the order of its navigation. */
export const sectionsOfSite = (): Section[] => [
  { title: "Start", sources: START.map(sourceAt) },
  ...FOLDERS.map(([folder, title]) => ({ title, sources: inFolder(folder) })),
  { title: "Project", sources: PROJECT.map(sourceAt) },
];
