/** What a route of the API is, for the table of routes and for its description. */

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Who may ask. A protocol client has a key and knows nothing of the API's versions. */
export type Audience = "anybody" | "client" | "protocol_client" | "operator";
