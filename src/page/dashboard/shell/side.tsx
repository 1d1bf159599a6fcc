/** The navigation: all pages, the organization of the key, and signing out. */

import { useEffect, useRef } from "preact/hooks";
import type { Jurisdiction } from "../../../calling/words/jurisdiction.ts";
import { mayActAs, type Role } from "../../../calling/words/role.ts";
import { linkTo } from "../address.ts";
import type { Person } from "../api/session.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { useTheme } from "./theme.ts";
import { SIDE } from "./words.ts";

type Place = { readonly page: string; readonly label: string; readonly icon: IconName };

const CAMPAIGNS: readonly Place[] = [
  { page: "batches", label: "Batches", icon: "batches" },
  { page: "calendar", label: "Calendar", icon: "calendar" },
  { page: "reports", label: "Reports", icon: "report" },
  { page: "concurrency", label: "Concurrency", icon: "gauge" },
  { page: "people", label: "People", icon: "search" },
  { page: "do-not-call", label: "Do not call", icon: "barred" },
];
const SET_UP: readonly Place[] = [
  { page: "agents", label: "Agents", icon: "agent" },
  { page: "numbers", label: "Numbers", icon: "number" },
  { page: "providers", label: "Providers", icon: "provider" },
  { page: "webhooks", label: "Webhooks", icon: "webhook" },
];

const FOR_ADMINS: readonly Place[] = [
  { page: "organization", label: "Organization", icon: "sliders" },
  { page: "keys", label: "Keys", icon: "key" },
  { page: "audit", label: "Audit", icon: "history" },
];

const Places = ({ places, current }: { readonly places: readonly Place[]; readonly current: string }) => (
  <>
    {places.map(({ page, label, icon }) => (
      <a key={page} href={linkTo([page])} aria-current={page === current ? "page" : undefined}>
        <Icon name={icon} />
        {label}
      </a>
    ))}
  </>
);

type Props = {
  readonly current: string;
  readonly organization: string;
  readonly person: Person | null;
  readonly role: Role;
  readonly jurisdiction: Jurisdiction | null;
  readonly onSignOut: () => void;
  /** To another organization of the person. */
  readonly onSwitch: () => void;
};

export function Side({ current, organization, person, role, jurisdiction, onSignOut, onSwitch }: Props) {
  const { theme, next } = useTheme();
  const places = useRef<HTMLElement>(null);
  // On a phone the links are a strip wider than the window.
  useEffect(() => {
    const here = places.current?.querySelector(`a[href="${linkTo([current])}"]`);
    here?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [current]);
  return (
    <header class="side">
      <a class="brand" href={linkTo(["batches"])}>
        <img src="/dashboard/icon.svg" alt="" />
        callbatch
      </a>
      <nav ref={places} class="nav" aria-label={SIDE.pages}>
        <Places places={CAMPAIGNS} current={current} />
        <span class="nav-title">{SIDE.setUp}</span>
        <Places places={SET_UP} current={current} />
        {mayActAs(role, "admin") && <Places places={FOR_ADMINS} current={current} />}
      </nav>
      <div class="side-foot">
        <div class="nav">
          <a href="/docs">
            <Icon name="book" />
            {SIDE.docs}
          </a>
        </div>
        <div class="account">
          <div class="account-name">
            <div class="clip">{organization}</div>
            {person !== null && (
              <div class="faint clip" title={person.email}>
                {person.email}
              </div>
            )}
            <div class="faint clip">{SIDE.role(role)}</div>
            {jurisdiction && <div class="faint">{SIDE.dataIn(jurisdiction)}</div>}
          </div>
          <button
            type="button"
            class="button plain icon"
            aria-label={SIDE.changeTheme(theme)}
            title={SIDE.theme(theme)}
            onClick={next}
          >
            <Icon name="theme" />
          </button>
          {person?.isInSeveral && (
            <button
              type="button"
              class="button plain icon"
              aria-label={SIDE.change}
              title={SIDE.change}
              onClick={onSwitch}
            >
              <Icon name="swap" />
            </button>
          )}
          <button
            type="button"
            class="button plain icon"
            aria-label={SIDE.signOut}
            title={SIDE.signOut}
            onClick={onSignOut}
          >
            <Icon name="out" />
          </button>
        </div>
      </div>
    </header>
  );
}
