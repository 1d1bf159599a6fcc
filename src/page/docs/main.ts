/** The script of the documentation site. Every page can be read without it. */

import "./styles/index.css";
import { nextTheme, storedTheme } from "../dashboard/shell/stored-theme.ts";
import { addSearchBox } from "./search-box.ts";

function addThemeButton(button: HTMLElement): void {
  let theme = storedTheme();
  const say = (): void => {
    const name = { system: "Auto", light: "Light", dark: "Dark" }[theme];
    button.textContent = name;
    button.setAttribute("aria-label", `${name} colours. Change`);
  };
  button.addEventListener("click", () => {
    theme = nextTheme(theme);
    say();
  });
  say();
  button.hidden = false;
}

/** On a phone the navigation is closed until it is asked for. */
function addMenuButton(button: HTMLElement): void {
  document.documentElement.classList.add("has-menu");
  button.hidden = false;
  button.addEventListener("click", () => {
    const isOpen = document.documentElement.classList.toggle("menu-open");
    button.setAttribute("aria-expanded", String(isOpen));
  });
}

function addCopyButton(code: Element): void {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copy";
  button.textContent = "Copy";
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent ?? "").then(
      () => {
        button.textContent = "Copied";
      },
      () => {
        button.textContent = "Not copied";
      },
    );
  });
  code.closest(".code")?.append(button);
}

document.addEventListener("DOMContentLoaded", () => {
  const [search, theme, menu] = ["search", "theme", "menu"].map((id) => document.getElementById(id));
  if (search) addSearchBox(search, async () => (await import("./search.ts")).loadSearch());
  if (theme) addThemeButton(theme);
  if (menu) addMenuButton(menu);
  // Without a secure connection a page has no clipboard.
  if (navigator.clipboard !== undefined)
    for (const code of document.querySelectorAll(".code code")) addCopyButton(code);
  document.querySelector(".places [aria-current]")?.scrollIntoView({ block: "nearest" });
});
