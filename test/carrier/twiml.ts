/**
 * Reads the TwiML of a call as far as a carrier without audio must. Checks that it is well-formed, and finds the
 * parameters of the agent's stream and the URL to call when the agent closes it.
 *
 * Twilio finds some of these mistakes only when the call is answered. This stand-in finds them when the call is placed,
 * so that a mistake fails a test.
 */

export type Twiml = {
  readonly connectAction: string | null;
  readonly parameters: ReadonlyMap<string, string>;
};
export type TwimlReading =
  | { readonly ok: true; readonly twiml: Twiml }
  | { readonly ok: false; readonly problem: string };

/** Twilio's limit for the Twiml parameter of a call. */
const TWIML_CHARACTERS = 4_000;
/** Twilio's limit for a stream parameter's name and value together. */
const PARAMETER_CHARACTERS = 500;

const TOKEN =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([A-Za-z_][\w.-]*)((?:\s+[\w:.-]+\s*=\s*(?:"[^"<]*"|'[^'<]*'))*)\s*(\/?)>|[^<]+/y;
const ATTRIBUTE = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
const BARE_AMPERSAND = /&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});)/;
const ENTITY = /&(amp|lt|gt|quot|apos|#\d{1,7}|#x[\dA-Fa-f]{1,6});/g;
const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

class Malformed extends Error {}

export function readTwiml(text: string): TwimlReading {
  if (text.length > TWIML_CHARACTERS) {
    return { ok: false, problem: `it has ${text.length} characters and may have ${TWIML_CHARACTERS}` };
  }
  try {
    return { ok: true, twiml: parse(text) };
  } catch (error) {
    if (error instanceof Malformed) return { ok: false, problem: error.message };
    throw error;
  }
}

function parse(text: string): Twiml {
  const open: string[] = [];
  const parameters = new Map<string, string>();
  let connectAction: string | null = null;
  let roots = 0;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const token = TOKEN.exec(text);
    if (token === null) throw new Malformed(`not well-formed XML at character ${at}`);
    const [whole, closing, name, attributes = "", selfClosing] = token;
    if (name === undefined) {
      if (!whole.startsWith("<") && open.length === 0 && whole.trim() !== "")
        throw new Malformed("text outside the root");
      if (!whole.startsWith("<") && BARE_AMPERSAND.test(whole)) throw new Malformed("an & that is not escaped");
      continue;
    }
    if (closing === "/") {
      if (open.pop() !== name) throw new Malformed(`</${name}> closes nothing that is open`);
      continue;
    }
    if (open.length === 0) {
      roots += 1;
      if (name !== "Response" || roots > 1) throw new Malformed("the root must be one <Response>");
    }
    const values = readAttributes(attributes);
    if (name === "Connect") connectAction = readAction(values);
    if (name === "Stream") checkStream(values);
    if (name === "Parameter" && open.at(-1) === "Stream") addParameter(parameters, values);
    if (selfClosing !== "/") open.push(name);
  }
  if (open.length > 0) throw new Malformed(`<${open.at(-1)}> is never closed`);
  if (roots === 0) throw new Malformed("there is no <Response>");
  return { connectAction, parameters };
}

function readAttributes(text: string): Map<string, string> {
  const values = new Map<string, string>();
  for (const [, name = "", double, single] of text.matchAll(ATTRIBUTE)) {
    const raw = double ?? single ?? "";
    if (BARE_AMPERSAND.test(raw)) throw new Malformed(`the attribute ${name} has an & that is not escaped`);
    if (values.has(name)) throw new Malformed(`the attribute ${name} is given twice`);
    values.set(
      name,
      raw.replace(ENTITY, (_, entity: string) => decodeEntity(entity)),
    );
  }
  return values;
}

function decodeEntity(entity: string): string {
  if (!entity.startsWith("#")) return NAMED[entity] ?? "";
  const point = entity[1] === "x" ? Number.parseInt(entity.slice(2), 16) : Number.parseInt(entity.slice(1), 10);
  if (point > 0x10ffff) throw new Malformed(`&${entity}; is no character`);
  return String.fromCodePoint(point);
}

function readAction(values: ReadonlyMap<string, string>): string | null {
  const action = values.get("action");
  if (action === undefined) return null;
  if (!URL.canParse(action)) throw new Malformed(`the action of <Connect> is no absolute URL: ${action}`);
  if ((values.get("method") ?? "POST") !== "POST") throw new Malformed("this stand-in requests actions by POST only");
  return action;
}

function checkStream(values: ReadonlyMap<string, string>): void {
  const url = URL.parse(values.get("url") ?? "");
  if (url === null || url.protocol !== "wss:")
    throw new Malformed("the url of <Stream> must be an absolute wss:// URL");
  if (url.search !== "") throw new Malformed("the url of <Stream> takes no query string; use <Parameter>");
}

function addParameter(parameters: Map<string, string>, values: ReadonlyMap<string, string>): void {
  const name = values.get("name") ?? "";
  const value = values.get("value");
  if (name === "" || value === undefined) throw new Malformed("a <Parameter> needs a name and a value");
  if (name.length + value.length > PARAMETER_CHARACTERS) {
    throw new Malformed(
      `the parameter ${name} has more than ${PARAMETER_CHARACTERS} characters, name and value together`,
    );
  }
  parameters.set(name, value);
}
