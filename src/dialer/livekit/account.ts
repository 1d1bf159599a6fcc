/** An organization's LiveKit servers, one for each region: a provider's fields as written and as shown. */

import { z } from "zod";
import { text } from "../../calling/requests/fields.ts";
import { gatewayChangesOf, gatewaysOf, showGateways, shownGatewaysOf } from "../sip/gateways.ts";
import { showTrunk, trunkChanges, trunkFields, trunkShown } from "../sip/trunk.ts";

const MAX_URL_CHARACTERS = 2_048;
const MAX_SECRET_CHARACTERS = 256;
const secret = text(MAX_SECRET_CHARACTERS);
const url = text(MAX_URL_CHARACTERS).describe("The server, like `https://my-project.livekit.cloud`.");

const gateway = z.object(
  {
    url,
    api_key: secret,
    api_secret: secret.describe("Signs our requests and LiveKit's webhooks."),
  },
  { error: "must be an object {url, api_key, api_secret}" },
);
export type LiveKitGateway = z.output<typeof gateway>;

export const livekitFields = z.object({ outbound: trunkFields, regions: gatewaysOf(gateway) });
export type LiveKitAccount = z.output<typeof livekitFields>;

export const livekitChanges = z.object({
  outbound: trunkChanges.optional(),
  regions: gatewayChangesOf(
    z.object({ url: url.optional(), api_key: secret.optional(), api_secret: secret.optional() }),
  ).optional(),
});

export const livekitShown = z.object({
  outbound: trunkShown,
  regions: shownGatewaysOf(z.object({ url: z.string(), api_key: z.string().describe("Masked.") })),
});

export const showLiveKit = ({ outbound, regions }: LiveKitAccount): z.output<typeof livekitShown> => ({
  outbound: showTrunk(outbound, "disabled"),
  regions: showGateways(regions, ({ url, api_key }) => ({ url, api_key: `…${api_key.slice(-4)}` })),
});
