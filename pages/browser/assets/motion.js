// Who asks for less motion has Streamlit's folds open and shut at once: the half second that they
// take is a script's, which asks nobody. What repeats for ever has no end to go to.

const less = matchMedia("(prefers-reduced-motion: reduce)");
const { animate } = Element.prototype;

function end(animation) {
  const cancelled = animation.playState === "idle";
  if (!cancelled && animation.effect.getComputedTiming().endTime < Infinity) animation.finish();
}

Element.prototype.animate = function (...args) {
  const animation = animate.apply(this, args);
  // Its end is told only to those who listen by then: whoever animates adds a listener afterwards.
  if (less.matches) queueMicrotask(() => end(animation));
  return animation;
};
