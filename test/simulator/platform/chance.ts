/**
 * Every decision of a history, drawn from its seed. A decision has a name (its channel) and a count in that name. So
 * leaving one out changes no other, and a failing history can be shortened.
 */

/** Two rounds of a 32-bit mixer (murmur3's finalizer): enough for faults, not for secrets. */
function mixed(value: number): number {
  let mix = value | 0;
  mix = Math.imul(mix ^ (mix >>> 16), 0x85ebca6b);
  mix = Math.imul(mix ^ (mix >>> 13), 0xc2b2ae35);
  return (mix ^ (mix >>> 16)) >>> 0;
}

export function hashOf(text: string, from = 0x811c9dc5): number {
  let hash = from;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash >>> 0;
}

type Channel = { readonly hash: number; drawn: number };

export class Chance {
  readonly #seed: number;
  /** Faults that may happen; null: all that are drawn. */
  readonly #kept: ReadonlySet<string> | null;
  readonly #channels = new Map<string, Channel>();
  /** The faults that happened, in order. */
  readonly faults: string[] = [];
  /** No fault happens while it is false. */
  areFaultsOn = false;

  constructor(seed: number, kept: ReadonlySet<string> | null = null) {
    this.#seed = seed;
    this.#kept = kept;
  }

  /** From 0 to 1, without 1. */
  share(name: string): number {
    return this.bits(name) / 2 ** 32;
  }

  /** 32 of them. */
  bits(name: string): number {
    let channel = this.#channels.get(name);
    if (channel === undefined) {
      channel = { hash: hashOf(name), drawn: 0 };
      this.#channels.set(name, channel);
    }
    channel.drawn += 1;
    return mixed(mixed(this.#seed ^ channel.hash) + Math.imul(channel.drawn, 0x9e3779b9));
  }

  /** Whole, from `least` to `most`, both included. */
  between(name: string, least: number, most: number): number {
    return least + Math.floor(this.share(name) * (most - least + 1));
  }

  one<T>(name: string, list: readonly T[]): T {
    return list[Math.floor(this.share(name) * list.length)] as T;
  }

  happens(name: string, probability: number): boolean {
    return this.share(name) < probability;
  }

  /** Something fails: it is recorded, or left out if the history is run without it. */
  fault(name: string, probability: number): boolean {
    if (probability <= 0 || !this.areFaultsOn || this.share(name) >= probability) return false;
    const fault = `${name}#${this.#channels.get(name)?.drawn ?? 0}`;
    if (this.#kept !== null && !this.#kept.has(fault)) return false;
    this.faults.push(fault);
    return true;
  }
}
