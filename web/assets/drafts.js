// Keeps what is being typed into a task, so that a closed window or a long telephone call loses nothing.

const PAUSE = 3000; // milliseconds without a key before it is kept

export function keepDrafts() {
  for (const form of document.querySelectorAll("form[data-draft]")) {
    const state = form.querySelector("[data-draft-state]");
    let waiting;
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(async () => (state.textContent = await keep(form)), PAUSE);
    });
    form.addEventListener("submit", () => clearTimeout(waiting));
  }
}

async function keep(form) {
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: new FormData(form) });
    if (answer.ok) return "What you typed is saved.";
    if (answer.status === 401) return "You are signed out, so what you typed since is not saved. Copy it before you sign in again.";
    if (answer.status === 409) return "This task is no longer open. Copy what you typed before you leave this page.";
    return "What you typed could not be saved just now. It is still on this page.";
  } catch {
    return "There is no connection, so what you typed is not saved. It is still on this page.";
  }
}
