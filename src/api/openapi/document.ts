/**
 * The OpenAPI 3.1 document, made from the operations and the schemas that validate. Shape: OpenAPI Specification 3.1,
 * "OpenAPI Object".
 */

import { recipientAnswer } from "../answers/calls/recipient.ts";
import { windowAnswer } from "../answers/parts/common.ts";
import { ACCESS_HEADER, ORGANIZATION_HEADER } from "../guards/header-names.ts";
import { type Content, type Operation, roleOf, TAGS } from "../operation.ts";
import { circuitBreaker, newRecipient, retryPolicy } from "../requests/batch.ts";
import { callingWindow, windowFloor } from "../requests/calling-window.ts";
import { describeEvents, EVENT_BODIES } from "./events.ts";
import { componentSchemas, type Parts, referenceTo } from "./json-schemas.ts";
import { HEADERS, PARAMETERS, parametersOf, pathTemplate } from "./parameters.ts";
import { ERROR, RESPONSES, responsesOf } from "./responses.ts";

const DESCRIPTION = `callbatch dials lists of people: one request queues up to 5,000 calls, and a dispatcher places them through your own
telephony provider, never above a concurrency limit. Nobody is dialed twice, and nobody is lost.

Every request of a client carries its key and \`Cartesia-Version\`. Every error has the same body, and its \`request_id\` is also the
header \`X-Request-Id\`. Lists are pages, newest first. Unknown fields of a request are ignored; expect new fields in answers.`;

const PARTS: Parts = {
  requests: [
    { name: "NewRecipient", schema: newRecipient },
    { name: "RetryPolicy", schema: retryPolicy },
    { name: "CircuitBreaker", schema: circuitBreaker },
    { name: "NewCallingWindow", schema: callingWindow },
    { name: "OrganizationCallingWindow", schema: windowFloor },
  ],
  answers: [
    ERROR,
    ...EVENT_BODIES,
    { name: "Recipient", schema: recipientAnswer },
    { name: "CallingWindow", schema: windowAnswer },
  ],
};

const SECURITY = {
  anybody: [],
  client: [{ apiKey: [] }, { bearerKey: [] }, { accessToken: [], organization: [] }],
  protocol_client: [{ apiKey: [] }, { bearerKey: [] }],
  operator: [{ operatorToken: [] }],
} as const;

const SECURITY_SCHEMES = {
  apiKey: { type: "apiKey", in: "header", name: "X-API-Key", description: "An organization's key, `sk_…`." },
  bearerKey: { type: "http", scheme: "bearer", description: "The same key as `Authorization: Bearer`." },
  accessToken: {
    type: "apiKey",
    in: "header",
    name: ACCESS_HEADER,
    description: "In a browser that Cloudflare Access has signed in, which adds it to each request.",
  },
  organization: {
    type: "apiKey",
    in: "header",
    name: ORGANIZATION_HEADER,
    description: "With it: the organization that the person is a member of.",
  },
  operatorToken: { type: "http", scheme: "bearer", description: "The service's `ADMIN_TOKEN`." },
} as const;

const bodyContent = (body: Content) => ({
  [body.mediaType ?? "application/json"]: { schema: referenceTo(body), example: body.example },
});

/** What every key may do needs no word. */
function describedWithRole(operation: Operation): { readonly description?: string } {
  const role = roleOf(operation);
  const needs =
    role === null || role === "viewer"
      ? []
      : [`Needs a key with the role ${role}${role === "admin" ? "" : " or admin"}.`];
  const parts = [...(operation.description === undefined ? [] : [operation.description]), ...needs];
  return parts.length === 0 ? {} : { description: parts.join(" ") };
}

function describe(operation: Operation): Record<string, unknown> {
  const { id, tag, summary, audience, body, form } = operation;
  const parameters = parametersOf(operation);
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...describedWithRole(operation),
    security: SECURITY[audience],
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === undefined
      ? {}
      : {
          requestBody: {
            required: operation.needsNoBody !== true,
            content: Object.assign({}, ...[body, form].filter((one) => one !== undefined).map(bodyContent)),
          },
        }),
    responses: responsesOf(operation),
  };
}

function paths(operations: readonly Operation[]): Record<string, Record<string, unknown>> {
  const described: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    const path = pathTemplate(operation.path);
    described[path] = { ...described[path], [operation.method.toLowerCase()]: describe(operation) };
  }
  return described;
}

export const buildDocument = (operations: readonly Operation[]) => ({
  openapi: "3.1.0",
  info: {
    title: "callbatch",
    version: "1",
    summary: "Batch calling under a concurrency limit.",
    description: DESCRIPTION,
    license: { name: "Apache-2.0", identifier: "Apache-2.0" },
  },
  servers: [{ url: "/", description: "The service that serves this document." }],
  tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
  paths: paths(operations),
  webhooks: describeEvents(),
  components: {
    schemas: componentSchemas(operations, PARTS),
    parameters: PARAMETERS,
    headers: HEADERS,
    responses: RESPONSES,
    securitySchemes: SECURITY_SCHEMES,
  },
});
