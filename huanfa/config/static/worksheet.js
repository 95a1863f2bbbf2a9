// The worksheet of a case: the sum beside the questions is computed anew after each choice. The page is whole without this.
// <form data-huanfa-worksheet>     the questions; handed in with do=compute they come back with the sum; "refills" begins with the
//                                  answers of the worksheet before, so there is something to compute at once
// <… data-huanfa-answer>           the sum with its lines, put in place anew; what was unfolded stays so
// <output data-huanfa-so-far>      the amount beside the buttons, also read out

for (const form of document.querySelectorAll("[data-huanfa-worksheet]")) {
  const answer = form.querySelector("[data-huanfa-answer]");
  const soFar = form.querySelector("[data-huanfa-so-far]");
  const titleOf = (fold) => fold.querySelector("summary").textContent.replace(/[（：].*/, "");
  let timer = 0;
  let turn = 0;

  const put = (fresh, amount) => {
    const open = new Set([...answer.querySelectorAll("details[open]")].map(titleOf));
    answer.replaceChildren(...fresh.childNodes);
    for (const fold of answer.querySelectorAll("details")) fold.open = open.has(titleOf(fold));
    soFar.textContent = amount;
    soFar.parentElement.hidden = !amount;
  };

  const refresh = async () => {
    const mine = ++turn;
    const body = new FormData(form);
    body.set("do", "compute");
    try {
      const reply = await fetch(form.action, { method: "POST", body, redirect: "error" });
      const page = new DOMParser().parseFromString(await reply.text(), "text/html");
      const fresh = page.querySelector("[data-huanfa-answer]");
      if (mine === turn && fresh) put(fresh, page.querySelector("[data-huanfa-so-far]")?.textContent ?? "");
    } catch {
      // no network: the button still computes
    }
  };

  form.addEventListener("change", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, 300);
  });
  if (form.dataset.huanfaWorksheet === "refills") refresh();
}
