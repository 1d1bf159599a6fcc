/** A calling window as ordered. `window/` computes what it means for a number. */

export const DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
export type Day = (typeof DAYS)[number];

/** Minutes since midnight; `end` is excluded, and at most 1440. */
export type DailyWindow = { readonly days: readonly Day[]; readonly start: number; readonly end: number };

export type CallingWindow = {
  readonly timezone_mode: "recipient" | "fixed";
  /** For all recipients (`fixed`), or for those without a known zone. */
  readonly timezone: string | null;
  readonly windows: readonly DailyWindow[];
  /** YYYY-MM-DD, local. */
  readonly excluded_dates: readonly string[];
  readonly unknown_timezone: "block" | "use_timezone";
  /** Epoch ms. Recipients who still wait at that time fail. */
  readonly expiresAt: number | null;
};
