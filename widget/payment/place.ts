/**
 * Where the gateway's field stands: a child of the panel in the page's light DOM, shown through the panel's slot. Gateways
 * refuse shadow roots. Where the panel itself stands in one, a child of it would, too: the field then lies over the slot's
 * place, as a child of the body.
 */
export class FieldPlace {
  private node: HTMLElement | undefined;
  private life = new AbortController();

  constructor(private readonly panel: HTMLElement) {}

  /** The place, on the page; the same until it is cleared. */
  put(): HTMLElement {
    if (this.node) return this.node;
    const node = (this.node = document.createElement('div'));
    // The page's own rules reach it: none of them may.
    node.style.setProperty('all', 'initial', 'important');
    node.style.setProperty('display', 'block', 'important');
    if (this.panel.getRootNode() === document) {
      node.slot = 'payment';
      this.panel.append(node);
    } else {
      this.float(node);
    }
    return node;
  }

  clear(): void {
    this.life.abort();
    this.life = new AbortController();
    this.node?.remove();
    this.node = undefined;
  }

  /** Keeps the field over the slot's place, which takes on the field's height. */
  private float(node: HTMLElement): void {
    const { signal } = this.life;
    const follow = () => {
      const slot = this.panel.shadowRoot?.querySelector<HTMLElement>('.card-field');
      const box = slot?.getBoundingClientRect();
      node.style.setProperty('display', box?.width ? 'block' : 'none', 'important');
      if (!slot || !box) return;
      if (node.offsetHeight) slot.style.minHeight = `${node.offsetHeight}px`;
      const at = {
        position: 'absolute',
        left: `${box.left + scrollX}px`,
        top: `${box.top + scrollY}px`,
        width: `${box.width}px`,
        'z-index': '1',
      };
      for (const [name, value] of Object.entries(at)) node.style.setProperty(name, value, 'important');
    };
    const watch = new ResizeObserver(follow);
    watch.observe(node);
    watch.observe(this.panel);
    signal.addEventListener('abort', () => watch.disconnect());
    addEventListener('scroll', follow, { capture: true, passive: true, signal });
    document.body.append(node);
    follow();
  }
}
