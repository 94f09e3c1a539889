import { compile } from './language.ts';
// oxlint-disable-next-line import/default -- vite hands the file over as text
import page from './page.js?raw';
import { comparePermissions, declaredPermissions, type Permissions } from './permissions.ts';
// oxlint-disable-next-line import/default -- as above
import sandbox from './sandbox.js?raw';
import { tagData, type TagValues } from './tag-data.ts';
import { readTemplate } from './template-file.ts';

/** A published container with one tag, as page.js takes it. */
export interface Container {
  /** The tag's, for messages. */
  name: string;
  /** The tag's fields; `{{name}}` in a text stands for a variable. */
  data: Record<string, unknown>;
  /** Data layer variables: name → key, such as `booking.recordLocator`. */
  variables: Record<string, string>;
  /** The data layer event that fires the tag. */
  trigger: string;
  permissions: Permissions;
  preview: boolean;
  allowLoopback: boolean;
}

export interface ContainerSource {
  /** The text of a template.tpl. */
  template: string;
  tag: TagValues;
  variables?: Record<string, string>;
  /** `gtm.js`, the default, is Google's "All Pages". */
  trigger?: string;
  /** Preview mode: `logToConsole` with the permission `debug` is heard. */
  preview?: boolean;
  /** Lets the tag load a script from `http://localhost:PORT`, which Google Tag Manager refuses. */
  allowLoopback?: boolean;
  warn?: (message: string) => void;
}

/**
 * What the demo serves as gtm.js: a classic script that runs one tag, made of this template, as Google Tag Manager would. The
 * template is compiled here, so the page needs no eval. Differences to Google Tag Manager that were asked for, and permissions
 * that do not fit the code, go to `warn` (the console, each once).
 * @throws {TemplateFault} for a template that could not be imported or a tag that could not be saved
 */
export function containerScript(source: ContainerSource): string {
  const { allowLoopback = false, preview = false, trigger = 'gtm.js', variables = {}, warn = warnOnce } = source;
  const template = readTemplate(source.template);
  const container: Container = {
    name: template.info.displayName,
    data: tagData(template.fields, source.tag, Object.keys(variables)),
    variables,
    trigger,
    permissions: declaredPermissions(template),
    preview,
    allowLoopback,
  };
  const code = compile(template.code, ['data', 'require'], template.codeLine);
  for (const line of comparePermissions(template, allowLoopback)) warn(`GTM stand-in: ${line}`);
  if (allowLoopback)
    warn('GTM stand-in: scripts from http://localhost are let through, which Google Tag Manager refuses.');
  return `(function (template) {
'use strict';
${classic(sandbox)}
${classic(page)}
startContainer(window, ${JSON.stringify(container)}, template);
})(${code});
`;
}

const warned = new Set<string>();

function warnOnce(message: string): void {
  if (!warned.has(message)) console.warn(message);
  warned.add(message);
}

/** A module of one file as part of a classic script. */
function classic(module: string): string {
  return module.replace(/^import .*\n/gm, '').replace(/^export /gm, '');
}
