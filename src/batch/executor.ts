/**
 * Carries out the batch's effects and hands their answers back as events. It talks to the carrier, lanes, the
 * organization, webhooks, watchers and clocks. It decides nothing.
 */

import type { Act } from "../calling/messages/act.ts";
import type { BatchSummary } from "../calling/messages/batch-view.ts";
import type { Failure } from "../calling/requests/failure.ts";
import { err, type Result } from "../calling/requests/result.ts";
import { carrierNamed, dialerFor } from "../dialer/carriers.ts";
import type { Dialing } from "../dialer/dialing.ts";
import type { Settings } from "../env.ts";
import { Latch } from "../latch.ts";
import { writeLog } from "../log.ts";
import type { OrganizationRpc } from "../organization/rpc.ts";
import { isPassing, type Peer, type Peers } from "../peer.ts";
import type { AlarmClock } from "../storage/alarm-clock.ts";
import { WakeTimer } from "../wake-timer.ts";
import type { WebhookRpc } from "../webhooks/rpc.ts";
import { INTENT_DUE_MS } from "./attempts/timing.ts";
import type { Batch } from "./core/batch.ts";
import type { DirectRequest } from "./core/direct-requests.ts";
import type { BatchEvent, Effect, Order } from "./core/effects.ts";
import { Engine } from "./core/engine.ts";
import type { Answers, Request, Requested, Requests } from "./core/requests.ts";
import type { LaneOutcome, LaneRpc } from "./dialing/lane.ts";
import type { Line } from "./dialing/line.ts";
import type { PlaceRequest } from "./dialing/placing.ts";
import { askCarrier, type CarrierAnswer } from "./dialing/question.ts";
import { viewOf } from "./reading/call-records.ts";
import type { Live } from "./telling/live.ts";
import { type EventsToSend, eventsByWebhook } from "./telling/outbox.ts";
import type { AskRequest } from "./watching/watch.ts";

/** Effects that an event answers. */
type Answered = Exclude<Effect, { kind: "broadcast" | "wake" | "set_alarm" | "reply" | "log" }>;

/** Who waits for the answer to a request. Losing it breaks the connection, and the request is repeated. */
type Asker = { readonly answer: (answer: unknown) => void; readonly fail: (error: unknown) => void };

/** What a batch talks to. */
export type Surroundings = {
  readonly settings: Settings;
  readonly alarm: AlarmClock;
  readonly live: Live;
  readonly organization: Peer<OrganizationRpc>;
  readonly webhooks: Peers<WebhookRpc>;
  readonly lanes: Peers<LaneRpc>;
  readonly waitUntil: (work: Promise<void>) => void;
  /** An event was only partly applied: memory may differ from what is stored. */
  readonly failed: () => void;
};

export class Executor {
  readonly batch: Batch;
  readonly #engine: Engine;
  readonly #around: Surroundings;
  /** The last report; resolves with its answer. */
  #reporting: Promise<void> = Promise.resolve();
  readonly #timer = new WakeTimer(() => this.hear({ kind: "woken" }));
  /** The last events that were sent; resolves with whether their webhooks have them. */
  #sending: Promise<boolean> = Promise.resolve(true);
  /** Callers that wait until all is placed. Losing it breaks their connections, and they ask again. */
  readonly #placed = new Latch();
  readonly #askers = new Map<number, Asker>();
  #lastAsker = 0;
  #isOver = false;

  constructor(batch: Batch, around: Surroundings) {
    this.batch = batch;
    this.#around = around;
    this.#engine = new Engine(batch);
  }

  /** Reads the clock once for each event. */
  hear(event: BatchEvent, now: number = Date.now()): void {
    if (this.#isOver) return;
    this.#carryOutAll(
      this.#whole(() => this.#engine.handle(event, now)),
      now,
    );
  }

  obey(order: Order, act?: Act): Result<BatchSummary, Failure> {
    const now = Date.now();
    const { answer, effects } = this.#whole(() => this.#engine.obey(order, now, act));
    this.#carryOutAll(effects, now);
    return answer;
  }

  /** Resolves with the answer, which may need others. Throws if one that is needed fails. */
  request<Of extends Requested>(kind: Of, asked: Requests[Of]): Promise<Answers[Of]> {
    return new Promise((answer, fail) => {
      if (this.#isOver) throw new Error("the batch is read again; ask again");
      this.#lastAsker += 1;
      const to = this.#lastAsker;
      this.#askers.set(to, { answer: answer as Asker["answer"], fail });
      this.hear({ kind, to, ...asked } as unknown as Request);
    });
  }

  /** The line, for the names in records; null if the organization does not answer. */
  async names(): Promise<Line | null> {
    return this.batch.line.ready(Date.now()) ?? this.request("names", {}).catch(() => null);
  }

  /** Resolves when the report in flight is acknowledged or has failed. */
  told(): Promise<void> {
    return this.#reporting;
  }

  /** The batch is deleted: whatever comes is not heard. */
  stop(): void {
    this.#end(new Error("the batch was deleted"));
    this.#timer.stop();
  }

  /** Resolves when no event is in flight. False, once, if it is not known whether the last ones have arrived. */
  async eventsSent(): Promise<boolean> {
    const sending = this.#sending;
    const isSent = await sending;
    if (this.#sending === sending) this.#sending = Promise.resolve(true);
    return isSent;
  }

  /** Resolves when every call of the request is placed or has failed, or after `withinMs`. */
  async placed(request: DirectRequest, withinMs: number): Promise<void> {
    await this.#placed.wait(withinMs, () => this.batch.isPlaced(request));
  }

  #whole<Answer>(event: () => Answer): Answer {
    try {
      return event();
    } catch (error) {
      this.#end(error);
      this.#around.failed();
      throw error;
    }
  }

  #end(why: unknown): void {
    this.#isOver = true;
    for (const { fail } of this.#askers.values()) fail(why);
    this.#askers.clear();
  }

  #carryOutAll(effects: readonly Effect[], now: number): void {
    for (const effect of effects) this.#carryOut(effect, now);
    this.#placed.look();
  }

  #carryOut(effect: Effect, now: number): void {
    const { live, waitUntil } = this.#around;
    switch (effect.kind) {
      case "broadcast":
        live.changed(effect.row, now);
        break;
      case "wake":
        this.#timer.ringBy(effect.at, now);
        break;
      case "set_alarm":
        this.#setAlarm(effect.at, now);
        break;
      case "log":
        writeLog(effect.log);
        break;
      case "reply":
        this.#askers.get(effect.to)?.answer(effect.answer);
        this.#askers.delete(effect.to);
        break;
      default: {
        const answer = this.#answerTo(effect);
        const heard = answer.then((event) => this.hear(event));
        if (effect.kind === "send_events") this.#sending = answer.then((event) => event.kind === "events_sent");
        if (effect.kind === "report") this.#reporting = heard;
        waitUntil(heard);
      }
    }
  }

  /** A watcher's key may expire before anything else is due. */
  #setAlarm(due: number | null, now: number): void {
    const { alarm, live } = this.#around;
    const { expiresAt } = live;
    if (due === null && expiresAt === null) alarm.rest();
    else alarm.nothingBefore(Math.min(due ?? Number.POSITIVE_INFINITY, expiresAt ?? Number.POSITIVE_INFINITY), now);
  }

  /** The event that answers the effect. */
  #answerTo(effect: Answered): Promise<BatchEvent> {
    const { organization } = this.#around;
    switch (effect.kind) {
      case "fetch_line":
        return this.#line().catch((error) => ({ kind: "no_line", error }));
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
            (answer) => ({ kind: "report_answered", about: effect.report.slots.batchId, answer }),
            (error) => ({ kind: "report_unanswered", about: effect.report.slots.batchId, error }),
          );
      case "admit":
        return this.#for(effect, async ({ to, request }) => {
          const answer = await organization.ask((one) => one.admitAppended(request)).catch(passing);
          return { kind: "admitted", to, answer: answer ?? err({ kind: "try_again" }) };
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
          const outcome = await line.dialer.receive(request, this.batch.row.callback_base_url, context);
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
    const { agent_id, from_number_id } = this.batch.row;
    return this.#around.organization.ask((one) => one.dialing(agent_id, from_number_id));
  }

  async #line(): Promise<BatchEvent> {
    const asked = await this.#dialing();
    if (!asked.ok) throw new Error(`the organization has no line for this batch: ${JSON.stringify(asked.failure)}`);
    const { account } = asked.value;
    const dialer = dialerFor(account, this.#around.settings.carrierBaseUrls, this.batch.row.region);
    const { capabilities } = carrierNamed(account.carrier);
    return { kind: "line", line: { dialing: asked.value, dialer, capabilities } };
  }

  /** If it throws, so does the request. */
  async #for<For extends { readonly to: number }>(
    effect: For,
    ask: (effect: For) => Promise<BatchEvent>,
  ): Promise<BatchEvent> {
    try {
      return await ask(effect);
    } catch (error) {
      this.#askers.get(effect.to)?.fail(error);
      this.#askers.delete(effect.to);
      return { kind: "broke", to: effect.to };
    }
  }

  /** A lane that is lost with its machine counts like a broken request: a call may have been placed. */
  async #place({ line, order, lane, leaveBy, isRepeat, afterMs }: PlaceRequest): Promise<LaneOutcome> {
    if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
    if (lane === null) return line.dialer.place(order, isRepeat);
    try {
      const { account } = line.dialing;
      return await this.#lane(lane).ask((one) => one.place({ account, order, leaveBy }), INTENT_DUE_MS);
    } catch (error) {
      return unknown(`the lane of the request was lost: ${String(error)}`);
    }
  }

  #askCarrier({ line, question, lane }: AskRequest): Promise<CarrierAnswer> {
    if (lane === null) return askCarrier(line.dialer, question);
    const { account } = line.dialing;
    const { region } = this.batch.row;
    return this.#lane(lane).ask((one) => one.ask({ account, region, question }), INTENT_DUE_MS);
  }

  #lane(lane: number): Peer<LaneRpc> {
    return this.#around.lanes.named(`${this.batch.route}/${lane}`);
  }

  async #send(toSend: EventsToSend): Promise<void> {
    const { batch } = this;
    const { id, agent_id, organization_id: organizationId } = batch.row;
    const batchId = batch.state.isDirect ? null : id;
    const line = toSend.events.some((event) => "attempt" in event) ? await this.names() : null;
    const parts = eventsByWebhook(toSend, agent_id, batchId, (call) => viewOf(batch, call, call.remarks ?? null, line));
    await Promise.all(
      parts.map(({ webhookId, events }) =>
        this.#around.webhooks.named(webhookId).ask((one) => one.take({ webhookId, organizationId }, events)),
      ),
    );
  }
}

/** Null if the object asked is not at fault; it may have done what it was asked. */
function passing(error: unknown): null {
  if (!isPassing(error)) throw error;
  return null;
}

const unknown = (message: string): LaneOutcome => ({ kind: "unknown", message });
