/** The environment variables of both commands. */
export const VARIABLES_HELP = `Variables:
  PORT                 the service's port (8787)
  STATE_DIR            where batches are stored (.wrangler/state)
  ADMIN_TOKEN          the operators' token (admin_localhost)
  ENCRYPTION_KEY       seals provider credentials; keep it the same for one STATE_DIR
                       Both, and the demo's key, are random and kept in STATE_DIR/secrets.json as soon as
                       PUBLIC_BASE_URL or TWILIO_API_BASE_URL leads away from this machine
  PUBLIC_BASE_URL      where the carrier reaches the service (http://127.0.0.1:PORT)
  TWILIO_API_BASE_URL  another carrier than the stand-in, like https://api.twilio.com
  ALLOW_PRIVATE_URLS   true or false: agents', webhooks' and providers' URLs and trunks may be private and unencrypted
                       (true while all is on loopback, false otherwise)
  ALLOWED_PORTS        ports to which they may lead besides 443, 80, 5060 and 5061, like 8443,9443
  CARRIER_PORT         the stand-in carrier's port (8788)
  CARRIER_RING_MS, CARRIER_TALK_MS, CARRIER_AUTH_TOKEN
                       the stand-in carrier's pace, and what it signs with
  CALL_CHECK_SECONDS   from a call's answer to the first question about it (5 with the stand-in carrier)
  CARRIER_CONNECTIONS  requests to the carrier that a batch may have in flight, from 2 to 101 (101)
  VERBOSE=1            shows what wrangler and the carrier print`;
