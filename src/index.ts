/** The Worker: the HTTP API, and the classes of its Durable Objects. */

import { app } from "./api/app.ts";

export { BatchObject } from "./batch/object.ts";
export { DirectoryObject } from "./organization/directory.ts";
export { OrganizationObject } from "./organization/object.ts";

export default app;
