/** Small checks that compose into the shape of a Block Kit object, with Slack's wording and JSON pointers. */

/** One thing wrong with what was sent. */
export interface Problem {
  /** JSON pointer to the offending value, e.g. `/blocks/0/text`. */
  readonly pointer: string;
  readonly message: string;
}

/** Looks at a value found at a JSON pointer and adds what is wrong with it. */
export type Rule = (value: unknown, at: string, problems: Problem[]) => void;

/** A JSON object whose fields are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: neither a list nor null. */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A string of `min` to `max` UTF-16 units. */
export function string(max: number, min = 0): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string') problems.push({ pointer: at, message: 'must be a string' });
    else if (value.length < min) problems.push({ pointer: at, message: `must be more than ${min - 1} characters` });
    else if (value.length > max) problems.push({ pointer: at, message: `must be less than ${max + 1} characters` });
  };
}

/** A string that matches a pattern; `name` says what it should have been. */
export function pattern(expression: RegExp, name: string): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !expression.test(value)) {
      problems.push({ pointer: at, message: `must be a valid ${name}` });
    }
  };
}

/** An https or http address of at most `max` characters. */
export function url(max: number): Rule {
  return all(string(max, 1), pattern(/^https?:\/\/\S+$/i, 'url'));
}

/** One of a few words. */
export function oneOf(...allowed: readonly string[]): Rule {
  return (value, at, problems) => {
    if (typeof value !== 'string' || !allowed.includes(value)) {
      problems.push({ pointer: at, message: `must be a valid enum value: ${allowed.join(', ')}` });
    }
  };
}

/** True or false. */
export const boolean: Rule = (value, at, problems) => {
  if (typeof value !== 'boolean') problems.push({ pointer: at, message: 'must be a boolean' });
};

/** An integer between two bounds, both allowed. */
export function integer(min: number, max: number): Rule {
  return (value, at, problems) => {
    if (!Number.isInteger(value)) problems.push({ pointer: at, message: 'must be an integer' });
    else if (Number(value) < min) problems.push({ pointer: at, message: `must be greater than ${min - 1}` });
    else if (Number(value) > max) problems.push({ pointer: at, message: `must be less than ${max + 1}` });
  };
}

/** Any finite number. */
export const number: Rule = (value, at, problems) => {
  if (typeof value !== 'number' || !Number.isFinite(value)) {
    problems.push({ pointer: at, message: 'must be a number' });
  }
};

/** A list of `min` to `max` items, each following the same rule. */
export function list(item: Rule, max: number, min = 1): Rule {
  return (value, at, problems) => {
    if (!Array.isArray(value)) {
      problems.push({ pointer: at, message: 'must be an array' });
      return;
    }
    if (value.length < min) problems.push({ pointer: at, message: `no fewer than ${min} items allowed` });
    if (value.length > max) problems.push({ pointer: at, message: `no more than ${max} items allowed` });
    value.forEach((entry, index) => {
      item(entry, `${at}/${index}`, problems);
    });
  };
}

/** Fields of an object: those that must be there and those that may. Any other field is refused by name. */
export interface Fields {
  readonly required?: Readonly<Record<string, Rule>>;
  readonly optional?: Readonly<Record<string, Rule>>;
}

/** An object with exactly these fields. */
export function object(fields: Fields): Rule {
  const rules = new Map([...Object.entries(fields.required ?? {}), ...Object.entries(fields.optional ?? {})]);
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push({ pointer: at, message: 'must be an object' });
      return;
    }
    for (const name of Object.keys(fields.required ?? {})) {
      if (value[name] === undefined) problems.push({ pointer: at, message: `missing required field: ${name}` });
    }
    for (const [name, entry] of Object.entries(value)) {
      const rule = rules.get(name);
      if (rule === undefined) problems.push({ pointer: at, message: `invalid additional property: ${name}` });
      else if (entry !== undefined) rule(entry, `${at}/${name}`, problems);
    }
  };
}

/** An object whose `type` says which rule it follows. */
export function byType(rules: Readonly<Record<string, Rule>>): Rule {
  const known = new Map(Object.entries(rules));
  return (value, at, problems) => {
    if (!isObject(value)) {
      problems.push({ pointer: at, message: 'must be an object' });
      return;
    }
    if (value.type === undefined) {
      problems.push({ pointer: at, message: 'missing required field: type' });
      return;
    }
    const rule = typeof value.type === 'string' ? known.get(value.type) : undefined;
    if (rule === undefined) problems.push({ pointer: `${at}/type`, message: `unsupported type: ${value.type}` });
    else rule(value, at, problems);
  };
}

/** Several rules at once. */
export function all(...rules: readonly Rule[]): Rule {
  return (value, at, problems) => {
    for (const rule of rules) rule(value, at, problems);
  };
}

/** An object in which exactly one, or with `least: true` at least one, of some fields is present. */
export function choice(names: readonly string[], least = false): Rule {
  return (value, at, problems) => {
    if (!isObject(value)) return;
    const present = names.filter((name) => value[name] !== undefined);
    if (present.length === 0) problems.push({ pointer: at, message: `missing required field: ${names.join(' or ')}` });
    else if (present.length > 1 && !least) {
      problems.push({ pointer: at, message: `only one of these fields is allowed: ${present.join(', ')}` });
    }
  };
}

/** A rule of one's own: `complaint` answers what is wrong, or nothing. */
export function that(complaint: (value: unknown) => string | undefined): Rule {
  return (value, at, problems) => {
    const message = complaint(value);
    if (message !== undefined) problems.push({ pointer: at, message });
  };
}
