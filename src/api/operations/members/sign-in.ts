import { time } from "../../../calling/answers/json.ts";
import { ok as done, err } from "../../../calling/requests/result.ts";
import { domainOf } from "../../../calling/words/member.ts";
import { signInAnswer } from "../../answers/organization/member.ts";
import { accessPerson } from "../../guards/authenticate.ts";
import { signInsOf } from "../../guards/directories.ts";
import { fulfilled } from "../../guards/fulfilled.ts";
import * as samples from "../../openapi/samples/organization.ts";
import { content, ok, operation, refusal } from "../../operation.ts";

export const getSignIn = operation({
  audience: "anybody",
  tag: "Members",
  method: "GET",
  path: "/sign-in",
  id: "getSignIn",
  summary: "See how a browser signs in",
  description: "Without a key: Cloudflare Access says who asks, if it protects the address.",
  answer: ok("Who is signed in, and where.", content("SignIn", signInAnswer, samples.signIn)),
  refusals: {
    401: refusal("unauthorized", "The token of Cloudflare Access is not accepted: `message` says why."),
    503: refusal(
      "try_again",
      "The keys of Cloudflare Access cannot be fetched now, or none of the organizations answers.",
    ),
  },
  handle: async (c) => {
    const person = await accessPerson(c);
    if (person === null) return done({ method: "key" as const });
    if (!person.ok) return err(person.failure);
    const { email, expiresAt } = person.value;
    const listed = await signInsOf(c.env, email, domainOf(email));
    const asked = await fulfilled(
      listed.map(async (id) => {
        // The directory only knows which organizations to ask.
        const member = await c.env.ORGANIZATIONS.getByName(id).authenticatePerson(email);
        return member === null ? [] : [{ id, name: member.name, role: member.role }];
      }),
    );
    return done({ method: "access" as const, email, expires_at: time(expiresAt), organizations: asked.flat() });
  },
});
