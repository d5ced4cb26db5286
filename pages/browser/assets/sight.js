// For the lessons: a component that draws nothing and says which pictures the reader is near.

const MARGIN = 0.6; // windows above and below the one that is seen
const PAUSE = 100; // ms between two looks
const PREFIX = "st-key-place-";
let tell = null; // while a lesson stands
let drawn = []; // what the server has drawn
let timer = null;

const places = () => [...document.querySelectorAll(`[class*="${PREFIX}"]`)];
const keyOf = (place) => [...place.classList].find((name) => name.startsWith(PREFIX)).slice(PREFIX.length);

function isNear(place) {
  const { top, bottom } = place.getBoundingClientRect();
  return bottom > -MARGIN * innerHeight && top < (1 + MARGIN) * innerHeight;
}

function look() {
  timer = null;
  const near = places().filter(isNear).map(keyOf);
  if (near.some((key) => !drawn.includes(key))) tell?.("near", near);
}

const lookSoon = () => (timer ??= setTimeout(look, PAUSE));
// Scrolling does not bubble, but is seen on its way down.
addEventListener("scroll", lookSoon, { capture: true, passive: true });
addEventListener("resize", lookSoon);
const resized = new ResizeObserver(lookSoon);

export default function sight({ data, setStateValue }) {
  tell = setStateValue;
  drawn = data.near;
  // What is laid out, opened or closed on the page moves the pictures below it.
  resized.disconnect();
  resized.observe(document.querySelector("[data-testid=stMainBlockContainer]"));
  look();
  return () => {
    tell = null;
    resized.disconnect();
  };
}
