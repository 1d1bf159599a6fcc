/** What answers share: pages, windows and paces as the contract's JSON. */

import { known, timeOrNull } from "../../calling/answers/json.ts";
import type { CallingWindow } from "../../calling/messages/calling-window.ts";
import type { Page } from "../../calling/requests/page.ts";
import type { PaceView } from "../../organization/rpc.ts";
import { shareAt } from "../../organization/rules/token-bucket.ts";
import type { WindowAnswer } from "../schemas/calling-window-answer.ts";
import type { PageAnswer } from "../schemas/common-answers.ts";
import type { PaceAnswer } from "../schemas/telephony-answers.ts";

const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;

export const presentWindow = (window: CallingWindow | null): WindowAnswer | null =>
  window === null
    ? null
    : {
        timezone_mode: window.timezone_mode,
        ...known({ timezone: window.timezone }),
        windows: window.windows.map(({ days, start, end }) => ({
          days: [...days],
          start: clock(start),
          end: clock(end),
        })),
        excluded_dates: [...window.excluded_dates],
        unknown_timezone: window.unknown_timezone,
        ...known({ expires_at: timeOrNull(window.expiresAt) }),
      };

/** The share that is left is shown only while it is below 1. */
export function presentPace(pace: PaceView | null): PaceAnswer {
  if (pace === null) return { calls_per_second: null };
  const { callsPerSecond, bucket } = pace;
  const share = shareAt(bucket, Date.now());
  return {
    calls_per_second: callsPerSecond,
    ...(share < 1 ? { effective_calls_per_second: Math.round(callsPerSecond * share * 1_000) / 1_000 } : {}),
  };
}

export const presentPage =
  <Item, Shown>(show: (item: Item) => Shown) =>
  (page: Page<Item>): PageAnswer<Shown> => ({
    data: page.data.map(show),
    has_more: page.hasMore,
    next_page: page.nextPage,
  });
