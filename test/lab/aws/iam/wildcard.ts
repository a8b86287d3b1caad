/** Wildcards of policies: `*` is any run of characters, `?` any one. */

/** Whether the whole text matches. Takes no more than pattern × text steps, whatever the pattern. */
export function matchesWildcard(pattern: string, text: string): boolean {
  let p = 0;
  let t = 0;
  let star = -1;
  let resume = 0;
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      resume = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      resume += 1;
      t = resume;
      p = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(p));
}

/** Whether an action such as `ssm:Describe*` covers `ssm:DescribeDocument`; letters' case does not matter. */
export function matchesAction(pattern: string, action: string): boolean {
  return matchesWildcard(pattern.toLowerCase(), action.toLowerCase());
}

const ARN_PARTS = 6;

/**
 * Whether an ARN pattern covers an ARN: part by part, a wildcard never reaches across a colon of the first five parts.
 * Source: IAM User Guide, ARN condition operators.
 */
export function matchesArn(pattern: string, arn: string): boolean {
  if (pattern === '*') return true;
  const wanted = arnParts(pattern);
  const found = arnParts(arn);
  if (wanted === undefined || found === undefined) return false;
  return wanted.every((part, index) => matchesWildcard(part, found[index] ?? ''));
}

/** The six parts of an ARN, or undefined for anything else. */
export function arnParts(arn: string): readonly string[] | undefined {
  const pieces = arn.split(':');
  if (pieces[0] !== 'arn' || pieces.length < ARN_PARTS) return undefined;
  return [...pieces.slice(0, ARN_PARTS - 1), pieces.slice(ARN_PARTS - 1).join(':')];
}
