// Streamlit calls a component with each change of its data, and has a call leave that another has
// overtaken. Where both waited for the component's file, the first leaves after the second has
// drawn: what it would take away then is what stands.

const last = new WeakMap(); // by a component's place, how its last call leaves

export const unlessOvertaken = (draw) => (given) => {
  const { parentElement } = given;
  const leave = draw(given);
  last.set(parentElement, leave);
  return () => {
    if (last.get(parentElement) === leave) leave?.();
  };
};
