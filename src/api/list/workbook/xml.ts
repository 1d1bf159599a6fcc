/** Visits an XML part from its beginning. Names come without their prefix, which each program chooses. */

/// <reference path="./saxen.d.ts" />

import { Parser } from "saxen";
import { Unreadable } from "../unreadable.ts";
import { DAMAGED } from "./parts.ts";

export type Attributes = Readonly<Record<string, string>>;
export type Visitor = {
  /** `attributes` is a function because most elements need none. */
  readonly open?: (name: string, attributes: () => Attributes) => "stop" | undefined;
  readonly close?: (name: string) => "stop" | undefined;
  readonly text?: (text: string) => void;
};

const localName = (name: string): string => name.slice(name.indexOf(":") + 1);

/** Throws `Unreadable`. */
export function visitXml(xml: string, { open, close, text }: Visitor): void {
  const parser = new Parser();
  /** Thrown after the parser has stopped: the parser would take it for a fault of the file. */
  let failure: unknown = null;
  let isStopped = false;
  const guarded = (visit: () => "stop" | undefined) => {
    if (isStopped) return;
    try {
      if (visit() !== "stop") return;
    } catch (error) {
      failure = error;
    }
    isStopped = true;
    parser.stop();
  };
  if (open !== undefined) {
    parser.on("openTag", (name, attributes, decode) => {
      const decoded = () =>
        Object.fromEntries(Object.entries(attributes()).map(([key, value]) => [key, decode(value)]));
      guarded(() => open(localName(name), decoded));
    });
  }
  if (close !== undefined) parser.on("closeTag", (name) => guarded(() => close(localName(name))));
  if (text !== undefined) {
    parser.on("text", (found, decode) => {
      if (!isStopped) text(decode(found));
    });
    parser.on("cdata", (found) => {
      if (!isStopped) text(found);
    });
  }
  parser.on("error", () => {
    if (!isStopped) failure ??= new Unreadable(DAMAGED);
  });
  parser.parse(xml);
  if (failure !== null) throw failure;
}
