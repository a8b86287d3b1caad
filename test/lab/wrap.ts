/** Text for a terminal. */

/**
 * Breaks lines longer than `width` at blanks; what follows a break is indented as its line was, and a little more. A
 * word longer than the width stays whole.
 */
export const wrap = (text: string, width: number): string =>
  text
    .split('\n')
    .flatMap((line) => wrapLine(line, width))
    .join('\n');

const wrapLine = (line: string, width: number): readonly string[] => {
  if (line.length <= width) return [line];
  const indent = /^\s*(?:[•\-\d.]+\s+)?/.exec(line)?.[0] ?? '';
  const hanging = ' '.repeat(indent.length);
  const lines: string[] = [];
  let current = indent;
  for (const word of line.slice(indent.length).split(' ')) {
    const isBlank = current.trim() === '' || current === indent;
    const longer = isBlank ? current + word : `${current} ${word}`;
    if (longer.length <= width || isBlank) current = longer;
    else {
      lines.push(current);
      current = hanging + word;
    }
  }
  return [...lines, current];
};
