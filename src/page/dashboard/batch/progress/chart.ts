/** The chart of calls in flight and the limit. Loaded separately, because of uPlot. */

import UPlot from "uplot";
import type { Sample } from "../../live/history.ts";

export type Chart = { readonly show: (samples: readonly Sample[]) => void; readonly destroy: () => void };

/** The theme's present colour, in a form that a canvas accepts. */
function colourAt(place: HTMLElement, name: string): string {
  place.style.color = `var(${name})`;
  const { color } = getComputedStyle(place);
  place.style.color = "";
  return color;
}

const AXIS_FONT = '12px "Geist", ui-sans-serif, system-ui, sans-serif';

/** A narrower chart would show only its axes. */
const LEAST_WIDTH = 200;
const LEAST_HEIGHT = 120;
/** Half the width of a time at the end of the axis. */
const AXIS_END_PX = 30;
const MINUTE = 60;
const DAY = 86_400;

/** Clock times for ticks: with seconds if ticks are less than a minute apart, with the day if they are days apart. */
function ticksAt(ticks: readonly number[]): string[] {
  const apart = (ticks[1] ?? 0) - (ticks[0] ?? 0);
  const second = apart < MINUTE ? ({ second: "2-digit" } as const) : {};
  const format = new Intl.DateTimeFormat(
    "en-GB",
    apart >= DAY ? { day: "numeric", month: "short" } : { hour: "2-digit", minute: "2-digit", ...second },
  );
  return ticks.map((at) => format.format(new Date(at * 1_000)));
}

const dataOf = (samples: readonly Sample[]): UPlot.AlignedData => [
  samples.map(({ at }) => at / 1_000),
  samples.map(({ inFlight }) => inFlight),
  samples.map(({ limit }) => limit),
];

function optionsOf(colour: (name: string) => string, width: number, height: number): UPlot.Options {
  const axis = {
    stroke: colour("--text-faint"),
    font: AXIS_FONT,
    ticks: { show: false },
    grid: { stroke: colour("--line"), width: 1 },
  };
  const stepped = UPlot.paths.stepped?.({ align: 1 });
  return {
    width,
    height,
    padding: [8, AXIS_END_PX, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { y: { range: (_, __, most) => [0, Math.max(2, Math.ceil(most * 1.15))] } },
    axes: [
      {
        ...axis,
        grid: { show: false },
        space: 90,
        size: 30,
        // No tick is shorter than a second.
        incrs: [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 43_200, DAY, 7 * DAY],
        values: (_, ticks) => ticksAt(ticks),
      },
      { ...axis, size: 38, incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 5_000] },
    ],
    series: [
      {},
      {
        stroke: colour("--is-talking"),
        width: 1.6,
        fill: `color-mix(in srgb, ${colour("--is-talking")} 13%, transparent)`,
        points: { show: false },
        ...(stepped === undefined ? {} : { paths: stepped }),
      },
      {
        stroke: colour("--text-faint"),
        width: 1.2,
        dash: [4, 4],
        points: { show: false },
        ...(stepped === undefined ? {} : { paths: stepped }),
      },
    ],
  };
}

export function drawChart(place: HTMLElement): Chart {
  let latest: readonly Sample[] = [];
  const size = () => {
    const { paddingLeft, paddingRight, paddingTop, paddingBottom } = getComputedStyle(place);
    const inner = (whole: number, ...paddings: string[]) =>
      paddings.reduce((left, padding) => left - Number.parseFloat(padding), whole);
    return {
      width: Math.max(LEAST_WIDTH, inner(place.clientWidth, paddingLeft, paddingRight)),
      height: Math.max(LEAST_HEIGHT, inner(place.clientHeight, paddingTop, paddingBottom)),
    };
  };
  const colour = (name: string) => colourAt(place, name);
  const make = () => new UPlot(optionsOf(colour, size().width, size().height), dataOf(latest), place);
  let plot = make();
  const again = () => {
    plot.destroy();
    plot = make();
  };
  const resized = new ResizeObserver(() => plot.setSize(size()));
  resized.observe(place);
  // Colours are read when it is drawn.
  const themed = new MutationObserver(again);
  themed.observe(document.documentElement, { attributeFilter: ["data-theme"] });
  const system = matchMedia("(prefers-color-scheme: dark)");
  system.addEventListener("change", again);
  return {
    show: (samples) => {
      latest = samples;
      plot.setData(dataOf(samples));
    },
    destroy: () => {
      resized.disconnect();
      themed.disconnect();
      system.removeEventListener("change", again);
      plot.destroy();
    },
  };
}
