/** Shows the sign-in, or the page of the address. */

import { useCallback, useMemo, useRef, useState } from "preact/hooks";
import { mayActAs } from "../../calling/words/role.ts";
import type { Route } from "./address.ts";
import { type Dashboard, DashboardContext } from "./api/context.ts";
import { ACCESS_SIGN_OUT, type Session, signOut, storedSession } from "./api/session.ts";
import { BatchPage } from "./batch/batch-page.tsx";
import { BatchesPage } from "./batches/batches-page.tsx";
import { useRoute } from "./router.ts";
import { Side } from "./shell/side.tsx";
import { SignIn } from "./shell/sign-in.tsx";
import { WORDS } from "./shell/words.ts";
import { later } from "./ui/later.tsx";
import { Toasts, useToasts } from "./ui/toasts.tsx";
import { WaitingLines } from "./ui/waiting.tsx";

const CalendarPage = later(async () => (await import("./calendar/calendar-page.tsx")).CalendarPage, <WaitingLines />);
const ReportsPage = later(async () => (await import("./reports/reports-page.tsx")).ReportsPage, <WaitingLines />);
const ConcurrencyPage = later(
  async () => (await import("./concurrency/concurrency-page.tsx")).ConcurrencyPage,
  <WaitingLines />,
);
const DoNotCallPage = later(
  async () => (await import("./do-not-call/do-not-call-page.tsx")).DoNotCallPage,
  <WaitingLines />,
);
const PeoplePage = later(async () => (await import("./people/people-page.tsx")).PeoplePage, <WaitingLines />);
const SetupPage = later(async () => (await import("./setup/setup-page.tsx")).SetupPage, <WaitingLines />);
const WebhooksPage = later(async () => (await import("./webhooks/webhooks-page.tsx")).WebhooksPage, <WaitingLines />);
const KeysPage = later(async () => (await import("./keys/keys-page.tsx")).KeysPage, <WaitingLines />);
const OrganizationPage = later(
  async () => (await import("./organization/organization-page.tsx")).OrganizationPage,
  <WaitingLines />,
);
const AuditPage = later(async () => (await import("./audit/audit-page.tsx")).AuditPage, <WaitingLines />);
const NewBatchPage = later(async () => (await import("./composing.ts")).NewBatchPage, <WaitingLines />);

function Page({ route }: { route: Route }) {
  const [page = "batches", id] = route.path;
  switch (page) {
    case "calendar":
      return <CalendarPage query={route.query} />;
    case "concurrency":
      return <ConcurrencyPage />;
    case "reports":
      return <ReportsPage query={route.query} />;
    case "do-not-call":
      return <DoNotCallPage />;
    case "people":
      return <PeoplePage key={route.query.get("q")} query={route.query} />;
    case "webhooks":
      return <WebhooksPage />;
    case "keys":
      return <KeysPage />;
    case "organization":
      return <OrganizationPage />;
    case "audit":
      return <AuditPage query={route.query} />;
    case "agents":
    case "numbers":
    case "providers":
      return <SetupPage page={page} />;
    default:
      if (id === "new") return <NewBatchPage />;
      return id === undefined ? <BatchesPage query={route.query} /> : <BatchPage key={id} id={id} />;
  }
}

type SignedInProps = {
  readonly session: Session;
  readonly kept: Map<string, unknown>;
  readonly onEnd: (notice: string | null) => void;
};

function SignedIn({ session, kept, onEnd }: SignedInProps) {
  const route = useRoute();
  const { toasts, say } = useToasts();
  const { person } = session;
  const expire = useCallback(() => onEnd(person === null ? WORDS.expired : WORDS.ended), [onEnd, person]);
  const leave = () => {
    onEnd(null);
    if (person !== null) location.assign(ACCESS_SIGN_OUT);
  };
  const dashboard = useMemo<Dashboard>(
    () => ({ client: session.client, may: (role) => mayActAs(session.role, role), say, expire, kept }),
    [session, say, expire, kept],
  );
  return (
    <DashboardContext.Provider value={dashboard}>
      <button type="button" class="skip" onClick={() => document.querySelector<HTMLElement>("main")?.focus()}>
        {WORDS.skip}
      </button>
      <div class="shell">
        <Side
          current={route.path[0] ?? "batches"}
          organization={session.organization}
          person={person}
          role={session.role}
          jurisdiction={session.jurisdiction}
          onSignOut={leave}
          onSwitch={() => onEnd(null)}
        />
        <main class="page" tabIndex={-1}>
          <Page route={route} />
        </main>
      </div>
      <Toasts toasts={toasts} />
    </DashboardContext.Provider>
  );
}

/**
 * Kept input appears again after a new sign-in to the same organization: a key may expire in the middle of a form. A person
 * sees only what the same person entered.
 */
type Entered = { readonly by: string; readonly kept: Map<string, unknown> };

const enteredIn = ({ organizationId, person }: Session, before: Entered | null): Entered => {
  const by = `${organizationId} ${person?.email ?? ""}`;
  return before?.by === by ? before : { by, kept: new Map() };
};

export function App() {
  const [session, setSession] = useState<Session | null>(storedSession);
  const [notice, setNotice] = useState<string | null>(null);
  const [isAutomatic, setAutomatic] = useState(true);
  const entered = useRef<Entered | null>(null);
  const end = useCallback((why: string | null) => {
    signOut();
    // After signing out, nothing may stay.
    if (why === null) entered.current = null;
    setNotice(why);
    setAutomatic(why !== null);
    setSession(null);
  }, []);
  if (session === null) return <SignIn notice={notice} isAutomatic={isAutomatic} onSession={setSession} />;
  entered.current = enteredIn(session, entered.current);
  return <SignedIn session={session} kept={entered.current.kept} onEnd={end} />;
}
