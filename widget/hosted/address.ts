export interface Address {
  /** Of the link, as it is to be sent; undefined: the page was opened without one. */
  id: string | undefined;
  source: string | undefined;
  reference: string | undefined;
  locale: string | undefined;
}

/**
 * Reads the page's address, and takes the id out of it: it opens a booking, and an address bar is photographed, copied and sent
 * on. From then on it is kept where a reload finds it and nobody else does, in the entry of this page's history.
 *
 * Links carry ids as the older guide's samples made them, unescaped: a `+` has become a blank, and one that leads has become a
 * leading blank. So it is neither trimmed nor judged here; the server knows what an id is.
 */
export function readAddress(): Address {
  const query = new URLSearchParams(location.search);
  const asked = (name: string) => query.get(name) || undefined;
  let id = asked('id')?.replaceAll(' ', '+');
  if (query.has('id')) {
    query.delete('id');
    const rest = query.toString();
    history.replaceState({ departcartId: id }, '', location.pathname + (rest && `?${rest}`) + location.hash);
  } else {
    const kept = (history.state as { departcartId?: unknown } | null)?.departcartId;
    if (typeof kept === 'string') id = kept;
  }
  return { id, source: asked('source'), reference: asked('reference'), locale: asked('locale') };
}
