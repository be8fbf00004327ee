/** What a person does. A page that is only looked at does none of it. */
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchmove'] as const;

// Opening the page is somebody's doing, too.
let touched = true;

/** Begins to notice whether somebody is there. */
export function watchPresence(): void {
  SIGNS.forEach((sign) =>
    globalThis.addEventListener(
      sign,
      () => {
        touched = true;
      },
      { capture: true, passive: true },
    ),
  );
}

/** Whether somebody has done something since this was last asked. What is not, the page asks for by itself. */
export function wasTouched(): boolean {
  const before = touched;
  touched = false;
  return before;
}
