/** The brand's colours and sizes in the words every gateway understands: colours as `rgb(…)` or `#…`. */
export interface FieldLook {
  primary: string;
  surface: string;
  text: string;
  muted: string;
  edge: string;
  danger: string;
  font: string;
  radius: string;
}

/** Reads the look off the panel as it is drawn. */
export function readLook(root: ShadowRoot): FieldLook {
  const probe = document.createElement('span');
  root.append(probe);
  const read = (property: string, value: string) => {
    probe.style.setProperty(property, value);
    return getComputedStyle(probe).getPropertyValue(property);
  };
  const colour = (name: string) => plain(read('color', `var(${name})`));
  const look = {
    primary: colour('--dc-brand'),
    surface: colour('--dc-surface'),
    text: colour('--dc-ink'),
    muted: colour('--dc-ink-2'),
    edge: colour('--dc-edge'),
    danger: colour('--dc-bad'),
    font: read('font-family', 'var(--departcart-font)'),
    radius: read('border-top-left-radius', 'var(--dc-r-2)'),
  };
  probe.remove();
  return look;
}

/** A gateway's own page may know no `oklch()`; a canvas tells what any colour looks like. */
function plain(colour: string): string {
  if (colour.startsWith('rgb')) return colour;
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = 1;
  const context = canvas.getContext('2d');
  if (!context) return colour;
  context.fillStyle = colour;
  context.fillRect(0, 0, 1, 1);
  const [red, green, blue] = context.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}
