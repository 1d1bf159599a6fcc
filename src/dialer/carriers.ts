/** The registry: the adapter for an organization's account with a carrier. Adding a carrier adds a line here. */

import type { Settings } from "../env.ts";
import type { CarrierAccount, Dialer } from "./dialer.ts";
import { TwilioDialer } from "./twilio/dialer.ts";

export function dialerFor(account: CarrierAccount, settings: Settings): Dialer {
  switch (account.type) {
    case "twilio":
      return new TwilioDialer(account, settings.twilioApiBaseUrl);
  }
}
