/** What the protocol lets a request be (`docs/carriers/http.md`), to the letter: anything else is a mistake of the adapter. */

type Json = Record<string, unknown>;
type Field = (value: unknown) => boolean;

const isText: Field = (value) => typeof value === "string" && value !== "";
const isNumberOfPhone: Field = (value) => typeof value === "string" && /^\+[1-9]\d{6,14}$/.test(value);
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isNullOr =
  (field: Field): Field =>
  (value) =>
    value === null || field(value);
const isIn =
  (least: number, most: number): Field =>
  (value) =>
    Number.isInteger(value) && Number(value) >= least && Number(value) <= most;

const isAgent: Field = (value) =>
  isObject(value) &&
  ((value.type === "websocket" && isText(value.url)) ||
    (value.type === "cartesia" && isText(value.agent_id)) ||
    (value.type === "livekit" && isText(value.agent_name)));

const ORDER: Readonly<Record<string, Field>> = {
  batch_id: isText,
  recipient_id: isText,
  to: isNumberOfPhone,
  from: isNumberOfPhone,
  from_number_id: isNullOr(isText),
  agent: isAgent,
  region: (value) => ["US", "EU", "APAC"].includes(String(value)),
  metadata: isNullOr(isObject),
  ringing_timeout_seconds: isIn(5, 80),
  max_duration_seconds: isIn(1, 28_800),
  events_url: (value) => isText(value) && URL.canParse(String(value)),
};

/** Left out where there is nothing to say. */
const OPTIONAL: Readonly<Record<string, Field>> = { tell_who_answers: (value) => value === true };

const ROUTES: readonly RegExp[] = [
  /^GET \/protocol$/,
  /^GET \/numbers\/%2B\d+$/,
  /^(PUT|GET) \/calls\/[^/?]+$/,
  /^POST \/calls\/[^/?]+\/end$/,
];

/** Null where it is as the protocol has it. */
export function problemOf(method: string, url: string, contentType: string, body: string): string | null {
  const route = `${method} ${url}`;
  if (!ROUTES.some((known) => known.test(route))) return `the protocol has no ${route}`;
  if (method === "GET") return body === "" ? null : "a GET has no body";
  if (!contentType.startsWith("application/json")) return "the body must be JSON";
  const sent: unknown = JSON.parse(body);
  if (!isObject(sent)) return "the body must be an object";
  const [fields, optional] = method === "PUT" ? [ORDER, OPTIONAL] : [{}, {}];
  const stranger = Object.keys(sent).find((name) => !(name in fields) && !(name in optional));
  if (stranger !== undefined) return `the protocol has no field ${stranger}`;
  const given = Object.entries(optional).filter(([name]) => name in sent);
  const wrong = [...Object.entries(fields), ...given].find(([name, isRight]) => !isRight(sent[name]));
  return wrong === undefined ? null : `${wrong[0]} is not as the protocol has it`;
}
