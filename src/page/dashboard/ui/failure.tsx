/** An error of the API in its own words. */

import { type Failed, failureWords } from "../api/failure-words.ts";
import { Icon } from "./icon.tsx";
import { WORDS } from "./words.ts";

type Props = { readonly error: unknown; readonly of?: Failed };

export function Failure({ error, of = "reading" }: Props) {
  if (error === null || error === undefined) return null;
  const { title, message, issues, requestId } = failureWords(error, of);
  return (
    <div class="notice bad" role="alert">
      <Icon name="warning" />
      <div>
        <strong>{title}.</strong> {issues.length > 1 ? "" : message}
        {issues.length > 1 && (
          <ul>
            {issues.map((issue) => (
              <li key={issue.path}>
                {issue.path} {issue.message}
              </li>
            ))}
          </ul>
        )}
        {requestId !== null && <div class="small">{WORDS.request(requestId)}</div>}
      </div>
    </div>
  );
}
