/** Deterministic randomness of the lab: the same seed gives the same world and the same run. */

/** Numbers in 0 ≤ x < 1, the same sequence for the same seed. Not for secrets. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

/** A whole number in 0 ≤ n < `below`. */
export function whole(next: () => number, below: number): number {
  return Math.floor(next() * below);
}

/** One of the items; throws for an empty list. */
export function pick<T>(next: () => number, items: readonly T[]): T {
  const item = items[whole(next, items.length)];
  if (item === undefined) throw new Error('Nothing to pick from');
  return item;
}

/** Lower-case hexadecimal digits. */
export function hexDigits(next: () => number, count: number): string {
  let digits = '';
  while (digits.length < count)
    digits += Math.floor(next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0');
  return digits.slice(0, count);
}

/** A GUID of version 4 shape, lower-case. */
export function guid(next: () => number): string {
  const h = hexDigits(next, 32);
  const variant = '89ab'[whole(next, 4)];
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-4${h.slice(13, 16)}-${variant}${h.slice(17, 20)}-${h.slice(20)}`;
}

/** A seed made of a text, so that a thing's randomness depends on its name alone. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return hash;
}
