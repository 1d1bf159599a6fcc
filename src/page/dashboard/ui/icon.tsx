/** The page's icons, on a grid of 16. They never replace words. */

const PATHS = {
  batches: "M2.5 4h11M2.5 8h11M2.5 12h6.5",
  gauge: "M2.5 11.5a5.5 5.5 0 1 1 11 0M8 11.5l2.6-3.4",
  agent: "M8 8.2A2.6 2.6 0 1 0 8 3a2.6 2.6 0 0 0 0 5.2ZM3 13.2c.5-2.2 2.5-3.4 5-3.4s4.5 1.2 5 3.4",
  number: "M6 2.8 3.6 3.4c-.4 4.7 4.3 9.4 9 9l.6-2.4-2.7-1.2-1.1 1a8 8 0 0 1-3.2-3.2l1-1.1Z",
  provider: "M3 13.5v-4M6.3 13.5V7M9.7 13.5V4.8M13 13.5v-11",
  barred: "M8 13.8A5.8 5.8 0 1 0 8 2.2a5.8 5.8 0 0 0 0 11.6ZM4 4l8 8",
  webhook: "M2.5 8h3l2-4.5 2.5 9 1.5-4.5h2",
  search: "M7.2 11.7a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.5 10.5l3 3",
  sliders:
    "M2.5 5h6M12 5h1.5M2.5 11H4M7.5 11h6M10.2 6.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6ZM5.8 12.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z",
  check: "m3.5 8.5 3 3 6-7",
  plus: "M8 3v10M3 8h10",
  close: "m4 4 8 8M12 4l-8 8",
  chevron: "m6 4 4 4-4 4",
  back: "M10 4 6 8l4 4",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  play: "M5 3.2v9.6L12.5 8Z",
  retry: "M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.5v3.3h3.3",
  stop: "M4.5 4.5h7v7h-7Z",
  download: "M8 2.5V10M4.8 7 8 10.2 11.2 7M3 13.3h10",
  upload: "M8 10.5V3M4.8 6 8 2.8 11.2 6M3 13.3h10",
  file: "M4 2.5h5l3 3v8H4ZM9 2.5v3h3",
  warning: "M8 2.8 14 13H2ZM8 6.8v2.7M8 11.2v.1",
  out: "M6.5 2.8H3.2v10.4h3.3M7 8h6.5M10.8 5.3 13.5 8l-2.7 2.7",
  theme: "M8 2.2a5.8 5.8 0 1 0 0 11.6ZM8 2.2a5.8 5.8 0 0 1 0 11.6",
  book: "M3 3h3.8c.7 0 1.2.5 1.2 1.2V13c0-.7-.5-1.2-1.2-1.2H3ZM13 3H9.2C8.5 3 8 3.5 8 4.2V13c0-.7.5-1.2 1.2-1.2H13Z",
  report: "M3 13.3V2.7M3 13.3h10.3M6 10.5V7.5M9 10.5v-5M12 10.5V9",
  calendar: "M2.8 4h10.4v9.3H2.8ZM2.8 7.2h10.4M5.5 2.3V4M10.5 2.3V4",
  swap: "M3.5 5.5h9L10 3M12.5 10.5h-9L6 13",
  copy: "M6 6h7.3v7.3H6ZM10 6V2.7H2.7V10H6",
  key: "M10.3 9a3.3 3.3 0 1 0-3.1-2.2L2.7 11.3v2h2v-1.5h1.5v-1.5L7.4 9a3.3 3.3 0 0 0 2.9 0ZM10.8 5.7h.01",
  history: "M3 8a5 5 0 1 0 1.6-3.7L3 5.8M3 2.5v3.3h3.3M8 5.2V8l2 1.3",
  more: "M4 8h.01M8 8h.01M12 8h.01",
} as const;
export type IconName = keyof typeof PATHS;

export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => (
  <svg
    width={size}
    height={size}
    viewBox="0 0 16 16"
    fill="none"
    stroke="currentColor"
    stroke-width="1.4"
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
  >
    <path d={PATHS[name]} />
  </svg>
);
