import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { cleanSvg } from '../../../server/logos/clean-svg.ts';

const drawing = (inside: string, root = '') =>
  `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9"${root}>${inside}</svg>`;
const path = '<path d="M1 1h7"/>';
const cleaned = (svg: string) => {
  const result = cleanSvg(svg);
  return 'svg' in result ? result.svg : `fault: ${result.fault}`;
};
const PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h7"/></svg>';

describe('a cleaned logo', () => {
  it('still draws what it drew: shapes, gradients, styles, reuse', () => {
    const svg = drawing(
      '<defs><style>.a{fill:url(#g)}</style><linearGradient id="g"><stop offset="0" stop-color="#1e40af"/></linearGradient>' +
        '<g id="wing"><path d="M1 1h7"/></g></defs><use xlink:href="#wing" class="a"/><text x="1" y="2">A &amp; B</text>' +
        '<rect width="2" height="2" fill="url(#g)" clip-path="url(\'#c\')"/>',
    );
    expect(cleaned(svg)).toBe(
      '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><defs><style>.a{fill:url(#g)}</style>' +
        '<linearGradient id="g"><stop offset="0" stop-color="#1e40af"/></linearGradient><g id="wing"><path d="M1 1h7"/></g></defs>' +
        '<use href="#wing" class="a"/><text x="1" y="2">A &amp; B</text>' +
        '<rect width="2" height="2" fill="url(#g)" clip-path="url(\'#c\')"/></svg>',
    );
  });

  it.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in another namespace', '<x:script xmlns:x="http://www.w3.org/1999/xhtml">alert(1)</x:script>'],
    [
      'foreign content',
      '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)"/></foreignObject>',
    ],
    ['a linked picture', '<image href="https://evil.example/pixel.png"/>'],
    ['a picture in itself', '<image xlink:href="data:image/svg+xml;base64,PHN2Zy8+"/>'],
    ['an animation that sets a link', '<set attributeName="href" to="javascript:alert(1)"/>'],
    ['a link', '<a xlink:href="javascript:alert(1)"><path d="M0 0"/></a>'],
    ['reuse of another file', '<use href="https://evil.example/a.svg#b"/>'],
    ['reuse of data', '<use href="data:image/svg+xml,x#b"/>'],
    ['a style that fetches', '<style>@import "https://evil.example/a.css";</style>'],
    ['a style that fetches a font', '<style>a{src:url(//evil.example/f)}</style>'],
    ['a style in escapes', '<style>a{fill:\\75rl(//evil.example)}</style>'],
    ['a style in comments', '<style>a{fill:u/**/rl(//evil.example)}</style>'],
    ['a style in CDATA', '<style><![CDATA[a{fill:url(//evil.example)}]]></style>'],
    ['a filter that fetches', '<feImage href="https://evil.example/x"/>'],
    ['a comment', '<!-- <script>alert(1)</script> -->'],
    ['an instruction', '<?xml-stylesheet href="https://evil.example/a.css"?>'],
    ['an editor’s own data', '<metadata><rdf:RDF xmlns:rdf="urn:x"><path d="M0 0"/></rdf:RDF></metadata>'],
  ])('has lost %s', (_, bad) => expect(cleaned(drawing(bad + path))).toBe(PLAIN));

  it.each([
    ' onload="alert(1)"',
    ' ONLOAD="alert(1)"',
    ' style="background:url(https://evil.example)"',
    ' fill="url(https://evil.example/a.svg#b)"',
    ' xml:base="https://evil.example"',
    ' xmlns:e="urn:e" e:href="javascript:alert(1)"',
    ' tabindex="0"',
  ])('has lost the attribute%s', (bad) => expect(cleaned(drawing(path, bad))).toBe(PLAIN));

  it('has one link where the file has one of each kind, the newer', () => {
    const both = '<defs><path id="p" d="M0 0"/></defs><use xlink:href="#q" href="#p"/>';
    expect(cleaned(drawing(both))).toContain('<use href="#p"/>');
  });

  it('needs no doctype and follows no entity', () => {
    expect(
      cleaned(`<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://x/y.dtd">${drawing(path)}`),
    ).toBe(PLAIN);
    const bomb = `<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY f SYSTEM "file:///etc/passwd">]>`;
    expect(cleaned(bomb + drawing('<text>&a;</text>'))).toMatch(/^fault: is no well-formed SVG/);
    expect(cleaned(bomb + drawing('<text>&f;</text>'))).toMatch(/^fault: is no well-formed SVG/);
  });

  it('cannot multiply itself', () => {
    const bomb = drawing(
      '<g id="a"><path d="M0 0"/></g><g id="b"><use href="#a"/><use href="#a"/></g><g id="c"><use href="#b"/><use href="#b"/></g>' +
        '<use href="#c"/>',
    );
    expect(cleaned(bomb).match(/<use href="#\w"/g)).toEqual(['<use href="#a"', '<use href="#a"']);
    expect(cleaned(drawing('<g>'.repeat(70) + path + '</g>'.repeat(70)))).toMatch(/^fault: is too complex/);
    expect(cleaned(drawing(path.repeat(6000)))).toMatch(/^fault: is too complex/);
  });

  it('must be an SVG that draws something', () => {
    expect(cleaned('<html xmlns="http://www.w3.org/1999/xhtml"><svg/></html>')).toMatch(/^fault: is no SVG/);
    expect(cleaned('<svg><path d="M0 0"/></svg>')).toMatch(/^fault: is no SVG/);
    expect(cleaned('GIF89a')).toMatch(/^fault: /);
    expect(cleaned('')).toMatch(/^fault: /);
    expect(cleaned(drawing('<image href="logo.png"/>'))).toMatch(/^fault: draws nothing/);
  });

  it('holds only what is on the list, whatever came in', () => {
    const word = fc.constantFrom(
      'svg',
      'g',
      'path',
      'script',
      'use',
      'style',
      'image',
      'foreignObject',
      'text',
      'a',
      'set',
    );
    const value = fc.oneof(
      fc.string(),
      fc.constantFrom('javascript:alert(1)', '#a', 'url(#a)', 'url(//e)', '&lt;script>', '"><script>'),
    );
    const key = fc.constantFrom('id', 'href', 'xlink:href', 'onclick', 'style', 'fill', 'd', 'xmlns', 'class');
    const tree = fc.letrec((self) => ({
      node: fc
        .record({
          name: word,
          attributes: fc.dictionary(key, value, { maxKeys: 4 }),
          children: fc.array(fc.oneof({ maxDepth: 4 }, fc.string(), self('node')), { maxLength: 4 }),
        })
        .map(({ name, attributes, children }): string => {
          const own = Object.entries(attributes).map(([at, text]) => ` ${at}="${text.replace(/[<&"]/g, '')}"`);
          return `<${name}${own.join('')}>${children.map((child) => (String(child).startsWith('<') ? String(child) : '')).join('')}</${name}>`;
        }),
    })).node;
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          tree.map((inside) => drawing(inside as string)),
        ),
        (given) => {
          const result = cleanSvg(given);
          if ('fault' in result) return;
          const parser = new SaxesParser({ xmlns: true });
          const seen: string[] = [];
          parser.on('error', (error) => seen.push(String(error)));
          parser.on('opentag', ({ uri, local, attributes }) => {
            if (uri !== 'http://www.w3.org/2000/svg') seen.push(uri);
            if (/script|image|foreign|^a$|^set$/i.test(local)) seen.push(local);
            for (const [name, { value: text }] of Object.entries(attributes)) {
              if (/^on|:/i.test(name)) seen.push(name);
              if (name === 'href' && !text.startsWith('#')) seen.push(text);
              if (name !== 'id' && name !== 'class' && /url\((?!#)/.test(text)) seen.push(text);
            }
          });
          parser.write(result.svg).close();
          expect(seen).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });
});
