/**
 * What a request for direct calls says to the ledger. It was granted before it was stored, with a slot for each of its people.
 * Each keeps the slot until the call is over. So all of this follows from where they stand, and none of it is stored. Pure.
 */

import type { SlotStatement } from "../../calling/messages/slots.ts";

/** Of one request: how many wait to be dialed, and how many calls are in flight. */
export type DirectStanding = { readonly waiting: number; readonly flying: number };

/** Of the only request that it ever makes. */
export const DIRECT_REQUEST_NUMBER = 1;

/** `isGranted`: the ledger has said that the request still has its slots. After a restart that is not known. */
export const directStatement = (
  request: Pick<SlotStatement, "batchId" | "createdAt">,
  { waiting, flying }: DirectStanding,
  isGranted: boolean,
): SlotStatement => {
  const open = waiting > 0;
  const granted = open && isGranted;
  return {
    batchId: request.batchId,
    direct: true,
    createdAt: request.createdAt,
    requestNumber: DIRECT_REQUEST_NUMBER,
    open,
    granted,
    slots: open ? waiting + flying : 0,
    holds: granted ? waiting + flying : flying,
  };
};
