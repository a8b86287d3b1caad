/** Domains that a KMS host publishes in, as they are typed: `corp.example lab.example,10,50`, or `none`. */
import type { PublishDomain } from '../../domain/change/change-spec.ts';
import { listObjection, parsePublishLine } from '../../domain/keys/publish-list.ts';
import { bad, extra, good, missing, type Parsed } from './command.ts';
import type { Word } from './words.ts';

/** Reads the list; a domain that is named twice in one way counts once. */
export function parseDomains(words: readonly Word[]): Parsed<readonly PublishDomain[]> {
  const [first] = words;
  if (first === undefined) return missing('domain');
  if (words.length === 1 && !first.quoted && first.text.toLowerCase() === 'none') return good([]);
  const domains: PublishDomain[] = [];
  for (const line of linesOf(words)) {
    const read = parsePublishLine(line);
    if (!read.ok) return bad('domain', line);
    domains.push(read.domain);
  }
  return listOf(domains);
}

/** Commas part words as blanks do: numbers behind a domain are its own. Within quotes they stand already. */
function linesOf(words: readonly Word[]): readonly string[] {
  const lines: string[] = [];
  for (const { text, quoted } of words) {
    const before = lines[lines.length - 1];
    if (before !== undefined && !quoted && /^\d+$/.test(text)) lines[lines.length - 1] = `${before},${text}`;
    else lines.push(text);
  }
  return lines;
}

function listOf(named: readonly PublishDomain[]): Parsed<readonly PublishDomain[]> {
  const domains = [...new Map(named.map((each) => [JSON.stringify(each), each])).values()];
  const objection = listObjection(domains);
  if (objection === undefined) return good(domains);
  return extra(objection.why === 'twice' ? objection.domain : (domains[objection.most]?.domain ?? ''));
}
