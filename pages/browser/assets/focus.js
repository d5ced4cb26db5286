// Where an answer takes away or switches off what has the focus, the focus would fall back to the
// page's beginning. It goes to what has come in its place, or to what stands nearest.

const STOPS = "a[href], button, input, select, textarea, summary, [tabindex='0'], [role=slider]";
const KEY = "st-key-";
const MENU = "[data-testid=stPopoverBody]";
const MENU_BUTTON = "[data-testid=stPopover] button";
const SIDEBAR = "[data-testid=stSidebar]";
const SIDEBAR_BUTTON = "[data-testid=stExpandSidebarButton]";

let held = null; // what had the focus last, and the boxes it stood in, from the inside outwards
let opener = null; // the button whose menu is open, or about to open

const able = (node) => node.isConnected && !node.disabled && node.getAttribute("aria-disabled") !== "true" && node.checkVisibility({ visibilityProperty: true });
const firstStop = (box) => [...box.querySelectorAll(STOPS)].find(able);

function boxesOf(node) {
  const boxes = [];
  for (let box = node.parentElement; box && !box.matches(`[data-testid=stMain], ${SIDEBAR}, body`); box = box.parentElement) boxes.push(box);
  return boxes;
}

// Streamlit gives an element's key to its box as a class: the new one has the same.
function replaced({ boxes, keys, inSidebar }) {
  for (const key of keys) {
    const box = document.getElementsByClassName(key)[0];
    const stop = box && firstStop(box);
    if (stop) return stop;
  }
  for (const box of boxes) {
    const stop = box.isConnected && firstStop(box);
    if (stop) return stop;
  }
  return inSidebar ? document.querySelector(SIDEBAR_BUTTON) : null;
}

function look() {
  if (!held || able(held.node)) return;
  if (document.activeElement !== document.body && document.activeElement !== held.node) return;
  const to = opener && held.inMenu && able(opener) ? opener : replaced(held);
  to?.focus({ preventScroll: true });
}

// A menu hangs at the end of the page: whoever opens it by key need not go through all that is between.
function enterMenu() {
  const menu = opener && document.querySelector(MENU);
  if (!menu) return;
  if (menu.contains(document.activeElement)) return;
  if (document.activeElement === opener) firstStop(menu)?.focus();
}

addEventListener("focusin", ({ target }) => {
  const boxes = boxesOf(target);
  const keys = boxes.flatMap((box) => [...box.classList].filter((name) => name.startsWith(KEY))).slice(0, 1);
  held = { node: target, boxes, keys, inMenu: Boolean(target.closest(MENU)), inSidebar: Boolean(target.closest(SIDEBAR)) };
  if (target.matches(MENU_BUTTON)) opener = target;
  else if (!held.inMenu) opener = null;
});
// A click beside everything lets go of the focus, and means it.
addEventListener("pointerdown", ({ target }) => {
  if (!target.closest?.(STOPS)) held = null;
}, { capture: true });
// Once a frame: to ask what is in sight has the page's styles worked out anew.
let frame = null;
function eachFrame() {
  frame ??= requestAnimationFrame(() => {
    frame = null;
    enterMenu();
    look();
  });
}
new MutationObserver(eachFrame).observe(document.body, { childList: true, subtree: true, attributeFilter: ["disabled", "aria-disabled", "data-collapsed"] });
