/**
 * What a batch talks to: the carrier, lanes, the organization and webhooks. Each effect has its answer, and the answer is
 * an event. Nothing is decided here.
 */

import { type Failure, TRY_AGAIN } from "../calling/requests/failure.ts";
import { err, type Result } from "../calling/requests/result.ts";
import { carrierNamed, dialerFor } from "../dialer/carriers.ts";
import { connectionProblem, regionProblem } from "../dialer/connection-problem.ts";
import type { Dialing } from "../dialer/dialing.ts";
import type { Settings } from "../env.ts";
import type { OrganizationRpc } from "../organization/rpc.ts";
import { isPassing, type Peer, type Peers } from "../peer.ts";
import type { WebhookRpc } from "../webhooks/rpc.ts";
import { INTENT_DUE_MS } from "./attempts/timing.ts";
import type { Batch } from "./core/batch.ts";
import type { BatchEvent, Effect } from "./core/effects.ts";
import type { LaneOutcome, LaneRpc } from "./dialing/lane.ts";
import type { Line } from "./dialing/line.ts";
import type { PlaceRequest } from "./dialing/placing.ts";
import { askCarrier, type CarrierAnswer } from "./dialing/question.ts";
import { viewOf } from "./reading/call-records.ts";
import { eventsByWebhook } from "./telling/events-by-webhook.ts";
import type { EventsToSend } from "./telling/outbox.ts";
import type { AskRequest } from "./watching/watch.ts";

/** Effects that an event answers. */
export type Answered = Exclude<Effect, { kind: "broadcast" | "wake" | "set_alarm" | "reply" | "log" }>;

export type Others = {
  readonly settings: Settings;
  readonly organization: Peer<OrganizationRpc>;
  readonly webhooks: Peers<WebhookRpc>;
  readonly lanes: Peers<LaneRpc>;
};

export class Answering {
  readonly #batch: Batch;
  readonly #others: Others;
  readonly #names: () => Promise<Line | null>;

  /** `names`: the line, for the names in records; null if the organization does not answer. */
  constructor(batch: Batch, others: Others, names: () => Promise<Line | null>) {
    this.#batch = batch;
    this.#others = others;
    this.#names = names;
  }

  /** The event that answers the effect. */
  answerTo(effect: Answered): Promise<BatchEvent> {
    const { organization } = this.#others;
    switch (effect.kind) {
      case "fetch_line":
        return this.#line().catch((error) => ({ kind: "no_line", error, isGone: false }));
      case "place": {
        const { number } = effect.request;
        return this.#place(effect.request).then(
          (outcome) => ({ kind: "placed", number, outcome }),
          (error) => ({ kind: "placed", number, outcome: unknown(`the request to the carrier failed: ${error}`) }),
        );
      }
      case "ask": {
        const { number } = effect.request;
        return this.#askCarrier(effect.request).then(
          (answer) => ({ kind: "asked", number, answer }),
          (error) => ({ kind: "asked", number, answer: { kind: "failed", message: String(error) } }),
        );
      }
      case "clear":
        return organization
          .ask((one) => one.clear(effect.request))
          .then(
            (answer) => ({ kind: "cleared", answer }),
            (error) => ({ kind: "not_cleared", error }),
          );
      case "report":
        return organization
          .ask((one) => one.report(effect.report))
          .then(
            ({ dialing, ...answer }) => ({
              kind: "report_answered",
              about: effect.report.slots.batchId,
              answer,
              // What is wrong with it is said when the line is fetched.
              line: dialing === undefined || this.#problemOf(dialing) !== null ? undefined : this.#lineOf(dialing),
            }),
            (error) => ({ kind: "report_unanswered", about: effect.report.slots.batchId, error }),
          );
      case "admit":
        return this.#for(effect, async ({ to, request }) => {
          const answer = await organization.ask((one) => one.admitAppended(request)).catch(passing);
          return { kind: "admitted", to, answer: answer ?? err(TRY_AGAIN) };
        });
      case "check_line":
        return this.#dialing().then(
          (dialing) => ({ kind: "line_checked", to: effect.to, dialing }),
          () => ({ kind: "line_checked", to: effect.to, dialing: null }),
        );
      case "tell_rules":
        return this.#for(effect, async ({ to, request }) => {
          const answer = await organization.ask((one) => one.clear(request)).catch(passing);
          return { kind: "rules_told", to, isHeard: answer !== null };
        });
      case "consult": {
        const { to, line, question } = effect;
        return askCarrier(line.dialer, question).then(
          (answer) => ({ kind: "consulted", to, answer }),
          (error) => ({ kind: "consulted", to, answer: { kind: "failed", message: String(error) } }),
        );
      }
      case "verify":
        return this.#for(effect, async ({ to, line, request, context }) => {
          const outcome = await line.dialer.receive(request, this.#batch.row.callback_base_url, context);
          return { kind: "verified", to, outcome };
        });
      case "send_events": {
        const ids = new Set(effect.events.events.map(({ id }) => id));
        return this.#send(effect.events).then(
          () => ({ kind: "events_sent", ids }),
          (error) => ({ kind: "events_unsent", error }),
        );
      }
    }
  }

  #dialing(): Promise<Result<Dialing, Failure>> {
    const { agent_id, from_number_id } = this.#batch.row;
    return this.#others.organization.ask((one) => one.dialing(agent_id, from_number_id));
  }

  async #line(): Promise<BatchEvent> {
    const asked = await this.#dialing();
    const problem = asked.ok ? this.#problemOf(asked.value) : asked.failure;
    if (asked.ok && problem === null) return { kind: "line", line: this.#lineOf(asked.value) };
    const error = new Error(`the organization has no line for this batch: ${JSON.stringify(problem)}`);
    // The operator may configure what is missing.
    return { kind: "no_line", error, isGone: problem?.kind !== "not_configured" };
  }

  /** Null if calls can be dialed. */
  #problemOf({ account, agent }: Dialing): Failure | null {
    const carrier = carrierNamed(account.carrier);
    return connectionProblem(carrier, agent.connection) ?? regionProblem(carrier, account, this.#batch.row.region);
  }

  #lineOf(dialing: Dialing): Line {
    const { account } = dialing;
    const dialer = dialerFor(account, this.#others.settings.carrierBaseUrls, this.#batch.row.region);
    return { dialing, dialer, capabilities: carrierNamed(account.carrier).capabilities };
  }

  /** For who waits for it. If it throws, so does the request. */
  async #for<For extends { readonly to: number }>(
    effect: For,
    ask: (effect: For) => Promise<BatchEvent>,
  ): Promise<BatchEvent> {
    try {
      return await ask(effect);
    } catch (error) {
      return { kind: "broke", to: effect.to, error };
    }
  }

  /** A lane that is lost with its machine counts like a broken request: a call may have been placed. */
  async #place({ line, order, lane, leaveBy, isRepeat, afterMs }: PlaceRequest): Promise<LaneOutcome> {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    // A timer may be very late: a machine sleeps or is moved. Then the carrier has forgotten the first request.
    if (afterMs > 0 && Date.now() > leaveBy) return { kind: "not_sent", message: TOO_LATE };
    if (lane === null) return line.dialer.place(order, isRepeat);
    try {
      const lent = { account: line.dialing.account, order, leaveBy };
      return await this.#lane(lane).ask((one) => (isRepeat ? one.repeat(lent) : one.place(lent)), INTENT_DUE_MS);
    } catch (error) {
      return unknown(`the lane of the request was lost: ${String(error)}`);
    }
  }

  #askCarrier({ line, question, lane }: AskRequest): Promise<CarrierAnswer> {
    if (lane === null) return askCarrier(line.dialer, question);
    const { account } = line.dialing;
    const { region } = this.#batch.row;
    return this.#lane(lane).ask((one) => one.ask({ account, region, question }), INTENT_DUE_MS);
  }

  #lane(lane: number): Peer<LaneRpc> {
    return this.#others.lanes.named(`${this.#batch.route}/${lane}`);
  }

  async #send(toSend: EventsToSend): Promise<void> {
    // Asking for names is an event of its own. It must not come between the effects of this one.
    await null;
    const batch = this.#batch;
    const { id, agent_id, organization_id: organizationId } = batch.row;
    const batchId = batch.isDirect ? null : id;
    const line = toSend.events.some((event) => "attempt" in event) ? await this.#names() : null;
    const parts = eventsByWebhook(toSend, agent_id, batchId, (call) => viewOf(batch, call, call.remarks ?? null, line));
    await Promise.all(
      parts.map(({ webhookId, events }) =>
        this.#others.webhooks.named(webhookId).ask((one) => one.take({ webhookId, organizationId }, events)),
      ),
    );
  }
}

/** Null if the object asked is not at fault; it may have done what it was asked. */
function passing(error: unknown): null {
  if (!isPassing(error)) throw error;
  return null;
}

const TOO_LATE = "the repeat of the request would have left too late";
const unknown = (message: string): LaneOutcome => ({ kind: "unknown", message });
