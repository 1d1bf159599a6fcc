/** V8's profiler in workerd, through its inspector (Chrome DevTools Protocol, "Profiler"). */

type Answer = { readonly id?: number; readonly result?: unknown; readonly error?: { readonly message: string } };
type Target = { readonly webSocketDebuggerUrl: string };

/** A function, and how often a sample fell into it. Line and column count from 0, in the bundle. */
export type ProfileNode = {
  readonly id: number;
  readonly callFrame: {
    readonly functionName: string;
    readonly url: string;
    readonly lineNumber: number;
    readonly columnNumber: number;
  };
  readonly hitCount: number;
  readonly children?: readonly number[];
};
export type Profile = { readonly nodes: readonly ProfileNode[]; readonly samples: readonly number[] };

export class Inspector {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, (answer: Answer) => void>();
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const answer = JSON.parse(String(data)) as Answer;
      if (answer.id !== undefined) this.#waiting.get(answer.id)?.(answer);
    });
  }

  static async connect(port: number): Promise<Inspector> {
    const [target] = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()) as Target[];
    if (target === undefined) throw new Error("workerd's inspector shows no Worker");
    const socket = new WebSocket(target.webSocketDebuggerUrl);
    await new Promise((opened, failed) => {
      socket.addEventListener("open", opened);
      socket.addEventListener("error", () => failed(new Error("workerd's inspector cannot be reached")));
    });
    return new Inspector(socket);
  }

  async startProfile(intervalUs: number): Promise<void> {
    await this.#ask("Profiler.enable");
    await this.#ask("Profiler.setSamplingInterval", { interval: intervalUs });
    await this.#ask("Profiler.start");
  }

  async stopProfile(): Promise<Profile> {
    const { profile } = (await this.#ask("Profiler.stop")) as { readonly profile: Profile };
    return profile;
  }

  close(): void {
    this.#socket.close();
  }

  #ask(method: string, params: object = {}): Promise<unknown> {
    this.#last += 1;
    const id = this.#last;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, ({ result, error }) => {
        this.#waiting.delete(id);
        if (error === undefined) resolve(result);
        else reject(new Error(`${method}: ${error.message}`));
      });
      this.#socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
