/**
 * Compares what a page says is printed with what was printed. Fields and types must be the same. So must values, except
 * ids, times and counts that depend on the moment. A page may show a `part` of an object's fields, and never others.
 */

/** `acb_…`, and what a service gives as secrets. */
const ID = /^[a-z]+_[A-Za-z0-9]{16,}$/;
const TIME = /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/;
/** Of the moment, and of what else the service does. */
const MOMENTARY = [
  "total_calls_dispatched",
  "recipients_called",
  "recipients_answered",
  "in_use",
  "free",
  "waiting_batches",
  "next_page",
  "has_more",
];

const kindOf = (value: unknown): string =>
  value === null ? "null" : Array.isArray(value) ? "array" : typeof value === "object" ? "object" : typeof value;
const formOf = (text: string): string => (ID.test(text) ? (text.split("_")[0] ?? "") : TIME.test(text) ? "time" : text);

/** Every difference, by its path. */
export function differences(said: unknown, printed: unknown, isPart: boolean, path = "$"): string[] {
  const [expected, actual] = [kindOf(said), kindOf(printed)];
  if (expected !== actual)
    return [`${path}: the page says ${JSON.stringify(said)}, printed was ${JSON.stringify(printed)}`];
  if (Array.isArray(said) && Array.isArray(printed)) {
    if (said.length !== printed.length)
      return [`${path}: the page has ${said.length} items, printed were ${printed.length}`];
    return said.flatMap((item, index) => differences(item, printed[index], isPart, `${path}[${index}]`));
  }
  if (isObject(said) && isObject(printed)) {
    const unsaid = isPart ? [] : Object.keys(printed).filter((key) => !(key in said));
    return [
      ...unsaid.map((key) => `${path}.${key}: the page leaves it out; printed was ${JSON.stringify(printed[key])}`),
      ...Object.keys(said).flatMap((key) => {
        if (MOMENTARY.includes(key) && key in printed) return [];
        return differences(said[key], printed[key], isPart, `${path}.${key}`);
      }),
    ];
  }
  const isSame =
    typeof said === "string" && typeof printed === "string" ? formOf(said) === formOf(printed) : said === printed;
  return isSame ? [] : [`${path}: the page says ${JSON.stringify(said)}, printed was ${JSON.stringify(printed)}`];
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => kindOf(value) === "object";

/** The last JSON that a block printed. */
export function jsonIn(printed: string): unknown {
  for (let start = printed.indexOf("{"); start >= 0; start = printed.indexOf("{", start + 1)) {
    try {
      return JSON.parse(printed.slice(start, printed.lastIndexOf("}") + 1));
    } catch {
      // It begins further on.
    }
  }
  throw new Error(`this is no JSON:\n${printed}`);
}
