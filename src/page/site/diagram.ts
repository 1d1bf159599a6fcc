/** Mermaid diagrams as SVG, drawn at build time: no other host is asked, and no script draws. */

import { renderMermaidSVG } from "beautiful-mermaid";

/** The page's policy forbids styles in a document, so the site's style sheet has them (`docs/styles/diagram.css`). */
const STYLES = /<style>[\s\S]*?<\/style>/;
const OPENING = /^<svg([^>]*?) style="[^"]*"/;

/** `name`: what the diagram shows, for readers who do not see it. */
export function diagramOf(mermaid: string, name: string): string {
  const svg = renderMermaidSVG(mermaid).replace(STYLES, "").replace(OPENING, '<svg$1 class="diagram" role="img"');
  return svg.replace(/^(<svg[^>]*>)/, `$1<title>${name}</title>`);
}
