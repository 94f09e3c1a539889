import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '..');

/** Where a file belongs, and what its part may import: folders or files of the house, and packages. First match wins. */
const PARTS: { part: RegExp; may: RegExp[]; packages: RegExp; fix: string }[] = [
  {
    part: /^server\/domain\//,
    may: [/^server\/domain\//],
    packages: /^$/,
    fix: 'the domain knows no HTTP, no SQL, no vendor: pass it in through a port',
  },
  { part: /^server\/wire\//, may: [/^server\/wire\//], packages: /^zod$/, fix: 'wire holds schemas only' },
  {
    part: /^server\/services\//,
    may: [/^server\/(domain|services|wire)\//],
    packages: /^$/,
    fix: 'services reach vendors and the store through domain/ports',
  },
  {
    part: /^server\/partner-file\//,
    may: [/^server\/(domain|partner-file|wire)\//],
    packages: /^(zod|yaml|node:.*)$/,
    fix: 'a port in domain/ports carries what the file needs',
  },
  {
    part: /^server\/gds\/registry\.ts$/,
    may: [/^server\/(domain|gds)\//],
    packages: /^$/,
    fix: 'the registry knows its own family only',
  },
  ...['amadeus', 'sabre', 'travelport'].map((vendor) => ({
    part: new RegExp(`^server/gds/${vendor}/`),
    may: [/^server\/domain\//, new RegExp(`^server/gds/${vendor}/`)],
    packages: /^(zod|fast-xml-parser|node:.*)$/,
    fix: 'an adapter never imports another adapter; what it needs arrives as an argument',
  })),
  {
    part: /^server\/payments\/registry\.ts$/,
    may: [/^server\/(domain|payments)\//],
    packages: /^$/,
    fix: 'the registry knows its own family only',
  },
  ...['stripe', 'adyen', 'paypal', 'authorize-net'].map((vendor) => ({
    part: new RegExp(`^server/payments/${vendor}/`),
    may: [/^server\/domain\//, new RegExp(`^server/payments/${vendor}/`)],
    packages: /^(stripe|zod|node:.*)$/,
    fix: 'an adapter never imports another adapter; what it needs arrives as an argument',
  })),
  ...['store', 'crypto', 'outbound', 'webhooks', 'places', 'logos'].map((folder) => ({
    part: new RegExp(`^server/${folder}/`),
    may: [/^server\/domain\//, new RegExp(`^server/${folder}/`)],
    packages: /^(kysely|pg|better-sqlite3|saxes|zod|virtual:airports|node:.*)$/,
    fix: 'technology imports the domain only; the rest arrives as arguments',
  })),
  {
    part: /^server\/jobs\//,
    may: [/^server\/(domain|services|webhooks|jobs)\//],
    packages: /^(node:.*)$/,
    fix: 'jobs call services',
  },
  {
    part: /^server\/http\//,
    may: [/^server\/(http|services|wire|domain)\//, /^gtm-template\//],
    packages: /^(hono|hono\/.*|@hono\/node-server|zod|node:.*)$/,
    fix: 'a route parses, authorises and answers: move the rest into a service',
  },
  {
    part: /^server\/log-lines\.ts$/,
    may: [/^server\/domain\//],
    packages: /^$/,
    fix: 'a log writes lines; what is in them comes from the callers',
  },
  { part: /^server\/config\.ts$/, may: [], packages: /^zod$/, fix: 'config only reads the environment' },
  {
    part: /^server\/(main|compose)\.ts$|^server\/cli\//,
    may: [/^server\//, /^gtm-template\//, /^package\.json$/],
    packages: /.*/,
    fix: '',
  },
  {
    part: /^server\/(prepare|serve|departcart)\.js$/,
    may: [/^server\/prepare\.js$/, /^dist\//],
    packages: /^node:.*$/,
    fix: 'the doors run before packages are installed',
  },
  {
    part: /^widget\/loader\//,
    may: [/^widget\/(loader\/|api\/open\.ts$)/, /^server\/wire\//],
    packages: /^$/,
    fix: 'the loader is tiny: the panel comes by dynamic import',
  },
  {
    part: /^widget\/hosted\//,
    may: [/^widget\/(hosted\/|api\/open\.ts$|panel\/(define|look)\.ts$)/, /^server\/wire\//],
    packages: /^$/,
    fix: 'a hosted page is a page with the panel on it: the panel comes by dynamic import',
  },
  {
    part: /^widget\/api\//,
    may: [/^widget\/api\//, /^server\/wire\//],
    packages: /^$/,
    fix: 'api speaks the wire and nothing else',
  },
  {
    part: /^widget\/messages\//,
    may: [/^widget\/(messages|seat-map\/words\.ts)/, /^server\/wire\//],
    packages: /^$/,
    fix: 'messages are words only',
  },
  {
    part: /^widget\/state\//,
    may: [/^widget\/(state|api|messages)\//, /^widget\/page-events\.ts$/, /^server\/wire\//],
    packages: /^$/,
    fix: 'state knows no elements',
  },
  {
    part: /^widget\/payment\//,
    may: [/^widget\/(?!loader\/|panel\/|api\/)/, /^server\/wire\//],
    packages: /^(lit(\/.*)?|@stripe\/stripe-js(\/pure)?)$/,
    fix: 'the browser half of a gateway knows its own SDK and what elements may know',
  },
  {
    part: /^widget\/panel\//,
    may: [/^widget\/(?!loader\/)/, /^server\/wire\//],
    packages: /^lit(\/.*)?$/,
    fix: 'the panel is put together from elements, state and messages',
  },
  {
    part: /^widget\/payment\//,
    may: [/^widget\/(?!loader\/|panel\/|api\/)/, /^server\/wire\//],
    packages: /^(lit(\/.*)?|@stripe\/stripe-js(\/pure)?)$/,
    fix: 'the pay step asks by requests and is told by properties; calls come through PayingHost',
  },
  {
    part: /^widget\//,
    may: [/^widget\/(?!loader\/|panel\/|api\/)/, /^server\/wire\//],
    packages: /^lit(\/.*)?$/,
    fix: 'an element asks by PanelRequest and is told by properties',
  },
  {
    part: /^demo\/(site|sandboxes|gtm)\//,
    may: [/^demo\//, /^gtm-template\//],
    packages: /.*/,
    fix: 'the demo partner and the sandboxes use DepartCart from outside, like any partner',
  },
  {
    part: /^demo\/start\.js$/,
    may: [/^server\/prepare\.js$/, /^dist\//],
    packages: /^node:.*$/,
    fix: 'the door runs before packages are installed',
  },
  { part: /^demo\//, may: [/^demo\//, /^server\//, /^gtm-template\//], packages: /.*/, fix: '' },
];

interface Import {
  from: string;
  what: string;
  typeOnly: boolean;
}

const files = ['server', 'widget', 'demo'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|js)$/.test(entry.name) && !entry.name.endsWith('.d.ts'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/')),
);

const source = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]));

/** Type imports count: a type is knowledge of the other part as much as a value is. */
function importsOf(file: string): Import[] {
  const text = source.get(file)!.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const found = text.matchAll(
    /(?:^|\n)\s*(import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/g,
  );
  return [...found].map((match) => ({ from: file, what: match[3] ?? match[4] ?? '', typeOnly: !!match[2] }));
}

const resolved = ({ from, what }: Import): string | null =>
  what.startsWith('.')
    ? relative(root, resolve(root, dirname(from), what.replace(/\?raw$/, ''))).replaceAll('\\', '/')
    : null;

const all = files.flatMap(importsOf);

describe('the house', () => {
  it('imports only downwards', () => {
    const broken = all.flatMap((one) => {
      const rule = PARTS.find(({ part }) => part.test(one.from));
      if (!rule)
        return [
          `${one.from}: no rule says where this file belongs. Give it a room of layout.md, or add the room to PARTS.`,
        ];
      const target = resolved(one);
      const allowed = target === null ? rule.packages.test(one.what) : rule.may.some((may) => may.test(target));
      return allowed
        ? []
        : [`${one.from} imports ${target ?? one.what}. Rule: ${rule.part.source} may not. Fix: ${rule.fix}.`];
    });
    expect(broken).toEqual([]);
  });

  it('takes wire types into the widget, never wire code', () => {
    const broken = all.filter(
      (one) => one.from.startsWith('widget/') && resolved(one)?.startsWith('server/') && !one.typeOnly,
    );
    expect(broken.map(({ from, what }) => `${from} imports ${what}. Fix: import type.`)).toEqual([]);
  });

  it('has no import cycle, types counted', () => {
    const graph = new Map(
      files.map((file) => [
        file,
        importsOf(file)
          .map(resolved)
          .filter((to): to is string => to !== null && source.has(to)),
      ]),
    );
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, path: string[]): void => {
      if (path.includes(file)) return void cycles.push([...path.slice(path.indexOf(file)), file].join(' → '));
      if (done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...path, file]);
      done.add(file);
    };
    for (const file of files) visit(file, []);
    expect(cycles).toEqual([]);
  });

  it('names a vendor only where the vendor lives', () => {
    const home =
      /^(server\/(gds|payments)\/|server\/compose\.ts$|server\/partner-file\/|server\/cli\/|widget\/payment\/|demo\/)/;
    const broken = files
      .filter((file) => !home.test(file))
      .filter((file) =>
        /\b(amadeus|sabre|travelport|adyen|paypal|authorize\.?net)\b/i.test(
          source.get(file)!.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, ''),
        ),
      );
    expect(
      broken.map((file) => `${file} names a vendor in its code. Fix: keep it in the adapter's folder or the registry.`),
    ).toEqual([]);
  });

  it('reads the environment in one file', () => {
    const broken = files.filter(
      (file) =>
        /^(server|demo)\//.test(file) &&
        !/^(server\/(config|compose|main|cli\/cli)\.ts|server\/[a-z]+\.js|demo\/start\.ts)$/.test(file) &&
        /process\.env/.test(source.get(file)!),
    );
    expect(broken.map((file) => `${file} reads process.env. Fix: let config.ts read it and pass the value.`)).toEqual(
      [],
    );
  });

  it('takes time and chance through a port', () => {
    const home =
      /^(server\/(compose|main)\.ts|server\/[a-z]+\.js|server\/crypto\/|server\/outbound\/|server\/cli\/|demo\/|widget\/)/;
    const broken = files.filter(
      (file) => !home.test(file) && /\bDate\.now\(|\bnew Date\(\)|Math\.random\(|randomUUID\(/.test(source.get(file)!),
    );
    expect(
      broken.map((file) => `${file} reads the clock or makes an id itself. Fix: take Clock or newId as an argument.`),
    ).toEqual([]);
  });

  it('writes no markup from data', () => {
    const broken = files.filter(
      (file) =>
        /^(widget|demo\/site)\//.test(file) &&
        /\.(innerHTML|outerHTML)\s*=|insertAdjacentHTML|document\.write|unsafeHTML|\beval\(|new Function\(/.test(
          source.get(file)!,
        ),
    );
    expect(broken.map((file) => `${file} writes markup from a string. Fix: build nodes or use a template.`)).toEqual(
      [],
    );
  });

  it('keeps every room it names', () => {
    for (const file of [
      'package.json',
      'README.md',
      'ARCHITECTURE.md',
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
      'LICENSE',
      'vite.config.ts',
    ]) {
      expect(existsSync(join(root, file)), `${file} is part of the house and is missing`).toBe(true);
    }
  });
});
