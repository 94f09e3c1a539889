import { parse, type AnyNode, type Position } from 'acorn';
import { TemplateFault } from './template-file.ts';

/** The names that emitted code uses for itself; a template may not. The first holds the operations of sandbox.js. */
const OPERATIONS = '__gtm';
const ARGUMENTS = '__gtm_arguments';
const OLD = '__gtm_old';

/** What is known to work, and nothing else. */
const CONSTRUCTS = new Set<string>(
  `Program EmptyStatement ExpressionStatement VariableDeclaration VariableDeclarator FunctionDeclaration FunctionExpression
  ArrowFunctionExpression ReturnStatement BlockStatement IfStatement WhileStatement ForStatement ForInStatement ForOfStatement
  SwitchStatement SwitchCase BreakStatement ContinueStatement Literal Identifier ArrayExpression ObjectExpression Property
  ConditionalExpression LogicalExpression BinaryExpression UnaryExpression AssignmentExpression UpdateExpression
  MemberExpression CallExpression`.split(/\s+/),
);
const OPERATORS = new Set('= += -= *= /= %= ++ -- && || == === != !== < <= > >= + - * / % ! typeof'.split(' '));

/**
 * Checks sandboxed JavaScript against the subset that Google Tag Manager takes, and rewrites it so that it needs no
 * interpreter: names that are not declared become `undefined`, properties are read, written and called through the operations
 * of sandbox.js, `arguments` is an array in every function. Line breaks stay where they are.
 * @param names what the code is given by name: `data` and `require`, and in tests the test API
 * @param firstLine the line of the file on which `code` begins
 * @returns the source of a function expression `(operations, ...names) => result`
 * @throws {TemplateFault} every refused construct with its line
 */
export function compile(code: string, names: readonly string[], firstLine: number): string {
  const program = parseCode(code, firstLine);
  const faults = code.includes(OPERATIONS) ? [`names may not begin with ${OPERATIONS} in this stand-in`] : [];

  const refuse = (node: AnyNode, what: string) => {
    faults.push(`line ${node.loc!.start.line + firstLine - 1}: ${what}`);
    return 'undefined';
  };
  const source = (node: AnyNode) => code.slice(node.start, node.end);

  function emit(node: AnyNode, scope: ReadonlySet<string>): string {
    const refused = refusal(node);
    if (refused) return refuse(node, `sandboxed JavaScript has no ${refused}: ${source(node).split('\n')[0]}`);
    // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- most constructs stay as they are
    switch (node.type) {
      case 'Identifier':
        if (!scope.has(node.name)) return 'undefined';
        return node.name === 'arguments' ? ARGUMENTS : node.name;
      case 'Property':
        return `${source(node.key)}: ${emit(node.value, scope)}`;
      case 'MemberExpression':
        return `${OPERATIONS}.get(${place(node, scope)})`;
      case 'CallExpression': {
        const given = `[${node.arguments.map((one) => emit(one, scope)).join(', ')}], ${JSON.stringify(source(node.callee))}`;
        return node.callee.type === 'MemberExpression'
          ? `${OPERATIONS}.call(${place(node.callee, scope)}, ${given})`
          : `${OPERATIONS}.run(${emit(node.callee, scope)}, ${given})`;
      }
      case 'AssignmentExpression': {
        if (node.left.type !== 'MemberExpression') return written(node, node.left, scope);
        const value = emit(node.right, scope);
        if (node.operator === '=') return `${OPERATIONS}.set(${place(node.left, scope)}, ${value})`;
        return `${OPERATIONS}.change(${place(node.left, scope)}, (${OLD}) => ${OLD} ${node.operator[0]} (${value}))`;
      }
      case 'UpdateExpression':
        if (node.argument.type !== 'MemberExpression') return written(node, node.argument, scope);
        return `${OPERATIONS}.change(${place(node.argument, scope)}, (${OLD}) => ${OLD} ${node.operator[0]} 1, ${!node.prefix})`;
      case 'ForInStatement':
      case 'ForOfStatement':
        return node.left.type === 'VariableDeclaration' ? whole(node, scope) : written(node, node.left, scope);
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ArrowFunctionExpression': {
        const params = node.params.map((param) => (param.type === 'Identifier' ? param.name : emit(param, scope)));
        const inside = new Set([
          ...scope,
          ...params,
          ...hoisted(node.body),
          'arguments',
          ...(node.id ? [node.id.name] : []),
        ]);
        const before = params.map((name, index) => `var ${name} = ${ARGUMENTS}[${index}]; `).join('');
        const text = emit(node.body, inside);
        const body =
          node.body.type === 'BlockStatement' ? `{ ;${before}${text.slice(1)}` : `{ ${before}return (${text}); }`;
        if (node.type === 'ArrowFunctionExpression') return `(...${ARGUMENTS}) => ${body}`;
        return `function ${node.id?.name ?? ''}(...${ARGUMENTS}) ${body}`;
      }
      default:
        return whole(node, scope);
    }
  }

  /** `object, key` of a member expression, as arguments. */
  function place(node: AnyNode & { type: 'MemberExpression' }, scope: ReadonlySet<string>): string {
    const key = node.computed ? emit(node.property, scope) : JSON.stringify(source(node.property));
    return `${emit(node.object, scope)}, ${key}`;
  }

  function written(node: AnyNode, target: AnyNode, scope: ReadonlySet<string>): string {
    if (target.type === 'Identifier' && scope.has(target.name)) return whole(node, scope);
    return refuse(target, `writes to \`${source(target)}\`, which is not declared: there are no globals`);
  }

  /** The node's own text around what becomes of its parts. */
  function whole(node: AnyNode, scope: ReadonlySet<string>): string {
    const parts = partsOf(node);
    const inside = new Set([
      ...scope,
      ...parts.flatMap((part) => (part.type === 'SwitchCase' ? partsOf(part) : part)).flatMap((part) => declared(part)),
    ]);
    let text = '';
    let at = node.start;
    for (const part of parts) {
      text += code.slice(at, part.start) + emit(part, inside);
      at = part.end;
    }
    return text + code.slice(at, node.end);
  }

  const body = emit(program, new Set([...names, ...hoisted(program)]));
  if (faults.length > 0) throw new TemplateFault(faults);
  return `function (${[OPERATIONS, ...names].join(', ')}) { ${body}\n}`;
}

/**
 * Parses sandboxed JavaScript.
 * @throws {TemplateFault} with the line of a syntax error
 */
export function parseCode(code: string, firstLine: number): AnyNode {
  try {
    return parse(code, { ecmaVersion: 2023, locations: true, allowReturnOutsideFunction: true });
  } catch (error) {
    const { loc, message } = error as Error & { loc: Position };
    throw new TemplateFault([`line ${loc.line + firstLine - 1}: ${message.replace(/ \(\d+:\d+\)$/, '')}`]);
  }
}

/** The nodes directly below, in the order of the text. */
export function partsOf(node: AnyNode): AnyNode[] {
  const parts = Object.values(node as object).flat() as (AnyNode | null | undefined)[];
  return parts.filter((part): part is AnyNode => typeof part?.type === 'string').sort((a, b) => a.start - b.start);
}

/** The names that `let` and `const` declare here, or `var` if asked. */
function declared(node: AnyNode, kind?: 'var'): string[] {
  if (node.type !== 'VariableDeclaration' || (node.kind === 'var') !== (kind === 'var')) return [];
  return node.declarations.flatMap(({ id }) => (id.type === 'Identifier' ? [id.name] : []));
}

/** The names that hold in the whole function: of `var` and of function declarations, at any depth. */
function hoisted(node: AnyNode): string[] {
  if (node.type === 'FunctionDeclaration') return node.id ? [node.id.name] : [];
  if (node.type === 'FunctionExpression' || node.type === 'ArrowFunctionExpression') return [];
  return [...declared(node, 'var'), ...partsOf(node).flatMap((part) => hoisted(part))];
}

/** What the sandbox does not take about this node itself: its kind, its operator, or how it is written. */
function refusal(node: AnyNode): string | undefined {
  if (!CONSTRUCTS.has(node.type)) return node.type;
  if ('operator' in node && !OPERATORS.has(node.operator)) return `operator ${node.operator}`;
  if (node.type === 'UnaryExpression' && node.operator === '+') return 'unary plus';
  if ('async' in node && node.async) return 'async function';
  if ('generator' in node && node.generator) return 'generator';
  if ('label' in node && node.label) return 'label';
  if (node.type === 'Literal' && node.regex) return 'regular expression';
  if (node.type === 'Literal' && node.bigint) return 'BigInt';
  if (node.type !== 'Property') return undefined;
  if (node.shorthand || node.computed || node.method || node.kind !== 'init')
    return 'property that is not `name: value`';
  const name = node.key.type === 'Identifier' ? node.key.name : node.key.type === 'Literal' && node.key.value;
  return name === '__proto__' ? '__proto__' : undefined;
}
