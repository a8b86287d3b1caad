/** Reading the flattened parameters of query services: `Filter.1.Value.2=x`. */

/** `Name.1`, `Name.2`, … in order. */
export function listParameter(form: URLSearchParams, name: string): readonly string[] {
  return indexes(form, name).flatMap((index) => form.get(`${name}.${index}`) ?? []);
}

/** The numbers after `name.`, ascending. */
export function indexes(form: URLSearchParams, name: string): readonly number[] {
  const found = new Set<number>();
  for (const key of form.keys()) {
    const match = key.startsWith(`${name}.`) ? /^(\d+)/.exec(key.slice(name.length + 1)) : null;
    if (match !== null) found.add(Number(match[1]));
  }
  return [...found].sort((a, b) => a - b);
}
