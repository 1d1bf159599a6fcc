/**
 * Reads "create a call" like jambonz's API server and its feature server. The first answers 400 with a text; if the
 * second refuses, the API server answers a bare 500. Unknown fields are refused too, to find mistakes.
 */

import { JAMBONZ } from "./known.ts";

export type Order = {
  readonly from: string;
  /** The address, with its parameters. */
  readonly sipUri: string;
  /** The callee's number in it. */
  readonly number: string;
  readonly tag: Readonly<Record<string, unknown>>;
  readonly statusHook: string;
  /** Asked when the verb that streams the audio is over. */
  readonly actionHook: string;
  /** Where it is told who answers; null where nobody listens. */
  readonly amdHook: string | null;
  readonly ringingMs: number;
  readonly limitSeconds: number;
};

export type Reading =
  | { readonly order: Order }
  | { readonly status: 400; readonly msg: string }
  | { readonly status: 500 };

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const SPEECH = [
  "speech_synthesis_vendor",
  "speech_synthesis_language",
  "speech_synthesis_voice",
  "speech_recognizer_vendor",
  "speech_recognizer_language",
];
const FIELDS = [
  "from",
  "to",
  "timeout",
  "timeLimit",
  "tag",
  "app_json",
  "call_hook",
  "call_status_hook",
  "amd",
  ...SPEECH,
];
const LISTEN_FIELDS = [
  ...["verb", "url", "actionHook", "mixType", "sampleRate", "passDtmf", "bidirectionalAudio", "metadata"],
];
/** RFC 3261, 19.1: user, host, port, parameters of token characters. */
const SIP_URI = /^sip:(\+[1-9]\d{6,14})@([a-z0-9.-]+)(:\d+)?((;[\w.!%*+~-]+(=[\w.!%*+~-]+)?)*)$/i;

const BAD_HOOK = "call_hook must be string or an object containing a url property";

/** Thrown and caught inside this file only. */
class Refused extends Error {}

const known = (object: Json, fields: readonly string[], what: string): void => {
  const stranger = Object.keys(object).find((name) => !fields.includes(name));
  if (stranger !== undefined) throw new Refused(`the stand-in does not know the field ${stranger} of ${what}`);
};

function hookOf(value: unknown, name: string): string {
  const url = isObject(value) ? value.url : value;
  if (typeof url !== "string") throw new Refused(BAD_HOOK.replace("call_hook", name));
  if (!/^(https?|wss?):/.test(url)) throw new Refused(`${name} url be an absolute url`);
  if (isObject(value)) known(value, ["url", "method"], name);
  return url;
}

export function readOrder(body: unknown, trunk: { host: string; username: string; password: string }): Reading {
  try {
    return apiServer(body, trunk);
  } catch (error) {
    if (error instanceof Refused) return { status: 400, msg: error.message };
    throw error;
  }
}

function apiServer(body: unknown, trunk: { host: string; username: string; password: string }): Reading {
  if (!isObject(body)) throw new Refused("missing from parameter");
  known(body, FIELDS, "the call");
  if (body.from === undefined || body.from === "") throw new Refused("missing from parameter");
  const { to } = body;
  if (!isObject(to) || to.type !== "sip" || typeof to.sipUri !== "string") {
    throw new Refused(`missing or invalid to property: ${JSON.stringify(to)}`);
  }
  known(to, ["type", "sipUri", "auth"], "to");
  if (SPEECH.some((name) => typeof body[name] !== "string" || body[name] === "")) {
    throw new Refused(`either application_sid or set of ${SPEECH.join(", ")} required`);
  }
  if (body.call_hook === undefined) throw new Refused("either call_hook or application_sid required");
  hookOf(body.call_hook, "call_hook");
  return featureServer(body, to, hookOf(body.call_status_hook, "call_status_hook"), trunk);
}

function featureServer(
  body: Json,
  to: Json,
  statusHook: string,
  trunk: { host: string; username: string; password: string },
): Reading {
  const match = SIP_URI.exec(String(to.sipUri));
  const actionHook = actionHookOf(body.app_json);
  const { timeout = 60, timeLimit, tag = {}, from } = body;
  const amd = amdOf(body.amd);
  const isSound =
    match !== null &&
    actionHook !== null &&
    amd !== null &&
    typeof from === "string" &&
    /^\+\d+$/.test(from) &&
    Number.isInteger(timeout) &&
    Number.isInteger(timeLimit) &&
    isObject(tag);
  if (!isSound) return { status: 500 };
  const auth = isObject(to.auth) ? to.auth : {};
  const isTrunk = `${match[2]}${match[3] ?? ""}` === trunk.host;
  const isKnown = auth.username === trunk.username && auth.password === trunk.password;
  if (!isTrunk || !isKnown) throw new Refused("the stand-in's trunk is another one, or has another password");
  return {
    order: {
      from,
      sipUri: String(to.sipUri),
      number: match[1] ?? "",
      tag,
      statusHook,
      actionHook,
      amdHook: amd.hook,
      ringingMs: Number(timeout) * 1_000,
      limitSeconds: Number(timeLimit),
    },
  };
}

/**
 * "amd" (jambonz, "Answering machine detection"), as its feature server reads it; null where it does not. Without speech
 * credentials of the vendor it does not listen, and says so to nobody.
 */
function amdOf(amd: unknown): { readonly hook: string | null } | null {
  if (amd === undefined) return { hook: null };
  if (!isObject(amd) || !isObject(amd.recognizer)) return null;
  const { actionHook, recognizer, ...more } = amd;
  const hook = isObject(actionHook) ? actionHook.url : actionHook;
  if (typeof hook !== "string" || Object.keys(more).length > 0) return null;
  if (Object.keys(recognizer).some((name) => !["vendor", "language", "label"].includes(name))) return null;
  if (Object.values(recognizer).some((value) => typeof value !== "string")) return null;
  const isKnown = recognizer.vendor === JAMBONZ.recognizer.vendor && recognizer.label === JAMBONZ.recognizer.label;
  return { hook: isKnown ? hook : null };
}

/** The application is one verb, which streams the audio both ways; null where it is not. */
function actionHookOf(appJson: unknown): string | null {
  if (typeof appJson !== "string") return null;
  const verbs: unknown = JSON.parse(appJson);
  const listen: unknown = Array.isArray(verbs) && verbs.length === 1 ? verbs[0] : null;
  if (!isObject(listen) || listen.verb !== "listen" || !/^wss?:\/\//.test(String(listen.url))) return null;
  if (Object.keys(listen).some((name) => !LISTEN_FIELDS.includes(name))) return null;
  const metadata = isObject(listen.metadata) ? Object.values(listen.metadata) : [null];
  if (metadata.some((value) => typeof value !== "string")) return null;
  return typeof listen.actionHook === "string" ? listen.actionHook : null;
}
