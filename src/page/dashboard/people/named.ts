/** What was typed: a number begins with +, everything else is an ID of the organization's own. Pure. */

export type Named =
  | { readonly to_number: string; readonly external_id?: never }
  | { readonly external_id: string; readonly to_number?: never };

/** Null where nothing was typed. */
export function namedBy(text: string): Named | null {
  const typed = text.trim();
  if (typed === "") return null;
  return typed.startsWith("+") ? { to_number: `+${typed.replace(/\D/g, "")}` } : { external_id: typed };
}
