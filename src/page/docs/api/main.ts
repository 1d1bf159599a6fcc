/** The reference page: Swagger UI over `/openapi.json`, with requests sent to the service that serves it. */

type ViewerOptions = {
  readonly url: string;
  readonly dom_id: string;
  readonly deepLinking: boolean;
  readonly docExpansion: "list" | "full" | "none";
  readonly defaultModelsExpandDepth: number;
  readonly displayRequestDuration: boolean;
  /** Null: no badge from an external validator. */
  readonly validatorUrl: null;
};

/** From `swagger-ui-bundle.js`, which the page loads before this. */
declare const SwaggerUIBundle: (options: ViewerOptions) => void;

SwaggerUIBundle({
  url: "/openapi.json",
  dom_id: "#reference",
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  validatorUrl: null,
});

export {};
