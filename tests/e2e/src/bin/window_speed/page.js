// What is measured inside the page, from the event to the frame that shows its effect, so that the driver's own time is
// not in it. A figure ends at the animation frame that follows the one in which the change was drawn: by then it has been
// painted. A page that draws at once when it is called thus takes until its second frame.

const main = () => document.querySelector('main');

/** Asks after every frame whether it has drawn it; goes on at the next one. */
const whenSeen = (seen, then) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => (seen() ? requestAnimationFrame(then) : whenSeen(seen, then));
  // What is posted in a frame arrives when that frame has been laid out.
  requestAnimationFrame(() => port2.postMessage(null));
};

const scroller = () => {
  let found = main();
  while (found.scrollHeight <= found.clientHeight || getComputedStyle(found).overflowY === 'visible')
    found = found.parentElement;
  return found;
};

/** The first block of the text whose box reaches into the upper half of the screen. */
const blockOnScreen = () => {
  const { top, height } = scroller().getBoundingClientRect();
  return [...document.querySelectorAll('main [data-block]')].find((block) => {
    const box = block.getBoundingClientRect();
    return box.bottom > top && box.top < top + height / 2;
  });
};

const measures = {
  /** A click on a document in the list, until its first screen is painted, with marks if it has any; 0 where it lies open. */
  open({ title, marked }, answer) {
    const row = [...document.querySelectorAll('nav button[tabindex]')].find((one) => one.innerText.startsWith(title));
    if (row.getAttribute('aria-current') === 'true' && main().querySelector('[data-block]')) return answer(0);
    const former = main().querySelector('[data-block]');
    const begun = performance.now();
    row.click();
    whenSeen(
      () => {
        const block = main().querySelector('[data-block]');
        return block && block !== former && (!marked || main().querySelector('mark'));
      },
      () => answer(performance.now() - begun),
    );
  },

  /** The next press of a key, until one mark more is painted, and until the core's first reply is there: it is committed. */
  listenForKey(_, answer) {
    const ids = () => new Set([...main().querySelectorAll('mark')].map((one) => one.dataset.highlight)).size;
    window.pressed = {};
    addEventListener(
      'keydown',
      () => {
        const before = ids();
        const { fetch } = window;
        const begun = performance.now();
        whenSeen(() => ids() > before, () => (window.pressed.painted = performance.now() - begun));
        window.fetch = async (...asked) => {
          window.fetch = fetch;
          const reply = await fetch(...asked);
          window.pressed.committed = performance.now() - begun;
          return reply;
        };
      },
      { capture: true, once: true },
    );
    answer(null);
  },

  /** The next press of a key, until one word is marked in the plainest way and painted: the page does nothing else. */
  listenForBareKey(_, answer) {
    const words = document.createTreeWalker(blockOnScreen(), NodeFilter.SHOW_TEXT).nextNode();
    window.pressed = {};
    addEventListener(
      'keydown',
      (event) => {
        event.stopImmediatePropagation();
        event.preventDefault();
        const begun = performance.now();
        const rest = words.splitText(Math.min(8, words.length));
        const mark = document.createElement('mark');
        words.replaceWith(mark);
        mark.append(words);
        whenSeen(
          () => true,
          () => {
            window.pressed.painted = performance.now() - begun;
            // The text is again as its reader knows it.
            mark.replaceWith(words);
            words.appendData(rest.data);
            rest.remove();
          },
        );
      },
      { capture: true, once: true },
    );
    answer(null);
  },

  /** The time of each frame while the text is scrolled 60 px a frame. */
  scroll({ frames }, answer) {
    const scrolled = scroller();
    const times = [];
    scrolled.scrollTop = 0;
    let last = performance.now();
    (function frame(now) {
      times.push(now - last);
      last = now;
      scrolled.scrollTop += 60;
      if (times.length < frames) requestAnimationFrame(frame);
      else answer(times.slice(10));
    })(last);
  },

  /** A jump to a far place of the text, until it is painted there. */
  jump({ share, marked }, answer) {
    const scrolled = scroller();
    const begun = performance.now();
    scrolled.scrollTop = share * (scrolled.scrollHeight - scrolled.clientHeight);
    whenSeen(
      () => {
        const block = blockOnScreen();
        return block && (!marked || main().querySelector('mark'));
      },
      () => answer(performance.now() - begun),
    );
  },

  /** A click on the dashboard's tab, until its figures are painted. */
  dashboard(_, answer) {
    const tab = (name) => [...document.querySelectorAll('[role=tab]')].find((one) => one.innerText.trim() === name);
    const begun = performance.now();
    tab('Dashboard').click();
    whenSeen(
      () => document.querySelector('#view table, #view svg'),
      () => {
        const taken = performance.now() - begun;
        tab('Read').click();
        whenSeen(() => main()?.querySelector('[data-block]'), () => answer(taken));
      },
    );
  },

  /** A query that is typed, until its hits are painted. The view is Search. */
  search({ query }, answer) {
    const field = document.querySelector('#view input');
    const first = () => document.querySelector('#view [data-cell]')?.textContent ?? '';
    const former = first();
    const begun = performance.now();
    field.value = query;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    whenSeen(
      () => first() !== former,
      () => answer(performance.now() - begun),
    );
  },
};

const [name, given, answer] = arguments;
measures[name](given, answer);
