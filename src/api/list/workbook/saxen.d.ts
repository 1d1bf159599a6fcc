/** The used part of saxen, which has no types of its own. */

declare module "saxen" {
  type Decode = (text: string) => string;
  type Attributes = Readonly<Record<string, string>>;
  export class Parser {
    on(name: "openTag", visit: (name: string, attributes: () => Attributes, decode: Decode) => void): this;
    on(name: "closeTag", visit: (name: string) => void): this;
    on(name: "text", visit: (text: string, decode: Decode) => void): this;
    on(name: "cdata", visit: (text: string) => void): this;
    on(name: "error", visit: (error: Error) => void): this;
    parse(xml: string): void;
    stop(): void;
  }
}
