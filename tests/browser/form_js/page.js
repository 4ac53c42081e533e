// Answers forms in form-js's own viewer: what it keeps and where it sees errors.

import { createForm } from "@bpmn-io/form-js-viewer";

const settled = () => new Promise((done) => setTimeout(() => requestAnimationFrame(() => setTimeout(done)), 5));

// Answers are put in as if typed: each form is drawn empty first, so that nothing hidden counts as given before.
window.answer = async (schema, submissions) => {
  const drawn = await Promise.all(submissions.map(() => draw(schema)));
  await settled();
  drawn.forEach((form, number) => form._setState({ data: form._getInitializedFieldData(submissions[number]) }));
  await settled();
  await settled();
  const given = drawn.map((form) => form.submit());
  drawn.forEach((form) => form.destroy());
  document.body.replaceChildren();
  return given.map(({ data, errors }) => ({ data: JSON.parse(JSON.stringify(data)), errors: named(errors) }));
};

const draw = (schema) => {
  const container = document.createElement("div");
  document.body.append(container);
  return createForm({ container, schema });
};

const named = (errors) => Object.entries(errors).flatMap(([id, found]) => paths(id, found));

const paths = (id, found) =>
  Array.isArray(found) && typeof found[0] === "string"
    ? [id]
    : Object.entries(found).flatMap(([row, inner]) => (inner ? paths(`${id}@${row}`, inner) : []));
