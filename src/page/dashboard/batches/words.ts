/** All texts of the list of batches. */

import { people } from "../text/format.ts";
import type { Group, Sort } from "./filter.ts";

export const WORDS = {
  title: "Batches",
  about: "Each batch calls a list of people.",
  create: "New batch",
  caption: "Batches",
  search: "Search by name",
  agent: "Agent",
  allAgents: "All agents",
  statuses: "Status",
  from: "Created from",
  until: "Created until",
  sort: "Order",
  clear: "Clear filters",
  none: "No batches found",
  noneAbout: "Try another name, status, agent or date.",
  name: "Name",
  status: "Status",
  called: "Called",
  answered: "Answered",
  answeredHint: "Of the people called, those who answered a call. Voicemail counts as an answer.",
  people: "People",
  /** After the figure, where the column has no head. */
  peopleOf: (all: number) => (all === 1 ? "person" : "people"),
  progressOf: (batch: string) => `People called of ${batch}`,
  peopleAnswered: (answered: number) => `${people(answered)} answered`,
  created: "Created",
  pages: "Pages of batches",
  previous: "Previous",
  next: "Next",
} as const;

export const GROUPS: Readonly<Record<Group, string>> = {
  all: "All",
  open: "Open",
  completed: "Completed",
  failed: "Failed",
  cancelled: "Cancelled",
};

export const SORTS: Readonly<Record<Sort, string>> = {
  newest: "Newest first",
  oldest: "Oldest first",
  start: "Next start first",
};
