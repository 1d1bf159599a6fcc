/** Days as YYYY-MM-DD. Pure. */

const DAY_MS = 86_400_000;

/** The day that comes so many days later; before it, where `days` is negative. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** The viewer's day at an instant. */
export const dayOf = (at: number): string => {
  const date = new Date(at);
  return new Date(at - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
};
