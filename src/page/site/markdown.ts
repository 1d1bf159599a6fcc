/** Markdown as HTML for the site. Links between files become links between pages, and lead to the same headings. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import GithubSlugger from "github-slugger";
import { Marked, type Tokens } from "marked";
import { diagramOf } from "./diagram.ts";
import { addressOf, ROOT, type Source, targetOf } from "./sources.ts";

export type Heading = { readonly level: number; readonly anchor: string; readonly text: string };
/** A heading with the text below it, for the search. */
export type Part = Heading & { readonly body: string };

export type Rendered = {
  readonly html: string;
  readonly parts: readonly Part[];
  /** Files that the page links to or shows, by their paths in the repository. */
  readonly files: readonly string[];
};

export const FILES = "/docs/files/";

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
export const escaped = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? "");

/** The words of a piece of HTML. */
const wordsOf = (html: string): string =>
  html
    .replace(/<svg[\s\S]*?<\/svg>|<\/(?:p|li|t[dhr]|h\d|pre)>/g, " ")
    .replace(/<[^>]+>/g, "")
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => ({ amp: "&", lt: "<", gt: ">", quot: '"' })[name] ?? "'")
    .replace(/\s+/g, " ")
    .trim();

export function rendered(source: Source): Rendered {
  const slugger = new GithubSlugger();
  const parts: { level: number; anchor: string; text: string; body: string }[] = [];
  const files: string[] = [];

  const tables = new Map<string, number>();
  /** A table goes by its heading; a second one under the same heading is told apart by a number. */
  const tableName = (): string => {
    const heading = parts.at(-1)?.text ?? source.title;
    const count = (tables.get(heading) ?? 0) + 1;
    tables.set(heading, count);
    return count === 1 ? heading : `${heading}, table ${count}`;
  };

  const linkOf = (link: string): string => {
    if (/^[a-z]+:|^#/.test(link)) return link;
    const [path = "", anchor] = link.split("#");
    const target = targetOf(source.path, path);
    if (!existsSync(join(ROOT, target))) throw new Error(`${source.path} links to ${link}, which is not there`);
    if (target.endsWith(".md")) return addressOf(target) + (anchor === undefined ? "" : `#${anchor}`);
    files.push(target);
    return /\.(?:png|svg|webp)$/.test(target) ? `/${target}` : FILES + target;
  };

  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth }: Tokens.Heading): string {
        const html = this.parser.parseInline(tokens);
        const text = wordsOf(html);
        const anchor = slugger.slug(text);
        parts.push({ level: depth, anchor, text, body: "" });
        if (depth === 1) return `<h1 id="${anchor}">${html}</h1>\n`;
        return `<h${depth} id="${anchor}">${html}<a class="anchor" href="#${anchor}" aria-hidden="true" tabindex="-1">#</a></h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link): string {
        return `<a href="${escaped(linkOf(href))}">${this.parser.parseInline(tokens)}</a>`;
      },
      image({ href, text }: Tokens.Image): string {
        return `<img src="${escaped(linkOf(href))}" alt="${escaped(text)}" />`;
      },
      code({ text, lang = "" }: Tokens.Code): string {
        const [language = ""] = lang.split(" ");
        if (language === "mermaid") {
          return `<figure class="figure" tabindex="0">${diagramOf(text, `States: ${parts.at(-1)?.text ?? source.title}`)}</figure>\n`;
        }
        return `<div class="code"><pre tabindex="0"><code data-language="${escaped(language)}">${escaped(text)}</code></pre></div>\n`;
      },
      table({ header, rows }: Tokens.Table): string {
        const cell = (tag: string, { tokens }: Tokens.TableCell): string =>
          tokens.length === 0 ? "<td></td>" : `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`;
        const row = (tag: string, cells: readonly Tokens.TableCell[]): string =>
          `<tr>${cells.map((one) => cell(tag, one)).join("")}</tr>`;
        const table = `<thead>${row("th", header)}</thead><tbody>${rows.map((cells) => row("td", cells)).join("")}</tbody>`;
        return `<div class="table" role="region" aria-label="${escaped(tableName())}" tabindex="0"><table>${table}</table></div>\n`;
      },
      html({ text }: Tokens.HTML | Tokens.Tag): string {
        return text.startsWith("<!--") ? "" : text;
      },
    },
  });

  const html = marked.parse(source.text, { async: false });
  const pieces = html.split(/(?=<h[1-6] id=")/).filter((piece) => piece.startsWith("<h"));
  for (const [index, part] of parts.entries()) {
    part.body = wordsOf((pieces[index] ?? "").replace(/^<h[1-6][\s\S]*?<\/h[1-6]>/, ""));
  }
  return { html, parts, files };
}
