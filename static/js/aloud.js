// Reading aloud (朗读), where the browser can. Voices come late, so the button stands from the start and
// says so where there is none for Chinese.

const BLOCKS = "h1, h2, h3, h4, p, li, dt, dd, th, td, figcaption, blockquote";
const voices = window.speechSynthesis;
const button = document.querySelector("[data-aloud]");
const first = button.textContent;
let reading = false;

const chinese = () => voices.getVoices().find(({ lang }) => /^(zh|cmn)/i.test(lang));

/** Blocks to read, in order: the innermost, each once. */
function blocks() {
  const inside = button.dataset.aloud.split(",").map((part) => `${part} :is(${BLOCKS})`);
  return [...document.querySelectorAll(inside.join())].filter((block) => !block.querySelector(BLOCKS));
}

/** What a block says to someone who does not see it. */
function words(block) {
  const copy = block.cloneNode(true);
  for (const silent of copy.querySelectorAll("[aria-hidden=true], svg, form, .scripted")) silent.remove();
  return copy.textContent.trim();
}

/** One utterance a block: some voices break off in a long one. */
function say(block) {
  const utterance = new SpeechSynthesisUtterance(words(block));
  utterance.lang = "zh-CN";
  utterance.voice = chinese();
  return new Promise((resolve) => {
    utterance.onend = utterance.onerror = resolve;
    voices.speak(utterance);
  });
}

async function start() {
  if (!chinese()) {
    button.textContent = button.dataset.silent;
    return;
  }
  reading = true;
  button.textContent = button.dataset.stop;
  for (const block of blocks()) {
    if (!reading) return;
    block.classList.add("spoken");
    await say(block);
    block.classList.remove("spoken");
  }
  stop();
}

function stop() {
  reading = false;
  button.textContent = first;
  voices.cancel();
}

if (voices) {
  button.classList.add("ready");
  button.addEventListener("click", () => (reading ? stop() : start()));
  window.addEventListener("pagehide", stop);
}
