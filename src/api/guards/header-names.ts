/** Headers of people who Cloudflare Access has signed in. */

/** Access adds it to each request that it lets through. */
export const ACCESS_HEADER = "Cf-Access-Jwt-Assertion";
/** Which of a person's organizations a request is for. A key names its own. */
export const ORGANIZATION_HEADER = "X-Organization-Id";
