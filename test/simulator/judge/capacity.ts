/**
 * What must hold at every placed call: one call for an attempt, and never more calls at once than allowed (promises 1
 * and 2).
 */

import type { CarrierCall, Telephone } from "../carriers/telephone.ts";
import type { Known } from "../clients/known.ts";
import type { Platform } from "../platform/platform.ts";

const counted = (counts: Map<string, number>, key: string, by: number): number => {
  const count = (counts.get(key) ?? 0) + by;
  counts.set(key, count);
  return count;
};

const greatest = (values: readonly number[]): number => Math.max(...values);

export function watchCapacity(platform: Platform, telephone: Telephone, known: Known): void {
  const live = new Map<string, number>();
  const ofBatches = new Set<CarrierCall>();
  const batchOf = (batchId: string) => known.byId.get(batchId);

  const placed = (call: CarrierCall, isRepeat: boolean): void => {
    const at = new Date(platform.scheduler.now).toISOString();
    if (isRepeat) platform.problem(`the attempt ${call.callId} was placed twice, to ${call.to} at ${at}`);
    const organization = known.organizations.find(({ plan }) => plan.id === call.organizationId);
    if (organization === undefined) {
      platform.problem(`a call of nobody's organization, ${call.callId}`);
      return;
    }
    const { limit, plan } = organization;
    const now = platform.scheduler.now;
    const all = counted(live, plan.id, 1);
    const most = greatest(limit.possible(0, now));
    if (all > most) platform.problem(`${plan.id} has ${all} calls at once at ${at}, and its limit is ${most}`);
    const own = counted(live, call.batchId, 1);
    const batch = batchOf(call.batchId);
    if (batch === undefined) return;
    const targets = batch.target.possible(0, now).map((target) => target ?? most);
    if (own > greatest(targets)) {
      platform.problem(`${batch.name} has ${own} calls at once at ${at}, and its target is ${greatest(targets)}`);
    }
    ofBatches.add(call);
    const byBatches = counted(live, `${plan.id} batches`, 1);
    const reserved = Math.min(...organization.reserved.possible(0, now));
    if (byBatches > Math.max(1, most - reserved)) {
      platform.problem(`batches of ${plan.id} have ${byBatches} calls at once at ${at}: ${reserved} are reserved`);
    }
  };

  const ended = (call: CarrierCall): void => {
    counted(live, call.organizationId, -1);
    counted(live, call.batchId, -1);
    if (ofBatches.delete(call)) counted(live, `${call.organizationId} batches`, -1);
  };
  telephone.watchers.push({ placed, ended });
}
