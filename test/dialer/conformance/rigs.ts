/** Every carrier of the registry has its rig: one without it does not compile. */

import type { CarrierName } from "../../../src/dialer/carriers.ts";
import type { StartRig } from "./rig.ts";
import { startTwilio } from "./twilio.ts";

export const RIGS: Readonly<Record<CarrierName, StartRig>> = { twilio: startTwilio };
