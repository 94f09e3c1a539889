/* Runs in the page as a classic script, before a contender does. The contender is `window.contender`, the map `window.map`. */
window.bench = (() => {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  const idle = () => new Promise((resolve) => requestIdleCallback(resolve, { timeout: 300 }));

  /** Until what was asked for is drawn and nothing deferred is left. */
  const settle = async () => {
    await frame();
    await frame();
    await idle();
    await new Promise((resolve) => setTimeout(resolve, 30));
    await idle();
  };

  // An idle page is drawn at 60 Hz whatever the flags say, a changing one as fast as it can: this dot changes on every frame
  // while the time to the next paint is taken, so that short ones are not rounded up to 16.7 ms.
  let dot;
  let pumping = false;
  const pump = (on) => {
    if (!dot) {
      dot = document.createElement('i');
      dot.style.cssText = 'position:fixed;width:2px;height:2px;right:0;top:0;background:#000;pointer-events:none';
      document.documentElement.append(dot);
    }
    if (on === pumping) return;
    pumping = on;
    let count = 0;
    const step = () => {
      if (!pumping) return;
      dot.style.opacity = count++ % 2 ? '0.9' : '1';
      requestAnimationFrame(step);
    };
    if (on) requestAnimationFrame(step);
  };

  let armed = false;
  let painted = null;
  window.addEventListener(
    'click',
    (event) => {
      if (!armed || !event.isTrusted) return;
      armed = false;
      requestAnimationFrame(() => requestAnimationFrame(() => (painted = performance.now() - event.timeStamp)));
    },
    true,
  );

  return {
    settle,
    /** What the product does while the map is on its way. */
    async prepare(isWarm) {
      window.contender.prepare?.(document.getElementById('box'), isWarm);
      await settle();
    },
    async mount() {
      window.contender.mount(document.getElementById('box'), window.map);
      await settle();
    },
    /** Brings a seat to the middle of the window. */
    async aim(designator) {
      const element = window.contender.seatElement(designator);
      element.scrollIntoView({ block: 'center', inline: 'center' });
      await settle();
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x: x + width / 2, y: y + height / 2 };
    },
    async arm() {
      pump(true);
      await frame();
      await frame();
      painted = null;
      armed = true;
    },
    /** @returns milliseconds from the click to the second frame after it */
    async painted() {
      for (let i = 0; i < 600 && painted === null; i++) await frame();
      pump(false);
      return painted;
    },
  };
})();
