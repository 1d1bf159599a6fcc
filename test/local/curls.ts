/** Commands to paste into a shell. */

import { DEMO } from "./provision.ts";
import { API_VERSION, BATCHES } from "./wire.ts";

const headers = (apiKey: string): string => `-H "X-API-Key: ${apiKey}" -H "Cartesia-Version: ${API_VERSION}"`;

/** Shows the answer and stores the batch's id in the shell's variable `BATCH`. */
export const createCurl = (baseUrl: string, apiKey: string): string =>
  `BATCH=$(curl -sS -X POST ${baseUrl}${BATCHES} \\
  ${headers(apiKey)} \\
  -H "Content-Type: application/json" \\
  -d '{
    "name": "My first batch",
    "agent_id": "${DEMO.agentId}",
    "from_number_id": "${DEMO.numberId}",
    "recipients": [
      {"to_number": "+14155550123", "metadata": {"first_name": "Ada"}},
      {"to_number": "+15005550002", "metadata": {"first_name": "Busy"}}
    ]
  }' | tee /dev/stderr | grep -o 'acb_[[:alnum:]]*' | head -n 1)`;

export const readCurl = (baseUrl: string, apiKey: string): string =>
  `curl -sS "${baseUrl}${BATCHES}/$BATCH" \\\n  ${headers(apiKey)}`;
