import type { GatewayCsp } from '../../domain/ports/payments.ts';

/** Sources by directive. */
export type Sources = Record<'script-src' | 'connect-src' | 'img-src' | 'frame-src', string[]>;

/**
 * What a page must allow for the panel and its gateways: of our own pages (`'self'`), and, with our origin, the lines that a partner
 * adds to its policy. Styles need nothing: the panel's are adopted sheets.
 */
export function sourcesFor(own: string, gateways: readonly GatewayCsp[]): Sources {
  const all = (kind: 'script' | 'connect' | 'img' | 'frame', ...first: string[]) => [
    ...new Set([...first, ...gateways.flatMap((gateway) => gateway[kind])]),
  ];
  return {
    'script-src': all('script', own),
    'connect-src': all('connect', own),
    'img-src': all('img', own, 'data:'),
    'frame-src': all('frame'),
  };
}

/** The Content Security Policy of a hosted page: nothing inline, nobody's frame, no host but ours and the gateways'. */
export function hostedPolicy(gateways: readonly GatewayCsp[]): string {
  const sources = Object.entries(sourcesFor(`'self'`, gateways)).filter(([, list]) => list.length > 0);
  return [
    `default-src 'none'`,
    ...sources.map(([directive, list]) => `${directive} ${list.join(' ')}`),
    `style-src 'self'`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `frame-ancestors 'none'`,
    ...(gateways.every(({ trustedTypes }) => trustedTypes)
      ? [`require-trusted-types-for 'script'`, 'trusted-types departcart']
      : []),
  ].join('; ');
}
