/** The members as the organization's admins ask for them. Called by the organization's object. */

import type { Act } from "../../calling/messages/act.ts";
import type { Failure } from "../../calling/requests/failure.ts";
import type { Page, PageRequest } from "../../calling/requests/page.ts";
import { err, ok, type Result } from "../../calling/requests/result.ts";
import { newMemberId } from "../../calling/secrets/ids.ts";
import type { Role } from "../../calling/words/role.ts";
import type { Sql } from "../../storage/sql.ts";
import { record } from "../acts/act-rows.ts";
import type { MemberView, NewMember } from "../messages/access.ts";
import { isLeaving, LEAVING } from "../store/profile.ts";
import { auditedMember, changeMember, findMember, insertMember, listMembers } from "./members.ts";

/** Deletes the member; resolves when every watch of it has ended, or when a batch does not answer. */
export type RemoveMember = (member: MemberView, act: Act | undefined) => Promise<void>;

export class MemberRegister {
  readonly #sql: Sql;
  readonly #remove: RemoveMember;

  constructor(sql: Sql, remove: RemoveMember) {
    this.#sql = sql;
    this.#remove = remove;
  }

  /** 409 if the address or the domain is a member. */
  async createMember(member: NewMember, act?: Act): Promise<Result<MemberView, Failure>> {
    const { who, role } = member;
    if (isLeaving(this.#sql)) return err(LEAVING);
    const view = { id: newMemberId(), who, role, lastUsedAt: null, createdAt: Date.now() };
    return this.#sql.transaction(() => {
      const inserted = insertMember(this.#sql, view);
      if (!inserted.ok) return inserted;
      const acted = { kind: "member", resourceId: view.id, before: null, after: auditedMember(view) } as const;
      record(this.#sql, act, acted, view.createdAt);
      return ok(view);
    });
  }

  async listMembers(request: PageRequest): Promise<Result<Page<MemberView>, Failure>> {
    return listMembers(this.#sql, request);
  }

  async getMember(id: string): Promise<Result<MemberView, Failure>> {
    return findMember(this.#sql, id);
  }

  async changeMember(id: string, role: Role, act?: Act): Promise<Result<MemberView, Failure>> {
    const found = findMember(this.#sql, id);
    if (!found.ok) return found;
    const after = { ...found.value, role };
    this.#sql.transaction(() => {
      changeMember(this.#sql, id, role);
      const acted = { before: auditedMember(found.value), after: auditedMember(after) };
      record(this.#sql, act, { kind: "member", resourceId: id, ...acted }, Date.now());
    });
    return ok(after);
  }

  /** Resolves when everything that the person watches has ended, or when a batch does not answer. */
  async deleteMember(id: string, act?: Act): Promise<Result<null, Failure>> {
    const found = findMember(this.#sql, id);
    if (!found.ok) return found;
    await this.#remove(found.value, act);
    return ok(null);
  }
}
