import type { AnyNode } from 'acorn';
import { parseCode, partsOf } from './language.ts';
import { scriptUrl } from './sandbox.js';
import type { Template } from './template-file.ts';

/** Declared permissions by `publicId`, each with its parameters as plain values. */
export type Permissions = Record<string, Record<string, unknown>>;

export function declaredPermissions(template: Template): Permissions {
  const entries = template.permissions.map(({ instance: { key, param } }) => {
    return [key.publicId, Object.fromEntries(param.map((one) => [one.key, plain(one.value as TypedValue)]))];
  });
  return Object.fromEntries(entries) as Permissions;
}

/** How a permission's parameters are written: `type` 1 text, 2 list, 3 map, 8 boolean. */
interface TypedValue {
  type: number;
  string?: string;
  boolean?: boolean;
  listItem?: TypedValue[];
  mapKey?: TypedValue[];
  mapValue?: TypedValue[];
}

function plain(value: TypedValue): unknown {
  if (value.type === 2) return (value.listItem ?? []).map(plain);
  if (value.type !== 3) return value.string ?? value.boolean;
  return Object.fromEntries((value.mapKey ?? []).map((key, index) => [plain(key), plain(value.mapValue![index]!)]));
}

/** What the APIs of sandbox.js need; the rest of them need nothing. */
const NEEDS: Record<string, [permission: string, ...rights: string[]]> = {
  injectScript: ['inject_script'],
  copyFromWindow: ['access_globals', 'read'],
  setInWindow: ['access_globals', 'read', 'write'],
  createQueue: ['access_globals', 'read', 'write'],
  callInWindow: ['access_globals', 'execute'],
  logToConsole: ['logging'],
  getContainerVersion: ['read_container_data'],
};

/**
 * Compares what the code calls with what the template declares, both ways: the editor saves a template that lacks a
 * permission, and nobody notices one too many. Script addresses and globals must stand in the code as constants.
 * @returns one line for each right that is missing or needless
 */
export function comparePermissions(template: Template, allowLoopback = false): string[] {
  const declared = declaredPermissions(template);
  const patterns = (declared['inject_script']?.['urls'] ?? []) as string[];
  const globals = (declared['access_globals']?.['keys'] ?? []) as Record<string, unknown>[];
  const allowed = (url: string, by: string[]) => ['allowed', 'loopback'].includes(scriptUrl(url, by, allowLoopback));

  // A right is a text: `logging`, `access_globals read on a.b`, `inject_script of https://…`.
  const needed = new Set<string>();
  const given = new Set(Object.keys(declared));
  for (const { api, target } of apiCalls(template)) {
    const [permission, ...rights] = NEEDS[api] ?? [];
    if (permission !== undefined) needed.add(permission);
    for (const right of rights) needed.add(`${permission} ${right} on ${target}`);
    if (permission !== 'inject_script') continue;
    const by = patterns.filter((pattern) => allowed(target, [pattern]));
    for (const pattern of by) needed.add(`inject_script of ${pattern}`);
    if (!allowed(target, patterns)) needed.add(`inject_script of ${target}`);
  }
  for (const pattern of patterns) given.add(`inject_script of ${pattern}`);
  for (const entry of globals) {
    for (const right of ['read', 'write', 'execute'])
      if (entry[right]) given.add(`access_globals ${right} on ${String(entry['key'])}`);
  }
  return [
    ...[...needed].filter((right) => !given.has(right)).map((right) => `missing permission: ${right}`),
    ...[...given].filter((right) => !needed.has(right)).map((right) => `needless permission: ${right}`),
  ];
}

/** Calls of required APIs, each with its first argument: a text, or a constant that holds one. */
function apiCalls({ code, codeLine }: Template): { api: string; target: string }[] {
  const nodes = [parseCode(code, codeLine)];
  for (const node of nodes) nodes.push(...partsOf(node));
  const values = new Map<string, AnyNode>();
  for (const node of nodes) {
    if (node.type === 'VariableDeclarator' && node.id.type === 'Identifier' && node.init)
      values.set(node.id.name, node.init);
  }
  const valueOf = (node: AnyNode | undefined) => (node?.type === 'Identifier' ? values.get(node.name) : node);
  const textOf = (node: AnyNode | undefined) => {
    const value = valueOf(node);
    return value?.type === 'Literal' && typeof value.value === 'string'
      ? value.value
      : 'what is not written as a constant';
  };
  return nodes.flatMap((node) => {
    if (node.type !== 'CallExpression') return [];
    const made = valueOf(node.callee);
    const isApi =
      made?.type === 'CallExpression' && made.callee.type === 'Identifier' && made.callee.name === 'require';
    return isApi ? [{ api: textOf(made.arguments[0]), target: textOf(node.arguments[0]) }] : [];
  });
}
