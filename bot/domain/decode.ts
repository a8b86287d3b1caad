/**
 * Small readers of untrusted JSON. A reader takes a value and the path it stands at, and answers with a typed value
 * or with the path and reason of the first thing that is wrong. Keys a reader does not name are ignored, so that a
 * later minor version may add some.
 */

/** What a reader answers. `at` is a path such as `prod[1].st`. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: string; readonly why: string };

/** Reads a value that stands at a path. */
export type Decoder<T> = (json: unknown, at: string) => Decoded<T>;

/** A value that is as it should be. */
export const accepted = <T>(value: T): Decoded<T> => ({ ok: true, value });

/** A value that is not, with the reason in plain words. */
export const refused = (at: string, why: string): Decoded<never> => ({ ok: false, at, why });

/** A path, and a step on from it: a key or an index in brackets. */
const joined = (at: string, step: string): string =>
  at === '' || step === '' || step.startsWith('[') ? at + step : `${at}.${step}`;

/**
 * The refusal of something further in, told from here. Paths are put together only on the way out: nearly every value
 * is as it should be, and a large fleet has millions of them.
 */
const refusedWithin = (at: string, step: string, inner: { readonly at: string; readonly why: string }) =>
  refused(joined(joined(at, step), inner.at), inner.why);

/** Longest text a record may carry in one field: a DNS name has 255 characters, a lookup domain or host no more. */
const LONGEST_TEXT = 1024;

/** Any text of reasonable length. */
export const text: Decoder<string> = (json, at) => {
  if (typeof json !== 'string') return refused(at, 'is not a text');
  return json.length <= LONGEST_TEXT ? accepted(json) : refused(at, `is longer than ${LONGEST_TEXT} characters`);
};

/** A whole number within bounds, both included. */
export const wholeNumber =
  (least: number, most: number): Decoder<number> =>
  (json, at) => {
    if (typeof json !== 'number' || !Number.isInteger(json)) return refused(at, 'is not a whole number');
    return json >= least && json <= most ? accepted(json) : refused(at, `is not within ${least} and ${most}`);
  };

/** Any finite number. */
export const finiteNumber: Decoder<number> = (json, at) =>
  typeof json === 'number' && Number.isFinite(json) ? accepted(json) : refused(at, 'is not a number');

/** 0 or 1, as a boolean. */
export const flag: Decoder<boolean> = (json, at) =>
  json === 0 || json === 1 ? accepted(json === 1) : refused(at, 'is neither 0 nor 1');

/** The value itself, unread. */
export const anything: Decoder<unknown> = (json) => accepted(json);

/** What closer inspection of a value gives: another value, or why it is refused. */
export type Refined<T> = { readonly value: T } | { readonly why: string };

/** Reads with `decoder`, then turns the value into another that may be refused with a reason. */
export const refined =
  <A, B>(decoder: Decoder<A>, refine: (value: A) => Refined<B>): Decoder<B> =>
  (json, at) => {
    const read = decoder(json, at);
    if (!read.ok) return read;
    const made = refine(read.value);
    return 'why' in made ? refused(at, made.why) : accepted(made.value);
  };

/** Reads with `decoder`, then turns the value into another. */
export const mapped =
  <A, B>(decoder: Decoder<A>, map: (value: A) => B): Decoder<B> =>
  (json, at) => {
    const read = decoder(json, at);
    return read.ok ? accepted(map(read.value)) : read;
  };

/** Every element of a list. */
export const listOf =
  <T>(decoder: Decoder<T>): Decoder<readonly T[]> =>
  (json, at) => {
    if (!Array.isArray(json)) return refused(at, 'is not a list');
    const values: T[] = [];
    for (let index = 0; index < json.length; index += 1) {
      const read = decoder(json[index], '');
      if (!read.ok) return refusedWithin(at, `[${index}]`, read);
      values.push(read.value);
    }
    return accepted(values);
  };

type DecodersOf<T extends readonly unknown[]> = { readonly [K in keyof T]: Decoder<T[K]> };

/** A list with a reader for each place; further elements are ignored. */
export const tupleOf =
  <T extends readonly unknown[]>(...decoders: DecodersOf<T>): Decoder<T> =>
  (json, at) => {
    if (!Array.isArray(json)) return refused(at, 'is not a list');
    const values: unknown[] = [];
    let index = 0;
    for (const decoder of decoders) {
      const read = decoder(json[index], '');
      if (!read.ok) return refusedWithin(at, `[${index}]`, read);
      values.push(read.value);
      index += 1;
    }
    return accepted(values as unknown as T);
  };

/** A key that may be absent: `undefined` then. */
export const optional =
  <T>(decoder: Decoder<T>): Decoder<T | undefined> =>
  (json, at) =>
    json === undefined ? accepted(undefined) : decoder(json, at);

/** A value that may be `null`: `undefined` then. */
export const orNull =
  <T>(decoder: Decoder<T>): Decoder<T | undefined> =>
  (json, at) =>
    json === null ? accepted(undefined) : decoder(json, at);

/** The first reader that accepts; the refusal of the last otherwise. */
export const either =
  <A, B>(first: Decoder<A>, second: Decoder<B>): Decoder<A | B> =>
  (json, at) => {
    const read = first(json, at);
    return read.ok ? read : second(json, at);
  };

/** True for an object that is not a list. */
export const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** An object with a reader for each key it must (or may) have. */
export const objectOf = <T extends object>(decoders: { readonly [K in keyof T]: Decoder<T[K]> }): Decoder<T> => {
  const keys = Object.keys(decoders) as (keyof T & string)[];
  return (json, at) => {
    if (!isObject(json)) return refused(at, 'is not an object');
    const values: Partial<Record<keyof T, unknown>> = {};
    for (const key of keys) {
      const own = Object.hasOwn(json, key) ? json[key] : undefined;
      const read = decoders[key](own, '');
      if (!read.ok) return refusedWithin(at, key, read);
      values[key] = read.value;
    }
    return accepted(values as T);
  };
};
