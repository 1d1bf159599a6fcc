/** The search field and its results: a list of links, which the arrow keys go through. */

import type { Found, Search } from "./search.ts";

const make = <Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Readonly<Record<string, string>>,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

const itemOf = ({ id, page, title, excerpt }: Found): HTMLLIElement => {
  const words = title === page ? title : `${page} › ${title}`;
  return make("li", {}, make("a", { href: id }, make("strong", {}, words), make("span", {}, excerpt)));
};

export function addSearchBox(place: HTMLElement, load: () => Promise<Search>): void {
  const input = make("input", {
    type: "search",
    placeholder: "Search",
    "aria-label": "Search the documentation",
    "aria-controls": "found",
    autocomplete: "off",
  });
  const said = make("p", { class: "said", role: "status" });
  const list = make("ul", { id: "found" });
  const panel = make("div", { class: "found", hidden: "" }, said, list);
  place.append(input, panel);
  place.hidden = false;

  let loading: Promise<Search> | null = null;
  /** After a failure the next word loads it again. */
  const searched = async (words: string): Promise<readonly Found[]> => {
    loading ??= load();
    const search = await loading.catch((error: unknown) => {
      loading = null;
      throw error;
    });
    return search(words);
  };
  const close = (): void => {
    panel.hidden = true;
  };
  const show = (found: readonly Found[], words: string): void => {
    list.replaceChildren(...found.map(itemOf));
    said.textContent =
      words === "" ? "" : found.length === 0 ? `Nothing found for “${words}”` : `${found.length} found`;
    panel.hidden = words === "";
  };

  input.addEventListener("focus", () => void searched("").catch(() => {}));
  input.addEventListener("input", async () => {
    const words = input.value.trim();
    try {
      const found = words === "" ? [] : await searched(words);
      if (words === input.value.trim()) show(found, words);
    } catch {
      show([], "");
      said.textContent = "The search could not be loaded. Type again to retry.";
      panel.hidden = false;
    }
  });
  place.addEventListener("keydown", (event) => {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === "Escape") {
      close();
      input.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const next = event.key === "ArrowDown" ? links[at + 1] : at <= 0 ? input : links[at - 1];
      next?.focus();
    } else if (event.key === "Enter" && document.activeElement === input) links[0]?.click();
  });
  place.addEventListener("focusout", ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && place.contains(relatedTarget))) close();
  });
  list.addEventListener("click", close);
  document.addEventListener("keydown", (event) => {
    const isTyping = event.target instanceof HTMLElement && event.target.closest("input, textarea") !== null;
    if (event.key !== "/" || isTyping) return;
    event.preventDefault();
    input.focus();
  });
}
