// Opens a diagram in bpmn.io's modeler, does to it what a person would do there, and gives what it exports.

import Modeler from "bpmn-js/lib/Modeler.js";
import zeebe from "zeebe-bpmn-moddle/resources/zeebe.json";

window.roundTrip = async (xml, element, label) => {
  const container = document.createElement("div");
  container.style.height = "600px";
  document.body.replaceChildren(container);
  const modeler = new Modeler({ container, moddleExtensions: { zeebe } });
  const { warnings } = await modeler.importXML(xml);
  const shape = modeler.get("elementRegistry").get(element);
  if (label !== null) modeler.get("modeling").updateLabel(shape, label);
  const saved = await modeler.saveXML({ format: true });
  modeler.destroy();
  return { xml: saved.xml, warnings: warnings.map((warning) => warning.message) };
};
