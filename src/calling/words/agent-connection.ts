/** How an answered call is connected to its agent. A carrier's definition lists the kinds that it supports. */
export type AgentConnection =
  /** The carrier streams the call's audio to this WebSocket. */
  | { readonly type: "websocket"; readonly url: string }
  /** An agent at Cartesia; `agent_id` is Cartesia's. */
  | { readonly type: "cartesia"; readonly agent_id: string }
  /** An agent registered at the team's LiveKit under this name, and dispatched to the call's room. */
  | { readonly type: "livekit"; readonly agent_name: string };

export type ConnectionType = AgentConnection["type"];
