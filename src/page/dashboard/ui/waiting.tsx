/** A placeholder in about the shape of what is being read. */

const WIDTHS = ["72%", "46%", "60%", "34%"];

export const WaitingLines = () => (
  <div class="card card-body stack" aria-busy="true">
    <span class="unseen">Reading …</span>
    {WIDTHS.map((width) => (
      <div key={width} class="waiting-line" style={{ width }} />
    ))}
  </div>
);
