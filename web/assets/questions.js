// Shows and hides the questions of a form as answers change. The server decides which are asked: the rules are
// written once, in the form, and this only asks it. Without a script the same happens when the form is sent.

export function askForQuestions() {
  for (const form of document.querySelectorAll("form[data-questions]")) {
    let asked = 0;
    form.addEventListener("change", async () => {
      const turn = ++asked;
      form.setAttribute("aria-busy", "true");
      const answer = await fetchShown(form);
      if (turn !== asked) return;
      if (answer) show(form, answer);
      form.removeAttribute("aria-busy");
    });
  }
}

async function fetchShown(form) {
  try {
    const answer = await fetch(form.dataset.questions, { method: "POST", body: new FormData(form) });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null; // no connection: the server will ask when the form is sent
  }
}

function show(form, answer) {
  const shown = new Set(answer.shown);
  form.elements._asked.value = answer.asked;
  for (const question of form.querySelectorAll("[data-question]")) {
    question.hidden = !shown.has(question.dataset.question);
  }
}
