// Answers forms in form-js's own viewer: what it keeps and where it sees errors.

import { createForm } from "@bpmn-io/form-js-viewer";

const container = document.createElement("div");
document.body.append(container);

const settled = () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 5));

// `submissions` are put in as if typed: the form is drawn empty first, so that nothing hidden counts as given before.
window.answer = async (schema, submissions) => {
  const given = [];
  for (const answers of submissions) {
    const form = await createForm({ container, schema });
    await settled();
    form._setState({ data: form._getInitializedFieldData(answers) });
    await settled();
    await settled();
    const { data, errors } = form.submit();
    given.push({ data: JSON.parse(JSON.stringify(data)), errors: Object.entries(errors).flatMap(([id, found]) => paths(id, found)) });
    form.destroy();
  }
  return given;
};

const paths = (id, found) =>
  Array.isArray(found) && typeof found[0] === "string"
    ? [id]
    : Object.entries(found).flatMap(([row, inner]) => (inner ? paths(`${id}@${row}`, inner) : []));
