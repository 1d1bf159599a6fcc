/** How an answered call is connected with its agent. Which of these a carrier can use, its definition says. */
export type AgentConnection =
  /** The carrier streams the call's audio to this WebSocket. */
  | { readonly type: "websocket"; readonly url: string }
  /** An agent that runs at Cartesia; `agent_id` is Cartesia's. */
  | { readonly type: "cartesia"; readonly agent_id: string }
  /** An agent that is registered at the team's LiveKit under this name, and is dispatched to the call's room. */
  | { readonly type: "livekit"; readonly agent_name: string };

export type ConnectionType = AgentConnection["type"];
