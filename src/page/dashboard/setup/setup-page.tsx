/** What is set up once, which loads together when it is first needed. */

import { AgentsPage } from "./agents-page.tsx";
import { NumbersPage } from "./numbers-page.tsx";
import { ProvidersPage } from "./providers-page.tsx";

const PAGES = { agents: AgentsPage, numbers: NumbersPage, providers: ProvidersPage } as const;

export function SetupPage({ page }: { readonly page: keyof typeof PAGES }) {
  const Page = PAGES[page];
  return <Page />;
}
