// The drawn layer: shows the SVG that the server wrote (numbers and symbols, nothing typed), and
// says which edge was clicked. The buttons below the picture choose the same by keyboard.

export default function layer({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".lab-layer") ?? parentElement.appendChild(document.createElement("div"));
  root.className = "lab-layer";
  if (root.drawn !== data.svg) root.innerHTML = data.svg;
  root.drawn = data.svg;
  root.onclick = ({ target }) => {
    const edge = target.closest("[data-edge]");
    if (edge) setTriggerValue("edge", edge.dataset.edge);
  };
}
