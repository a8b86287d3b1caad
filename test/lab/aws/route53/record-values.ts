/** What Route 53 finds wrong with the values of a record set. */
import { isIPv4, isIPv6 } from 'node:net';
import type { LabRecordSet } from '../../world/types.ts';
import { fqdn, nameProblem } from './names.ts';

/** The message; undefined where the value is as it should be. */
export function valueProblem(type: LabRecordSet['type'], value: string): string | undefined {
  const problem = unsupported(value) ?? problemOf(type, value);
  if (problem === undefined) return undefined;
  const said = `FATAL problem: ${problem} encountered with '${value}'`;
  // Messages about addresses came with quotation marks when they were last seen, the others without.
  return `Invalid Resource Record: ${type === 'A' || type === 'AAAA' ? `'${said}'` : said}`;
}

/** The message about a set's own name; undefined where it may be one. */
export function nameMessage(name: string): string | undefined {
  const problem = unsupported(name) ?? nameProblem(name);
  return problem === undefined ? undefined : `FATAL problem: ${problem} encountered with '${name}'`;
}

/** Everything but printable ASCII has to be written in octal. Source: AWS, developer guide, "DNS domain name format". */
function unsupported(text: string): string | undefined {
  return /^[ -~]*$/.test(text) ? undefined : 'UnsupportedCharacter (Value contains unsupported characters)';
}

/** Code and explanation. Those of numbers and of SOA are guesses: nobody reported the real ones. */
function problemOf(type: LabRecordSet['type'], value: string): string | undefined {
  switch (type) {
    case 'A':
      if (/\s/.test(value)) return 'ARRDATANotSingleField (Value contains spaces)';
      return isIPv4(value) ? undefined : 'ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address)';
    case 'AAAA':
      return isIPv6(value) ? undefined : 'AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address)';
    case 'SRV':
      return srvProblem(value);
    case 'TXT':
      return textProblem(value);
    case 'SOA':
      return value.split(' ').length === 7 ? undefined : "SOARRDATANotSevenFields (SOA record doesn't have 7 fields)";
    case 'NS':
    case 'CNAME':
      return nameProblem(value);
  }
}

function srvProblem(value: string): string | undefined {
  const fields = value.split(' ');
  const [target = ''] = fields.slice(3);
  if (fields.length !== 4 || target === '') return "SRVRRDATANotFourFields (SRV record doesn't have 4 fields)";
  if (fields.slice(0, 3).some((field) => !/^\d{1,5}$/.test(field) || Number(field) > 65_535)) {
    return 'SRVRRDATAIllegalNumber (Value is not a number from 0 to 65535)';
  }
  return fqdn(target) === '.' ? undefined : nameProblem(target);
}

/** Strings in quotation marks, each of at most 255 characters; a backslash keeps the next character, three digits are one. */
function textProblem(value: string): string | undefined {
  if (!/^"(?:[^"\\]|\\.)*"(?:\s*"(?:[^"\\]|\\.)*")*$/.test(value)) {
    return 'InvalidCharacterString (Value should be enclosed in quotation marks)';
  }
  const strings = [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = '']) => inner);
  const lengths = strings.map((inner) => inner.replace(/\\(?:[0-7]{3}|.)/g, 'x').length);
  return lengths.some((length) => length > 255) ? 'CharacterStringTooLong (Value is too long)' : undefined;
}
