/** What this file needs of the browser's API, which not every browser has. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createHTML: (markup: string) => string; createScriptURL: (url: string) => string },
  ): { createHTML: (markup: string) => string; createScriptURL: (url: string) => string };
}

function makePolicy() {
  try {
    const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory };
    return trustedTypes?.createPolicy('departcart', {
      createHTML: (markup) => markup,
      createScriptURL: (url) => url,
    });
  } catch {
    // refused by the page's policy, or another panel was first
    return undefined;
  }
}

/**
 * The panel's one Trusted Types policy: of Lit's templates (vite.config.ts puts it into lit-html) and of the gateway's script.
 * undefined: there is none, and strings are what is taken.
 */
export const policy = makePolicy();
