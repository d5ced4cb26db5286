// Draggable things: a logit's handle on its track, a share of a soft target in its cell.

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

let gestures = Date.now();

const round = (x, unit) => Math.round(Math.round(x / unit) * unit * 1e10) / 1e10;

// Make `node` draggable along `area`. `range()` gives [low, high], `value()` where it stands, and
// `change(value, gesture)` is told of each new value; all values of one drag share its gesture.
export function draggable(node, area, { range, value, change, dragging, grabAnywhere = false }) {
  const start = (event) => {
    if (event.button !== 0 || (event.currentTarget === area && event.pointerType !== "mouse")) return;
    event.preventDefault();
    event.stopPropagation();
    node.focus({ preventScroll: true });
    const [low, high] = range();
    const box = area.getBoundingClientRect();
    const unit = 10 ** Math.floor(Math.log10((high - low) / box.width));
    const at = (x) => low + ((x - box.left) / box.width) * (high - low);
    const clamp = (x) => Math.min(high, Math.max(low, round(x, unit)));
    gestures += 1;
    const gesture = gestures;
    // Taken by the handle, the pointer keeps its distance to the handle's centre.
    const offset = event.currentTarget === node ? at(event.clientX) - Math.max(low, value()) : 0;
    const move = (moved) => change(clamp(at(moved.clientX) - offset), gesture);
    const stop = () => {
      node.removeEventListener("pointermove", move);
      node.removeEventListener("pointerup", stop);
      node.removeEventListener("pointercancel", stop);
      dragging(false);
    };
    node.setPointerCapture(event.pointerId);
    node.addEventListener("pointermove", move);
    node.addEventListener("pointerup", stop);
    node.addEventListener("pointercancel", stop);
    dragging(true);
    if (event.currentTarget === area) move(event);
  };
  node.addEventListener("pointerdown", start);
  if (grabAnywhere) area.addEventListener("pointerdown", start);
}

// Let the keys of a slider move a value: arrows by one `step`, Page keys by ten, Home and End to
// the ends. Returns the new value, or null where the key is not one of these.
export function keyed(event, value, [low, high], step) {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  let next = null;
  if (event.key in STEPS) {
    const from = Number.isFinite(value) ? value : low;
    next = Math.round((from + STEPS[event.key] * step) * 1e10) / 1e10;
  } else if (event.key === "Home") next = low;
  else if (event.key === "End") next = high;
  return next === null ? null : Math.min(high, Math.max(low, next));
}
