/** Refuses in a script what Windows PowerShell 3.0 on .NET 4.5 does not have. Needs a parser, no PowerShell. */
import { createRequire } from 'node:module';
import { Language, type Node, Parser } from 'web-tree-sitter';
import { COMMANDS, INSTANCE_MEMBERS, SYNTAX, TYPES } from './reviewed.ts';

/** Something that has not been reviewed, or is newer, and the line it stands on. */
export interface Finding {
  readonly line: number;
  readonly what: string;
}

/** Parses PowerShell; loaded once. */
export const createGuard = async (): Promise<(script: string) => readonly Finding[]> => {
  await Parser.init();
  const grammar = createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm');
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return (script) => {
    const tree = parser.parse(script);
    if (tree === null) throw new Error('the parser gave no tree');
    const nodes = [...walk(tree.rootNode)];
    const functions = new Set(
      nodes.filter(({ type }) => type === 'function_name').map(({ text }) => text.toLowerCase()),
    );
    return nodes.flatMap((node) => judge(node, functions).map((what) => ({ line: node.startPosition.row + 1, what })));
  };
};

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) if (child !== null) yield* walk(child);
}

const judge = (node: Node, functions: ReadonlySet<string>): string[] => {
  if (node.isError || node.isMissing) return [`not PowerShell 3.0: ${snippet(node)}`];
  // Unnamed nodes are the words and signs of their parents.
  if (!node.isNamed) return [];
  if (!SYNTAX.has(node.type)) return [`syntax ${node.type}: ${snippet(node)}`];
  if (node.type === 'command') return judgeCommand(node, functions);
  if (node.type === 'type_literal') return judgeType(typeName(node));
  if (node.type === 'member_access' || node.type === 'invokation_expression') return judgeMember(node);
  return [];
};

const snippet = ({ text }: Node): string => text.slice(0, 60).replaceAll('\n', ' ');

const childOf = (node: Node, type: string): Node | undefined =>
  node.children.find((child) => child?.type === type) ?? undefined;

const typeName = (literal: Node): string => literal.text.slice(1, -1).trim();

const plainType = (name: string): string => name.replace(/\[\]$/, '').toLowerCase();

const judgeType = (name: string): string[] => (TYPES.has(plainType(name)) ? [] : [`type ${name}`]);

const judgeCommand = (node: Node, functions: ReadonlySet<string>): string[] => {
  const name = childOf(node, 'command_name')?.text;
  // `& $block`: what it runs is judged where it stands.
  if (name === undefined) return [];
  if (functions.has(name.toLowerCase())) return [];
  const known = COMMANDS.get(name.toLowerCase());
  if (known === undefined) return [`command ${name}`];
  const elements = [...walk(node)].filter(({ parent }) => parent?.parent?.id === node.id);
  const parameters = elements.filter(({ type }) => type === 'command_parameter').map(({ text }) => text.slice(1));
  const unknown = parameters.filter((parameter) => !known.includes(parameter.replace(/:$/, '')));
  return [...unknown.map((parameter) => `${name} -${parameter}`), ...judgeNewObject(name, elements)];
};

const judgeNewObject = (name: string, elements: readonly Node[]): string[] => {
  if (name.toLowerCase() !== 'new-object') return [];
  const values = elements.filter(({ type }) => type !== 'command_argument_sep');
  const at = values.findIndex(({ text }) => text === '-TypeName');
  const type = values[at + 1]?.text.replace(/^'|'$/g, '');
  return at < 0 || type === undefined ? ['New-Object without a literal -TypeName'] : judgeType(type);
};

const judgeMember = (node: Node): string[] => {
  const member = childOf(node, 'member_name')?.text.replace(/^'|'$/g, '') ?? '';
  const literal = childOf(node, 'type_literal');
  if (literal !== undefined && node.text.slice(literal.text.length).trimStart().startsWith('::')) {
    const members = TYPES.get(plainType(typeName(literal)));
    return members?.includes(member) ? [] : [`member ${typeName(literal)}::${member}`];
  }
  return INSTANCE_MEMBERS.has(member) ? [] : [`member .${member}`];
};
