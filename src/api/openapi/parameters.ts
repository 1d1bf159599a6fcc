/** The parts of paths, and the headers of requests and answers. */

import { MAX_IDEMPOTENCY_KEY_CHARACTERS } from "../../calling/requests/limits.ts";
import { SERVED_VERSIONS } from "../guards/served-versions.ts";
import type { Operation } from "../operation.ts";
import { queryParameters } from "./json-schemas.ts";
import * as samples from "./samples/calls.ts";
import * as setup from "./samples/organization.ts";
import * as webhooks from "./samples/webhooks.ts";

/** The meaning of each name in a path, with an example. */
const PATH_PARTS: Readonly<Record<string, readonly [description: string, example: string]>> = {
  batch_id: ["The batch's id.", samples.batch.id],
  recipient_id: ["The recipient's id.", samples.recipientDetail.id],
  call_id: ["The call's id.", samples.call.id],
  erasure_id: ["The receipt's id.", setup.erasure.id],
  number: ["A phone number; its + is sent as %2B.", setup.doNotCall.number],
  agent_id: ["The agent's id.", setup.agent.id],
  phone_number_id: ["The phone number's id.", setup.phoneNumber.id],
  provider_id: ["The provider's id.", setup.provider.id],
  valid_from: ["The first day of the price list.", setup.priceList.valid_from],
  webhook_id: ["The webhook's id.", webhooks.webhook.id],
  delivery_id: ["The event's id, which is also the delivery's.", webhooks.delivery.id],
  organization_id: ["The organization's id.", setup.organization.id],
  key_id: ["The API key's id, not the key itself.", setup.apiKey.id],
  member_id: ["The member's id.", setup.member.id],
  carrier: ["The id of the call that the callback is about.", "twilio"],
  token: ["A secret token for this call.", "7pKNBUwLZxrTd6jvhpaE4W"],
  event: ["What happened.", "agent-closed"],
};

export function pathParameter(name: string) {
  const [description, example] = PATH_PARTS[name] ?? ["", ""];
  return { name, in: "path", required: true, description, schema: { type: "string" as const }, example };
}

export const namesInPath = (path: string): string[] => [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? "");

/** `/agents/:agent_id` becomes `/agents/{agent_id}`. */
export const pathTemplate = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

export const PARAMETERS = {
  CartesiaVersion: {
    name: "Cartesia-Version",
    in: "header",
    required: true,
    description: `A date. The service has ${SERVED_VERSIONS.join(" and ")}; another date means the newest of them that is not newer.`,
    // No `format: date`: generators for Python take no date for a header.
    schema: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}$" },
    example: SERVED_VERSIONS.at(-1),
  },
  IdempotencyKey: {
    name: "Idempotency-Key",
    in: "header",
    required: false,
    description:
      "Makes the request repeatable for 24 hours. A repeat with the same key and body gets the first answer, and does nothing. Another body is a 409. Bodies are equal if JSON is equal byte for byte, or a form has the same fields and file.",
    // No example: the page would send it with each reader's first request.
    schema: { type: "string", minLength: 1, maxLength: MAX_IDEMPOTENCY_KEY_CHARACTERS },
  },
} as const;

export const HEADERS = {
  RequestId: {
    description: "Identifies this request in the service's logs.",
    schema: { type: "string", format: "uuid" },
    example: "0de5bd02-3ba6-48b3-9f61-5107895fda5c",
  },
  Allow: { description: "With 405: the allowed methods.", schema: { type: "string" }, example: "GET, POST" },
} as const;

export const parametersOf = ({ path, audience, query, repeats }: Operation) => [
  ...namesInPath(path).map(pathParameter),
  ...(query === undefined ? [] : queryParameters(query)).map(
    ({ name, isRequired, schema: { description, ...schema } }) => ({
      name,
      in: "query",
      required: isRequired,
      ...(description === undefined ? {} : { description }),
      schema,
    }),
  ),
  ...(audience === "client" ? [{ $ref: "#/components/parameters/CartesiaVersion" }] : []),
  ...(repeats !== undefined ? [{ $ref: "#/components/parameters/IdempotencyKey" }] : []),
];
