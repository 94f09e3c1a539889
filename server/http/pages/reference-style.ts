/** The reference page's sheet. It stands in a file of its own at its own address, so that the page allows nothing inline. */
export const REFERENCE_STYLE = `
:root { color-scheme: light dark; --ink: #14202e; --soft: #4d5b6b; --line: #d9dfe6; --ground: #fff; --code: #f2f5f8; --link: #0b57b7; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e8edf3; --soft: #a9b6c4; --line: #33404e; --ground: #11171e; --code: #1c2530; --link: #8bbcff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 75rem; padding: 1rem; color: var(--ink); background: var(--ground); font: 1rem/1.5 system-ui, sans-serif; }
a { color: var(--link); }
code { font: 0.9em/1.4 ui-monospace, monospace; overflow-wrap: anywhere; background: var(--code); padding: 0.1em 0.35em; border-radius: 0.25rem; }
h1 { font-size: 1.9rem; margin: 1rem 0 0.25rem; }
h2 { font-size: 1.35rem; margin: 2rem 0 0.5rem; }
h3 { font-size: 1.05rem; margin: 0 0 0.5rem; }
h4 { font-size: 0.9rem; margin: 1rem 0 0.25rem; color: var(--soft); }
h4 small, th small { font-weight: 400; color: var(--soft); }
article { border-top: 1px solid var(--line); padding: 1.25rem 0; scroll-margin-top: 1rem; }
.method { display: inline-block; min-width: 3.2em; font-weight: 700; }
.who { color: var(--soft); margin: 0; }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.3rem 0; overflow-wrap: anywhere; }
nav h2 { font-size: 0.9rem; margin: 1rem 0 0.25rem; color: var(--soft); }
.table { overflow-x: auto; border: 1px solid var(--line); border-radius: 0.5rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th, td { text-align: start; vertical-align: top; padding: 0.4rem 0.75rem; border-top: 1px solid var(--line); }
thead th { border-top: 0; background: var(--code); font-size: 0.8rem; color: var(--soft); }
tbody th { font-weight: 400; white-space: nowrap; }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
@media (min-width: 60rem) {
  body { display: grid; grid-template-columns: 17rem minmax(0, 1fr); gap: 0 3rem; }
  header { grid-column: 1 / -1; }
  nav { position: sticky; top: 1rem; align-self: start; max-height: calc(100vh - 2rem); overflow-y: auto; font-size: 0.85rem; }
}
`;
