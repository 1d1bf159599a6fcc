/**
 * What the API keeps in an organization: keys, members, agents, providers, phone numbers, webhooks and the do-not-call
 * list. A message about one of them is a method of its register. The organization's object has a method of the same name
 * on its prototype, because RPC calls nothing else. If callers held a register as an RPC target of its own, the object
 * would stay in memory.
 */

import { DurableObject } from "cloudflare:workers";
import type { Act } from "../calling/messages/act.ts";
import type { Failure } from "../calling/requests/failure.ts";
import { err, ok, type Result } from "../calling/requests/result.ts";
import type { Bindings, Settings } from "../env.ts";
import type { Sql } from "../storage/sql.ts";
import { record } from "./acts/act-rows.ts";
import { AgentRegister } from "./configuration/agent-register.ts";
import { ApiKeyRegister } from "./configuration/api-key-register.ts";
import { auditedKey, deleteApiKey, revocationProblem } from "./configuration/api-keys.ts";
import { MemberRegister } from "./configuration/member-register.ts";
import { auditedMember, deleteMember } from "./configuration/members.ts";
import { PhoneNumberRegister } from "./configuration/phone-number-register.ts";
import { PriceRegister } from "./configuration/price-register.ts";
import { ProviderRegister } from "./configuration/provider-register.ts";
import { WebhookRegister } from "./configuration/webhook-register.ts";
import { eventTargets } from "./core/organization.ts";
import { ErasureRegister } from "./erasing/erasure-register.ts";
import type { Executor } from "./executor.ts";
import type { Leaving } from "./leaving.ts";
import type { MemberView, RevocationAsked } from "./messages/access.ts";
import { DoNotCallRegister } from "./people/do-not-call-register.ts";
import type { AllOf, RegistersRpc } from "./rpc.ts";

const REGISTERS = [
  ApiKeyRegister,
  MemberRegister,
  AgentRegister,
  ProviderRegister,
  PriceRegister,
  PhoneNumberRegister,
  WebhookRegister,
  DoNotCallRegister,
  ErasureRegister,
] as const;
type InstanceOf<Class> = Class extends abstract new (...args: never[]) => infer One ? One : never;
type OneOfEach<Classes extends readonly unknown[]> = { readonly [At in keyof Classes]: InstanceOf<Classes[At]> };
export type Registers = OneOfEach<typeof REGISTERS>;

abstract class Answering extends DurableObject<Bindings> {
  protected abstract readonly opening: { readonly registers: Registers };
}

type Methods = Record<string, (...args: unknown[]) => unknown>;
REGISTERS.forEach(({ prototype }, index) => {
  for (const message of Object.getOwnPropertyNames(prototype)) {
    if (message === "constructor") continue;
    const value = function (this: Answering, ...args: unknown[]): unknown {
      const register = this.opening.registers[index] as unknown as Methods;
      return register[message]?.(...args);
    };
    Object.defineProperty(Answering.prototype, message, { value, configurable: true, writable: true });
  }
});

/** Does not compile unless each message has a register that answers it. */
type Answers = Pick<AllOf<Registers[number]>, keyof RegistersRpc>;
type AnsweringClass = abstract new (ctx: DurableObjectState, env: Bindings) => Answering & Answers;
export const AnsweringForRegisters = Answering as AnsweringClass;

/** One of each. */
export function registersOf(
  sql: Sql,
  settings: Settings,
  executor: Executor,
  { erasures, removing }: Leaving,
): Registers {
  const spread = () => executor.untilHeard(executor.decide((organization) => organization.spread()));
  const redirected = () => {
    for (const message of eventTargets(sql)) executor.send(message);
  };
  const revoke = async (
    id: string,
    act: Act | undefined,
    asked: RevocationAsked | undefined,
  ): Promise<Result<null, Failure>> => {
    const revoked = executor.decide(({ watches }, now) => {
      const problem = asked === undefined ? null : revocationProblem(sql, id, asked, now);
      if (problem !== null) return err(problem);
      const deleted = deleteApiKey(sql, id);
      if (!deleted.ok) return deleted;
      watches.revoked(id);
      record(sql, act, { kind: "api_key", resourceId: id, before: auditedKey(deleted.value), after: null }, now);
      return ok(null);
    });
    if (revoked.ok) await executor.untilRevoked();
    return revoked;
  };
  const removeMember = async (member: MemberView, act: Act | undefined): Promise<void> => {
    executor.decide(({ watches }, now) => {
      deleteMember(sql, member.id);
      watches.revoked(member.id);
      record(sql, act, { kind: "member", resourceId: member.id, before: auditedMember(member), after: null }, now);
    });
    await executor.untilRevoked();
  };
  const { keyRing } = settings;
  const forgetWebhooks = () => {
    executor.decide(({ erasing }, now) => erasing.look(now));
    void removing.run();
  };
  return [
    new ApiKeyRegister(sql, revoke),
    new MemberRegister(sql, removeMember),
    new AgentRegister(sql, redirected),
    new ProviderRegister(sql, settings, spread),
    new PriceRegister(sql),
    new PhoneNumberRegister(sql, settings, spread),
    new WebhookRegister({ sql, keyRing, redirected, tellWebhook: (id) => executor.tellWebhook(id), forgetWebhooks }),
    new DoNotCallRegister(sql, spread),
    new ErasureRegister(sql, erasures),
  ];
}
