/** The HTTP API of both peers: the part of callbatch's that the workloads use, on Fastify. */

import { createHash, randomUUID, timingSafeEqual } from "node:crypto";
import fastify, { type FastifyReply, type FastifyRequest } from "fastify";
import { isPossiblePhoneNumber } from "libphonenumber-js/min";
import type { Backend, NewBatch } from "./backend.ts";
import { eventOf, isGenuine } from "./twilio.ts";

const { PORT = "0", ADMIN_TOKEN = "" } = process.env;
const KEYS_KEPT_MS = 10_000;

const BATCH = {
  type: "object",
  required: ["name", "agent_id", "from_number_id", "recipients"],
  properties: {
    name: { type: "string", minLength: 1, maxLength: 256 },
    agent_id: { type: "string", minLength: 1, maxLength: 128 },
    from_number_id: { type: "string", minLength: 1, maxLength: 128 },
    target_concurrency_limit: { type: "integer", minimum: 1 },
    scheduled_at: { type: "string", format: "date-time" },
    recipients: {
      type: "array",
      minItems: 1,
      maxItems: 5_000,
      items: {
        type: "object",
        required: ["to_number"],
        properties: {
          to_number: { type: "string", pattern: "^\\+[1-9]\\d{1,14}$" },
          metadata: { type: "object", nullable: true },
        },
      },
    },
  },
} as const;

const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
const isSame = (a: string, b: string): boolean =>
  a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b));
const fail = (reply: FastifyReply, status: number, message: string) =>
  reply.code(status).send({ error_code: null, message });

export async function serve(backend: Backend): Promise<void> {
  const app = fastify({ bodyLimit: 25 * 1_024 * 1_024, logger: false });
  app.addContentTypeParser("application/x-www-form-urlencoded", { parseAs: "string" }, (_request, body, done) => {
    done(null, new URLSearchParams(body as string));
  });

  /** A key's organization is cached for a moment, as a team would do it. */
  const known = new Map<string, { organization: { id: string; limit: number }; until: number }>();
  const organizationOf = async (request: FastifyRequest) => {
    const key = request.headers["x-api-key"];
    if (typeof key !== "string") return null;
    const hash = hashOf(key);
    const cached = known.get(hash);
    if (cached !== undefined && cached.until > Date.now()) return cached.organization;
    const organization = await backend.organizationOf(hash);
    if (organization !== null) known.set(hash, { organization, until: Date.now() + KEYS_KEPT_MS });
    return organization;
  };

  app.get("/healthz", () => ({ status: "ok" }));

  app.post<{ Body: { id: string; agent_call_concurrency_limit: number } }>(
    "/admin/organizations",
    async (request, reply) => {
      if (request.headers.authorization !== `Bearer ${ADMIN_TOKEN}`) return fail(reply, 401, "unauthorized");
      await backend.createOrganization(request.body.id, request.body.agent_call_concurrency_limit);
      return reply.code(201).send(request.body);
    },
  );
  app.post<{ Params: { id: string } }>("/admin/organizations/:id/api-keys", async (request, reply) => {
    if (request.headers.authorization !== `Bearer ${ADMIN_TOKEN}`) return fail(reply, 401, "unauthorized");
    const key = `sk_${randomUUID()}`;
    await backend.createKey(request.params.id, hashOf(key));
    return reply.code(201).send({ key });
  });

  app.post<{ Body: NewBatch }>("/agents/calls/batches", { schema: { body: BATCH } }, async (request, reply) => {
    const organization = await organizationOf(request);
    if (organization === null) return fail(reply, 401, "unauthorized");
    const batch = request.body;
    const target = batch.target_concurrency_limit ?? Math.max(1, Math.floor(organization.limit / 2));
    if (target > organization.limit) return fail(reply, 400, "target_concurrency_limit is above the limit");
    const bad = batch.recipients.findIndex(({ to_number }) => !isPossiblePhoneNumber(to_number));
    if (bad !== -1) return fail(reply, 400, `recipients[${bad}].to_number is not a possible number`);
    return reply.code(201).send(await backend.createBatch(organization.id, batch, target));
  });

  app.get<{ Params: { id: string } }>("/agents/calls/batches/:id", async (request, reply) => {
    const organization = await organizationOf(request);
    if (organization === null) return fail(reply, 401, "unauthorized");
    return (await backend.getBatch(organization.id, request.params.id)) ?? fail(reply, 404, "no such batch");
  });

  app.get<{ Querystring: { limit?: string } }>("/agents/calls/batches", async (request, reply) => {
    const organization = await organizationOf(request);
    if (organization === null) return fail(reply, 401, "unauthorized");
    const limit = Math.min(100, Number(request.query.limit ?? 10));
    const found = await backend.listBatches(organization.id, limit + 1);
    const data = found.slice(0, limit);
    const has_more = found.length > limit;
    return { data, has_more, next_page: has_more ? (data.at(-1)?.id ?? null) : null };
  });

  app.post<{ Params: { callId: string; token: string }; Body: URLSearchParams }>(
    "/callbacks/:callId/:token",
    async (request, reply) => {
      const { callId, token } = request.params;
      const signature = request.headers["x-twilio-signature"];
      const stored = await backend.tokenOf(callId);
      const isOurs = stored !== null && isSame(stored, token);
      if (!isOurs || !isGenuine(request.url, request.body, String(signature))) return fail(reply, 403, "forbidden");
      const event = eventOf(request.body.get("CallSid") ?? "", request.body.get("CallStatus") ?? "");
      if (event !== null) await backend.happened(callId, event);
      return reply.code(204).send();
    },
  );

  await app.listen({ port: Number(PORT), host: "127.0.0.1" });
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(
      signal,
      () =>
        void app
          .close()
          .then(() => backend.close())
          .then(() => process.exit(0)),
    );
  }
}
