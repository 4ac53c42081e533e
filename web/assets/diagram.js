// Draws a process with the steps where it stands. Everything it shows is also a list on the same page.

import NavigatedViewer from "bpmn-js/lib/NavigatedViewer";

const READABLE = 0.75;
const place = document.querySelector("[data-diagram]");
if (place) draw(place);

async function draw(place) {
  const viewer = new NavigatedViewer({ container: place });
  try {
    const answer = await fetch(place.dataset.diagram);
    await viewer.importXML(await answer.text());
  } catch {
    place.textContent = "The drawing cannot be shown. The list of steps says the same.";
    return;
  }
  const steps = JSON.parse(place.dataset.steps);
  mark(viewer, steps);
  const canvas = viewer.get("canvas");
  showWhereItStands(viewer, canvas, steps);
  addButtons(place, canvas);
  place.dataset.drawn = "true";
}

// A whole process made to fit is too small to read: begin at a size that can be read, where the case stands.
function showWhereItStands(viewer, canvas, steps) {
  canvas.zoom("fit-viewport");
  if (canvas.zoom() >= READABLE) return;
  const here = Object.keys(steps).filter((id) => steps[id] === "now").map((id) => viewer.get("elementRegistry").get(id));
  const smallest = here.filter(Boolean).sort((one, other) => one.width * one.height - other.width * other.height)[0];
  if (!smallest) return; // it is over, or has not begun: all of it says more than any corner
  canvas.zoom(READABLE);
  canvas.scrollToElement(smallest, { top: 120, bottom: 120, left: 240, right: 240 });
}

function mark(viewer, steps) {
  const canvas = viewer.get("canvas");
  const elements = viewer.get("elementRegistry");
  for (const [id, state] of Object.entries(steps)) {
    if (!elements.get(id)) continue;
    canvas.addMarker(id, `handrail-${state}`);
    if (state === "now") {
      viewer.get("overlays").add(id, { position: { top: -14, left: -6 }, html: '<span class="handrail-here">Here now</span>' });
    }
  }
}

function addButtons(place, canvas) {
  const bar = document.createElement("div");
  bar.className = "handrail-diagram-buttons";
  const actions = [
    ["Zoom in", () => canvas.zoom(canvas.zoom() * 1.25)],
    ["Zoom out", () => canvas.zoom(canvas.zoom() / 1.25)],
    ["Show all", () => canvas.zoom("fit-viewport")],
  ];
  for (const [name, act] of actions) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary";
    button.textContent = name;
    button.addEventListener("click", act);
    bar.append(button);
  }
  place.before(bar);
}
