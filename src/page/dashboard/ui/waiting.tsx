/** Stands where something is being read, in about its shape. */

const WIDTHS = ["72%", "46%", "60%", "34%"];

export const WaitingLines = () => (
  <div class="card card-body stack" aria-busy="true">
    <span class="unseen">Reading …</span>
    {WIDTHS.map((width) => (
      <div key={width} class="waiting-line" style={{ width }} />
    ))}
  </div>
);
