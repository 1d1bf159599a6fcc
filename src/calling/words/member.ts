/** Who signs in through Cloudflare Access: an e-mail address in lower case, or a domain with its @. Not in the published API. */

/** `@example.com` for `ada@example.com`. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf("@"));

export const isDomain = (who: string): boolean => who.startsWith("@");
