/** The dashboard as somebody uses it: one tab, and everything that it complained of. */

import type { Browser, BrowserContextOptions, Locator, Page } from "playwright-core";

export class Dashboard {
  readonly page: Page;
  /** What a browser says where a page breaks a rule: an exception, an error, a policy. */
  readonly complaints: string[] = [];
  /** Of every request, with what stands in it. */
  readonly requested: string[] = [];
  readonly #baseUrl: string;

  private constructor(page: Page, baseUrl: string) {
    this.page = page;
    this.#baseUrl = baseUrl;
    page.on("pageerror", (error) => this.complaints.push(error.message));
    page.on("console", (message) => {
      // Chromium says this of every refused request; that the page says so too is tested where one is.
      if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
        this.complaints.push(message.text());
      }
    });
    page.on("request", (request) => this.requested.push(request.url()));
    page.on("websocket", (socket) => this.requested.push(socket.url()));
  }

  static async open(browser: Browser, baseUrl: string, options: BrowserContextOptions = {}): Promise<Dashboard> {
    // Moving elements are painted anew with each frame, and that takes the processor from all other tests.
    const usual = { locale: "en-GB", timezoneId: "Europe/Zurich", reducedMotion: "reduce" } as const;
    const context = await browser.newContext({ ...usual, ...options });
    const page = await context.newPage();
    const dashboard = new Dashboard(page, baseUrl);
    await page.goto(baseUrl);
    return dashboard;
  }

  async signIn(key: string): Promise<void> {
    await this.page.getByLabel("API key").fill(key);
    await this.page.getByRole("button", { name: "Sign in" }).click();
  }

  /** `path`: like "batches/new". */
  async go(path: string, title: string | RegExp): Promise<void> {
    await this.page.goto(`${this.#baseUrl}/#/${path}`);
    await this.heading(title).waitFor();
  }

  heading(name: string | RegExp): Locator {
    return this.page.getByRole("heading", { level: 1, name });
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole("button", { name });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** The words beside the title: "Calling", "Completed". */
  state(word: string): Locator {
    return this.page.locator(".page-head .pill", { hasText: word });
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }
}
