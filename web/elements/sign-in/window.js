// Signing in in a window of its own, so that the form is never left.
import { Problem } from '../forge/problem.js';
import { begin, codeIn, finish } from '../forge/sign-in.js';

/** Where the window tells what it came back with; `start.js` calls it the same. */
const CHANNEL = 'dagwright sign-in';

/**
 * Lets somebody sign in, and answers with what gives and renews their token.
 * @param {{kind: 'gitlab' | 'gitea', url: string, client: string}} forge
 * @param {AbortSignal} signal ends the waiting: a window that was closed cannot always be told from one that is open
 */
export async function signInByWindow({ kind, url, client }, signal) {
  // Browsers let a press open a window only at once.
  const opened = window.open('', '_blank', 'popup,width=560,height=720');
  if (!opened) throw new Problem('no-window');
  // What is shown there must not lead this page elsewhere.
  opened.opener = null;
  const channel = new BroadcastChannel(CHANNEL);
  try {
    const application = { kind, url, client, redirect: location.origin + location.pathname };
    const { address, state, verifier } = await begin(application);
    const back = await new Promise((take, fail) => {
      const stop = () => fail(new Problem('cancelled'));
      // It may have been stopped already.
      if (signal.aborted) return stop();
      signal.addEventListener('abort', stop, { once: true });
      channel.onmessage = ({ data }) => {
        // Another page of this browser may be signing in as well.
        if (typeof data === 'string' && new URL(data).searchParams.get('state') === state) take(data);
      };
      return opened.location.replace(address);
    });
    return await finish(application, { code: codeIn(back, state), verifier }, { signal });
  } finally {
    channel.close();
    // Nobody needs it any more, however it ended.
    opened.close();
  }
}
