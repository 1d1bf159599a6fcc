/** The same `on_voicemail` through every other carrier that can tell a machine from a person, each in its own words. */

import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from "vitest";
import { DIALER } from "../carrier/http/known.ts";
import { JAMBONZ } from "../carrier/jambonz/known.ts";
import { TELNYX } from "../carrier/telnyx/known.ts";
import { DrivenClock } from "../support/driven-clock.ts";
import { CallbackRelay } from "../support/relay.ts";
import { type Batch, type Recipient, TestService, until } from "../support/service.ts";

/** Records until the call is ended. */
const MACHINE = "+15005550012";
/** Records for a moment. */
const SHORT_MACHINE = "+15005550015";
const HUMAN = "+15005550006";

type Caller = {
  readonly carrier: string;
  readonly number: string;
  readonly provider: Readonly<Record<string, unknown>>;
  /** It tells once, and nobody who asks. */
  readonly forgetsWhoAnswered?: true;
};
const CALLERS: readonly Caller[] = [
  {
    carrier: "telnyx",
    number: TELNYX.number,
    provider: {
      type: "telnyx",
      label: "Telnyx",
      api_key: TELNYX.apiKey,
      connection_id: TELNYX.connectionId,
      public_key: TELNYX.publicKey,
    },
  },
  {
    carrier: "http",
    number: DIALER.number,
    provider: {
      type: "http",
      label: "Own dialer",
      url: "https://dialer.example.com/callbatch",
      token: DIALER.token,
      webhook_secret: DIALER.webhookSecret,
      detects_machines: true,
    },
  },
  {
    carrier: "jambonz",
    // Any: a trunk presents what its carrier lets it.
    number: "+14155550188",
    provider: {
      type: "sip_trunk",
      gateway: "jambonz",
      label: "Trunk",
      outbound: {
        hostname: JAMBONZ.trunk,
        credentials: { username: JAMBONZ.trunkUser, password: JAMBONZ.trunkPassword },
      },
      regions: {
        US: {
          url: "https://api.jambonz.example.com/v1",
          account_sid: JAMBONZ.accountSid,
          api_key: JAMBONZ.apiKey,
          webhook_secret: JAMBONZ.webhookSecret,
        },
      },
      recognizer: JAMBONZ.recognizer,
    },
    forgetsWhoAnswered: true,
  },
];

type Told = Recipient & { readonly answered_by?: string; readonly waiting_reason?: string; readonly attempts?: Told[] };

describe.each(CALLERS)("through $carrier", ({ carrier, number, provider, forgetsWhoAnswered }) => {
  let service: TestService;
  let from_number_id: string;
  let relay: CallbackRelay | null;
  const listen = (): void => {
    relay = new CallbackRelay(inject("carrierUrls")[carrier] ?? "", service.host);
  };
  beforeAll(async () => {
    service = await TestService.start({ limit: 5 });
    const { id } = await service.made<{ id: string }>("/agents/phone-numbers/providers", provider);
    const imported = { label: "Caller", number, provider: { id } };
    from_number_id = (await service.made<{ id: string }>("/agents/phone-numbers", imported)).id;
    relay = null;
  });
  afterEach(async () => {
    await relay?.stop();
    relay = null;
  });
  afterAll(() => service.stop());

  const create = (to: readonly string[], fields: Record<string, unknown>) =>
    service.createBatch(to, { from_number_id, ...fields });
  const recipientsOf = async (id: string) =>
    (await service.api<Batch>("GET", `/agents/calls/batches/${id}?expand=attempts`)).body.recipients as Told[];
  const summary = ({ status, end_reason, answered_by }: Told) => ({ status, end_reason, answered_by });
  const COMPLETED = { status: "completed", end_reason: "client_hangup", answered_by: undefined };
  const UNREACHED = { status: "failed", end_reason: "dial_no_answer", answered_by: "machine" };

  it("a machine is hung up on and has failed, a person's call goes on", async () => {
    listen();
    const { id } = await create([MACHINE, HUMAN], { on_voicemail: "hang_up" });
    await service.finished(id);
    expect((await recipientsOf(id)).map(summary)).toEqual([
      UNREACHED,
      { status: "completed", end_reason: "client_hangup", answered_by: "human" },
    ]);
  });

  it("a machine is called again where the policy says so", async () => {
    listen();
    const retry_policy = { max_attempts: 2, retry_on: ["voicemail"] };
    const { id } = await create([MACHINE], { on_voicemail: "hang_up", retry_policy });
    const [waits] = await until(async () => {
      const recipients = await recipientsOf(id);
      return recipients[0]?.attempts?.length === 2 ? recipients : null;
    });
    expect(waits).toMatchObject({ status: "queued", waiting_reason: "retry_delay", attempts: [UNREACHED, {}] });
    await service.api("POST", `/agents/calls/batches/${id}/cancel`);
  });

  it("a machine is shown, and its call ends like any other, with continue", async () => {
    listen();
    const { id } = await create([SHORT_MACHINE], { on_voicemail: "continue" });
    await service.finished(id);
    const ended = { status: "completed", end_reason: "client_hangup", answered_by: "machine" };
    expect((await recipientsOf(id)).map(summary)).toEqual([ended]);
  });

  it("nobody is asked where the order does not say so", async () => {
    listen();
    const { id } = await create([SHORT_MACHINE], {});
    await service.finished(id);
    expect((await recipientsOf(id)).map(summary)).toEqual([COMPLETED]);
  });

  // If no question is answered, the call is like one whose carrier never knew who answered.
  const afterLoss =
    forgetsWhoAnswered === true
      ? { what: "the call ends like any other", to: SHORT_MACHINE, end: COMPLETED }
      : { what: "the carrier is asked and the machine hung up on", to: MACHINE, end: UNREACHED };
  it(`where every word is lost, ${afterLoss.what}; words that come late tell of a machine all the same`, async () => {
    const clock = new DrivenClock(service);
    const { id } = await create([afterLoss.to], { on_voicemail: "hang_up" });
    clock.watch(id);
    await until(async () => {
      await clock.advance(5_000);
      await clock.ring();
      return ["failed", "completed"].includes((await recipientsOf(id))[0]?.status ?? "") ? true : null;
    });
    clock.stop();
    const over = await recipientsOf(id);
    expect(over.map(summary)).toEqual([afterLoss.end]);
    listen();
    await until(() => Promise.resolve((relay?.statuses.length ?? 0) >= 3 ? true : null));
    const late = await recipientsOf(id);
    expect(late.map(summary)).toEqual([UNREACHED]);
    if (afterLoss.end === UNREACHED) expect(late).toEqual(over);
    expect(new Set(relay?.statuses)).toEqual(new Set([204]));
  });
});
