/**
 * The messages between objects, as TypeScript's checker knows them. They are written as one file of declarations, and
 * compared with the previous release's file. During a deployment, objects of two releases exchange messages.
 */

import { fileURLToPath } from "node:url";
import {
  API,
  type Checker,
  type Project,
  type Signature,
  SignatureKind,
  SymbolFlags,
  type Type,
  TypeFlags,
  type TypeReference,
} from "typescript/unstable/sync";

const ROOT = fileURLToPath(new URL("../../../", import.meta.url));
/** Committed. */
export const DUMP = fileURLToPath(new URL("between-objects.d.ts", import.meta.url));

/** What is sent, and where it is declared. */
const SENT: Readonly<Record<string, string>> = {
  BatchRpc: "src/batch/rpc.ts",
  LaneRpc: "src/batch/dialing/lane.ts",
  OrganizationRpc: "src/organization/rpc.ts",
  DirectoryRpc: "src/organization/rpc.ts",
  WebhookRpc: "src/webhooks/rpc.ts",
  DeliveryMessage: "src/webhooks/rpc.ts",
};

const HEAD = `/**
 * The messages between objects, as the newest release sends and takes them. Made by \`npm run messages\`; what to do where a
 * test says that it has changed: docs/operations/upgrades.md, "Two releases at once".
 */
`;

/** Whatever buffer they are in. */
const BYTES = new Set(["Uint8Array", "ArrayBuffer"]);
/** Of the language and the platform: named and not written out. */
const BUILT_IN = new Set(["Map", "ReadonlyMap", "Set", "ReadonlySet", "Date", "ReadableStream", "Promise"]);
const INTRINSIC =
  TypeFlags.AnyOrUnknown |
  TypeFlags.Nullable |
  TypeFlags.Void |
  TypeFlags.String |
  TypeFlags.Number |
  TypeFlags.BigInt |
  TypeFlags.Boolean |
  TypeFlags.Never;

export class Messages {
  readonly #api: API;
  readonly #project: Project;
  readonly #checker: Checker;
  /** Named types by their ids, and what each is. */
  readonly #names = new Map<number, string>();
  readonly #declared = new Map<string, string>();

  /** `replaced`: texts in place of those of files, by their paths from the project's root. */
  constructor(replaced: Readonly<Record<string, string>> = {}) {
    this.#api = new API({ cwd: ROOT, fs: { readFile: (path) => replaced[path.slice(ROOT.length)] } });
    const config = `${ROOT}tsconfig.json`;
    const project = this.#api.updateSnapshot({ openProject: config }).getProject(config);
    if (project === undefined) throw new Error("the project did not open");
    this.#project = project;
    this.#checker = project.checker;
  }

  close(): void {
    this.#api.close();
  }

  /** The whole file. */
  dump(): string {
    const sent = Object.entries(SENT).map(([name, file]) => {
      const type = this.#typeNamed(name, `${ROOT}${file}`);
      return `export interface ${name} {\n${this.#members(type)}}\n`;
    });
    const named = [...this.#declared]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, body]) => `type ${name} = ${body};\n`);
    return [HEAD, ...sent, ...named].join("\n");
  }

  /** In which messages this release and the one before do not understand each other; empty where there is none. */
  problems(): string[] {
    return Object.entries(SENT).flatMap(([name, file]) => {
      const before = this.#typeNamed(name, DUMP);
      const now = this.#typeNamed(name, `${ROOT}${file}`);
      return this.#checker.getPropertiesOfType(before).flatMap((member) => {
        const message = `${name}.${member.name}`;
        const old = this.#checker.getTypeOfSymbol(member);
        const present = this.#checker.getPropertyOfType(now, member.name);
        const current = present && this.#checker.getTypeOfSymbol(present);
        if (old === undefined || current === undefined) return [`${message}: is gone, and the release before sends it`];
        const [was] = this.#signatures(old);
        const [is] = this.#signatures(current);
        if (was === undefined || is === undefined) return this.#differences(message, old, current);
        return this.#methodProblems(message, was, is);
      });
    });
  }

  #methodProblems(message: string, was: Signature, is: Signature): string[] {
    const problems = is.getParameters().flatMap((_, index) => {
      const now = this.#checker.getParameterType(is, index);
      const before = index < was.getParameters().length ? this.#checker.getParameterType(was, index) : undefined;
      if (before === undefined || now === undefined) {
        const isOptional = now !== undefined && this.#checker.isTypeAssignableTo(this.#checker.getUndefinedType(), now);
        return isOptional ? [] : [`${message}: parameter ${index + 1} is new, and the release before does not send it`];
      }
      return this.#differences(`${message}: parameter ${index + 1}`, before, now);
    });
    const [before, now] = [was, is].map((signature) => this.#checker.getReturnTypeOfSignature(signature));
    return before === undefined || now === undefined
      ? problems
      : [...problems, ...this.#differences(`${message}: the answer`, before, now)];
  }

  /** Each of the two is sent by one release and read by the other. */
  #differences(what: string, before: Type, now: Type): string[] {
    return [
      ...(this.#checker.isTypeAssignableTo(before, now) ? [] : [`${what}: this release cannot read the one before`]),
      ...(this.#checker.isTypeAssignableTo(now, before) ? [] : [`${what}: the release before cannot read this one`]),
    ];
  }

  #signatures(type: Type): readonly Signature[] {
    return this.#checker.getSignaturesOfType(type, SignatureKind.Call);
  }

  #typeNamed(name: string, file: string): Type {
    const source = this.#project.program.getSourceFile(file);
    const module = source && this.#checker.getSymbolAtLocation(source);
    const symbol = module && this.#checker.getExportsOfModule(module).find((one) => one.name === name);
    if (symbol === undefined) throw new Error(`${file} exports no ${name}`);
    return this.#checker.getDeclaredTypeOfSymbol(symbol);
  }

  #members(type: Type): string {
    const lines = this.#checker.getPropertiesOfType(type).map((member) => {
      const mark = (member.flags & SymbolFlags.Optional) === 0 ? "" : "?";
      const of = this.#checker.getTypeOfSymbol(member);
      if (of === undefined) throw new Error(`no type of ${member.name}`);
      const [signature] = this.#signatures(of);
      if (signature === undefined) return `${keyOf(member.name)}${mark}: ${this.#print(of, mark === "?")};`;
      const parameters = signature.getParameters().map((parameter, index) => {
        const given = this.#checker.getParameterType(signature, index);
        return `${parameter.name}: ${given === undefined ? "unknown" : this.#print(given)}`;
      });
      const answer = this.#checker.getReturnTypeOfSignature(signature);
      return `${keyOf(member.name)}${mark}(${parameters.join(", ")}): ${answer === undefined ? "unknown" : this.#print(answer)};`;
    });
    const indexed = this.#checker
      .getIndexInfosOfType(type)
      .map(({ keyType, valueType }) => `[key: ${this.#print(keyType)}]: ${this.#print(valueType)};`);
    return [...lines, ...indexed].map((line) => `  ${line.replaceAll("\n", "\n  ")}\n`).join("");
  }

  /** `isOptional`: that it may be left out is not said twice. */
  #print(type: Type, isOptional = false): string {
    const alias = type.getAliasSymbol();
    if (alias === undefined || type.getAliasTypeArguments().length > 0 || (type.flags & INTRINSIC) !== 0) {
      return this.#written(type, isOptional);
    }
    const known = this.#names.get(type.id);
    if (known !== undefined) return known;
    let name = alias.name;
    for (let again = 2; this.#declared.has(name); again += 1) name = `${alias.name}${again}`;
    this.#names.set(type.id, name);
    this.#declared.set(name, "");
    this.#declared.set(name, this.#written(type, isOptional));
    return name;
  }

  #written(type: Type, isOptional: boolean): string {
    if (type.isUnionType() && (type.flags & TypeFlags.Boolean) === 0) {
      const undefinedId = this.#checker.getUndefinedType().id;
      const members = type
        .getTypes()
        .filter(({ flags, id }) => !isOptional || (flags & TypeFlags.Undefined) === 0 || id === undefinedId);
      const printed = members.map((one) => this.#print(one)).sort();
      const isBoth = printed.includes("true") && printed.includes("false");
      const shown = isBoth ? ["boolean", ...printed.filter((one) => one !== "true" && one !== "false")] : printed;
      return [...new Set(shown)].join(" | ");
    }
    if (this.#checker.isTupleType(type)) {
      const reference = type as TypeReference;
      const items = this.#checker.getTypeArguments(reference).map((one) => this.#print(one));
      return `readonly [${items.join(", ")}]`;
    }
    if (this.#checker.isArrayType(type)) {
      const [item] = this.#checker.getTypeArguments(type as TypeReference);
      const isReadonly = type.getSymbol()?.name === "ReadonlyArray";
      return `${isReadonly ? "ReadonlyArray" : "Array"}<${item === undefined ? "unknown" : this.#print(item)}>`;
    }
    const name = type.getSymbol()?.name ?? "";
    if (BYTES.has(name)) return name;
    if (BUILT_IN.has(name)) {
      const given = this.#checker.getTypeArguments(type as TypeReference).map((one) => this.#print(one));
      return given.length === 0 ? name : `${name}<${given.join(", ")}>`;
    }
    const isObject = (type.flags & TypeFlags.Object) !== 0;
    const parts = type.isIntersectionType() ? type.getTypes() : [];
    const isRecord = parts.length > 0 && parts.every(({ flags }) => (flags & TypeFlags.Object) !== 0);
    if (isObject || isRecord) {
      const members = this.#members(type);
      return members === "" ? "{}" : `{\n${members}}`;
    }
    return this.#checker.typeToString(type);
  }
}

const keyOf = (name: string): string => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name));
