/** All texts of the frame around the pages, and of the sign-in. Pure. */

import type { Jurisdiction } from "../../../calling/words/jurisdiction.ts";
import type { Theme } from "./stored-theme.ts";

export const WORDS = {
  skip: "Skip to the page",
  expired: "Your key is no longer accepted. Sign in again: what you entered is kept.",
  ended: "Your sign-in has ended. Sign in again: what you entered is kept.",
} as const;

export const SIDE = {
  pages: "Pages",
  setUp: "Set up",
  docs: "Documentation",
  role: (role: string) => `Role: ${role}`,
  dataIn: (jurisdiction: Jurisdiction) => `Data in ${KEPT_IN[jurisdiction]}`,
  theme: (theme: Theme) => `Colours: ${theme}`,
  changeTheme: (theme: Theme) => `Colours: ${theme}. Change`,
  change: "Change organization",
  signOut: "Sign out",
} as const;

const KEPT_IN: Readonly<Record<Jurisdiction, string>> = {
  eu: "the European Union",
  us: "the United States",
  fedramp: "FedRAMP data centers",
  "fedramp-high": "FedRAMP High data centers",
};

export const SIGN_IN = {
  title: "Sign in to callbatch",
  about: "Use an API key of your organization. The operator of this service can create one.",
  loading: "Loading",
  key: "API key",
  keyHint: "Stays in this tab until you close it or sign out.",
  action: "Sign in",
  empty: "Paste a key.",
  wrong: "This key is not accepted. Check that you pasted all of it.",
} as const;

export const PERSON = {
  signedIn: "Signed in as",
  signOut: SIDE.signOut,
  noMember: "You are not a member here yet. Ask an admin to add your address, or use an API key.",
  open: (organization: string) => `Open ${organization}`,
  ended: "your sign-in through Cloudflare Access has ended",
  elsewhere: "Sign in again in another tab, then come back here.",
  again: "Sign in again",
  goOn: "Continue",
} as const;
