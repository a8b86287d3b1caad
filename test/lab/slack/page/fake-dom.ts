/** As much of a browser's document as the page uses, so that its own script can run in a test. */

/** A node of the pretended document. */
export interface FakeNode {
  readonly tag: string;
  readonly children: FakeNode[];
  readonly dataset: Record<string, string>;
  readonly attributes: Record<string, string>;
  /** Text of a text node; of an element, everything in it. */
  textContent: string;
  value: string;
  hidden: boolean;
  className: string;
  /** Calls the listeners. */
  fire(event: string, detail?: object): void;
}

type Child = FakeNode | string;

/** Elements that hold a value of their own. */
interface Working extends FakeNode {
  parent: Working | undefined;
  text: string;
}

function textNode(text: string): Working {
  return { ...createNode('#text'), text };
}

function createNode(tag: string): Working {
  const listeners: Record<string, ((event: object) => void)[]> = {};
  const children: Working[] = [];
  const adopt = (child: Child): Working => {
    const node = typeof child === 'string' ? textNode(child) : (child as Working);
    remove(node);
    node.parent = working;
    return node;
  };
  const working = {
    tag,
    children,
    dataset: {},
    attributes: {},
    parent: undefined,
    text: '',
    value: '',
    hidden: false,
    className: '',
    open: false,
    get options() {
      return children;
    },
    get firstElementChild() {
      return children[0];
    },
    get lastElementChild() {
      return children.at(-1);
    },
    get textContent(): string {
      return readText(working);
    },
    set textContent(text: string) {
      children.splice(0, children.length, adopt(text));
    },
    append: (...nodes: Child[]) => {
      for (const node of nodes) children.push(adopt(node));
    },
    prepend: (node: Child) => children.unshift(adopt(node)),
    replaceChildren: (...nodes: Child[]) => children.splice(0, children.length, ...nodes.map(adopt)),
    insertBefore: (node: Working, before: Working | null) => {
      adopt(node);
      children.splice(before === null ? children.length : children.indexOf(before), 0, node);
    },
    remove: () => remove(working),
    setAttribute: (name: string, value: string) => {
      (working.attributes as Record<string, string>)[name] = value;
    },
    addEventListener: (event: string, run: (event: object) => void) => {
      listeners[event] = [...(listeners[event] ?? []), run];
    },
    fire: (event: string, detail: object = {}) => {
      for (const run of listeners[event] ?? []) run({ preventDefault: () => {}, ...detail });
    },
    showModal: () => {
      working.open = true;
    },
    close: () => {
      working.open = false;
    },
    focus: () => {},
  } as Working & { open: boolean };
  return working;
}

function readText(node: Working): string {
  return node.tag === '#text' ? node.text : node.children.map((child) => readText(child as Working)).join('');
}

function remove(node: Working): void {
  const siblings = node.parent?.children;
  const at = siblings?.indexOf(node) ?? -1;
  if (at >= 0) siblings?.splice(at, 1);
  node.parent = undefined;
}

/** A document whose elements with an id come into being when asked for. */
export function createFakeDocument(): {
  readonly document: object;
  readonly byId: (id: string) => FakeNode;
} {
  const known = new Map<string, FakeNode>();
  const byId = (id: string): FakeNode => {
    const node = known.get(id) ?? createNode('div');
    known.set(id, node);
    return node;
  };
  return { document: { createElement: createNode, createTextNode: textNode, getElementById: byId }, byId };
}

/** Every element below a node for which `is` holds, in order. */
export function findAll(node: FakeNode, is: (node: FakeNode) => boolean): FakeNode[] {
  return node.children.flatMap((child) => [...(is(child) ? [child] : []), ...findAll(child, is)]);
}
