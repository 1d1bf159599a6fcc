/** The same for operators: who may use the service, under its `ADMIN_TOKEN`. */

import { type Fetch, path, transport } from "./transport.ts";
import type {
  ApiKey,
  Ledger,
  NewApiKey,
  NewOrganization,
  Organization,
  OrganizationChange,
  Page,
  PageQuery,
  Reseal,
} from "./types.ts";

export type OperatorOptions = {
  readonly baseUrl: string;
  readonly adminToken: string;
  /** In place of the global one. */
  readonly fetch?: Fetch;
};

export type OperatorClient = ReturnType<typeof createOperatorClient>;

export function createOperatorClient({ baseUrl, adminToken, fetch }: OperatorOptions) {
  const { send } = transport(baseUrl, { authorization: `Bearer ${adminToken}` }, fetch);
  return {
    createOrganization: (body: NewOrganization) => send<Organization>("POST", path`/admin/organizations`, { body }),
    listOrganizations: (query: PageQuery = {}) =>
      send<Page<Organization>>("GET", path`/admin/organizations`, { query }),
    getOrganization: (id: string) => send<Organization>("GET", path`/admin/organizations/${id}`),
    changeOrganization: (id: string, body: OrganizationChange) =>
      send<Organization>("PATCH", path`/admin/organizations/${id}`, { body }),
    getLedger: (id: string) => send<Ledger>("GET", path`/admin/organizations/${id}/ledger`),
    /** A page of organizations; go on until `has_more` is false. */
    resealSecrets: (query: PageQuery = {}) => send<Reseal>("POST", path`/admin/reseal`, { query }),
    /** The key is in this answer alone. */
    createApiKey: (id: string, body: NewApiKey) =>
      send<ApiKey>("POST", path`/admin/organizations/${id}/api-keys`, { body }),
    listApiKeys: (id: string, query: PageQuery = {}) =>
      send<Page<ApiKey>>("GET", path`/admin/organizations/${id}/api-keys`, { query }),
    revokeApiKey: (id: string, keyId: string) =>
      send<null>("DELETE", path`/admin/organizations/${id}/api-keys/${keyId}`),
  };
}
